//! `POST /v1/passwords`: a new user with a password.

use hyper::Method;

use super::new_password;
use crate::{
    api::{
        authenticated, identity, session_grant,
        shared::{session_claims, session_minutes, telemetry_id},
    },
    api_error::{ApiError, CUSTOM_CLAIMS_TOO_LARGE, METADATA_TOO_LARGE, METADATA_TOO_MANY_KEYS},
    parameter::{Kind, optional, required},
    route::{Access, Call, ResponseBody, Route},
    session::{Factor, Method as FactorMethod},
    state::Change,
    user::{NAME, User},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/passwords",
    parameters: &[
        required("email", Kind::String),
        required("password", Kind::Secret),
        session_minutes(),
        session_claims(),
        optional("trusted_metadata", Kind::Map),
        optional("untrusted_metadata", Kind::Map),
        optional("name", NAME),
        telemetry_id(),
    ],
    access: Access::Project,
    error_types: &[
        &[&METADATA_TOO_LARGE, &METADATA_TOO_MANY_KEYS, &CUSTOM_CLAIMS_TOO_LARGE],
        identity::EMAIL_ERROR_TYPES,
        new_password::ERROR_TYPES,
    ],
    handler: create,
};

fn create(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let (address, password) = (call.parameters.required("email")?, call.parameters.required("password")?);
    // This check comes before the password is assessed and hashed, which takes time. It is made again before the user
    // is stored.
    identity::new_email(call, &call.app.state(), address)?;
    let mut user = User::new(call.app.ids.id("user"), call.now);
    user.update(&call.parameters)?;
    user.password = Some(new_password::accept(call, address, password)?);
    let mut state = call.app.state();
    let email = identity::new_email(call, &state, address)?;
    let email_id = email.email_id.clone();
    user.emails.push(email);
    let granted =
        session_grant::grant(call, &state, &user, Some(Factor::new(FactorMethod::Password, call.now)))?;
    let mut body = authenticated::body(&user, &granted);
    body.insert("email_id".to_owned(), email_id.into());
    let change = Change { users: vec![user], sessions: granted.into_sessions(), ..Change::default() };
    state.commit(change, call.now)?;
    Ok(body)
}
