//! `/_emulator/…`: the endpoints with which tests in any language control the emulator. No credentials are needed.

pub(crate) mod breaches;
pub(crate) mod clock;
pub(crate) mod faults;
pub(crate) mod health;
pub(crate) mod impersonation;
pub(crate) mod organizations;
pub(crate) mod outbox;
pub(crate) mod requests;
pub(crate) mod reset;
pub(crate) mod users;

use crate::{
    parameter::{Kind, Parameter, optional},
    route::Call,
};

/// The maximum number of entries in a list: the latest ones. Without it, the list has all of them.
const LIMIT: Parameter = optional("limit", Kind::Integer { least: 1, most: 10_000 });

fn limit(call: &Call<'_>) -> usize {
    let limit = call.parameters.integer("limit").and_then(|limit| usize::try_from(limit).ok());
    limit.unwrap_or(usize::MAX)
}

/// Returns the last entries of a list, which are the latest.
fn latest<T>(call: &Call<'_>, mut entries: Vec<T>) -> Vec<T> {
    entries.split_off(entries.len().saturating_sub(limit(call)))
}

/// Returns the string that is searched for, in lower case.
fn searched(call: &Call<'_>) -> String {
    call.parameters.string("search").map(str::to_lowercase).unwrap_or_default()
}
