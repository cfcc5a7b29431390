//! The identifiers of a user: id, email addresses and phone numbers. Each belongs to one user only.

use super::shared::EXTERNAL_ID_FORM;
use crate::{
    api_error::{
        ApiError, DUPLICATE_EMAIL, DUPLICATE_PHONE_NUMBER, DUPLICATE_USER_EXTERNAL_ID, ErrorType,
        INVALID_EMAIL, INVALID_PHONE_NUMBER, USER_NOT_FOUND,
    },
    phone::is_phone_number,
    route::Call,
    state::State,
    user::{Email, Identity, PhoneNumber, User, address_key, is_email, is_external_id},
};

/// The error types of endpoints that give a user an address.
pub(super) static EMAIL_ERROR_TYPES: &[&ErrorType] = &[&INVALID_EMAIL, &DUPLICATE_EMAIL];
/// The error types of endpoints that give a user a phone number.
pub(super) static PHONE_ERROR_TYPES: &[&ErrorType] = &[&INVALID_PHONE_NUMBER, &DUPLICATE_PHONE_NUMBER];

/// Returns the user whom the request names, by `user_id` or by the `external_id` in the same parameter.
///
/// # Errors
///
/// `user_not_found`.
pub(super) fn named<'a>(call: &Call<'_>, state: &'a State) -> Result<&'a User, ApiError> {
    Ok(state.find_user(call.parameters.required("user_id")?).ok_or(&USER_NOT_FOUND)?)
}

/// Returns a new email address that no user has yet. It is not verified.
///
/// # Errors
///
/// Those in [`EMAIL_ERROR_TYPES`].
pub(super) fn new_email(call: &Call<'_>, state: &State, address: &str) -> Result<Email, ApiError> {
    require_email(address)?;
    if state.user_by(&Identity::Email(address_key(address))).is_some() {
        return Err((&DUPLICATE_EMAIL).into());
    }
    Ok(Email { email_id: call.app.ids.id("email"), email: address.to_owned(), verified: false })
}

/// Returns a new phone number that no user has yet. It is not verified.
///
/// # Errors
///
/// Those in [`PHONE_ERROR_TYPES`].
pub(super) fn new_phone_number(
    call: &Call<'_>,
    state: &State,
    number: &str,
) -> Result<PhoneNumber, ApiError> {
    require_phone_number(number)?;
    if state.user_by(&Identity::PhoneNumber(number.to_owned())).is_some() {
        return Err((&DUPLICATE_PHONE_NUMBER).into());
    }
    let phone_id = call.app.ids.id("phone-number");
    Ok(PhoneNumber { phone_id, phone_number: number.to_owned(), verified: false })
}

/// # Errors
///
/// `invalid_email`.
pub(super) fn require_email(text: &str) -> Result<(), ApiError> {
    if is_email(text) { Ok(()) } else { Err((&INVALID_EMAIL).into()) }
}

/// # Errors
///
/// `invalid_phone_number`.
pub(super) fn require_phone_number(text: &str) -> Result<(), ApiError> {
    if is_phone_number(text) { Ok(()) } else { Err((&INVALID_PHONE_NUMBER).into()) }
}

/// Returns the `external_id` of the request.
///
/// # Errors
///
/// `bad_request` if it has another form.
pub(super) fn external_id<'a>(call: &'a Call<'_>) -> Result<Option<&'a str>, ApiError> {
    match call.parameters.string("external_id") {
        Some(id) if !is_external_id(id) => Err(ApiError::parameter("external_id", EXTERNAL_ID_FORM)),
        id => Ok(id),
    }
}

/// Sets the `external_id` of a user.
///
/// # Errors
///
/// `duplicate_user_external_id` if it is the id or the external id of another user.
pub(super) fn set_external_id(state: &State, user: &mut User, external_id: &str) -> Result<(), ApiError> {
    let others = [state.user(external_id), state.user_by(&Identity::ExternalId(external_id.to_owned()))];
    if others.into_iter().flatten().any(|other| other.user_id != user.user_id) {
        return Err((&DUPLICATE_USER_EXTERNAL_ID).into());
    }
    user.external_id = Some(external_id.to_owned());
    Ok(())
}
