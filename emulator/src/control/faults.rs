//! `POST`, `GET` and `DELETE /_emulator/faults`: the pending faults.

use std::time::Duration;

use hyper::Method;
use serde_json::{Value, json};

use crate::{
    api_error::{ApiError, BAD_REQUEST},
    app::App,
    error::ControlError,
    fault::{Effect, Fault, Faults},
    parameter::{Kind, optional, required},
    route::{Access, Call, ResponseBody, Route, is_control, templates_of},
};

const MAX: i64 = u32::MAX as i64;

pub(crate) static ADD: Route = Route {
    method: Method::POST,
    path: "/_emulator/faults",
    parameters: &[
        required("kind", Kind::OneOf(&["status", "rate_limit", "latency", "drop", "cut_short", "raw"])),
        optional("status", Kind::Integer { least: 200, most: 599 }),
        optional("retry_after_seconds", Kind::Integer { least: 0, most: MAX }),
        optional("delay_ms", Kind::Integer { least: 0, most: MAX }),
        optional("path", Kind::String),
        optional("times", Kind::Integer { least: 1, most: MAX }),
        optional("once_handled", Kind::Bool),
        optional("content_type", Kind::String),
        optional("body", Kind::String),
    ],
    access: Access::Everybody,
    error_types: &[],
    handler: add,
};

pub(crate) static LIST: Route = Route {
    method: Method::GET,
    path: "/_emulator/faults",
    parameters: &[],
    access: Access::Everybody,
    error_types: &[],
    handler: list,
};

pub(crate) static CLEAR: Route = Route {
    method: Method::DELETE,
    path: "/_emulator/faults",
    parameters: &[],
    access: Access::Everybody,
    error_types: &[],
    handler: clear,
};

/// Adds a fault to the pending ones.
///
/// # Errors
///
/// If it would never happen, or too many faults are pending.
pub(crate) fn queue(app: &App, routes: &'static [&'static Route], fault: Fault) -> Result<(), ControlError> {
    if let Some(path) = &fault.path
        && (is_control(path) || templates_of(routes, path).next().is_none())
    {
        return Err(ControlError::UnknownPath { path: path.clone() });
    }
    app.faults().push(fault)
}

fn add(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    check_kind(call)?;
    let mut fault = of_kind(call)?;
    if let Some(seconds) = number(call, "retry_after_seconds") {
        fault = fault.retry_after(seconds);
    }
    if let Some(milliseconds) = number(call, "delay_ms") {
        fault = fault.after(Duration::from_millis(milliseconds));
    }
    if let Some(path) = call.parameters.string("path") {
        fault = fault.on(path);
    }
    if let Some(times) = number(call, "times") {
        fault = fault.times(times);
    }
    if call.parameters.bool("once_handled").unwrap_or(false) {
        fault = fault.once_handled();
    }
    queue(call.app, call.routes, fault).map_err(|error| match error {
        ControlError::UnknownPath { .. } => ApiError::parameter("path", format!("is wrong: {error}.")),
        error => ApiError::new(&BAD_REQUEST, error.to_string()),
    })?;
    Ok(ResponseBody::new())
}

/// Rejects a parameter that has no effect on faults of this kind. A test that sends it expects an effect.
fn check_kind(call: &Call<'_>) -> Result<(), ApiError> {
    let kind = call.parameters.required("kind")?;
    let unused: &[&str] = match kind {
        "raw" => &[],
        "status" => &["content_type", "body"],
        "drop" => &["status", "content_type", "body", "retry_after_seconds"],
        _ => &["status", "content_type", "body"],
    };
    if let Some(name) = unused.iter().find(|name| call.parameters.has(name)) {
        return Err(ApiError::parameter(name, "has no meaning for a fault of this kind."));
    }
    if kind == "latency" && !call.parameters.has("delay_ms") {
        return Err(ApiError::parameter("delay_ms", "is required for a fault of this kind."));
    }
    Ok(())
}

fn of_kind(call: &Call<'_>) -> Result<Fault, ApiError> {
    let status = |default| number(call, "status").unwrap_or(default);
    let string = |name| call.parameters.string(name).unwrap_or_default().to_owned();
    Ok(match call.parameters.required("kind")? {
        "rate_limit" => Fault::status(429),
        "latency" => Fault::latency(Duration::ZERO),
        "drop" => Fault::dropped(),
        "cut_short" => Fault::cut_short(),
        "raw" => Fault::raw(status(200), string("content_type"), string("body")),
        _ => Fault::status(status(500)),
    })
}

#[expect(clippy::unnecessary_wraps, reason = "the signature of every endpoint")]
fn list(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let faults: Vec<Value> = call.app.faults().all().iter().map(describe).collect();
    Ok(ResponseBody::from_iter([("faults".to_owned(), faults.into())]))
}

fn describe(fault: &Fault) -> Value {
    let mut described = json!({
        "kind": fault.effect.kind(),
        "path": fault.path,
        "times": fault.times,
        "delay_ms": u64::try_from(fault.delay.as_millis()).unwrap_or(u64::MAX),
        "once_handled": fault.once_handled,
        "retry_after_seconds": fault.retry_after,
    });
    match &fault.effect {
        Effect::Status(status) => described["status"] = (*status).into(),
        Effect::Raw { status, content_type, body } => {
            described["status"] = (*status).into();
            described["content_type"] = content_type.as_str().into();
            described["body_bytes"] = body.len().into();
        }
        Effect::Delay | Effect::Drop | Effect::CutShort => {}
    }
    described
}

#[expect(clippy::unnecessary_wraps, reason = "the signature of every endpoint")]
fn clear(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    *call.app.faults() = Faults::default();
    Ok(ResponseBody::new())
}

/// Returns an integer parameter. Its declaration keeps it within the range of `T`.
fn number<T: TryFrom<i64>>(call: &Call<'_>, name: &str) -> Option<T> {
    call.parameters.integer(name).and_then(|number| T::try_from(number).ok())
}
