//! `POST /v1/passwords`: a new user with a password.

use hyper::Method;

use super::new_password;
use crate::{
    api::{
        authenticated, session_grant,
        shared::{require_email, session_claims, session_minutes, telemetry_id},
    },
    api_error::{
        ApiError, CUSTOM_CLAIMS_TOO_LARGE, DUPLICATE_EMAIL, INVALID_EMAIL, METADATA_TOO_LARGE,
        METADATA_TOO_MANY_KEYS,
    },
    parameter::{Kind, optional, required},
    route::{Access, Call, ResponseBody, Route},
    session::{Factor, Method as FactorMethod},
    state::Change,
    user::{Email, NAME, User},
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
        &[
            &DUPLICATE_EMAIL,
            &INVALID_EMAIL,
            &METADATA_TOO_LARGE,
            &METADATA_TOO_MANY_KEYS,
            &CUSTOM_CLAIMS_TOO_LARGE,
        ],
        new_password::ERROR_TYPES,
    ],
    handler: create,
};

fn create(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let (address, password) = (call.parameters.required("email")?, call.parameters.required("password")?);
    require_email(address)?;
    check_duplicate(call, address)?;
    let email = Email { email_id: call.app.ids.id("email"), email: address.to_owned(), verified: false };
    let email_id = email.email_id.clone();
    let mut user = User::new(call.app.ids.id("user"), email, call.now);
    user.update(&call.parameters)?;
    user.password = Some(new_password::accept(call, address, password)?);
    let mut state = call.app.state();
    if state.user_by_email(address).is_some() {
        return Err((&DUPLICATE_EMAIL).into());
    }
    let granted =
        session_grant::grant(call, &state, &user, Some(Factor::new(FactorMethod::Password, call.now)))?;
    let mut body = authenticated::body(&user, &granted);
    body.insert("email_id".to_owned(), email_id.into());
    let change = Change { users: vec![user], sessions: granted.into_sessions(), ..Change::default() };
    state.commit(change, call.now)?;
    Ok(body)
}

/// Called before the password is assessed and hashed, which takes time. It is repeated before the user is stored.
fn check_duplicate(call: &Call<'_>, address: &str) -> Result<(), ApiError> {
    match call.app.state().user_by_email(address) {
        Some(_) => Err((&DUPLICATE_EMAIL).into()),
        None => Ok(()),
    }
}
