//! `POST /v1/sessions/exchange_access_token`: a session for the access token of a Connected App. The emulator
//! has no Connected Apps.

use hyper::Method;

use crate::{
    api::shared::{session_claims, session_minutes, telemetry_id},
    api_error::{ApiError, IDP_ACCESS_TOKEN_NOT_FOUND},
    parameter::{Kind, required},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/sessions/exchange_access_token",
    parameters: &[
        required("access_token", Kind::Secret),
        session_minutes(),
        session_claims(),
        telemetry_id(),
    ],
    access: Access::Project,
    error_types: &[&[&IDP_ACCESS_TOKEN_NOT_FOUND]],
    handler: reject,
};

pub(in crate::api) fn reject(_: &Call<'_>) -> Result<ResponseBody, ApiError> {
    Err((&IDP_ACCESS_TOKEN_NOT_FOUND).into())
}
