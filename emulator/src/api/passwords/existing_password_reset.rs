//! `POST /v1/passwords/existing_password/reset`: sets a new password with the old one.

use hyper::Method;

use super::{login, new_password};
use crate::{
    api::{
        authenticated, session_grant,
        shared::{session_claims, session_jwt, session_minutes, session_token, telemetry_id},
    },
    api_error::ApiError,
    parameter::{Kind, required},
    route::{Access, Call, ResponseBody, Route},
    session::{Factor, Method as FactorMethod},
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/passwords/existing_password/reset",
    parameters: &[
        required("email", Kind::String),
        required("existing_password", Kind::Secret),
        required("new_password", Kind::Secret),
        session_token(),
        session_minutes(),
        session_jwt(),
        session_claims(),
        telemetry_id(),
    ],
    access: Access::Project,
    error_types: &[login::ERROR_TYPES, new_password::ERROR_TYPES, session_grant::ERROR_TYPES],
    handler: reset,
};

fn reset(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let address = call.parameters.required("email")?;
    let known = login::user(call, address, call.parameters.required("existing_password")?)?;
    let password = new_password::accept(call, address, call.parameters.required("new_password")?)?;
    let mut state = call.app.state();
    let mut user = login::unchanged(&state, &known)?;
    user.password = Some(password);
    let granted =
        session_grant::grant(call, &state, &user, Some(Factor::new(FactorMethod::Password, call.now)))?;
    let body = authenticated::body(&user, &granted);
    let change = Change {
        ended_sessions: granted.others_of(&state, &user.user_id, call.now),
        users: vec![user],
        sessions: granted.into_sessions(),
        ..Change::default()
    };
    state.commit(change, call.now)?;
    Ok(body)
}
