//! `POST /v1/sessions/attest`: a session for a token of a trusted issuer. The emulator trusts none.

use hyper::Method;

use crate::{
    api::shared::{session_claims, session_jwt, session_minutes, session_token, telemetry_id},
    api_error::{ApiError, TRUSTED_AUTH_TOKEN_PROFILE_NOT_FOUND},
    parameter::{Kind, required},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/sessions/attest",
    parameters: &[
        required("profile_id", Kind::String),
        required("token", Kind::Secret),
        session_minutes(),
        session_claims(),
        session_token(),
        session_jwt(),
        telemetry_id(),
    ],
    access: Access::Project,
    error_types: &[&[&TRUSTED_AUTH_TOKEN_PROFILE_NOT_FOUND]],
    handler: reject,
};

pub(in crate::api) fn reject(_: &Call<'_>) -> Result<ResponseBody, ApiError> {
    Err((&TRUSTED_AUTH_TOKEN_PROFILE_NOT_FOUND).into())
}
