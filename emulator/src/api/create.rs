//! `POST /v1/passwords`: a new user with a password.

use hyper::Method;

use super::{NAME, object, require_email, session_claims, session_minutes, telemetry_id};
use crate::{
    app::{Answer, Call},
    parameter::{Kind, optional, required},
    password,
    refusal::{DUPLICATE_EMAIL, INVALID_EMAIL, Refusal, WEAK_PASSWORD},
    route::Route,
    session::{self, Factor, grant},
    state::Change,
    strength,
    user::{Email, Password, User},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/passwords",
    parameters: &[
        required("email", Kind::Text),
        required("password", Kind::Text),
        session_minutes(),
        session_claims(),
        optional("trusted_metadata", Kind::Map),
        optional("untrusted_metadata", Kind::Map),
        optional("name", NAME),
        telemetry_id(),
    ],
    refusals: &[&DUPLICATE_EMAIL, &INVALID_EMAIL, &WEAK_PASSWORD],
    handler: create,
};

fn create(call: &Call<'_>) -> Result<Answer, Refusal> {
    let (address, password) = (call.parameters.required("email")?, call.parameters.required("password")?);
    require_email(address)?;
    refuse_duplicate(call, address)?;
    if !strength::assess(password, Some(address)).passes() {
        return Err((&WEAK_PASSWORD).into());
    }
    let user = new_user(call, address, password)?;
    let mut state = call.app.state();
    if state.user_by_email(address).is_some() {
        return Err((&DUPLICATE_EMAIL).into());
    }
    let granted = grant(call, &state, &user, Factor::new(session::Method::Password, call.now))?;
    let mut answer = object([
        ("user_id", user.user_id.as_str().into()),
        ("email_id", user.emails[0].email_id.as_str().into()),
        ("user", user.to_json()),
        ("user_device", serde_json::Value::Null),
    ]);
    granted.describe(&mut answer);
    state.commit(Change {
        users: vec![user],
        sessions: granted.session.into_iter().collect(),
        ..Change::default()
    });
    Ok(answer)
}

/// Before the password is scored and hashed, which takes time; it is looked at once more before the user is stored.
fn refuse_duplicate(call: &Call<'_>, address: &str) -> Result<(), Refusal> {
    match call.app.state().user_by_email(address) {
        Some(_) => Err((&DUPLICATE_EMAIL).into()),
        None => Ok(()),
    }
}

fn new_user(call: &Call<'_>, address: &str, password: &str) -> Result<User, Refusal> {
    let ids = &call.app.ids;
    let email = Email { email_id: ids.id("email"), email: address.to_owned(), verified: false };
    let mut user = User::new(ids.id("user"), email, call.now);
    user.describe(&call.parameters);
    let stored = password::hash(password, ids.bytes())?;
    user.password = Some(Password { password_id: ids.id("password"), requires_reset: false, stored });
    Ok(user)
}
