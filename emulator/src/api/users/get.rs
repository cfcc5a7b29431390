//! `GET /v1/users/{user_id}`: a user. Their fields are the response itself.

use hyper::Method;

use crate::{
    api::identity,
    api_error::{ApiError, USER_NOT_FOUND},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::GET,
    path: "/v1/users/{user_id}",
    parameters: &[],
    access: Access::Project,
    error_types: &[&[&USER_NOT_FOUND]],
    handler: get,
};

fn get(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    Ok(identity::named(call, &call.app.state())?.fields())
}
