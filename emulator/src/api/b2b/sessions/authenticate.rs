//! `POST /v1/b2b/sessions/authenticate`: checks that a session is active, and returns a new JWT for it.

use hyper::Method;
use serde_json::{Value, json};

use crate::{
    api::{
        b2b::{acting::policy, before},
        session_grant,
        shared::{object, session_claims, session_jwt, session_minutes, session_token},
    },
    api_error::{
        ApiError, NO_SESSION_ARGUMENTS, SESSION_AUTHORIZATION_ERROR, SESSION_AUTHORIZATION_TENANCY_ERROR,
        SESSION_NOT_FOUND,
    },
    organization::Organization,
    parameter::{Kind, optional, required},
    route::{Access, Call, ResponseBody, Route},
    session::Session,
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/sessions/authenticate",
    parameters: &[
        session_token(),
        session_minutes(),
        session_jwt(),
        session_claims(),
        optional(
            "authorization_check",
            Kind::Object(&[
                required("organization_id", Kind::String),
                required("resource_id", Kind::String),
                required("action", Kind::String),
            ]),
        ),
    ],
    access: Access::Project,
    error_types: &[
        &[&NO_SESSION_ARGUMENTS, &SESSION_AUTHORIZATION_ERROR, &SESSION_AUTHORIZATION_TENANCY_ERROR],
        session_grant::ERROR_TYPES,
    ],
    handler: authenticate,
};

fn authenticate(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let mut session = before::session(call, &state)?.ok_or(&NO_SESSION_ARGUMENTS)?;
    let member = state.member(&session.user_id).ok_or(&SESSION_NOT_FOUND)?;
    let organization = state.organization(&member.organization_id).ok_or(&SESSION_NOT_FOUND)?;
    session.roles = member.roles_in(organization, &session.factors);
    let verdict = verdict(call, &session, organization)?;
    session.last_accessed_at = call.now;
    match call.parameters.integer("session_duration_minutes") {
        Some(minutes) => session_grant::renew(call, &mut session, minutes)?,
        None => session_grant::claim(&mut session, call.parameters.map("session_custom_claims"))?,
    }
    let body = object([
        ("member_session", session.member_json(organization)),
        ("session_token", session.token.as_str().into()),
        ("session_jwt", session_grant::sign(call, &session, Some(organization))?.into()),
        ("member", member.to_json(organization)),
        ("organization", organization.to_json()),
        ("verdict", verdict),
    ]);
    state.commit(Change { sessions: vec![session], ..Change::default() }, call.now)?;
    Ok(body)
}

/// Checks the action in `authorization_check`: first the organization, then the policy. Returns null if the request has
/// no check.
fn verdict(call: &Call<'_>, session: &Session, organization: &Organization) -> Result<Value, ApiError> {
    let Some(asked) = call.parameters.object("authorization_check") else { return Ok(Value::Null) };
    if !organization.is_called(asked.required("organization_id")?) {
        return Err((&SESSION_AUTHORIZATION_TENANCY_ERROR).into());
    }
    let (resource_id, action) = (asked.required("resource_id")?, asked.required("action")?);
    let policy = policy(call, organization);
    let granting = policy.granting(&session.roles, resource_id, action);
    if granting.is_empty() {
        return Err((&SESSION_AUTHORIZATION_ERROR).into());
    }
    Ok(json!({ "authorized": true, "granting_roles": granting }))
}
