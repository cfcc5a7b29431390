//! The file of `--config`: a JSON object whose keys are the names of options.
//!
//! Its entries become arguments in front of those of the command line. So each option is declared and checked once,
//! and the command line overrides the file.

use std::{ffi::OsString, fs, path::Path};

use clap::{Arg, ArgAction, CommandFactory, Parser, ValueHint, error::ErrorKind};
use serde_json::{Map, Value};

use crate::cli::Arguments;

/// Reads the arguments of the command line, and of the configuration file that they may name.
///
/// # Errors
///
/// If an argument is wrong, or the file is. clap prints the error.
pub(crate) fn parse(given: Vec<OsString>) -> Result<Arguments, clap::Error> {
    let arguments = Arguments::try_parse_from(&given)?;
    let Some(path) = &arguments.config else { return Ok(arguments) };
    let wrong = |reason: &str| {
        let message = format!("the file {} of `--config` cannot be used: {reason}", path.display());
        Arguments::command().error(ErrorKind::InvalidValue, message)
    };
    let configured = read(path).map_err(|reason| wrong(&reason))?;
    let mut given = given.into_iter();
    let program = given.next().unwrap_or_default();
    let with = |more: Vec<OsString>| {
        Arguments::try_parse_from([program.clone()].into_iter().chain(configured.clone()).chain(more))
    };
    // Parsed alone first, so that a mistake in the file is not reported as one on the command line.
    with(Vec::new()).map_err(|error| wrong(&first_line(&error)))?;
    with(given.collect())
}

/// Returns the first line of clap's message, without its heading.
fn first_line(error: &clap::Error) -> String {
    let text = error.to_string();
    let line = text.lines().next().unwrap_or_default();
    line.strip_prefix("error: ").unwrap_or(line).to_owned()
}

fn read(path: &Path) -> Result<Vec<OsString>, String> {
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    let entries: Map<String, Value> = serde_json::from_str(&text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        format!("it must be a JSON object; the error is at line {line}, column {column}")
    })?;
    let directory = path.parent().unwrap_or(Path::new(""));
    let command = Arguments::command();
    let mut arguments = Vec::new();
    for (name, value) in &entries {
        let option = command.get_arguments().find(|option| option.get_long() == Some(name));
        match option {
            Some(option) if name != "config" => arguments.extend(argument(option, name, value, directory)?),
            _ => {
                return Err(format!(
                    "`{name}` is not an option that it can have; `--help` lists the options"
                ));
            }
        }
    }
    Ok(arguments)
}

/// Returns the argument for an entry, or `None` for a switch that is off.
fn argument(option: &Arg, name: &str, value: &Value, directory: &Path) -> Result<Option<OsString>, String> {
    let is_switch = matches!(option.get_action(), ArgAction::SetTrue);
    let text = match value {
        Value::Bool(on) if is_switch => return Ok(on.then(|| format!("--{name}").into())),
        Value::String(text) if !is_switch => text.clone(),
        Value::Number(number) if !is_switch => number.to_string(),
        _ if is_switch => return Err(format!("`{name}` must be true or false")),
        _ => return Err(format!("`{name}` must be a string or a number")),
    };
    let mut argument = OsString::from(format!("--{name}="));
    if option.get_value_hint() == ValueHint::AnyPath {
        // As in the configuration files of other programs, and wherever the program is started.
        argument.push(directory.join(text));
    } else {
        argument.push(text);
    }
    Ok(Some(argument))
}
