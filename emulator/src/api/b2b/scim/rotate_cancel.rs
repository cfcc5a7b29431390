//! `POST …/connection/{connection_id}/rotate/cancel`: removes the second token.

use hyper::Method;

use super::known;
use crate::{
    api::b2b::acting,
    api_error::{
        ApiError, NO_ACTIVE_SCIM_CONNECTION, ORGANIZATION_NOT_FOUND, SCIM_CONNECTION_NOT_ROTATING_TOKEN,
    },
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/scim/{organization_id}/connection/{connection_id}/rotate/cancel",
    parameters: &[],
    access: Access::Member,
    error_types: &[
        &[&ORGANIZATION_NOT_FOUND, &NO_ACTIVE_SCIM_CONNECTION, &SCIM_CONNECTION_NOT_ROTATING_TOKEN],
        acting::ERROR_TYPES,
    ],
    handler: cancel,
};

fn cancel(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    known::changed(call, |connection| {
        connection.next_token.take().ok_or(&SCIM_CONNECTION_NOT_ROTATING_TOKEN)?;
        Ok(())
    })
}
