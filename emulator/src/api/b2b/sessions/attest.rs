//! `POST /v1/b2b/sessions/attest`: a session for a token of a trusted issuer. The emulator trusts none.

use hyper::Method;

use crate::{
    api::{
        sessions::attest::reject,
        shared::{session_claims, session_jwt, session_minutes, session_token, telemetry_id},
    },
    api_error::TRUSTED_AUTH_TOKEN_PROFILE_NOT_FOUND,
    parameter::{Kind, optional, required},
    route::{Access, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/sessions/attest",
    parameters: &[
        required("profile_id", Kind::String),
        required("token", Kind::Secret),
        optional("organization_id", Kind::String),
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
