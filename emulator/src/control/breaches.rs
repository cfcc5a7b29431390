//! `GET`, `POST` and `DELETE /_emulator/breaches`: the list of breached passwords.

use hyper::Method;

use crate::{
    api_error::{ApiError, BAD_REQUEST},
    parameter::{Kind, optional, required},
    route::{Access, Call, ResponseBody, Route},
};

const PATH: &str = "/_emulator/breaches";

pub(crate) static COUNT: Route = Route {
    method: Method::GET,
    path: PATH,
    parameters: &[],
    access: Access::Everybody,
    error_types: &[],
    handler: count,
};

pub(crate) static ADD: Route = Route {
    method: Method::POST,
    path: PATH,
    parameters: &[required("password", Kind::Secret), optional("email", Kind::String)],
    access: Access::Everybody,
    error_types: &[],
    handler: add,
};

pub(crate) static RESTORE: Route = Route {
    method: Method::DELETE,
    path: PATH,
    parameters: &[],
    access: Access::Everybody,
    error_types: &[],
    handler: restore,
};

/// Returns the length of the list. The list itself may contain real passwords.
#[expect(clippy::unnecessary_wraps, reason = "the signature of every endpoint")]
fn count(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let (passwords, pairs) = call.app.strength().breaches().count();
    Ok(ResponseBody::from_iter([
        ("passwords".to_owned(), passwords.into()),
        ("passwords_with_email".to_owned(), pairs.into()),
    ]))
}

fn add(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let password = call.parameters.required("password")?.to_owned();
    let mut breaches = call.app.strength().breaches();
    let added = match call.parameters.string("email") {
        Some(email) => breaches.add_pair(email, password),
        None => breaches.add(password),
    };
    added.map_err(|error| ApiError::new(&BAD_REQUEST, error.to_string()))?;
    Ok(ResponseBody::new())
}

/// Resets the list to its state at the start.
#[expect(clippy::unnecessary_wraps, reason = "the signature of every endpoint")]
fn restore(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    *call.app.strength().breaches() = call.app.settings.breaches.clone();
    Ok(ResponseBody::new())
}
