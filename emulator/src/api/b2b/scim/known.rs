//! The common parts of the endpoints for a SCIM connection.

use serde_json::{Map, Value, json};
use time::Duration;

use crate::{
    api::{
        b2b::{acting::Actor, named},
        shared::object,
    },
    api_error::{ApiError, NO_ACTIVE_SCIM_CONNECTION},
    clock::rfc3339,
    organization::{BearerToken, Organization, ScimConnection},
    parameter::{Kind, Parameter, optional},
    route::{Call, ResponseBody},
    state::{Change, State},
};

pub(super) const IDENTITY_PROVIDER: Parameter = optional(
    "identity_provider",
    Kind::OneOf(&[
        "generic",
        "okta",
        "microsoft-entra",
        "cyberark",
        "jumpcloud",
        "onelogin",
        "pingfederate",
        "rippling",
    ]),
);

/// The validity of a token.
const TOKEN_DAYS: i64 = 365;

/// Returns the organization of the request, if the caller may take an action on SCIM connections.
///
/// # Errors
///
/// `organization_not_found`, and those of [`Actor::of`] and [`Actor::may`].
pub(super) fn organization(
    call: &Call<'_>,
    state: &State,
    action: &str,
) -> Result<(Organization, Actor), ApiError> {
    let organization = named::organization(call, state)?;
    let actor = Actor::of(call, state, &organization)?;
    actor.may("stytch.scim", action)?;
    Ok((organization, actor))
}

/// Returns the connection of the request.
///
/// # Errors
///
/// `no_active_scim_connection`.
pub(super) fn connection(call: &Call<'_>, organization: &Organization) -> Result<ScimConnection, ApiError> {
    let id = call.parameters.required("connection_id")?;
    let known = organization.scim_connection.as_ref().filter(|known| known.connection_id == id);
    Ok(known.ok_or(&NO_ACTIVE_SCIM_CONNECTION)?.clone())
}

/// Changes the connection of the request, and returns it.
///
/// # Errors
///
/// Those of [`organization`], [`connection`] and `change`.
pub(super) fn changed(
    call: &Call<'_>,
    change: impl FnOnce(&mut ScimConnection) -> Result<(), ApiError>,
) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let (organization, _) = organization(call, &state, "update")?;
    let mut connection = connection(call, &organization)?;
    change(&mut connection)?;
    let body = object([("connection", connection.to_json(&organization.organization_id))]);
    store(call, &mut state, organization, Some(connection))?;
    Ok(body)
}

/// Stores the connection of an organization, or removes it.
///
/// # Errors
///
/// `internal_server_error` if the state file cannot be written.
pub(super) fn store(
    call: &Call<'_>,
    state: &mut State,
    mut organization: Organization,
    connection: Option<ScimConnection>,
) -> Result<(), ApiError> {
    organization.scim_connection = connection;
    organization.updated_at = call.now;
    state.commit(Change { organizations: vec![organization], ..Change::default() }, call.now)
}

/// Returns a new token, and the part of it that is stored.
pub(super) fn token(call: &Call<'_>) -> (String, BearerToken) {
    let token = call.app.ids.token();
    let last_four = token.chars().skip(token.chars().count().saturating_sub(4)).collect();
    let expires_at = rfc3339(call.now + Duration::days(TOKEN_DAYS));
    (token, BearerToken { last_four, expires_at })
}

/// Returns the fields of a connection together with more fields.
pub(super) fn with<const N: usize>(mut fields: Map<String, Value>, more: [(&str, Value); N]) -> ResponseBody {
    fields.extend(more.map(|(name, value)| (name.to_owned(), value)));
    object([("connection", json!(fields))])
}
