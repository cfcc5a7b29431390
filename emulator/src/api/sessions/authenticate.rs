//! `POST /v1/sessions/authenticate`: checks that a session is active, and returns a new JWT for it.

use hyper::Method;
use serde_json::{Value, json};
use time::Duration;

use crate::{
    api::{
        session_grant,
        shared::{object, session_claims, session_jwt, session_minutes, session_token},
    },
    api_error::{ApiError, NO_SESSION_ARGUMENTS, SESSION_AUTHORIZATION_ERROR, SESSION_NOT_FOUND},
    parameter::{Kind, optional, required},
    route::{Access, Call, ResponseBody, Route},
    session::Session,
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
        optional(
            "authorization_check",
            Kind::Object(&[required("resource_id", Kind::String), required("action", Kind::String)]),
        ),
    ],
    access: Access::Project,
    error_types: &[&[&NO_SESSION_ARGUMENTS, &SESSION_AUTHORIZATION_ERROR], session_grant::ERROR_TYPES],
    handler: authenticate,
};

fn authenticate(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let mut session = session_grant::named(call, &state)?.ok_or(&NO_SESSION_ARGUMENTS)?;
    let user = state.user(&session.user_id).ok_or(&SESSION_NOT_FOUND)?;
    let verdict = verdict(call, &session)?;
    session.last_accessed_at = call.now;
    if let Some(minutes) = call.parameters.integer("session_duration_minutes") {
        session.expires_at = call.now + Duration::minutes(minutes);
    }
    session_grant::claim(&mut session, call.parameters.map("session_custom_claims"))?;
    let body = object([
        ("session", session.to_json()),
        ("session_token", session.token.as_str().into()),
        ("session_jwt", session_grant::sign(call, &session, None)?.into()),
        ("user", user.to_json()),
        ("verdict", verdict),
    ]);
    state.commit(Change { sessions: vec![session], ..Change::default() }, call.now)?;
    Ok(body)
}

/// Checks the action that the request asks for against the policy; null without one.
fn verdict(call: &Call<'_>, session: &Session) -> Result<Value, ApiError> {
    let Some(asked) = call.parameters.object("authorization_check") else { return Ok(Value::Null) };
    let (resource_id, action) = (asked.required("resource_id")?, asked.required("action")?);
    let granting = call.app.settings.policy.granting(&session.roles, resource_id, action);
    if granting.is_empty() {
        return Err((&SESSION_AUTHORIZATION_ERROR).into());
    }
    Ok(json!({ "authorized": true, "granting_roles": granting }))
}
