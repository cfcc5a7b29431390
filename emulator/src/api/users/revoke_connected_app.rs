//! `POST /v1/users/{user_id}/connected_apps/{connected_app_id}/revoke`: no app acts for a user, so none can be revoked.

use hyper::Method;

use crate::{
    api::identity,
    api_error::{ApiError, IDP_CLIENT_NOT_FOUND, USER_NOT_FOUND},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/users/{user_id}/connected_apps/{connected_app_id}/revoke",
    parameters: &[],
    access: Access::Project,
    error_types: &[&[&USER_NOT_FOUND, &IDP_CLIENT_NOT_FOUND]],
    handler: revoke,
};

fn revoke(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    identity::named(call, &call.app.state())?;
    Err((&IDP_CLIENT_NOT_FOUND).into())
}
