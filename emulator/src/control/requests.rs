//! `GET` and `DELETE /_emulator/requests`: the requests that arrived, and their outcomes.

use hyper::Method;
use serde_json::Value;

use super::{LIMIT, limit};
use crate::{
    api_error::ApiError,
    redaction::describe,
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static LIST: Route = Route {
    method: Method::GET,
    path: "/_emulator/requests",
    parameters: &[LIMIT],
    access: Access::Everybody,
    error_types: &[],
    handler: list,
};

pub(crate) static CLEAR: Route = Route {
    method: Method::DELETE,
    path: "/_emulator/requests",
    parameters: &[],
    access: Access::Everybody,
    error_types: &[],
    handler: clear,
};

#[expect(clippy::unnecessary_wraps, reason = "the signature of every endpoint")]
fn list(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let requests = call.app.record().latest(limit(call));
    let requests: Vec<Value> = requests.iter().map(|request| describe(request, call.routes)).collect();
    Ok(ResponseBody::from_iter([("requests".to_owned(), requests.into())]))
}

#[expect(clippy::unnecessary_wraps, reason = "the signature of every endpoint")]
fn clear(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    call.app.record().clear();
    Ok(ResponseBody::new())
}
