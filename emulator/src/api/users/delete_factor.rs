//! The common part of the endpoints that remove a factor from a user.

use crate::{
    api::shared::object,
    api_error::{ApiError, ErrorType},
    route::{Call, ResponseBody},
    state::{Change, State},
    user::User,
};

/// Removes something from the user who has it. The parameter `name` is its id.
///
/// # Errors
///
/// `not_found` if no user has it.
pub(super) fn with_id(
    call: &Call<'_>,
    name: &str,
    has: fn(&User, &str) -> bool,
    remove: fn(&mut User, &str),
    not_found: &'static ErrorType,
) -> Result<ResponseBody, ApiError> {
    let id = call.parameters.required(name)?;
    let mut state = call.app.state();
    let mut user = state.users().find(|user| has(user, id)).ok_or(not_found)?.clone();
    remove(&mut user, id);
    store(call, &mut state, user)
}

/// Stores a user from whom something was removed, and returns the response.
///
/// # Errors
///
/// `internal_server_error` if the state file cannot be written.
pub(super) fn store(call: &Call<'_>, state: &mut State, user: User) -> Result<ResponseBody, ApiError> {
    let body = object([("user_id", user.user_id.as_str().into()), ("user", user.to_json())]);
    state.commit(Change { users: vec![user], ..Change::default() }, call.now)?;
    Ok(body)
}
