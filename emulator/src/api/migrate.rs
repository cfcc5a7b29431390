//! `POST /v1/passwords/migrate`: a hash from elsewhere becomes a user's password.

use hyper::Method;

use super::shared::{NAME, object, require_email};
use crate::{
    app::{Answer, Call},
    parameter::{Kind, optional, required},
    password::{self, Stored},
    refusal::{
        INVALID_BCRYPT_COST, INVALID_BCRYPT_HASH, INVALID_EMAIL, INVALID_HASH_TYPE, PASSWORD_ALREADY_EXISTS,
        Refusal,
    },
    route::{Access, Route},
    state::{Change, State},
    user::{Email, Password, User, same_address},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/passwords/migrate",
    parameters: &[
        required("email", Kind::Text),
        required("hash", Kind::Text),
        required("hash_type", Kind::Text),
        optional("trusted_metadata", Kind::Map),
        optional("untrusted_metadata", Kind::Map),
        optional("set_email_verified", Kind::Flag),
        optional("name", NAME),
        optional("external_id", Kind::Text),
        optional("roles", Kind::Texts),
    ],
    access: Access::Project,
    refusals: &[&[
        &PASSWORD_ALREADY_EXISTS,
        &INVALID_EMAIL,
        &INVALID_HASH_TYPE,
        &INVALID_BCRYPT_HASH,
        &INVALID_BCRYPT_COST,
    ]],
    handler: migrate,
};

fn migrate(call: &Call<'_>) -> Result<Answer, Refusal> {
    let address = call.parameters.required("email")?;
    require_email(address)?;
    let stored = take_over(call)?;
    let mut state = call.app.state();
    let (mut user, created) = existing_or_new(call, &state, address)?;
    user.password =
        Some(Password { password_id: call.app.ids.id("password"), requires_reset: false, stored });
    describe(call, &mut user, address);
    let email_id = user.email(address).map(|email| email.email_id.clone());
    let answer = object([
        ("user_id", user.user_id.as_str().into()),
        ("email_id", email_id.into()),
        ("user_created", created.into()),
        ("user", user.to_json()),
    ]);
    state.commit(Change { users: vec![user], ..Change::default() }, call.now)?;
    Ok(answer)
}

fn take_over(call: &Call<'_>) -> Result<Stored, Refusal> {
    let hash = call.parameters.required("hash")?;
    match call.parameters.required("hash_type")? {
        "bcrypt" => password::take_over_bcrypt(hash),
        _ => Err((&INVALID_HASH_TYPE).into()),
    }
}

fn existing_or_new(call: &Call<'_>, state: &State, address: &str) -> Result<(User, bool), Refusal> {
    match state.user_by_email(address) {
        Some(user) if user.password.is_some() => Err((&PASSWORD_ALREADY_EXISTS).into()),
        Some(user) => Ok((user.clone(), false)),
        None => {
            let email =
                Email { email_id: call.app.ids.id("email"), email: address.to_owned(), verified: false };
            Ok((User::new(call.app.ids.id("user"), email, call.now), true))
        }
    }
}

fn describe(call: &Call<'_>, user: &mut User, address: &str) {
    user.describe(&call.parameters);
    if let Some(external_id) = call.parameters.text("external_id") {
        user.external_id = Some(external_id.to_owned());
    }
    if let Some(roles) = call.parameters.texts("roles") {
        user.roles = roles;
    }
    if let Some(verified) = call.parameters.flag("set_email_verified") {
        for email in user.emails.iter_mut().filter(|email| same_address(&email.email, address)) {
            email.verified |= verified;
        }
    }
}
