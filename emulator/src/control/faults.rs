//! `POST` and `DELETE /_emulator/faults`: what goes wrong next.

use std::time::Duration;

use hyper::Method;

use crate::{
    app::{Answer, Call},
    fault::{Fault, Faults},
    parameter::{Kind, optional, required},
    refusal::Refusal,
    route::{Access, Route},
};

const MOST: i64 = u32::MAX as i64;

pub(crate) static ADD: Route = Route {
    method: Method::POST,
    path: "/_emulator/faults",
    parameters: &[
        required("kind", Kind::OneOf(&["status", "rate_limit", "latency", "drop", "cut_short", "raw"])),
        optional("status", Kind::Integer { least: 200, most: 599 }),
        optional("retry_after_seconds", Kind::Integer { least: 0, most: MOST }),
        optional("delay_ms", Kind::Integer { least: 0, most: MOST }),
        optional("path", Kind::Text),
        optional("times", Kind::Integer { least: 0, most: MOST }),
        optional("once_handled", Kind::Flag),
        optional("content_type", Kind::Text),
        optional("body", Kind::Text),
    ],
    access: Access::Everybody,
    refusals: &[],
    handler: add,
};

pub(crate) static CLEAR: Route = Route {
    method: Method::DELETE,
    path: "/_emulator/faults",
    parameters: &[],
    access: Access::Everybody,
    refusals: &[],
    handler: clear,
};

fn add(call: &Call<'_>) -> Result<Answer, Refusal> {
    check_kind(call)?;
    let mut fault = of_kind(call)?;
    if let Some(seconds) = number(call, "retry_after_seconds") {
        fault = fault.retry_after(seconds);
    }
    if let Some(milliseconds) = number(call, "delay_ms") {
        fault = fault.after(Duration::from_millis(milliseconds));
    }
    if let Some(path) = call.parameters.text("path") {
        fault = fault.on(path);
    }
    if let Some(times) = number(call, "times") {
        fault = fault.times(times);
    }
    if call.parameters.flag("once_handled").unwrap_or(false) {
        fault = fault.once_handled();
    }
    call.app.faults().push(fault);
    Ok(Answer::new())
}

/// What a kind cannot make use of is a slip, and the test that made it would wait for something else.
fn check_kind(call: &Call<'_>) -> Result<(), Refusal> {
    let kind = call.parameters.required("kind")?;
    let idle: &[&str] = match kind {
        "raw" => &[],
        "status" => &["content_type", "body"],
        "drop" => &["status", "content_type", "body", "retry_after_seconds"],
        _ => &["status", "content_type", "body"],
    };
    if let Some(name) = idle.iter().find(|name| call.parameters.has(name)) {
        return Err(Refusal::parameter(name, "has no meaning for a fault of this kind."));
    }
    if kind == "latency" && !call.parameters.has("delay_ms") {
        return Err(Refusal::parameter("delay_ms", "is required for a fault of this kind."));
    }
    Ok(())
}

fn of_kind(call: &Call<'_>) -> Result<Fault, Refusal> {
    let status = |usual| number(call, "status").unwrap_or(usual);
    let text = |name| call.parameters.text(name).unwrap_or_default().to_owned();
    Ok(match call.parameters.required("kind")? {
        "rate_limit" => Fault::status(429),
        "latency" => Fault::latency(Duration::ZERO),
        "drop" => Fault::dropped(),
        "cut_short" => Fault::cut_short(),
        "raw" => Fault::raw(status(200), text("content_type"), text("body")),
        _ => Fault::status(status(500)),
    })
}

#[expect(clippy::unnecessary_wraps, reason = "every endpoint can refuse")]
fn clear(call: &Call<'_>) -> Result<Answer, Refusal> {
    *call.app.faults() = Faults::default();
    Ok(Answer::new())
}

/// A number that its declaration keeps within the range of what it is for.
fn number<T: TryFrom<i64>>(call: &Call<'_>, name: &str) -> Option<T> {
    call.parameters.integer(name).and_then(|number| T::try_from(number).ok())
}
