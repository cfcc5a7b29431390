//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

const AFTER_HELP: &str = "\
Examples:
    cargo declapi new openapi.json --list
    cargo declapi new openapi.json --tag repos
    cargo declapi new openapi.json --tag repos --tag issues --out src/github.rs
    cargo declapi new openapi.yaml --out src/github/

The code belongs to you: change it as you like. No file is ever overwritten.
It needs the crates `declapi`, `serde` with its feature `derive`, and `serde_json`.";

/// The call by cargo, which passes the name of the subcommand as the first argument.
#[derive(Debug, Parser)]
#[command(name = "cargo", bin_name = "cargo", disable_help_subcommand = true)]
pub(crate) enum Cargo {
    /// Declarations of API clients.
    Declapi(Declapi),
}

#[derive(Debug, Args)]
#[command(disable_help_subcommand = true, version)]
pub(crate) struct Declapi {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Writes declarations from an OpenAPI document, once.
    New(New),
}

/// Writes declarations from an OpenAPI document: a client, a resource for each tag, a struct for each operation, and the
/// objects and enums that they share.
///
/// A part that cannot be declared becomes a comment at its location, with the reason. A summary counts these comments.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct New {
    /// An OpenAPI document, 3.0 or 3.1, in JSON or YAML; `-` for standard input.
    pub(crate) document: PathBuf,
    /// Declares only the operations with this tag. May be given several times.
    #[arg(long, value_name = "TAG")]
    pub(crate) tag: Vec<String>,
    /// The output: a file, or a directory, which gets a file for each tag. Default: standard output.
    ///
    /// A path that ends in `.rs` is a file, every other one a directory. An existing file is not overwritten.
    #[arg(long, value_name = "PATH")]
    pub(crate) out: Option<PathBuf>,
    /// The name of the client type. Default: made from the title of the document.
    #[arg(long, value_name = "NAME", value_parser = type_name)]
    pub(crate) name: Option<String>,
    /// Lists the tags of the document, with the number of their operations, and does not write declarations.
    #[arg(long, conflicts_with_all = ["tag", "out", "name"])]
    pub(crate) list: bool,
}

fn type_name(text: &str) -> Result<String, String> {
    let name = crate::names::camel(text);
    if name == text { Ok(name) } else { Err(format!("this is not the name of a type: write `{name}`")) }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_valid() {
        Cargo::command().debug_assert();
        assert_eq!(type_name("Github"), Ok("Github".to_owned()));
        assert!(type_name("my-client").unwrap_err().contains("`MyClient`"));
    }
}
