//! `POST /v1/b2b/sessions/exchange`: exchanges a session for a session of the same person in another organization.

use hyper::Method;

use crate::{
    api::{
        b2b::{
            before::{self, Before},
            log_in::{Login, without},
            named::{self, ORGANIZATION_ID},
            requirement::transferred,
        },
        otps::sent::PHONE_LOCALE,
        session_grant,
        shared::{session_claims, session_jwt, session_minutes, session_token, telemetry_id},
    },
    api_error::{ApiError, MEMBER_NOT_FOUND, NO_SESSION_ARGUMENTS, SESSION_NOT_FOUND},
    route::{Access, Call, ResponseBody, Route},
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/sessions/exchange",
    parameters: &[
        ORGANIZATION_ID,
        session_token(),
        session_jwt(),
        session_minutes(),
        session_claims(),
        PHONE_LOCALE,
        telemetry_id(),
    ],
    access: Access::Project,
    error_types: &[&[&NO_SESSION_ARGUMENTS], named::ERROR_TYPES, session_grant::ERROR_TYPES],
    handler: exchange,
};

fn exchange(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let session = before::session(call, &state)?.ok_or(&NO_SESSION_ARGUMENTS)?;
    let organization = named::organization(call, &state)?;
    let owner = state.member(&session.user_id).ok_or(&SESSION_NOT_FOUND)?;
    let member = state.member_with_address(&organization.organization_id, &owner.email_address);
    let member = member.ok_or(&MEMBER_NOT_FOUND)?.clone();
    let before = if member.member_id == session.user_id {
        Before { factors: session.factors.clone(), session: Some(session), intermediate: None }
    } else {
        Before { factors: transferred(&session.factors, &member, false), ..Before::default() }
    };
    let login = Login { organization, member, before, joins: false };
    let body = login.finish(call, &mut state, None, Change::default())?;
    Ok(without(body, ["organization_id"]))
}
