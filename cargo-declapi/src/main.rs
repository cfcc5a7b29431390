//! Writes declarations from an OpenAPI document: see the README in this folder.
//!
//! ```sh
//! cargo declapi new openapi.json --tag repos --out src/github.rs
//! ```

mod cli;
mod docs;
mod lower;
mod model;
mod names;
mod new;
mod output;
mod plan;
mod summary;
mod write;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let cli::Cargo::Declapi(cli::Declapi { command: cli::Command::New(arguments) }) = cli::Cargo::parse();
    match new::run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            let _ = writeln!(io::stderr(), "cargo-declapi: {problem}");
            ExitCode::FAILURE
        }
    }
}
