//! Endpoints of Stytch that the emulator does not emulate. They return an error that says so, so that a developer
//! does not search for a mistake in the path.

use hyper::Method;

use crate::{
    api_error::{ApiError, ErrorType, NOT_EMULATED},
    route::{Access, Call, ResponseBody, Route},
};

static ERROR_TYPES: &[&[&ErrorType]] = &[&[&NOT_EMULATED]];

pub(crate) const fn not_emulated(method: Method, path: &'static str) -> Route {
    Route {
        method,
        path,
        parameters: &[],
        access: Access::Project,
        error_types: ERROR_TYPES,
        handler: reject,
    }
}

fn reject(_: &Call<'_>) -> Result<ResponseBody, ApiError> {
    Err((&NOT_EMULATED).into())
}
