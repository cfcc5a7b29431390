//! `POST /v1/passwords/existing_password/reset`: a new password for whoever knows the old one.

use hyper::Method;

use super::{
    authenticated, login, new_password,
    shared::{session_claims, session_jwt, session_minutes, session_token, telemetry_id},
};
use crate::{
    app::{Answer, Call},
    parameter::{Kind, required},
    refusal::Refusal,
    route::{Access, Route},
    session::{self, Factor, grant},
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/passwords/existing_password/reset",
    parameters: &[
        required("email", Kind::Text),
        required("existing_password", Kind::Text),
        required("new_password", Kind::Text),
        session_token(),
        session_minutes(),
        session_jwt(),
        session_claims(),
        telemetry_id(),
    ],
    access: Access::Project,
    refusals: &[login::REFUSALS, new_password::REFUSALS, session::REFUSALS],
    handler: reset,
};

fn reset(call: &Call<'_>) -> Result<Answer, Refusal> {
    let address = call.parameters.required("email")?;
    let known = login::user(call, address, call.parameters.required("existing_password")?)?;
    let password = new_password::accept(call, address, call.parameters.required("new_password")?)?;
    let mut state = call.app.state();
    let mut user = login::unchanged(&state, &known)?;
    user.password = Some(password);
    let granted = grant(call, &state, &user, Some(Factor::new(session::Method::Password, call.now)))?;
    let answer = authenticated::answer(&user, &granted);
    let change = Change {
        ended_sessions: granted.others_of(&state, &user.user_id, call.now),
        users: vec![user],
        sessions: granted.into_sessions(),
        ..Change::default()
    };
    state.commit(change, call.now)?;
    Ok(answer)
}
