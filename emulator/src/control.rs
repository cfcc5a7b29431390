//! `/_emulator/…`: what tests in any language ask of the emulator itself. It needs no credentials.

use hyper::StatusCode;
use serde_json::json;

use crate::{
    app::App,
    exchange::{Request, Response},
    refusal::{ROUTE_NOT_FOUND, Refusal},
};

const PREFIX: &str = "/_emulator/";

pub(crate) fn is_control(path: &str) -> bool {
    path.starts_with(PREFIX)
}

pub(crate) fn answer(app: &App, request: &Request) -> Response {
    match (request.method.as_str(), request.path.strip_prefix(PREFIX)) {
        ("GET", Some("health")) => Response::json(StatusCode::OK, &json!({ "status": "ok" })),
        ("POST", Some("reset")) => {
            app.reset();
            Response::json(StatusCode::OK, &json!({ "status": "ok" }))
        }
        _ => Refusal::from(&ROUTE_NOT_FOUND).into_response(&app.request_ids.id("request-id")),
    }
}
