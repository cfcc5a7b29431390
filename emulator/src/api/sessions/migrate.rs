//! `POST /v1/sessions/migrate`: a session of another system, which a userinfo endpoint of that system must confirm.
//! The emulator cannot ask one.

use hyper::Method;

use crate::{
    api::shared::{session_claims, session_minutes, telemetry_id},
    api_error::{ApiError, MIGRATE_FROM_EXTERNAL_MISSING_USERINFO},
    parameter::{Kind, required},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/sessions/migrate",
    parameters: &[
        required("session_token", Kind::Secret),
        session_minutes(),
        session_claims(),
        telemetry_id(),
    ],
    access: Access::Project,
    error_types: &[&[&MIGRATE_FROM_EXTERNAL_MISSING_USERINFO]],
    handler: reject,
};

pub(in crate::api) fn reject(_: &Call<'_>) -> Result<ResponseBody, ApiError> {
    Err((&MIGRATE_FROM_EXTERNAL_MISSING_USERINFO).into())
}
