//! `POST /_emulator/breaches`: adds a password to the list of breached ones.

use hyper::Method;

use crate::{
    api_error::{ApiError, BAD_REQUEST},
    parameter::{Kind, optional, required},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/_emulator/breaches",
    parameters: &[required("password", Kind::Secret), optional("email", Kind::String)],
    access: Access::Everybody,
    error_types: &[],
    handler: add,
};

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
