//! `GET` and `POST /_emulator/users`: the users with their sessions, and new ones in the format of a seed.

use hyper::Method;
use serde_json::Value;

use super::{LIMIT, latest, searched};
use crate::{
    api_error::{ApiError, METADATA_TOO_LARGE, METADATA_TOO_MANY_KEYS},
    parameter::{Kind, optional, required},
    password,
    route::{Access, Call, ResponseBody, Route},
    seed::{Seed, USER},
    session::Session,
    state::Change,
    user::User,
};

pub(crate) static LIST: Route = Route {
    method: Method::GET,
    path: "/_emulator/users",
    parameters: &[optional("search", Kind::String), LIMIT],
    access: Access::Everybody,
    error_types: &[],
    handler: list,
};

pub(crate) static ADD: Route = Route {
    method: Method::POST,
    path: "/_emulator/users",
    parameters: &[required("users", Kind::ObjectList(USER))],
    access: Access::Everybody,
    error_types: &[&[&METADATA_TOO_LARGE, &METADATA_TOO_MANY_KEYS], password::ERROR_TYPES],
    handler: add,
};

/// Lists the newest users, oldest first.
#[expect(clippy::unnecessary_wraps, reason = "the signature of every endpoint")]
fn list(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let state = call.app.state();
    let search = searched(call);
    let mut found: Vec<&User> = state.users().filter(|user| has(user, &search)).collect();
    let total = found.len();
    found.sort_by_key(|user| (user.created_at, &user.user_id));
    let described = |user: &User| {
        let mut described = user.to_json();
        let sessions = state.sessions_of(&user.user_id, call.now);
        described["sessions"] = sessions.map(Session::to_json).collect();
        described
    };
    let users: Vec<Value> = latest(call, found).into_iter().map(described).collect();
    Ok(ResponseBody::from_iter([("users".to_owned(), users.into()), ("total".to_owned(), total.into())]))
}

/// Whether an id, an address, a number or a name of the user contains a string, which is in lower case.
fn has(user: &User, search: &str) -> bool {
    let name = &user.name;
    let texts = [&user.user_id, &name.first_name, &name.middle_name, &name.last_name].into_iter();
    let texts = texts.chain(user.emails.iter().map(|email| &email.email));
    let texts = texts.chain(user.phone_numbers.iter().map(|phone| &phone.phone_number));
    texts.chain(&user.external_id).any(|text| text.to_lowercase().contains(search))
}

/// Adds all of the users, or none of them.
fn add(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let written = call.parameters.list("users").cloned().unwrap_or_default();
    let users = Seed::of(written).users(&call.app.ids, call.now)?;
    let described: Vec<Value> = users.iter().map(User::to_json).collect();
    let mut state = call.app.state();
    Seed::check_new(&users, &state)?;
    state.commit(Change { users, ..Change::default() }, call.now)?;
    Ok(ResponseBody::from_iter([("users".to_owned(), described.into())]))
}
