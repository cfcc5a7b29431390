//! `DELETE /v1/users/passwords/{password_id}`: removes a password.

use hyper::Method;

use super::delete_factor;
use crate::{
    api_error::{ApiError, PASSWORD_NOT_FOUND},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::DELETE,
    path: "/v1/users/passwords/{password_id}",
    parameters: &[],
    access: Access::Project,
    error_types: &[&[&PASSWORD_NOT_FOUND]],
    handler: delete,
};

fn delete(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    delete_factor::with_id(
        call,
        "password_id",
        |user, id| user.password.as_ref().is_some_and(|known| known.password_id == id),
        |user, _| user.password = None,
        &PASSWORD_NOT_FOUND,
    )
}
