//! The command line: what it takes, and what the program prints.

use std::{
    io::{self, Write},
    net::{IpAddr, Ipv4Addr, SocketAddr},
    process::ExitCode,
};

use clap::Parser;
use stytch_emulator::{Emulator, StartError};

/// Stytch's Passwords API as a small local server, for tests and development.
///
/// It prints where it listens and the credentials to use, then a line for every request. Ctrl-C stops it.
#[derive(Debug, Parser)]
#[command(version)]
pub(crate) struct Arguments {
    /// The port to listen on; 0 takes any free one.
    #[arg(long, default_value_t = 4010)]
    port: u16,
    /// The address to listen on. Anything but loopback lets other machines in.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// The project id that clients must send.
    #[arg(long, env = "STYTCH_PROJECT_ID")]
    project_id: Option<String>,
    /// The secret that clients must send.
    #[arg(long, env = "STYTCH_SECRET", hide_env_values = true)]
    secret: Option<String>,
    /// Refuse nulls for parameters, and parameters that an endpoint does not have.
    #[arg(long)]
    strict: bool,
}

pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&format!("cannot start the runtime: {error}")),
    };
    match runtime.block_on(serve(arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error.to_string()),
    }
}

async fn serve(arguments: &Arguments) -> Result<(), StartError> {
    let mut builder = Emulator::builder()
        .address(SocketAddr::from((arguments.host, arguments.port)))
        .strict(arguments.strict)
        .log(true);
    if let Some(project_id) = &arguments.project_id {
        builder = builder.project_id(project_id);
    }
    if let Some(secret) = &arguments.secret {
        builder = builder.secret(secret);
    }
    let emulator = builder.start().await?;
    greet(arguments, &emulator);
    // Without a signal handler Ctrl-C ends the program all the same, only less tidily.
    let _ = tokio::signal::ctrl_c().await;
    emulator.shutdown().await;
    Ok(())
}

fn greet(arguments: &Arguments, emulator: &Emulator) {
    let mut lines = Vec::new();
    if !arguments.host.is_loopback() {
        lines.push(
            "Listening beyond this machine: whoever can reach it can use it, over plain HTTP.".to_owned(),
        );
    }
    lines.push(format!("STYTCH_BASE_URL={}", emulator.base_url()));
    lines.push(format!("STYTCH_PROJECT_ID={}", emulator.project_id()));
    // A secret of the user's own is not repeated; the default one is no secret.
    lines.push(match arguments.secret {
        Some(_) => "STYTCH_SECRET is the one that was given".to_owned(),
        None => format!("STYTCH_SECRET={}", emulator.secret()),
    });
    let _ = writeln!(io::stdout(), "{}", lines.join("\n"));
}

fn fail(reason: &str) -> ExitCode {
    let _ = writeln!(io::stderr(), "stytch-emulator: {reason}");
    ExitCode::FAILURE
}
