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
use std::thread;

use clap::Parser;

/// The size of the stack. Each schema inside another one takes a part of it, and large documents have chains of thousands.
const STACK: usize = 512 << 20;

fn main() -> ExitCode {
    let cli::Cargo::Declapi(cli::Declapi { command: cli::Command::New(arguments) }) = cli::Cargo::parse();
    let running = thread::Builder::new().stack_size(STACK).spawn(move || new::run(&arguments));
    let done = running.map_err(|error| format!("cannot start a thread: {error}")).and_then(|running| {
        // A panic has printed its message.
        running
            .join()
            .unwrap_or_else(|_| Err("this is a mistake of the program: please report it".to_owned()))
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            let _ = writeln!(io::stderr(), "cargo-declapi: {problem}");
            ExitCode::FAILURE
        }
    }
}
