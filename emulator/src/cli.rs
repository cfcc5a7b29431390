//! The program: its arguments and its output.

use std::{
    io::{self, Write},
    net::IpAddr,
    path::PathBuf,
    process::ExitCode,
    time::SystemTime,
};

use clap::{Parser, ValueEnum};
use serde_json::json;
use stytch_emulator::{Emulator, EmulatorBuilder, FeedbackForm, LogFormat, StrengthPolicy};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{env_file, environment};

const AFTER_HELP: &str = "\
Give a client the three lines that the program prints, or call the API with curl:

  curl -u \"$STYTCH_PROJECT_ID:$STYTCH_SECRET\" -H 'content-type: application/json' \\
    -d '{\"password\":\"hunter2\"}' \"$STYTCH_BASE_URL/v1/passwords/strength_check\"

The page at / shows users, messages and requests. Tests control the emulator under /_emulator/: health, users, \
outbox, requests, faults, clock, breaches and reset. These paths accept requests to localhost, to loopback addresses \
and to the value of --host.

The emulator is for tests and development on one machine: it uses plain HTTP, and fast, weak password hashes.";

/// A local server for Stytch's API, for tests and development.
///
/// It prints its base URL and the credentials, then a line for every request and every message that Stytch would have
/// sent. Ctrl-C stops it.
#[derive(Debug, Parser)]
#[command(version, after_help = AFTER_HELP, args_override_self = true)]
#[expect(clippy::struct_excessive_bools, reason = "each is a separate option, which is on or off")]
pub(crate) struct Arguments {
    /// A JSON file with these options, such as {"port": 7000, "strict": true}; options on the command line override
    /// it
    ///
    /// Its keys are the names of the options without the dashes. Paths in it are relative to its folder.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// The port to listen on; 0 means any free port, which is printed as part of the base URL
    #[arg(long, default_value_t = 7898)]
    port: u16,
    /// The host to listen on, a name or an address; unless it is a loopback address, other machines can reach it
    #[arg(long, default_value = "127.0.0.1", value_name = "NAME")]
    host: String,
    /// The project id that clients must send [default: `STYTCH_PROJECT_ID` in the environment, if it is not a live one]
    #[arg(long, value_name = "ID")]
    project_id: Option<String>,
    /// The secret that clients must send [default: `STYTCH_SECRET` in the environment, if it is not a live one]
    #[arg(long)]
    secret: Option<Secret>,
    /// A file with users that exist from the start: {"users": [{"email": …, "password": …}]}
    #[arg(long, value_name = "FILE")]
    seed: Option<PathBuf>,
    /// A file that keeps the state: a change is on the disk before its response is sent
    #[arg(long, value_name = "FILE")]
    state_file: Option<PathBuf>,
    /// Reject nulls for parameters, and parameters that an endpoint does not have
    #[arg(long)]
    strict: bool,
    /// Make ids and tokens the same in every run
    #[arg(long, value_name = "NUMBER")]
    deterministic: Option<u64>,
    /// Stop the clock at this time, such as 2026-01-01T00:00:00Z; by default it follows the system's
    ///
    /// JWTs expire five minutes after this time. A client that checks them with its own clock rejects them if the two
    /// clocks differ. `POST /_emulator/clock` moves the clock forward.
    #[arg(long, value_name = "TIME", value_parser = rfc3339)]
    clock_start: Option<SystemTime>,
    /// The requirements for new passwords
    #[arg(long, value_enum, default_value_t = Policy::Zxcvbn)]
    policy: Policy,
    /// With `--policy luds`: the minimum number of characters, 8 to 32 [default: 8]
    #[arg(long, value_name = "NUMBER")]
    luds_length: Option<u8>,
    /// With `--policy luds`: the minimum number of lower case, upper case, digits and symbols, 1 to 4 [default: 3]
    #[arg(long, value_name = "NUMBER")]
    luds_complexity: Option<u8>,
    /// Return strength checks in the form of Stytch's examples: nulls, and the LUDS fields in `feedback` itself
    #[arg(long)]
    flat_feedback: bool,
    /// Accept breached passwords
    #[arg(long)]
    no_breach_detection: bool,
    /// The format of the log: lines for people, JSON for programs, or no log
    #[arg(long, value_enum, default_value_t = LogKind::Text)]
    log: LogKind,
    /// A file to write the base URL and the credentials to, for programs that read a `.env` file
    ///
    /// It is replaced at each start. If the file exists and the emulator did not write it, the emulator reports an
    /// error and does not change it.
    #[arg(long, value_name = "FILE")]
    env_file: Option<PathBuf>,
    /// Stop when standard input ends, as it does when the program that started the emulator has ended
    #[arg(long)]
    until_stdin_ends: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LogKind {
    Text,
    Json,
    None,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Policy {
    Zxcvbn,
    Luds,
}

/// A secret on the command line, which `Debug` does not show.
#[derive(Clone)]
struct Secret(String);

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

fn rfc3339(text: &str) -> Result<SystemTime, String> {
    match OffsetDateTime::parse(text, &Rfc3339) {
        Ok(time) => Ok(time.into()),
        Err(error) => Err(format!("not a time such as 2026-01-01T00:00:00Z: {error}")),
    }
}

/// Runs the program until a signal or an option stops it.
pub(crate) fn run(arguments: Arguments) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&format!("cannot start the Tokio runtime: {error}")),
    };
    let result = runtime.block_on(serve(arguments));
    // Does not wait for a thread that still hashes a password, because its result is not needed.
    runtime.shutdown_background();
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

async fn serve(arguments: Arguments) -> Result<(), String> {
    let secret = environment::secret(arguments.secret.as_ref().map(|Secret(secret)| secret.clone()))?;
    let has_own_secret = secret.is_some();
    let host = arguments.host.clone();
    let (log, env_file, until_stdin_ends) =
        (arguments.log, arguments.env_file.clone(), arguments.until_stdin_ends);
    let emulator = builder(arguments, secret)?.start().await.map_err(|error| error.to_string())?;
    // Before the greeting, because a program that has read the greeting may send a signal.
    let stop = stop_signals().map_err(|error| format!("cannot listen for signals: {error}"))?;
    if let Some(path) = env_file {
        env_file::write(&path, &emulator)?;
    }
    greet(&host, has_own_secret, &emulator, log);
    let stdin_ends =
        async { if until_stdin_ends { end_of_stdin().await } else { std::future::pending().await } };
    tokio::select! {
        () = stop => {}
        () = stdin_ends => {}
    }
    emulator.shutdown().await;
    Ok(())
}

/// Returns when there is no more to read from standard input. The thread that reads ends with the program.
async fn end_of_stdin() {
    let _ = tokio::task::spawn_blocking(|| io::copy(&mut io::stdin(), &mut io::sink())).await;
}

fn builder(arguments: Arguments, secret: Option<String>) -> Result<EmulatorBuilder, String> {
    let mut builder = Emulator::builder()
        .strength_policy(policy(&arguments)?)
        .host(arguments.host)
        .port(arguments.port)
        .strict(arguments.strict)
        .breach_detection(!arguments.no_breach_detection);
    match arguments.log {
        LogKind::Text => builder = builder.log(LogFormat::Text),
        LogKind::Json => builder = builder.log(LogFormat::Json),
        LogKind::None => {}
    }
    if let Some(project_id) = environment::project_id(arguments.project_id)? {
        builder = builder.project_id(project_id);
    }
    if let Some(secret) = secret {
        builder = builder.secret(secret);
    }
    if let Some(path) = arguments.seed {
        builder = builder.seed_file(path);
    }
    if let Some(path) = arguments.state_file {
        builder = builder.state_file(path);
    }
    if let Some(seed) = arguments.deterministic {
        builder = builder.deterministic(seed);
    }
    if let Some(time) = arguments.clock_start {
        builder = builder.start_at(time);
    }
    if arguments.flat_feedback {
        builder = builder.feedback_form(FeedbackForm::Flat);
    }
    Ok(builder)
}

fn policy(arguments: &Arguments) -> Result<StrengthPolicy, String> {
    let (length, complexity) = (arguments.luds_length, arguments.luds_complexity);
    match arguments.policy {
        Policy::Zxcvbn if length.is_some() || complexity.is_some() => {
            let option = if length.is_some() { "--luds-length" } else { "--luds-complexity" };
            Err(format!("`{option}` has no effect without `--policy luds`; add it, or remove `{option}`"))
        }
        Policy::Zxcvbn => Ok(StrengthPolicy::Zxcvbn),
        Policy::Luds => Ok(StrengthPolicy::Luds {
            minimum_length: length.unwrap_or(8),
            minimum_complexity: complexity.unwrap_or(3),
        }),
    }
}

fn greet(host: &str, has_own_secret: bool, emulator: &Emulator, log: LogKind) {
    // The user's own secret is not printed. The default one is public.
    let secret = Some(emulator.secret()).filter(|_| !has_own_secret);
    if log == LogKind::Json {
        let started = json!({
            "event": "started",
            "base_url": emulator.base_url(),
            "project_id": emulator.project_id(),
            "secret": secret,
        });
        let _ = writeln!(io::stdout(), "{started}");
        return;
    }
    let mut lines = Vec::new();
    let is_loopback =
        host.parse().map_or(host.eq_ignore_ascii_case("localhost"), |ip: IpAddr| ip.is_loopback());
    if !is_loopback {
        let warning =
            "# Listening beyond loopback: every machine that can reach it can use it, over plain HTTP.";
        lines.push(warning.to_owned());
    }
    lines.push(format!("STYTCH_BASE_URL={}", emulator.base_url()));
    lines.push(format!("STYTCH_PROJECT_ID={}", emulator.project_id()));
    lines.push(match secret {
        Some(secret) => format!("STYTCH_SECRET={secret}"),
        None => "# STYTCH_SECRET is the one that was given.".to_owned(),
    });
    lines.push(format!("# Open {} in a browser to see what is in it.", emulator.base_url()));
    let _ = writeln!(io::stdout(), "{}", lines.join("\n"));
}

/// The signal for a file that has become too large, on Linux for common processors, macOS and BSD.
#[cfg(unix)]
const SIGXFSZ: i32 = 25;

/// Listens for Ctrl-C, and on Unix for SIGTERM. The returned future ends at the first of them.
#[cfg(unix)]
fn stop_signals() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    // Otherwise a limit on the size of files ends the program. With a listener, writing the state file is an error.
    drop(signal(SignalKind::from_raw(SIGXFSZ))?);
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Listens for Ctrl-C.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "on Unix, listening can fail")]
fn stop_signals() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

fn fail(reason: &str) -> ExitCode {
    let _ = writeln!(io::stderr(), "stytch-emulator: {reason}");
    ExitCode::FAILURE
}
