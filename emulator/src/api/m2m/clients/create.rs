//! `POST /v1/m2m/clients`: a new client. Only this response contains its secret.

use hyper::Method;

use crate::{
    api::m2m::named::{check_scopes, store},
    api_error::{
        ApiError, DUPLICATE_M2M_CLIENT_ID, INVALID_M2M_CLIENT_SCOPE, M2M_CLIENT_INVALID_CLIENT_ID,
        M2M_CLIENT_INVALID_CLIENT_SECRET, METADATA_TOO_LARGE, METADATA_TOO_MANY_KEYS,
    },
    m2m::{ClientSecret, ClientStatus, M2mClient},
    parameter::{Kind, optional, required},
    route::{Access, Call, ResponseBody, Route},
    user::{is_external_id, merge_metadata},
};

/// The length of a secret that the caller chooses.
const SECRET_LENGTHS: std::ops::RangeInclusive<usize> = 8..=256;

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/m2m/clients",
    parameters: &[
        required("scopes", Kind::StringList),
        optional("client_id", Kind::String),
        optional("client_secret", Kind::Secret),
        optional("client_name", Kind::String),
        optional("client_description", Kind::String),
        optional("trusted_metadata", Kind::Map),
    ],
    access: Access::Project,
    error_types: &[&[
        &DUPLICATE_M2M_CLIENT_ID,
        &INVALID_M2M_CLIENT_SCOPE,
        &M2M_CLIENT_INVALID_CLIENT_ID,
        &M2M_CLIENT_INVALID_CLIENT_SECRET,
        &METADATA_TOO_LARGE,
        &METADATA_TOO_MANY_KEYS,
    ]],
    handler: create,
};

fn create(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let client_id = match call.parameters.string("client_id") {
        None => call.app.ids.id("m2m-client"),
        Some(id) if !is_external_id(id) => return Err((&M2M_CLIENT_INVALID_CLIENT_ID).into()),
        Some(id) if state.m2m_client(id).is_some() => return Err((&DUPLICATE_M2M_CLIENT_ID).into()),
        Some(id) => id.to_owned(),
    };
    let secret = match call.parameters.string("client_secret") {
        None => call.app.ids.token(),
        Some(secret) if SECRET_LENGTHS.contains(&secret.chars().count()) => secret.to_owned(),
        Some(_) => return Err((&M2M_CLIENT_INVALID_CLIENT_SECRET).into()),
    };
    let text = |name| call.parameters.string(name).unwrap_or_default().to_owned();
    let mut client = M2mClient {
        client_id,
        client_name: text("client_name"),
        client_description: text("client_description"),
        status: ClientStatus::Active,
        scopes: check_scopes(call.parameters.strings("scopes").unwrap_or_default())?,
        trusted_metadata: serde_json::Map::new(),
        secret: ClientSecret::of(&secret),
        next_secret: None,
    };
    merge_metadata(&mut client.trusted_metadata, &call.parameters, "trusted_metadata")?;
    store(call, &mut state, client, Some(("client_secret", secret)))
}
