//! The table of all endpoints.

use crate::{api, control, route::Route};

pub(crate) static ROUTES: &[&Route] = &[
    &api::create::ROUTE,
    &api::authenticate::ROUTE,
    &api::migrate::ROUTE,
    &api::strength_check::ROUTE,
    &api::email_reset_start::ROUTE,
    &api::email_reset::ROUTE,
    &api::existing_password_reset::ROUTE,
    &api::session_reset::ROUTE,
    &api::sessions_get::ROUTE,
    &api::sessions_authenticate::ROUTE,
    &api::sessions_revoke::ROUTE,
    &api::sessions_jwks::ROUTE,
    &control::health::ROUTE,
    &control::reset::ROUTE,
    &control::users::LIST,
    &control::users::ADD,
    &control::outbox::LIST,
    &control::outbox::CLEAR,
    &control::requests::LIST,
    &control::requests::CLEAR,
    &control::faults::ADD,
    &control::faults::LIST,
    &control::faults::CLEAR,
    &control::clock::SHOW,
    &control::clock::MOVE,
    &control::breaches::COUNT,
    &control::breaches::ADD,
    &control::breaches::RESTORE,
];
