//! `POST /v1/b2b/passwords/existing_password/reset`: sets a new password with the old one. Other sessions end.

use hyper::Method;

use super::entered;
use crate::{
    api::{
        b2b::{
            before,
            log_in::{Login, without},
            named::{self, EMAIL_ADDRESS, ORGANIZATION_ID},
        },
        passwords::new_password,
        shared::{LOCALE, session_claims, session_jwt, session_minutes, session_token, telemetry_id},
    },
    api_error::{ApiError, CUSTOM_CLAIMS_TOO_LARGE},
    parameter::{Kind, required},
    route::{Access, Call, ResponseBody, Route},
    session::Method as FactorMethod,
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/passwords/existing_password/reset",
    parameters: &[
        EMAIL_ADDRESS,
        required("existing_password", Kind::Secret),
        required("new_password", Kind::Secret),
        ORGANIZATION_ID,
        session_token(),
        session_minutes(),
        session_jwt(),
        session_claims(),
        LOCALE,
        telemetry_id(),
    ],
    access: Access::Project,
    error_types: &[
        named::ERROR_TYPES,
        entered::ERROR_TYPES,
        new_password::ERROR_TYPES,
        before::ERROR_TYPES,
        &[&CUSTOM_CLAIMS_TOO_LARGE],
    ],
    handler: reset,
};

fn reset(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let verified = entered::member(call, call.parameters.required("existing_password")?)?;
    let new = call.parameters.required("new_password")?;
    let password = new_password::accept(call, &verified.email_address, new)?;
    let mut state = call.app.state();
    let (organization, mut member) = entered::unchanged(&state, &verified)?;
    member.password = Some(password);
    let sessions = state.sessions_of(&member.member_id, call.now);
    let ended_sessions = sessions.map(|session| session.session_id.clone()).collect();
    let login = Login::of(call, &state, organization, member)?;
    let change = Change { ended_sessions, ..Change::default() };
    let body = login.finish(call, &mut state, Some(FactorMethod::Password), change)?;
    Ok(without(body, ["organization_id"]))
}
