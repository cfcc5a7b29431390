//! The credentials of the program, from its arguments or from the environment.
//!
//! Developers may have the credentials of a live Stytch project in their environment. The emulator does not use them:
//! it does not need them, and every program on the machine can connect to it.

use std::env;

/// Returns the project id that was given, or the one in the environment.
///
/// # Errors
///
/// If the one in the environment belongs to a live project.
pub(crate) fn project_id(given: Option<String>) -> Result<Option<String>, String> {
    match given {
        Some(project_id) => Ok(Some(project_id)),
        None => variable("STYTCH_PROJECT_ID", "project-live-", "--project-id"),
    }
}

/// Returns the secret that was given, or the one in the environment.
///
/// # Errors
///
/// If it is a live one. Its source does not matter: an argument can be seen by every program on the machine.
pub(crate) fn secret(given: Option<String>) -> Result<Option<String>, String> {
    match given {
        Some(secret) if secret.starts_with("secret-live-") => Err(
            "`--secret` is a live secret, and the emulator must not know it; use any other string, or none"
                .to_owned(),
        ),
        Some(secret) => Ok(Some(secret)),
        None => variable("STYTCH_SECRET", "secret-live-", "--secret"),
    }
}

fn variable(name: &str, live: &str, option: &str) -> Result<Option<String>, String> {
    match env::var(name) {
        Ok(value) if value.trim_start().starts_with(live) => Err(format!(
            "{name} in the environment belongs to a live project, and the emulator must not know it; \
             unset {name}, or set another value with `{option}`"
        )),
        // An empty variable is how many tools unset one.
        Ok(value) => Ok(Some(value).filter(|value| !value.is_empty())),
        Err(env::VarError::NotPresent) => Ok(None),
        Err(env::VarError::NotUnicode(_)) => Err(format!("{name} in the environment is not valid UTF-8")),
    }
}
