//! `POST /_emulator/clock`: moves the emulator's clock forward.

use std::time::Duration;

use hyper::Method;

use crate::{
    api_error::ApiError,
    clock::rfc3339,
    parameter::{Kind, optional},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/_emulator/clock",
    // A bit more than a hundred years; zero only returns the time.
    parameters: &[optional("advance_seconds", Kind::Integer { least: 0, most: 3_200_000_000 })],
    access: Access::Everybody,
    error_types: &[],
    handler: advance,
};

fn advance(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let seconds = call.parameters.integer("advance_seconds").and_then(|seconds| u64::try_from(seconds).ok());
    if !call.app.clock.advance(Duration::from_secs(seconds.unwrap_or(0))) {
        return Err(ApiError::parameter("advance_seconds", "would move the clock past the year 8999."));
    }
    Ok(ResponseBody::from_iter([("now".to_owned(), rfc3339(call.app.clock.now()).into())]))
}
