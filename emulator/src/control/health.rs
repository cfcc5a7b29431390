//! `GET /_emulator/health`: whether the emulator is running.

use hyper::Method;
use serde_json::Map;

use crate::{
    api_error::ApiError,
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::GET,
    path: "/_emulator/health",
    parameters: &[],
    access: Access::Everybody,
    error_types: &[],
    handler: health,
};

#[expect(clippy::unnecessary_wraps, reason = "the signature of every endpoint")]
fn health(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut body = Map::new();
    body.insert("status".to_owned(), "ok".into());
    body.insert("version".to_owned(), env!("CARGO_PKG_VERSION").into());
    body.insert("project_id".to_owned(), call.app.settings.credentials.project_id.as_str().into());
    Ok(body)
}
