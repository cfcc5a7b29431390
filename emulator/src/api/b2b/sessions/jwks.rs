//! `GET /v1/b2b/sessions/jwks/{project_id}`: the key that verifies session JWTs. It is the same as that of the consumer
//! API.

use hyper::Method;

use crate::{
    api::sessions::jwks::jwks,
    api_error::PROJECT_NOT_FOUND,
    route::{Access, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::GET,
    path: "/v1/b2b/sessions/jwks/{project_id}",
    parameters: &[],
    access: Access::Everybody,
    error_types: &[&[&PROJECT_NOT_FOUND]],
    handler: jwks,
};
