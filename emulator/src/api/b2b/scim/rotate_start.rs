//! `POST …/connection/{connection_id}/rotate/start`: a second token. Until the first one is replaced, both are valid.

use hyper::Method;

use super::known;
use crate::{
    api::b2b::acting,
    api_error::{ApiError, NO_ACTIVE_SCIM_CONNECTION, ORGANIZATION_NOT_FOUND},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/scim/{organization_id}/connection/{connection_id}/rotate/start",
    parameters: &[],
    access: Access::Member,
    error_types: &[&[&ORGANIZATION_NOT_FOUND, &NO_ACTIVE_SCIM_CONNECTION], acting::ERROR_TYPES],
    handler: start,
};

fn start(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let (organization, _) = known::organization(call, &state, "update")?;
    let mut connection = known::connection(call, &organization)?;
    let (token, kept) = known::token(call);
    let more = [
        ("bearer_token_last_four", connection.token.last_four.as_str().into()),
        ("next_bearer_token", token.into()),
        ("next_bearer_token_expires_at", kept.expires_at.as_str().into()),
    ];
    let body = known::with(connection.fields(&organization.organization_id), more);
    connection.next_token = Some(kept);
    known::store(call, &mut state, organization, Some(connection))?;
    Ok(body)
}
