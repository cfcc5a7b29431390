//! A user of a seed.

use serde_json::Value;

use super::{factors, id};
use crate::{
    api_error::{ApiError, BAD_REQUEST},
    clock::Moment,
    ids::Ids,
    parameter::{Kind, Parameter, Parameters, check, optional, required},
    password::{self, ARGON_2, PBKDF_2, SALTS, SCRYPT, Stored},
    phone::is_phone_number,
    user::{Email, NAME, Password, PhoneNumber, Status, User, is_email, is_external_id},
};

/// The fields of a user in a seed.
pub(crate) static USER: &[Parameter] = &[
    required("email", Kind::String),
    optional("user_id", Kind::String),
    optional("email_id", Kind::String),
    optional("email_verified", Kind::Bool),
    optional("password", Kind::Secret),
    optional("hash", Kind::Secret),
    optional("hash_type", Kind::String),
    optional("md_5_config", SALTS),
    optional("argon_2_config", ARGON_2),
    optional("sha_1_config", SALTS),
    optional("sha_512_config", SALTS),
    optional("scrypt_config", SCRYPT),
    optional("pbkdf_2_config", PBKDF_2),
    optional("password_requires_reset", Kind::Bool),
    optional("name", NAME),
    optional("phone_number", Kind::String),
    optional("phone_number_verified", Kind::Bool),
    optional("external_id", Kind::String),
    optional("roles", Kind::StringList),
    optional("trusted_metadata", Kind::Map),
    optional("untrusted_metadata", Kind::Map),
    optional("pending", Kind::Bool),
    factors::PROVIDERS,
    factors::WEBAUTHN_REGISTRATIONS,
    factors::BIOMETRIC_REGISTRATIONS,
    factors::TOTPS,
    factors::CRYPTO_WALLETS,
];

/// Makes a user.
///
/// # Errors
///
/// The first mistake in their fields.
pub(super) fn user(written: &Value, ids: &Ids, now: Moment) -> Result<User, ApiError> {
    if !written.is_object() {
        return Err(ApiError::new(&BAD_REQUEST, "must be an object."));
    }
    let given = check(written.clone(), USER, true)?;
    let address = given.required("email")?;
    if !is_email(address) {
        return Err(ApiError::parameter("email", "is not an email address."));
    }
    let email = Email {
        email_id: id(&given, ids, "email_id", "email")?,
        email: address.to_owned(),
        verified: given.bool("email_verified").unwrap_or(false),
    };
    let mut user = User::new(id(&given, ids, "user_id", "user")?, now);
    user.emails.push(email);
    user.update(&given)?;
    user.roles = given.strings("roles").unwrap_or_default();
    user.phone_numbers = phone_numbers(&given, ids)?;
    user.external_id = external_id(&given)?;
    user.password = password_of(&given, ids)?;
    user.factors = factors::read(&given, ids)?;
    if given.bool("pending").unwrap_or(false) {
        user.status = Status::Pending;
    }
    Ok(user)
}

fn phone_numbers(given: &Parameters, ids: &Ids) -> Result<Vec<PhoneNumber>, ApiError> {
    let Some(number) = given.string("phone_number") else { return Ok(Vec::new()) };
    if !is_phone_number(number) {
        return Err(ApiError::parameter("phone_number", "is not in E.164 form, such as +12025550162."));
    }
    let verified = given.bool("phone_number_verified").unwrap_or(false);
    Ok(vec![PhoneNumber { phone_id: ids.id("phone-number"), phone_number: number.to_owned(), verified }])
}

fn external_id(given: &Parameters) -> Result<Option<String>, ApiError> {
    match given.string("external_id") {
        Some(id) if !is_external_id(id) => Err(ApiError::parameter(
            "external_id",
            "must be 1 to 128 letters, digits and `.`, `_`, `-`, `|`.",
        )),
        id => Ok(id.map(str::to_owned)),
    }
}

/// Reads the password of a user: in plain text, as a hash, or none. It does not need to be strong.
fn password_of(given: &Parameters, ids: &Ids) -> Result<Option<Password>, ApiError> {
    let stored: Stored = match (given.string("password"), given.string("hash"), given.string("hash_type")) {
        (None, None, None) => return Ok(None),
        (Some(password), None, None) => Stored::hash(password, ids.bytes())?,
        (None, Some(hash), Some(hash_type)) => password::import(hash, hash_type, given)?,
        _ => {
            return Err(ApiError::parameter(
                "password",
                "must be given alone, or `hash` and `hash_type` together.",
            ));
        }
    };
    let requires_reset = given.bool("password_requires_reset").unwrap_or(false);
    Ok(Some(Password { password_id: ids.id("password"), requires_reset, stored }))
}
