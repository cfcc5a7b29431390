//! `POST /v1/passwords/migrate`: imports the hash of another system as a user's password.

use hyper::Method;

use crate::{
    api::{identity, shared::object},
    api_error::{
        ApiError, DUPLICATE_USER_EXTERNAL_ID, INVALID_EMAIL, METADATA_TOO_LARGE, METADATA_TOO_MANY_KEYS,
        PASSWORD_ALREADY_EXISTS,
    },
    parameter::{Kind, optional, required},
    password::{self, ARGON_2, PBKDF_2, SALTS, SCRYPT},
    route::{Access, Call, ResponseBody, Route},
    state::{Change, State},
    user::{NAME, Password, PhoneNumber, User, same_address},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/passwords/migrate",
    parameters: &[
        required("email", Kind::String),
        required("hash", Kind::Secret),
        required("hash_type", Kind::String),
        optional("md_5_config", SALTS),
        optional("argon_2_config", ARGON_2),
        optional("sha_1_config", SALTS),
        optional("sha_512_config", SALTS),
        optional("scrypt_config", SCRYPT),
        optional("pbkdf_2_config", PBKDF_2),
        optional("trusted_metadata", Kind::Map),
        optional("untrusted_metadata", Kind::Map),
        optional("set_email_verified", Kind::Bool),
        optional("name", NAME),
        optional("phone_number", Kind::String),
        optional("set_phone_number_verified", Kind::Bool),
        optional("external_id", Kind::String),
        optional("roles", Kind::StringList),
    ],
    access: Access::Project,
    error_types: &[
        &[
            &PASSWORD_ALREADY_EXISTS,
            &INVALID_EMAIL,
            &METADATA_TOO_LARGE,
            &METADATA_TOO_MANY_KEYS,
            &DUPLICATE_USER_EXTERNAL_ID,
        ],
        identity::PHONE_ERROR_TYPES,
        password::ERROR_TYPES,
    ],
    handler: migrate,
};

fn migrate(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let address = call.parameters.required("email")?;
    identity::require_email(address)?;
    let (hash, hash_type) = (call.parameters.required("hash")?, call.parameters.required("hash_type")?);
    let stored = password::import(hash, hash_type, &call.parameters)?;
    let mut state = call.app.state();
    let (mut user, created) = existing_or_new(call, &state, address)?;
    user.password =
        Some(Password { password_id: call.app.ids.id("password"), requires_reset: false, stored });
    user.update(&call.parameters)?;
    if let Some(roles) = call.parameters.strings("roles") {
        user.roles = roles;
    }
    verify_email(call, &mut user, address);
    let external_id = identity::external_id(call)?;
    // The parameter is documented for new users only. Existing users keep their value.
    if created && let Some(id) = external_id {
        identity::set_external_id(&state, &mut user, id)?;
    }
    set_phone_number(call, &state, &mut user)?;
    let email_id = user.email(address).map(|email| email.email_id.clone());
    let body = object([
        ("user_id", user.user_id.as_str().into()),
        ("email_id", email_id.into()),
        ("user_created", created.into()),
        ("user", user.to_json()),
    ]);
    state.commit(Change { users: vec![user], ..Change::default() }, call.now)?;
    Ok(body)
}

fn existing_or_new(call: &Call<'_>, state: &State, address: &str) -> Result<(User, bool), ApiError> {
    match state.user_by_email(address) {
        Some(user) if user.password.is_some() => Err((&PASSWORD_ALREADY_EXISTS).into()),
        Some(user) => Ok((user.clone(), false)),
        None => {
            let mut user = User::new(call.app.ids.id("user"), call.now);
            user.emails.push(identity::new_email(call, state, address)?);
            Ok((user, true))
        }
    }
}

fn verify_email(call: &Call<'_>, user: &mut User, address: &str) {
    let verified = call.parameters.bool("set_email_verified").unwrap_or(false);
    for email in user.emails.iter_mut().filter(|email| same_address(&email.email, address)) {
        email.verified |= verified;
    }
}

/// Adds a phone number to the user.
fn set_phone_number(call: &Call<'_>, state: &State, user: &mut User) -> Result<(), ApiError> {
    let Some(number) = call.parameters.string("phone_number") else { return Ok(()) };
    let verified = call.parameters.bool("set_phone_number_verified").unwrap_or(false);
    if let Some(known) = user.phone_numbers.iter_mut().find(|known| known.phone_number == number) {
        known.verified |= verified;
    } else {
        let added = identity::new_phone_number(call, state, number)?;
        user.phone_numbers.push(PhoneNumber { verified, ..added });
    }
    Ok(())
}
