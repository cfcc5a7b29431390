//! `POST /v1/totps`: a new authenticator app. The first code that is authenticated verifies it.

use hyper::Method;

use super::used;
use crate::{
    api::{identity, shared::object},
    api_error::{ACTIVE_TOTP_EXISTS, ApiError, PENDING_TOTP_EXISTS, USER_NOT_FOUND},
    parameter::{Kind, required},
    route::{Access, Call, ResponseBody, Route},
    state::Change,
    totp,
};

/// A day.
const DEFAULT_MINUTES: i64 = 1440;

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/totps",
    parameters: &[required("user_id", Kind::String), used::MINUTES],
    access: Access::Project,
    error_types: &[&[&USER_NOT_FOUND, &ACTIVE_TOTP_EXISTS, &PENDING_TOTP_EXISTS]],
    handler: create,
};

fn create(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let mut user = identity::named(call, &state)?.clone();
    user.factors.totps.retain(|totp| totp.is_usable(call.now));
    match user.factors.totps.first() {
        Some(totp) if totp.verified => return Err((&ACTIVE_TOTP_EXISTS).into()),
        Some(_) => return Err((&PENDING_TOTP_EXISTS).into()),
        None => {}
    }
    let created = used::new(call, DEFAULT_MINUTES);
    let account = user.emails.first().map_or(&user.user_id, |email| &email.email);
    let picture = totp::qr_code(&created.secret, account).unwrap_or_default();
    user.factors.totps.push(created.clone());
    let body = object([
        ("totp_id", created.totp_id.into()),
        ("secret", created.secret.into()),
        ("qr_code", picture.into()),
        ("recovery_codes", created.recovery_codes.into()),
        ("user_id", user.user_id.as_str().into()),
        ("user", user.to_json()),
    ]);
    state.commit(Change { users: vec![user], ..Change::default() }, call.now)?;
    Ok(body)
}
