//! `PUT /v1/m2m/clients/{client_id}`: changes the given fields, and keeps the others.

use hyper::Method;

use crate::{
    api::m2m::named::{self, check_scopes, store},
    api_error::{
        ApiError, INVALID_M2M_CLIENT_SCOPE, M2M_CLIENT_INVALID_STATUS, M2M_CLIENT_NOT_FOUND,
        METADATA_TOO_LARGE, METADATA_TOO_MANY_KEYS,
    },
    m2m::ClientStatus,
    parameter::{Kind, optional},
    route::{Access, Call, ResponseBody, Route},
    user::merge_metadata,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::PUT,
    path: "/v1/m2m/clients/{client_id}",
    parameters: &[
        optional("client_name", Kind::String),
        optional("client_description", Kind::String),
        optional("status", Kind::String),
        optional("scopes", Kind::StringList),
        optional("trusted_metadata", Kind::Map),
    ],
    access: Access::Project,
    error_types: &[&[
        &M2M_CLIENT_NOT_FOUND,
        &M2M_CLIENT_INVALID_STATUS,
        &INVALID_M2M_CLIENT_SCOPE,
        &METADATA_TOO_LARGE,
        &METADATA_TOO_MANY_KEYS,
    ]],
    handler: update,
};

fn update(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let mut client = named::client(call, &state)?;
    let texts =
        [("client_name", &mut client.client_name), ("client_description", &mut client.client_description)];
    for (name, field) in texts {
        if let Some(text) = call.parameters.string(name) {
            text.clone_into(field);
        }
    }
    if let Some(status) = call.parameters.string("status") {
        client.status = ClientStatus::of(status).ok_or(&M2M_CLIENT_INVALID_STATUS)?;
    }
    if let Some(scopes) = call.parameters.strings("scopes") {
        client.scopes = check_scopes(scopes)?;
    }
    merge_metadata(&mut client.trusted_metadata, &call.parameters, "trusted_metadata")?;
    store(call, &mut state, client, None)
}
