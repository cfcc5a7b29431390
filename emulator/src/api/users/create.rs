//! `POST /v1/users`: a new user, with or without addresses.

use hyper::Method;

use crate::{
    api::{attributes::ATTRIBUTES, identity, shared::object},
    api_error::{ApiError, DUPLICATE_USER_EXTERNAL_ID, METADATA_TOO_LARGE, METADATA_TOO_MANY_KEYS},
    parameter::{Kind, optional},
    route::{Access, Call, ResponseBody, Route},
    state::Change,
    user::{NAME, Status, User},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/users",
    parameters: &[
        optional("email", Kind::String),
        optional("name", NAME),
        ATTRIBUTES,
        optional("phone_number", Kind::String),
        optional("create_user_as_pending", Kind::Bool),
        optional("trusted_metadata", Kind::Map),
        optional("untrusted_metadata", Kind::Map),
        optional("external_id", Kind::String),
        optional("roles", Kind::StringList),
    ],
    access: Access::Project,
    error_types: &[
        &[&METADATA_TOO_LARGE, &METADATA_TOO_MANY_KEYS, &DUPLICATE_USER_EXTERNAL_ID],
        identity::EMAIL_ERROR_TYPES,
        identity::PHONE_ERROR_TYPES,
    ],
    handler: create,
};

fn create(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let mut user = User::new(call.app.ids.id("user"), call.now);
    user.update(&call.parameters)?;
    if call.parameters.bool("create_user_as_pending").unwrap_or(false) {
        user.status = Status::Pending;
    }
    user.roles = call.parameters.strings("roles").unwrap_or_default();
    if let Some(address) = call.parameters.string("email") {
        user.emails.push(identity::new_email(call, &state, address)?);
    }
    if let Some(number) = call.parameters.string("phone_number") {
        user.phone_numbers.push(identity::new_phone_number(call, &state, number)?);
    }
    if let Some(id) = identity::external_id(call)? {
        identity::set_external_id(&state, &mut user, id)?;
    }
    let email_id = user.emails.first().map_or("", |email| &email.email_id);
    let phone_id = user.phone_numbers.first().map_or("", |phone| &phone.phone_id);
    let body = object([
        ("user_id", user.user_id.as_str().into()),
        ("email_id", email_id.into()),
        ("phone_id", phone_id.into()),
        ("status", user.status.name().into()),
        ("user", user.to_json()),
    ]);
    state.commit(Change { users: vec![user], ..Change::default() }, call.now)?;
    Ok(body)
}
