//! The check of a password that somebody has just chosen, and the password object it becomes.

use crate::{
    app::Call,
    password,
    refusal::{BREACHED_PASSWORD, ErrorType, Refusal, WEAK_PASSWORD},
    user::Password,
};

/// What an endpoint that takes a new password may refuse.
pub(super) static REFUSALS: &[&ErrorType] = &[&WEAK_PASSWORD, &BREACHED_PASSWORD];

/// Hashes a password that is strong enough and not known to be breached.
///
/// # Errors
///
/// Those in [`REFUSALS`].
pub(super) fn accept(call: &Call<'_>, address: &str, password: &str) -> Result<Password, Refusal> {
    let verdict = call.app.strength().assess(password, Some(address));
    if !verdict.is_strong() {
        return Err((&WEAK_PASSWORD).into());
    }
    if verdict.is_breached() {
        return Err((&BREACHED_PASSWORD).into());
    }
    let stored = password::hash(password, call.app.ids.bytes())?;
    Ok(Password { password_id: call.app.ids.id("password"), requires_reset: false, stored })
}
