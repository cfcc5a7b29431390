//! An M2M client of a seed.

use serde_json::{Map, Value};

use crate::{
    api_error::{ApiError, BAD_REQUEST},
    m2m::{ClientSecret, ClientStatus, M2mClient},
    parameter::{Kind, Parameter, check, optional, required},
    user::merge_metadata,
};

/// The fields of an M2M client in a seed.
static M2M_CLIENT: &[Parameter] = &[
    required("client_id", Kind::String),
    required("client_secret", Kind::Secret),
    required("scopes", Kind::StringList),
    optional("client_name", Kind::String),
    optional("client_description", Kind::String),
    optional("inactive", Kind::Bool),
    optional("trusted_metadata", Kind::Map),
];

/// Makes an M2M client.
///
/// # Errors
///
/// The first mistake in its fields.
pub(super) fn m2m_client(written: &Value) -> Result<M2mClient, ApiError> {
    if !written.is_object() {
        return Err(ApiError::new(&BAD_REQUEST, "must be an object."));
    }
    let given = check(written.clone(), M2M_CLIENT, true)?;
    let text = |name| given.string(name).unwrap_or_default().to_owned();
    let is_inactive = given.bool("inactive").unwrap_or(false);
    let mut client = M2mClient {
        client_id: given.required("client_id")?.to_owned(),
        client_name: text("client_name"),
        client_description: text("client_description"),
        status: if is_inactive { ClientStatus::Inactive } else { ClientStatus::Active },
        scopes: given.strings("scopes").unwrap_or_default(),
        trusted_metadata: Map::new(),
        secret: ClientSecret::of(given.required("client_secret")?),
        next_secret: None,
    };
    merge_metadata(&mut client.trusted_metadata, &given, "trusted_metadata")?;
    Ok(client)
}
