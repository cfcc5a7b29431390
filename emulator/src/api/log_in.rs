//! The end of a login: the user has proved their identity.

use super::{authenticated, session_grant};
use crate::{
    api_error::ApiError,
    route::{Call, ResponseBody},
    session::{Factor, Method},
    state::{Change, State},
    user::{Status, User},
};

/// Stores a user who has logged in, with the session that the request asks for, and returns the response.
///
/// # Errors
///
/// Those of [`session_grant::grant`].
pub(super) fn log_in(
    call: &Call<'_>,
    state: &mut State,
    mut user: User,
    method: Method,
    change: Change,
) -> Result<ResponseBody, ApiError> {
    user.status = Status::Active;
    let granted = session_grant::grant(call, state, &user, Some(Factor::new(method, call.now)))?;
    let body = authenticated::body(&user, &granted);
    let change = Change { users: vec![user], sessions: granted.into_sessions(), ..change };
    state.commit(change, call.now)?;
    Ok(body)
}
