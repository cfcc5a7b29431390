//! `GET` and `POST /_emulator/clock`: the emulator's clock, which can be moved forward and set.

use std::time::{Duration, SystemTime};

use hyper::Method;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{
    api_error::ApiError,
    clock::rfc3339,
    parameter::{Kind, optional},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static SHOW: Route = Route {
    method: Method::GET,
    path: "/_emulator/clock",
    parameters: &[],
    access: Access::Everybody,
    error_types: &[],
    handler: show,
};

pub(crate) static MOVE: Route = Route {
    method: Method::POST,
    path: "/_emulator/clock",
    parameters: &[
        // A bit more than a hundred years; zero only returns the time.
        optional("advance_seconds", Kind::Integer { least: 0, most: 3_200_000_000 }),
        optional("now", Kind::String),
    ],
    access: Access::Everybody,
    error_types: &[],
    handler: change,
};

#[expect(clippy::unnecessary_wraps, reason = "the signature of every endpoint")]
fn show(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let clock = &call.app.clock;
    Ok(ResponseBody::from_iter([
        ("now".to_owned(), rfc3339(clock.now()).into()),
        ("stands_still".to_owned(), clock.is_frozen().into()),
    ]))
}

fn change(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let seconds = call.parameters.integer("advance_seconds").and_then(|seconds| u64::try_from(seconds).ok());
    match (call.parameters.string("now"), seconds) {
        (Some(_), Some(_)) => {
            return Err(ApiError::parameter("now", "cannot be sent together with `advance_seconds`."));
        }
        (Some(now), None) => set(call, now)?,
        (None, seconds) => {
            if !call.app.clock.advance(Duration::from_secs(seconds.unwrap_or(0))) {
                return Err(ApiError::parameter(
                    "advance_seconds",
                    "would move the clock past the year 8999.",
                ));
            }
        }
    }
    show(call)
}

fn set(call: &Call<'_>, now: &str) -> Result<(), ApiError> {
    let Ok(time) = OffsetDateTime::parse(now, &Rfc3339) else {
        return Err(ApiError::parameter("now", "is not a time such as 2026-01-01T00:00:00Z."));
    };
    if call.app.clock.set(SystemTime::from(time)) {
        Ok(())
    } else {
        Err(ApiError::parameter("now", "is past the year 8999."))
    }
}
