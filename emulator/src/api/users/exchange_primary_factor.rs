//! `PUT /v1/users/{user_id}/exchange_primary_factor`: replaces the only address or phone number of a user.

use hyper::Method;

use super::delete_factor;
use crate::{
    api::identity,
    api_error::{
        ApiError, INVALID_EXCHANGE_PRIMARY_FACTOR_FIELDS, INVALID_EXCHANGE_PRIMARY_FACTOR_USER,
        USER_NOT_FOUND,
    },
    parameter::{Kind, optional},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::PUT,
    path: "/v1/users/{user_id}/exchange_primary_factor",
    parameters: &[optional("email_address", Kind::String), optional("phone_number", Kind::String)],
    access: Access::Project,
    error_types: &[
        &[&USER_NOT_FOUND, &INVALID_EXCHANGE_PRIMARY_FACTOR_FIELDS, &INVALID_EXCHANGE_PRIMARY_FACTOR_USER],
        identity::EMAIL_ERROR_TYPES,
        identity::PHONE_ERROR_TYPES,
    ],
    handler: exchange,
};

fn exchange(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let mut user = identity::named(call, &state)?.clone();
    if user.emails.len() + user.phone_numbers.len() + user.factors.count() != 1 {
        return Err((&INVALID_EXCHANGE_PRIMARY_FACTOR_USER).into());
    }
    let (emails, phone_numbers) =
        match (call.parameters.string("email_address"), call.parameters.string("phone_number")) {
            (Some(address), None) => (vec![identity::new_email(call, &state, address)?], Vec::new()),
            (None, Some(number)) => (Vec::new(), vec![identity::new_phone_number(call, &state, number)?]),
            _ => return Err((&INVALID_EXCHANGE_PRIMARY_FACTOR_FIELDS).into()),
        };
    user.emails = emails;
    user.phone_numbers = phone_numbers;
    delete_factor::store(call, &mut state, user)
}
