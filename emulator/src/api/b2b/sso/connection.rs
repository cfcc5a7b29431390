//! The common parts of the endpoints that store SSO connections.

use serde_json::{Map, Value, json};

use crate::{
    api::{
        b2b::{acting::Actor, named, roles},
        shared::object,
    },
    api_error::{ApiError, ErrorType},
    organization::{Organization, SsoConnection, SsoKind},
    parameter::{Kind, Parameter, optional, required},
    route::{Call, ResponseBody},
    state::{Change, State},
};

pub(super) const IDENTITY_PROVIDER: Parameter = optional(
    "identity_provider",
    Kind::OneOf(&[
        "classlink",
        "cyberark",
        "duo",
        "generic",
        "google-workspace",
        "jumpcloud",
        "keycloak",
        "miniorange",
        "microsoft-entra",
        "okta",
        "onelogin",
        "pingfederate",
        "rippling",
        "salesforce",
        "shibboleth",
    ]),
);

const EXTERNAL: &str = "external_organization_id";

pub(super) const ROLES: Kind = Kind::ObjectList(&[required("role_id", Kind::String)]);
pub(super) const GROUP_ROLES: Kind =
    Kind::ObjectList(&[required("role_id", Kind::String), required("group", Kind::String)]);

/// Stores a new connection with these fields. The request can replace their values.
///
/// # Errors
///
/// Those of [`store`].
pub(super) fn create(call: &Call<'_>, kind: SsoKind, fields: &Value) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let organization = authorized(call, &state, "create")?;
    let prefix = match kind {
        SsoKind::Saml => "saml-connection",
        SsoKind::Oidc => "oidc-connection",
        SsoKind::External => "external-connection",
    };
    let connection_id = call.app.ids.id(prefix);
    let mut fields = fields.as_object().cloned().unwrap_or_default();
    // The addresses at Stytch that are entered at an identity provider.
    let callback = format!("https://test.stytch.com/v1/b2b/sso/callback/{connection_id}");
    for name in ["acs_url", "audience_uri", "redirect_url"] {
        if fields.contains_key(name) {
            fields.insert(name.to_owned(), callback.as_str().into());
        }
    }
    set(call, &mut fields);
    // The request can name the other organization by its slug, which can change.
    if let Some(other) = call.parameters.string(EXTERNAL).and_then(|name| state.organization(name)) {
        fields.insert(EXTERNAL.to_owned(), other.organization_id.as_str().into());
    }
    store(call, &mut state, organization, SsoConnection { connection_id, kind, fields })
}

/// Changes a connection: sets the fields of the request, then calls `change`.
///
/// # Errors
///
/// The given error type if the organization has no such connection, `session_authorization_error`, and those of
/// [`store`].
pub(super) fn update(
    call: &Call<'_>,
    kind: SsoKind,
    not_found: &'static ErrorType,
    change: impl FnOnce(&mut Map<String, Value>) -> Result<(), ApiError>,
) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let organization = authorized(call, &state, "update")?;
    let id = call.parameters.required("connection_id")?;
    let known = organization.sso_connection(id).filter(|connection| connection.kind == kind);
    let mut connection = known.ok_or(not_found)?.clone();
    set(call, &mut connection.fields);
    change(&mut connection.fields)?;
    store(call, &mut state, organization, connection)
}

/// Returns the organization of the request, if the caller may take an action on its connections. To assign roles, the
/// caller needs a second permission.
///
/// # Errors
///
/// `organization_not_found`, and those of [`Actor::of`] and [`Actor::may`].
pub(super) fn authorized(call: &Call<'_>, state: &State, action: &str) -> Result<Organization, ApiError> {
    let organization = named::organization(call, state)?;
    let actor = Actor::of(call, state, &organization)?;
    actor.may("stytch.sso", action)?;
    if assigns_roles(call) {
        actor.may("stytch.organization", "update.settings.implicit-roles")?;
    }
    Ok(organization)
}

/// Returns whether the request assigns roles to the members who log in with the connection.
fn assigns_roles(call: &Call<'_>) -> bool {
    call.parameters.names().any(|name| name.ends_with("_role_assignments"))
}

/// Sets the fields of a connection that are in the request.
fn set(call: &Call<'_>, fields: &mut Map<String, Value>) {
    for (name, field) in fields.iter_mut() {
        if let Some(value) = call.parameters.value(name) {
            field.clone_from(value);
        }
    }
}

/// Stores a connection, and returns the response.
///
/// # Errors
///
/// Those in [`roles::ERROR_TYPES`].
pub(super) fn store(
    call: &Call<'_>,
    state: &mut State,
    mut organization: Organization,
    connection: SsoConnection,
) -> Result<ResponseBody, ApiError> {
    // The organization may have removed a role that was assigned earlier.
    if assigns_roles(call) {
        let role_ids: Vec<String> = connection.roles().map(|(role_id, _)| role_id.to_owned()).collect();
        roles::check(call, &organization, &role_ids)?;
    }
    let body = object([("connection", connection.to_json(&organization.organization_id))]);
    organization.sso_connections.retain(|known| known.connection_id != connection.connection_id);
    organization.sso_connections.push(connection);
    organization.updated_at = call.now;
    state.commit(Change { organizations: vec![organization], ..Change::default() }, call.now)?;
    Ok(body)
}

/// Removes an item from a list of a connection, for example a certificate, and returns its id.
///
/// # Errors
///
/// `saml_connection_not_found`, and `not_found` if the list has no such item.
pub(super) fn remove_item(
    call: &Call<'_>,
    list: &str,
    id_name: &str,
    not_found: &'static ErrorType,
) -> Result<ResponseBody, ApiError> {
    let id = call.parameters.required(id_name)?;
    let saml = &crate::api_error::SAML_CONNECTION_NOT_FOUND;
    update(call, SsoKind::Saml, saml, |fields| {
        let items = fields.get_mut(list).and_then(Value::as_array_mut);
        let items = items.ok_or(not_found)?;
        let known = items.iter().position(|item| item[id_name] == id).ok_or(not_found)?;
        items.remove(known);
        Ok(())
    })?;
    Ok(object([(id_name, json!(id))]))
}
