//! The filters of a search for users.

use serde_json::{Map, Value};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{
    api::{
        filter::{Errors, Test, value},
        search::Filter,
    },
    api_error::{
        ApiError, ErrorType, USER_SEARCH_EMAIL_ADDRESS_FUZZY_TOO_SHORT, USER_SEARCH_EXPECTED_ARRAY_OF_STRING,
        USER_SEARCH_EXPECTED_BOOL, USER_SEARCH_EXPECTED_OBJECT, USER_SEARCH_EXPECTED_STRING,
        USER_SEARCH_EXPECTED_TIMESTAMP, USER_SEARCH_FILTER_NAME_NOT_RECOGNIZED,
        USER_SEARCH_FULL_NAME_FUZZY_TOO_SHORT, USER_SEARCH_INVALID_STATUS_FILTER,
        USER_SEARCH_MISSING_FILTER_VALUE, USER_SEARCH_PHONE_NUMBER_FUZZY_TOO_SHORT,
    },
    clock::Moment,
    user::{User, same_address},
};

/// The error types of filters.
pub(super) static ERROR_TYPES: &[&ErrorType] = &[
    &USER_SEARCH_FILTER_NAME_NOT_RECOGNIZED,
    &USER_SEARCH_MISSING_FILTER_VALUE,
    &USER_SEARCH_EXPECTED_ARRAY_OF_STRING,
    &USER_SEARCH_EXPECTED_BOOL,
    &USER_SEARCH_EXPECTED_OBJECT,
    &USER_SEARCH_EXPECTED_STRING,
    &USER_SEARCH_EXPECTED_TIMESTAMP,
    &USER_SEARCH_INVALID_STATUS_FILTER,
    &USER_SEARCH_EMAIL_ADDRESS_FUZZY_TOO_SHORT,
    &USER_SEARCH_FULL_NAME_FUZZY_TOO_SHORT,
    &USER_SEARCH_PHONE_NUMBER_FUZZY_TOO_SHORT,
];

static ERRORS: Errors = Errors {
    missing_value: &USER_SEARCH_MISSING_FILTER_VALUE,
    expected_strings: &USER_SEARCH_EXPECTED_ARRAY_OF_STRING,
    expected_string: &USER_SEARCH_EXPECTED_STRING,
    expected_boolean: &USER_SEARCH_EXPECTED_BOOL,
};

#[rustfmt::skip]
static TESTS: &[(&str, Test<User>)] = &[
    ("user_id", Test::OneOf(|user, id| user.user_id == id || user.external_id.as_deref() == Some(id))),
    ("full_name_fuzzy", Test::Contains(|user| vec![user.name.full()], &USER_SEARCH_FULL_NAME_FUZZY_TOO_SHORT)),
    ("phone_number", Test::OneOf(|user, text| user.phone_numbers.iter().any(|phone| phone.phone_number == text))),
    ("phone_id", Test::OneOf(|user, id| user.phone_numbers.iter().any(|phone| phone.phone_id == id))),
    ("phone_verified", Test::Bool(|user, is| user.phone_numbers.iter().any(|phone| phone.verified == is))),
    ("phone_number_fuzzy", Test::Contains(
        |user| user.phone_numbers.iter().map(|phone| phone.phone_number.clone()).collect(),
        &USER_SEARCH_PHONE_NUMBER_FUZZY_TOO_SHORT,
    )),
    ("email_address", Test::OneOf(|user, text| user.emails.iter().any(|email| same_address(&email.email, text)))),
    ("email_id", Test::OneOf(|user, id| user.emails.iter().any(|email| email.email_id == id))),
    ("email_verified", Test::Bool(|user, is| user.emails.iter().any(|email| email.verified == is))),
    ("email_address_fuzzy", Test::Contains(
        |user| user.emails.iter().map(|email| email.email.clone()).collect(),
        &USER_SEARCH_EMAIL_ADDRESS_FUZZY_TOO_SHORT,
    )),
    ("oauth_provider", Test::OneOf(|user, text| {
        user.factors.providers.iter().any(|account| account.provider_type.eq_ignore_ascii_case(text))
    })),
    ("webauthn_registration_id", Test::OneOf(|user, id| {
        user.factors.webauthn_registrations.iter().any(|known| known.webauthn_registration_id == id)
    })),
    ("webauthn_registration_verified", Test::Bool(|user, is| {
        user.factors.webauthn_registrations.iter().any(|known| known.verified == is)
    })),
    ("crypto_wallet_id", Test::OneOf(|user, id| {
        user.factors.crypto_wallets.iter().any(|wallet| wallet.crypto_wallet_id == id)
    })),
    ("crypto_wallet_address", Test::OneOf(|user, text| {
        user.factors.crypto_wallets.iter().any(|wallet| wallet.crypto_wallet_address.eq_ignore_ascii_case(text))
    })),
    ("crypto_wallet_verified", Test::Bool(|user, is| {
        user.factors.crypto_wallets.iter().any(|wallet| wallet.verified == is)
    })),
    ("totp_id", Test::OneOf(|user, id| user.factors.totps.iter().any(|totp| totp.totp_id == id))),
    ("totp_verified", Test::Bool(|user, is| user.factors.totps.iter().any(|totp| totp.verified == is))),
    ("password_exists", Test::Bool(|user, is| user.password.is_some() == is)),
];

/// Reads an operand of a query.
///
/// # Errors
///
/// Those in [`ERROR_TYPES`].
pub(super) fn filter(name: &str, operand: &Map<String, Value>) -> Result<Filter<User>, ApiError> {
    match name {
        "status" => status(value(operand, &ERRORS)?),
        "created_at_greater_than" => {
            let start = moment(value(operand, &ERRORS)?)?;
            Ok(Box::new(move |user| user.created_at > start))
        }
        "created_at_less_than" => {
            let end = moment(value(operand, &ERRORS)?)?;
            Ok(Box::new(move |user| user.created_at < end))
        }
        "created_at_between" => created_between(operand),
        _ => {
            let test = TESTS.iter().find(|(known, _)| *known == name);
            let (_, test) = test.ok_or(&USER_SEARCH_FILTER_NAME_NOT_RECOGNIZED)?;
            test.read(operand, &ERRORS)
        }
    }
}

fn status(value: &Value) -> Result<Filter<User>, ApiError> {
    let wanted = value.as_str().ok_or(&USER_SEARCH_EXPECTED_STRING)?;
    if !matches!(wanted, "active" | "pending") {
        return Err((&USER_SEARCH_INVALID_STATUS_FILTER).into());
    }
    let is_active = wanted == "active";
    Ok(Box::new(move |user| (user.status.name() == "active") == is_active))
}

/// Reads the two times in `filter_value`. One of Stytch's SDKs puts them next to it instead.
fn created_between(operand: &Map<String, Value>) -> Result<Filter<User>, ApiError> {
    let within = match operand.get("filter_value").filter(|value| !value.is_null()) {
        Some(Value::Object(within)) => within,
        None if operand.contains_key("greater_than") || operand.contains_key("less_than") => operand,
        None => return Err((&USER_SEARCH_MISSING_FILTER_VALUE).into()),
        Some(_) => return Err((&USER_SEARCH_EXPECTED_OBJECT).into()),
    };
    let end = |name| moment(within.get(name).ok_or(&USER_SEARCH_EXPECTED_OBJECT)?);
    let (after, before) = (end("greater_than")?, end("less_than")?);
    Ok(Box::new(move |user| user.created_at > after && user.created_at < before))
}

fn moment(value: &Value) -> Result<Moment, ApiError> {
    let moment = value.as_str().and_then(|text| OffsetDateTime::parse(text, &Rfc3339).ok());
    Ok(moment.ok_or(&USER_SEARCH_EXPECTED_TIMESTAMP)?)
}
