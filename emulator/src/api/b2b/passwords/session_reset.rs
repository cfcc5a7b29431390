//! `POST /v1/b2b/passwords/session/reset`: sets a new password within five minutes of a login. Other sessions end.

use hyper::Method;

use crate::{
    api::{
        b2b::{
            before::{self, Before},
            log_in::{Login, without},
            named::{self, ORGANIZATION_ID},
        },
        passwords::{new_password, session_reset::MAX_AGE},
        session_grant,
        shared::{LOCALE, session_claims, session_jwt, session_minutes, session_token, telemetry_id},
    },
    api_error::{ApiError, NO_SESSION_ARGUMENTS, SESSION_NOT_FOUND, SESSION_TOO_OLD_TO_RESET_PASSWORD},
    member::Member,
    organization::Organization,
    parameter::{Kind, required},
    route::{Access, Call, ResponseBody, Route},
    session::Session,
    state::{Change, State},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/passwords/session/reset",
    parameters: &[
        ORGANIZATION_ID,
        required("password", Kind::Secret),
        session_token(),
        session_jwt(),
        session_minutes(),
        session_claims(),
        LOCALE,
        telemetry_id(),
    ],
    access: Access::Project,
    error_types: &[
        &[&NO_SESSION_ARGUMENTS, &SESSION_TOO_OLD_TO_RESET_PASSWORD],
        named::ERROR_TYPES,
        new_password::ERROR_TYPES,
        session_grant::ERROR_TYPES,
    ],
    handler: reset,
};

fn reset(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let (_, member, _) = recent_session(call, &call.app.state())?;
    let new = call.parameters.required("password")?;
    let password = new_password::accept(call, &member.email_address, new)?;
    let mut state = call.app.state();
    let (organization, mut member, session) = recent_session(call, &state)?;
    member.password = Some(password);
    let others = state.sessions_of(&member.member_id, call.now).map(|other| other.session_id.clone());
    let ended_sessions = others.filter(|other| *other != session.session_id).collect();
    let before = Before { factors: session.factors.clone(), session: Some(session), intermediate: None };
    let login = Login { organization, member, before, joins: false };
    let body = login.finish(call, &mut state, None, Change { ended_sessions, ..Change::default() })?;
    Ok(without(body, ["organization_id", "primary_required"]))
}

/// Returns the session of the request and its member, if a factor is recent enough.
fn recent_session(call: &Call<'_>, state: &State) -> Result<(Organization, Member, Session), ApiError> {
    let session = before::session(call, state)?.ok_or(&NO_SESSION_ARGUMENTS)?;
    let organization = named::organization(call, state)?;
    let member = state.member(&session.user_id).cloned().ok_or(&SESSION_NOT_FOUND)?;
    if member.organization_id != organization.organization_id {
        return Err((&SESSION_NOT_FOUND).into());
    }
    if !session.factors.iter().any(|factor| call.now - factor.last_authenticated_at <= MAX_AGE) {
        return Err((&SESSION_TOO_OLD_TO_RESET_PASSWORD).into());
    }
    Ok((organization, member, session))
}
