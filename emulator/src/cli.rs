//! The command line: what it takes, and what the program prints.

use std::{
    io::{self, Write},
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Parser, ValueEnum};
use stytch_emulator::{Emulator, EmulatorBuilder, FeedbackForm, StartError, StrengthPolicy};

const AFTER_HELP: &str = "\
Give a client the three lines that it prints, or ask it with curl:

  curl -u \"$STYTCH_PROJECT_ID:$STYTCH_SECRET\" -H 'content-type: application/json' \\
    -d '{\"password\":\"hunter2\"}' \"$STYTCH_BASE_URL/v1/passwords/strength_check\"

What a test asks of the emulator itself is under /_emulator/: health, outbox, requests, faults, clock, breaches and
reset. It is for tests and development on one machine: plain HTTP, and password hashes made for speed.";

/// Stytch's Passwords API as a small local server, for tests and development.
///
/// It prints where it listens and the credentials to use, then a line for every request. Ctrl-C stops it.
#[derive(Debug, Parser)]
#[command(version, after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// The port to listen on; 0 takes any free one
    #[arg(long, default_value_t = 4010)]
    port: u16,
    /// The address to listen on; anything but loopback lets other machines in
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// The project id that clients must send
    #[arg(long, env = "STYTCH_PROJECT_ID", value_name = "ID")]
    project_id: Option<String>,
    /// The secret that clients must send
    #[arg(long, env = "STYTCH_SECRET", hide_env_values = true)]
    secret: Option<Secret>,
    /// Users that are there from the start: {"users": [{"email": …, "password": …}]}
    #[arg(long, value_name = "FILE")]
    seed: Option<PathBuf>,
    /// Keep the state in a file: a change is on the disk before it is answered
    #[arg(long, value_name = "FILE")]
    state_file: Option<PathBuf>,
    /// Refuse nulls for parameters, and parameters that an endpoint does not have
    #[arg(long)]
    strict: bool,
    /// Give the same ids and tokens in every run, with a clock that stands still
    #[arg(long, value_name = "NUMBER")]
    deterministic: Option<u64>,
    /// What a password must have to be accepted
    #[arg(long, value_enum, default_value_t = Policy::Zxcvbn)]
    policy: Policy,
    /// The characters that `--policy luds` asks for, 8 to 32
    #[arg(long, default_value_t = 8, value_name = "NUMBER")]
    luds_length: u8,
    /// How many of lower case, upper case, digits and symbols `--policy luds` asks for, 1 to 4
    #[arg(long, default_value_t = 3, value_name = "NUMBER")]
    luds_complexity: u8,
    /// Answer strength checks in the form of Stytch's examples: nulls, and the LUDS fields in `feedback` itself
    #[arg(long)]
    flat_feedback: bool,
    /// Accept passwords that are on the list of breached ones
    #[arg(long)]
    no_breach_detection: bool,
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

/// Runs the program until it is told to stop.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&format!("cannot start the runtime: {error}")),
    };
    let outcome = runtime.block_on(serve(arguments));
    // A password that is still being hashed is for nobody any more, and its thread is not waited for.
    runtime.shutdown_background();
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error.to_string()),
    }
}

async fn serve(arguments: &Arguments) -> Result<(), StartError> {
    let emulator = builder(arguments).start().await?;
    greet(arguments, &emulator);
    told_to_stop().await;
    emulator.shutdown().await;
    Ok(())
}

fn builder(arguments: &Arguments) -> EmulatorBuilder {
    let mut builder = Emulator::builder()
        .address(SocketAddr::from((arguments.host, arguments.port)))
        .strict(arguments.strict)
        .strength_policy(policy(arguments))
        .breach_detection(!arguments.no_breach_detection)
        .log(true);
    if let Some(project_id) = &arguments.project_id {
        builder = builder.project_id(project_id);
    }
    if let Some(Secret(secret)) = &arguments.secret {
        builder = builder.secret(secret);
    }
    if let Some(path) = &arguments.seed {
        builder = builder.seed_file(path);
    }
    if let Some(path) = &arguments.state_file {
        builder = builder.state_file(path);
    }
    if let Some(seed) = arguments.deterministic {
        builder = builder.deterministic(seed);
    }
    if arguments.flat_feedback {
        builder = builder.feedback_form(FeedbackForm::Flat);
    }
    builder
}

fn policy(arguments: &Arguments) -> StrengthPolicy {
    match arguments.policy {
        Policy::Zxcvbn => StrengthPolicy::Zxcvbn,
        Policy::Luds => StrengthPolicy::Luds {
            minimum_length: arguments.luds_length,
            minimum_complexity: arguments.luds_complexity,
        },
    }
}

fn greet(arguments: &Arguments, emulator: &Emulator) {
    let mut lines = Vec::new();
    if !arguments.host.is_loopback() {
        let warning = "# Listening beyond this machine: whoever can reach it can use it, over plain HTTP.";
        lines.push(warning.to_owned());
    }
    lines.push(format!("STYTCH_BASE_URL={}", emulator.base_url()));
    lines.push(format!("STYTCH_PROJECT_ID={}", emulator.project_id()));
    // A secret of the user's own is not repeated; the default one is no secret.
    lines.push(match arguments.secret {
        Some(_) => "# STYTCH_SECRET is the one that was given.".to_owned(),
        None => format!("STYTCH_SECRET={}", emulator.secret()),
    });
    let _ = writeln!(io::stdout(), "{}", lines.join("\n"));
}

/// Returns at Ctrl-C, and where there is such a thing at a polite request to terminate.
async fn told_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => return,
                _ = tokio::signal::ctrl_c() => return,
            }
        }
    }
    // Without a handler the signal itself ends the program, only less tidily.
    let _ = tokio::signal::ctrl_c().await;
}

fn fail(reason: &str) -> ExitCode {
    let _ = writeln!(io::stderr(), "stytch-emulator: {reason}");
    ExitCode::FAILURE
}
