//! `POST /v1/passwords`: a new user with a password.

use hyper::Method;

use super::{
    authenticated, new_password,
    shared::{require_email, session_claims, session_minutes, telemetry_id},
};
use crate::{
    app::{Answer, Call},
    parameter::{Kind, optional, required},
    refusal::{CUSTOM_CLAIMS_TOO_LARGE, DUPLICATE_EMAIL, INVALID_EMAIL, Refusal},
    route::{Access, Route},
    session::{self, Factor, grant},
    state::Change,
    user::{Email, NAME, User},
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
    access: Access::Project,
    refusals: &[&[&DUPLICATE_EMAIL, &INVALID_EMAIL, &CUSTOM_CLAIMS_TOO_LARGE], new_password::REFUSALS],
    handler: create,
};

fn create(call: &Call<'_>) -> Result<Answer, Refusal> {
    let (address, password) = (call.parameters.required("email")?, call.parameters.required("password")?);
    require_email(address)?;
    refuse_duplicate(call, address)?;
    let email = Email { email_id: call.app.ids.id("email"), email: address.to_owned(), verified: false };
    let email_id = email.email_id.clone();
    let mut user = User::new(call.app.ids.id("user"), email, call.now);
    user.describe(&call.parameters);
    user.password = Some(new_password::accept(call, address, password)?);
    let mut state = call.app.state();
    if state.user_by_email(address).is_some() {
        return Err((&DUPLICATE_EMAIL).into());
    }
    let granted = grant(call, &state, &user, Some(Factor::new(session::Method::Password, call.now)))?;
    let mut answer = authenticated::answer(&user, &granted);
    answer.insert("email_id".to_owned(), email_id.into());
    let change = Change { users: vec![user], sessions: granted.into_sessions(), ..Change::default() };
    state.commit(change, call.now)?;
    Ok(answer)
}

/// Before the password is scored and hashed, which takes time; it is looked at once more before the user is stored.
fn refuse_duplicate(call: &Call<'_>, address: &str) -> Result<(), Refusal> {
    match call.app.state().user_by_email(address) {
        Some(_) => Err((&DUPLICATE_EMAIL).into()),
        None => Ok(()),
    }
}
