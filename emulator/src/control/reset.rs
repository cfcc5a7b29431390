//! `POST /_emulator/reset`: restores the state at the start.

use hyper::Method;

use crate::{
    api_error::ApiError,
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/_emulator/reset",
    parameters: &[],
    access: Access::Everybody,
    error_types: &[],
    handler: reset,
};

fn reset(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    call.app.reset()?;
    Ok(ResponseBody::new())
}
