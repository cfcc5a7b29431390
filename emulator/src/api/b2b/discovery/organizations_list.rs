//! `POST /v1/b2b/discovery/organizations`: the organizations that a person can log in to. With an intermediate session,
//! also those that the person can join.

use hyper::Method;
use serde_json::Value;

use super::found::{memberships, organizations};
use crate::{
    api::{
        b2b::before::{self, INTERMEDIATE_SESSION_TOKEN},
        shared::{object, session_jwt, session_token},
    },
    api_error::{ApiError, NO_SESSION_ARGUMENTS, SESSION_NOT_FOUND, TOO_MANY_SESSION_ARGUMENTS},
    proof::Intermediate,
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/discovery/organizations",
    parameters: &[INTERMEDIATE_SESSION_TOKEN, session_token(), session_jwt()],
    access: Access::Project,
    error_types: &[&[&NO_SESSION_ARGUMENTS], before::ERROR_TYPES],
    handler: list,
};

fn list(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let state = call.app.state();
    let session = before::session(call, &state)?;
    let (known, found, hint) = match (session, before::intermediate(call, &state)?) {
        (None, None) => return Err((&NO_SESSION_ARGUMENTS).into()),
        (Some(_), Some(_)) => return Err((&TOO_MANY_SESSION_ARGUMENTS).into()),
        (Some(session), None) => {
            let member = state.member(&session.user_id).ok_or(&SESSION_NOT_FOUND)?;
            let organization_id = session.organization_id;
            let known =
                Intermediate { organization_id, ..Intermediate::of(&member.email_address, session.factors) };
            let found = memberships(&state, &known);
            (known, found, None)
        }
        (None, Some((_, known))) => {
            let (found, hint) = (organizations(&state, &known), known.organization_id.clone());
            (known, found, hint)
        }
    };
    Ok(object([
        ("email_address", known.email_address.into()),
        ("discovered_organizations", found.into()),
        ("organization_id_hint", hint.map_or(Value::Null, Value::from)),
    ]))
}
