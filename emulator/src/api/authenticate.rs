//! `POST /v1/passwords/authenticate`: a login.

use hyper::Method;

use super::{object, session_claims, session_minutes, telemetry_id};
use crate::{
    app::{Answer, Call},
    parameter::{Kind, optional, required},
    password,
    refusal::{
        EMAIL_NOT_FOUND, Refusal, SESSION_NOT_FOUND, TOO_MANY_SESSION_ARGUMENTS, UNAUTHORIZED_CREDENTIALS,
    },
    route::Route,
    session::{self, Factor, grant},
    state::Change,
    user::User,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/passwords/authenticate",
    parameters: &[
        required("email", Kind::Text),
        required("password", Kind::Text),
        optional("session_token", Kind::Text),
        session_minutes(),
        optional("session_jwt", Kind::Text),
        session_claims(),
        telemetry_id(),
    ],
    refusals: &[&UNAUTHORIZED_CREDENTIALS, &EMAIL_NOT_FOUND, &SESSION_NOT_FOUND, &TOO_MANY_SESSION_ARGUMENTS],
    handler: authenticate,
};

fn authenticate(call: &Call<'_>) -> Result<Answer, Refusal> {
    let (address, password) = (call.parameters.required("email")?, call.parameters.required("password")?);
    let user = user_of(call, address)?;
    let stored = user.password.as_ref().map(|password| password.stored.clone());
    if !stored.is_some_and(|stored| password::verify(password, &stored)) {
        return Err(Refusal::new(&UNAUTHORIZED_CREDENTIALS, "The email or the password is wrong."));
    }
    let mut state = call.app.state();
    let granted = grant(call, &state, &user, Factor::new(session::Method::Password, call.now))?;
    let mut answer = object([
        ("user_id", user.user_id.as_str().into()),
        ("user", user.to_json()),
        ("user_device", serde_json::Value::Null),
    ]);
    granted.describe(&mut answer);
    state.commit(Change { sessions: granted.session.into_iter().collect(), ..Change::default() });
    Ok(answer)
}

fn user_of(call: &Call<'_>, address: &str) -> Result<User, Refusal> {
    call.app.state().user_by_email(address).cloned().ok_or_else(|| (&EMAIL_NOT_FOUND).into())
}
