//! The client that a path names, its checks, and the response that shows it.

use serde_json::Value;

use crate::{
    api::shared::object,
    api_error::{ApiError, INVALID_M2M_CLIENT_SCOPE, M2M_CLIENT_NOT_FOUND},
    m2m::M2mClient,
    route::{Call, ResponseBody},
    state::{Change, State},
};

/// Returns the client that the path names.
///
/// # Errors
///
/// `m2m_client_not_found`.
pub(super) fn client(call: &Call<'_>, state: &State) -> Result<M2mClient, ApiError> {
    let client = state.m2m_client(call.parameters.required("client_id")?);
    Ok(client.ok_or(&M2M_CLIENT_NOT_FOUND)?.clone())
}

/// Checks scopes. They are separated by spaces when they are sent together.
///
/// # Errors
///
/// `invalid_m2m_client_scope` if one is empty or contains a space.
pub(super) fn check_scopes(scopes: Vec<String>) -> Result<Vec<String>, ApiError> {
    let is_scope = |scope: &String| !scope.is_empty() && !scope.contains(char::is_whitespace);
    if scopes.iter().all(is_scope) { Ok(scopes) } else { Err((&INVALID_M2M_CLIENT_SCOPE).into()) }
}

/// Stores a client, and returns the response. Only this response contains the secret.
///
/// # Errors
///
/// `internal_server_error` if the state file cannot be written.
pub(super) fn store(
    call: &Call<'_>,
    state: &mut State,
    client: M2mClient,
    secret: Option<(&str, String)>,
) -> Result<ResponseBody, ApiError> {
    let mut fields = client.fields();
    if let Some((name, secret)) = secret {
        fields.insert(name.to_owned(), secret.into());
    }
    state.commit(Change { m2m_clients: vec![client], ..Change::default() }, call.now)?;
    Ok(object([("m2m_client", Value::Object(fields))]))
}
