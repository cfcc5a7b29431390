//! `GET /_emulator/health`: whether the emulator is running, and whether anything has changed.

use hyper::Method;
use serde_json::Map;

use crate::{
    api_error::ApiError,
    clock::rfc3339,
    credentials::{Credentials, DEFAULT_SECRET},
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
    let Credentials { project_id, secret } = &call.app.settings.credentials;
    body.insert("project_id".to_owned(), project_id.as_str().into());
    // The default secret is public. A secret that the user chose is not shown.
    let secret = Some(secret.as_str()).filter(|secret| *secret == DEFAULT_SECRET);
    body.insert("secret".to_owned(), secret.into());
    body.insert("revision".to_owned(), call.app.revision().into());
    body.insert("now".to_owned(), rfc3339(call.now).into());
    Ok(body)
}
