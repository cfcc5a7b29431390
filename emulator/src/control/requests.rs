//! `GET` and `DELETE /_emulator/requests`: what arrived, byte for byte.

use base64::{Engine, engine::general_purpose::STANDARD};
use hyper::Method;
use serde_json::{Value, json};

use crate::{
    app::{Answer, Call},
    record::{Record, RecordedRequest},
    refusal::Refusal,
    route::{Access, Route},
};

pub(crate) static LIST: Route = Route {
    method: Method::GET,
    path: "/_emulator/requests",
    parameters: &[],
    access: Access::Everybody,
    refusals: &[],
    handler: list,
};

pub(crate) static CLEAR: Route = Route {
    method: Method::DELETE,
    path: "/_emulator/requests",
    parameters: &[],
    access: Access::Everybody,
    refusals: &[],
    handler: clear,
};

#[expect(clippy::unnecessary_wraps, reason = "every endpoint can refuse")]
fn list(call: &Call<'_>) -> Result<Answer, Refusal> {
    let requests: Vec<Value> = call.app.record().all().iter().map(describe).collect();
    Ok(Answer::from_iter([("requests".to_owned(), requests.into())]))
}

#[expect(clippy::unnecessary_wraps, reason = "every endpoint can refuse")]
fn clear(call: &Call<'_>) -> Result<Answer, Refusal> {
    *call.app.record() = Record::default();
    Ok(Answer::new())
}

fn describe(request: &RecordedRequest) -> Value {
    let headers: Vec<Value> =
        request.headers.iter().map(|(name, value)| json!([name, String::from_utf8_lossy(value)])).collect();
    json!({
        "method": request.method,
        "path": request.path,
        "query": request.query,
        "headers": headers,
        // The bytes themselves, and the JSON in them for those who need not look so closely.
        "body_base64": STANDARD.encode(&request.body),
        "body": serde_json::from_slice::<Value>(&request.body).ok(),
    })
}
