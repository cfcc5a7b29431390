//! `POST /v1/public/{project_id}/oauth2/token`: an access token for a client, by form or JSON.

use hyper::Method;

use crate::{
    api::shared::object,
    api_error::{
        ApiError, INTERNAL_SERVER_ERROR, INVALID_CLIENT, INVALID_SCOPE, PROJECT_NOT_FOUND,
        UNSUPPORTED_GRANT_TYPE,
    },
    jwt::ACCESS_TOKEN_SECONDS,
    m2m::{ClientStatus, M2mClient},
    parameter::{Kind, Parameters, optional, required},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/public/{project_id}/oauth2/token",
    parameters: &[
        required("grant_type", Kind::String),
        required("client_id", Kind::String),
        required("client_secret", Kind::Secret),
        optional("scope", Kind::String),
        // One of Stytch's SDKs sends a list.
        optional("scopes", Kind::StringList),
    ],
    access: Access::OAuthClient,
    error_types: &[&[&INVALID_CLIENT, &INVALID_SCOPE, &UNSUPPORTED_GRANT_TYPE, &PROJECT_NOT_FOUND]],
    handler: token,
};

fn token(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    if call.parameters.required("project_id")? != call.app.settings.credentials.project_id {
        return Err((&PROJECT_NOT_FOUND).into());
    }
    if call.parameters.required("grant_type")? != "client_credentials" {
        return Err((&UNSUPPORTED_GRANT_TYPE).into());
    }
    let (client_id, secret) =
        (call.parameters.required("client_id")?, call.parameters.required("client_secret")?);
    let state = call.app.state();
    let client = state.m2m_client(client_id);
    let client = client.filter(|client| client.status == ClientStatus::Active && client.accepts(secret));
    let client = client.ok_or(&INVALID_CLIENT)?;
    let scopes = scopes(client, &call.parameters)?;
    let token = call.app.signer.sign_access_token(client_id, &scopes, call.now);
    let token =
        token.ok_or_else(|| ApiError::new(&INTERNAL_SERVER_ERROR, "The token could not be signed."))?;
    Ok(object([
        ("access_token", token.into()),
        ("token_type", "bearer".into()),
        ("expires_in", ACCESS_TOKEN_SECONDS.into()),
    ]))
}

/// Returns the requested scopes. If the request has none, returns all scopes of the client.
fn scopes(client: &M2mClient, parameters: &Parameters) -> Result<Vec<String>, ApiError> {
    let mut asked = parameters.strings("scopes").unwrap_or_default();
    asked.extend(parameters.string("scope").unwrap_or_default().split_whitespace().map(str::to_owned));
    if asked.is_empty() {
        return Ok(client.scopes.clone());
    }
    if asked.iter().all(|scope| client.scopes.contains(scope)) {
        Ok(asked)
    } else {
        Err((&INVALID_SCOPE).into())
    }
}
