//! `POST /v1/b2b/scim/{organization_id}/connection`: a new SCIM connection, with its token.

use hyper::Method;

use super::known::{self, IDENTITY_PROVIDER};
use crate::{
    api::b2b::acting,
    api_error::{ACTIVE_SCIM_CONNECTION_EXISTS, ApiError, ORGANIZATION_NOT_FOUND},
    organization::ScimConnection,
    parameter::{Kind, optional},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/scim/{organization_id}/connection",
    parameters: &[optional("display_name", Kind::String), IDENTITY_PROVIDER],
    access: Access::Member,
    error_types: &[&[&ORGANIZATION_NOT_FOUND, &ACTIVE_SCIM_CONNECTION_EXISTS], acting::ERROR_TYPES],
    handler: create,
};

fn create(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let (organization, _) = known::organization(call, &state, "create")?;
    if organization.scim_connection.is_some() {
        return Err((&ACTIVE_SCIM_CONNECTION_EXISTS).into());
    }
    let (token, kept) = known::token(call);
    let text = |name: &str, default: &str| call.parameters.string(name).unwrap_or(default).to_owned();
    let connection = ScimConnection {
        connection_id: call.app.ids.id("scim-connection"),
        display_name: text("display_name", ""),
        identity_provider: text("identity_provider", "generic"),
        token: kept,
        next_token: None,
        group_roles: Vec::new(),
    };
    let fields = connection.fields(&organization.organization_id);
    known::store(call, &mut state, organization, Some(connection))?;
    Ok(known::with(fields, [("bearer_token", token.into())]))
}
