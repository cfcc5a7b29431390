//! `POST /v1/b2b/sessions/migrate`: a session of another system, which a userinfo endpoint of that system must confirm.
//! The emulator does not call it.

use hyper::Method;

use crate::{
    api::{
        b2b::named::ORGANIZATION_ID,
        sessions::migrate::reject,
        shared::{session_claims, session_minutes},
    },
    api_error::MIGRATE_FROM_EXTERNAL_MISSING_USERINFO,
    parameter::{Kind, required},
    route::{Access, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/sessions/migrate",
    parameters: &[
        required("session_token", Kind::Secret),
        ORGANIZATION_ID,
        session_minutes(),
        session_claims(),
    ],
    access: Access::Project,
    error_types: &[&[&MIGRATE_FROM_EXTERNAL_MISSING_USERINFO]],
    handler: reject,
};
