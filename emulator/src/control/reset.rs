//! `POST /_emulator/reset`: back to the state of the start.

use hyper::Method;

use crate::{
    app::{Answer, Call},
    refusal::Refusal,
    route::{Access, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/_emulator/reset",
    parameters: &[],
    access: Access::Everybody,
    refusals: &[],
    handler: reset,
};

fn reset(call: &Call<'_>) -> Result<Answer, Refusal> {
    call.app.reset()?;
    Ok(Answer::new())
}
