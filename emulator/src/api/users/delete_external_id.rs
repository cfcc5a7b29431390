//! `DELETE /v1/users/{user_id}/external_id`: removes the id that the application gave to a user.

use hyper::Method;

use super::delete_factor;
use crate::{
    api::identity,
    api_error::{ApiError, USER_NOT_FOUND},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::DELETE,
    path: "/v1/users/{user_id}/external_id",
    parameters: &[],
    access: Access::Project,
    error_types: &[&[&USER_NOT_FOUND]],
    handler: delete,
};

fn delete(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let mut user = identity::named(call, &state)?.clone();
    user.external_id = None;
    delete_factor::store(call, &mut state, user)
}
