//! `POST /_emulator/clock`: time passes, as far as the emulator is concerned.

use std::time::Duration;

use hyper::Method;

use crate::{
    app::{Answer, Call},
    clock::rfc3339,
    parameter::{Kind, optional},
    refusal::Refusal,
    route::{Access, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/_emulator/clock",
    // A hundred years and a bit; zero only asks for the time.
    parameters: &[optional("advance_seconds", Kind::Integer { least: 0, most: 3_200_000_000 })],
    access: Access::Everybody,
    refusals: &[],
    handler: advance,
};

fn advance(call: &Call<'_>) -> Result<Answer, Refusal> {
    let seconds = call.parameters.integer("advance_seconds").and_then(|seconds| u64::try_from(seconds).ok());
    if !call.app.clock.advance(Duration::from_secs(seconds.unwrap_or(0))) {
        return Err(Refusal::parameter("advance_seconds", "would leave the calendar."));
    }
    Ok(Answer::from_iter([("now".to_owned(), rfc3339(call.app.clock.now()).into())]))
}
