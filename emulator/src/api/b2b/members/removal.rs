//! The common parts of the endpoints that remove something from a member.

use crate::{
    api::b2b::{acting::Actor, named},
    api_error::ApiError,
    member::Member,
    organization::Organization,
    route::{Call, ResponseBody},
    state::{Change, State},
};

/// Removes something from the member of the request, if the caller may take the action.
///
/// # Errors
///
/// Those of [`named::member`] and [`Actor::of`], `session_authorization_error`, and those of `remove`.
pub(super) fn from_named(
    call: &Call<'_>,
    action: &str,
    remove: impl FnOnce(&mut Member) -> Result<(), ApiError>,
) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let (organization, member) = named::member(call, &state)?;
    from(call, &mut state, &organization, member, action, remove)
}

/// Removes something from a member, if the caller may take the action.
///
/// # Errors
///
/// Those of [`Actor::of`], `session_authorization_error`, and those of `remove`.
pub(super) fn from(
    call: &Call<'_>,
    state: &mut State,
    organization: &Organization,
    mut member: Member,
    action: &str,
    remove: impl FnOnce(&mut Member) -> Result<(), ApiError>,
) -> Result<ResponseBody, ApiError> {
    Actor::of(call, state, organization)?.may_with(&member, action)?;
    remove(&mut member)?;
    member.updated_at = call.now;
    let body = named::body(organization, &member);
    state.commit(Change { members: vec![member], ..Change::default() }, call.now)?;
    Ok(body)
}
