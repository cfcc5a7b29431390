//! The check of an address and a password, which a login and a reset by the old password have in common.

use crate::{
    app::Call,
    password,
    refusal::{EMAIL_NOT_FOUND, ErrorType, NO_USER_PASSWORD, Refusal, UNAUTHORIZED_CREDENTIALS},
    state::State,
    user::User,
};

/// What an endpoint that takes an address and its password may refuse.
pub(super) static REFUSALS: &[&ErrorType] = &[&EMAIL_NOT_FOUND, &NO_USER_PASSWORD, &UNAUTHORIZED_CREDENTIALS];

/// The user who has this address and this password.
///
/// # Errors
///
/// Those in [`REFUSALS`].
pub(super) fn user(call: &Call<'_>, address: &str, password: &str) -> Result<User, Refusal> {
    let user = call.app.state().user_by_email(address).cloned().ok_or(&EMAIL_NOT_FOUND)?;
    let stored = user.password.as_ref().ok_or(&NO_USER_PASSWORD)?.stored.clone();
    if password::verify(password, &stored) { Ok(user) } else { Err(wrong()) }
}

/// The same user once more, if their password is still the one that was verified: that took a while, in which somebody
/// may have changed it.
///
/// # Errors
///
/// `unauthorized_credentials` when it is another.
pub(super) fn unchanged(state: &State, verified: &User) -> Result<User, Refusal> {
    let id = |user: &User| user.password.as_ref().map(|password| password.password_id.clone());
    match state.user(&verified.user_id) {
        Some(user) if id(user) == id(verified) => Ok(user.clone()),
        _ => Err(wrong()),
    }
}

fn wrong() -> Refusal {
    Refusal::new(&UNAUTHORIZED_CREDENTIALS, "The email or the password is wrong.")
}
