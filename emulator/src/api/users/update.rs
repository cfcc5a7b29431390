//! `PUT /v1/users/{user_id}`: changes the given fields, and keeps the others.

use hyper::Method;
use serde_json::json;

use crate::{
    api::{attributes::ATTRIBUTES, identity, shared::object},
    api_error::{
        ApiError, DUPLICATE_USER_EXTERNAL_ID, METADATA_TOO_LARGE, METADATA_TOO_MANY_KEYS, USER_NOT_FOUND,
    },
    parameter::{Kind, optional},
    route::{Access, Call, ResponseBody, Route},
    state::Change,
    user::NAME,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::PUT,
    path: "/v1/users/{user_id}",
    parameters: &[
        optional("name", NAME),
        ATTRIBUTES,
        optional("trusted_metadata", Kind::Map),
        optional("untrusted_metadata", Kind::Map),
        optional("external_id", Kind::String),
        optional("roles", Kind::StringList),
    ],
    access: Access::Project,
    error_types: &[&[
        &USER_NOT_FOUND,
        &METADATA_TOO_LARGE,
        &METADATA_TOO_MANY_KEYS,
        &DUPLICATE_USER_EXTERNAL_ID,
    ]],
    handler: update,
};

fn update(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let mut user = identity::named(call, &state)?.clone();
    user.update(&call.parameters)?;
    if let Some(roles) = call.parameters.strings("roles") {
        user.roles = roles;
    }
    if let Some(id) = identity::external_id(call)? {
        identity::set_external_id(&state, &mut user, id)?;
    }
    let shown = user.to_json();
    let body = object([
        ("user_id", user.user_id.as_str().into()),
        ("emails", json!(user.emails)),
        ("phone_numbers", json!(user.phone_numbers)),
        ("crypto_wallets", shown["crypto_wallets"].clone()),
        ("user", shown),
    ]);
    state.commit(Change { users: vec![user], ..Change::default() }, call.now)?;
    Ok(body)
}
