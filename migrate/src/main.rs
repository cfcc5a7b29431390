//! Migrates users with their password hashes: see the README next to this file.
//!
//! ```sh
//! cargo run -p stytch-migrate -- --emulator migrate/samples/every_hash_type.csv
//! ```

mod check;
mod cli;
mod duplicates;
mod encoding;
mod exit;
mod export;
mod files;
mod fingerprint;
mod input;
mod journal;
mod problem;
mod progress;
mod reader;
mod redraw;
mod rejected;
mod rejected_file;
mod remarks;
mod row;
mod run;
mod say;
mod send;
mod signals;
mod sorter;
mod summary;
mod survey;
mod tally;
mod target;
mod verify;

use std::process::ExitCode;

use clap::Parser;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = cli::Arguments::parse();
    match run::run(&arguments).await {
        Ok(exit) => exit.into(),
        Err(stop) => {
            say::aside(&format!("stytch-migrate: {stop}"));
            stop.exit.into()
        }
    }
}
