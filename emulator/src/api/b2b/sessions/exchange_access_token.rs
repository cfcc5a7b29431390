//! `POST /v1/b2b/sessions/exchange_access_token`: a session for the access token of a Connected App. The emulator has no
//! Connected Apps.

use hyper::Method;

use crate::{
    api::{
        sessions::exchange_access_token::reject,
        shared::{session_claims, session_minutes, telemetry_id},
    },
    api_error::IDP_ACCESS_TOKEN_NOT_FOUND,
    parameter::{Kind, required},
    route::{Access, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/sessions/exchange_access_token",
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
