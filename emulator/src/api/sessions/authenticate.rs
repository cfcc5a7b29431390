//! `POST /v1/sessions/authenticate`: checks that a session is active, and returns a new JWT for it.

use hyper::Method;
use time::Duration;

use crate::{
    api::{
        session_grant,
        shared::{object, session_claims, session_jwt, session_minutes, session_token},
    },
    api_error::{ApiError, NO_SESSION_ARGUMENTS, SESSION_NOT_FOUND},
    parameter::{Kind, optional},
    route::{Access, Call, ResponseBody, Route},
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/sessions/authenticate",
    parameters: &[
        session_token(),
        session_minutes(),
        session_jwt(),
        session_claims(),
        optional("authorization_check", Kind::Map),
    ],
    access: Access::Project,
    error_types: &[&[&NO_SESSION_ARGUMENTS], session_grant::ERROR_TYPES],
    handler: authenticate,
};

fn authenticate(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    if call.parameters.map("authorization_check").is_some() {
        // To ignore it would mean that the user is authorized.
        let message = "is not supported: the emulator has no RBAC policy.";
        return Err(ApiError::parameter("authorization_check", message));
    }
    let mut state = call.app.state();
    let mut session = session_grant::named(call, &state)?.ok_or(&NO_SESSION_ARGUMENTS)?;
    let user = state.user(&session.user_id).ok_or(&SESSION_NOT_FOUND)?;
    session.last_accessed_at = call.now;
    if let Some(minutes) = call.parameters.integer("session_duration_minutes") {
        session.expires_at = call.now + Duration::minutes(minutes);
    }
    session_grant::claim(&mut session, call.parameters.map("session_custom_claims"))?;
    let body = object([
        ("session", session.to_json()),
        ("session_token", session.token.as_str().into()),
        ("session_jwt", session_grant::sign(call, &session)?.into()),
        ("user", user.to_json()),
    ]);
    state.commit(Change { sessions: vec![session], ..Change::default() }, call.now)?;
    Ok(body)
}
