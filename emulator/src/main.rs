//! The emulator as a program.

mod cli;
mod config_file;
mod env_file;
mod environment;

use std::process::ExitCode;

fn main() -> ExitCode {
    match config_file::parse(std::env::args_os().collect()) {
        Ok(arguments) => cli::run(arguments),
        // Prints the error, or the help that was asked for.
        Err(error) => error.exit(),
    }
}
