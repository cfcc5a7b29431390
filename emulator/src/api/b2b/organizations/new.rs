//! The common part of creating and updating an organization.

use serde_json::Map;

use crate::{
    api::{b2b::roles, shared::EXTERNAL_ID_FORM},
    api_error::{
        ApiError, DUPLICATE_ORGANIZATION_EXTERNAL_ID, ErrorType, INVALID_CONNECTION_FOR_JIT_PROVISIONING,
        INVALID_ORGANIZATION_NAME, INVALID_ORGANIZATION_SLUG, INVALID_SSO_DEFAULT_CONNECTION_ID,
        METADATA_TOO_LARGE, METADATA_TOO_MANY_KEYS, ORGANIZATION_SLUG_ALREADY_USED,
    },
    organization::{Organization, Settings},
    parameter::{Kind, Parameter, optional, required},
    route::Call,
    state::State,
    user::{is_external_id, merge_metadata},
};

const MAX_CHARACTERS: usize = 128;

pub(in crate::api::b2b) const IMPLICIT_ROLES: Parameter = optional(
    "rbac_email_implicit_role_assignments",
    Kind::ObjectList(&[required("domain", Kind::String), required("role_id", Kind::String)]),
);
const APPS: Kind = Kind::OneOf(&["ALL_ALLOWED", "RESTRICTED", "NOT_ALLOWED"]);
pub(in crate::api::b2b) const FIRST_PARTY: Parameter =
    optional("first_party_connected_apps_allowed_type", APPS);
pub(in crate::api::b2b) const THIRD_PARTY: Parameter =
    optional("third_party_connected_apps_allowed_type", APPS);

/// The error types of [`set`], in addition to those of the settings and of roles.
pub(in crate::api::b2b) static ERROR_TYPES: &[&ErrorType] = &[
    &INVALID_ORGANIZATION_NAME,
    &INVALID_ORGANIZATION_SLUG,
    &ORGANIZATION_SLUG_ALREADY_USED,
    &INVALID_SSO_DEFAULT_CONNECTION_ID,
    &INVALID_CONNECTION_FOR_JIT_PROVISIONING,
    &DUPLICATE_ORGANIZATION_EXTERNAL_ID,
    &METADATA_TOO_LARGE,
    &METADATA_TOO_MANY_KEYS,
];

/// Returns an empty organization.
pub(in crate::api::b2b) fn empty(call: &Call<'_>) -> Organization {
    Organization {
        organization_id: call.app.ids.id("organization"),
        organization_name: String::new(),
        organization_slug: String::new(),
        organization_logo_url: String::new(),
        organization_external_id: None,
        trusted_metadata: Map::new(),
        created_at: call.now,
        updated_at: call.now,
        settings: Settings::default(),
        custom_roles: Vec::new(),
        sso_connections: Vec::new(),
        scim_connection: None,
    }
}

/// Sets the fields of the request, and keeps the others. If the organization has no slug, a slug is made from its name.
///
/// # Errors
///
/// Those in [`ERROR_TYPES`], [`SETTINGS_ERROR_TYPES`](crate::organization::SETTINGS_ERROR_TYPES) and
/// [`roles::ERROR_TYPES`].
pub(in crate::api::b2b) fn set(
    call: &Call<'_>,
    state: &State,
    organization: &mut Organization,
) -> Result<(), ApiError> {
    let given = &call.parameters;
    if let Some(name) = given.string("organization_name") {
        if name.is_empty() || name.chars().count() > MAX_CHARACTERS {
            return Err((&INVALID_ORGANIZATION_NAME).into());
        }
        name.clone_into(&mut organization.organization_name);
    }
    match given.string("organization_slug") {
        Some(slug) => organization.organization_slug = checked_slug(state, organization, slug)?,
        None if organization.organization_slug.is_empty() => {
            organization.organization_slug = slug_of(call, state, organization);
        }
        None => {}
    }
    if let Some(url) = given.string("organization_logo_url") {
        url.clone_into(&mut organization.organization_logo_url);
    }
    if let Some(id) = given.string("organization_external_id") {
        organization.organization_external_id = Some(checked_external_id(state, organization, id)?);
    }
    merge_metadata(&mut organization.trusted_metadata, given, "trusted_metadata")?;
    organization.settings.update(given)?;
    let settings = &organization.settings;
    let is_unknown = |id: &String| organization.sso_connection(id).is_none();
    if settings.sso_default_connection_id.as_ref().is_some_and(is_unknown) {
        return Err((&INVALID_SSO_DEFAULT_CONNECTION_ID).into());
    }
    if settings.sso_jit_provisioning_allowed_connections.iter().any(is_unknown) {
        return Err((&INVALID_CONNECTION_FOR_JIT_PROVISIONING).into());
    }
    // The organization may have removed a role that was assigned earlier.
    if !given.has(IMPLICIT_ROLES.name) {
        return Ok(());
    }
    let implicit = &organization.settings.rbac_email_implicit_role_assignments;
    roles::check(call, organization, implicit.iter().map(|assignment| &assignment.role_id))
}

fn checked_slug(state: &State, organization: &Organization, slug: &str) -> Result<String, ApiError> {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
    if !(2..=MAX_CHARACTERS).contains(&slug.len()) || !slug.chars().all(fits) {
        return Err((&INVALID_ORGANIZATION_SLUG).into());
    }
    if names_another(state, organization, slug) {
        return Err((&ORGANIZATION_SLUG_ALREADY_USED).into());
    }
    Ok(slug.to_owned())
}

fn checked_external_id(state: &State, organization: &Organization, id: &str) -> Result<String, ApiError> {
    if !is_external_id(id) {
        return Err(ApiError::parameter("organization_external_id", EXTERNAL_ID_FORM));
    }
    if names_another(state, organization, id) {
        return Err((&DUPLICATE_ORGANIZATION_EXTERNAL_ID).into());
    }
    Ok(id.to_owned())
}

/// Whether something is the id, the slug or the external id of another organization. Requests could not tell the two
/// organizations apart.
fn names_another(state: &State, organization: &Organization, id: &str) -> bool {
    let mut others =
        state.organizations().filter(|other| other.organization_id != organization.organization_id);
    others.any(|other| other.is_called(id))
}

/// Returns a slug that no organization has, for example `example-co`.
fn slug_of(call: &Call<'_>, state: &State, organization: &Organization) -> String {
    let mut slug = String::new();
    for c in organization.organization_name.to_lowercase().chars() {
        match c {
            'a'..='z' | '0'..='9' => slug.push(c),
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    let mut slug = slug.trim_end_matches('-').to_owned();
    slug.truncate(100);
    if slug.len() < 2 || names_another(state, organization, &slug) {
        let separator = if slug.is_empty() { "" } else { "-" };
        slug = format!("{slug}{separator}{}", call.app.ids.nonce());
    }
    slug
}
