//! The table of all endpoints.

use crate::{api, control, route::Route};

pub(crate) static ROUTES: &[&Route] = &[
    &api::passwords::create::ROUTE,
    &api::passwords::authenticate::ROUTE,
    &api::passwords::migrate::ROUTE,
    &api::passwords::strength_check::ROUTE,
    &api::passwords::email_reset_start::ROUTE,
    &api::passwords::email_reset::ROUTE,
    &api::passwords::existing_password_reset::ROUTE,
    &api::passwords::session_reset::ROUTE,
    &api::sessions::get::ROUTE,
    &api::sessions::authenticate::ROUTE,
    &api::sessions::revoke::ROUTE,
    &api::sessions::jwks::ROUTE,
    &control::health::ROUTE,
    &control::reset::ROUTE,
    &control::outbox::ROUTE,
    &control::requests::LIST,
    &control::requests::CLEAR,
    &control::faults::ADD,
    &control::faults::LIST,
    &control::faults::CLEAR,
    &control::clock::ROUTE,
    &control::breaches::ROUTE,
];
