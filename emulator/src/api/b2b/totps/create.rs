//! `POST /v1/b2b/totp`: a new authenticator app. The first code of the app verifies it.

use hyper::Method;

use crate::{
    api::{
        b2b::{
            before,
            named::{self, MEMBER_ID, ORGANIZATION_ID},
            second_factor,
        },
        shared::{session_jwt, session_token},
        totps::used::{self, MINUTES},
    },
    api_error::{ACTIVE_TOTP_EXISTS, ApiError, PENDING_TOTP_EXISTS},
    member::Member,
    route::{Access, Call, ResponseBody, Route},
    state::Change,
    totp,
};

const DEFAULT_MINUTES: i64 = 60;

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/totp",
    parameters: &[ORGANIZATION_ID, MEMBER_ID, MINUTES, second_factor::TOKEN, session_token(), session_jwt()],
    access: Access::Project,
    error_types: &[
        &[&ACTIVE_TOTP_EXISTS, &PENDING_TOTP_EXISTS],
        second_factor::PREPARE_ERROR_TYPES,
        named::ERROR_TYPES,
        before::ERROR_TYPES,
    ],
    handler: create,
};

fn create(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let (organization, mut member) = second_factor::prepare(call, &state, "totp", |_| true)?;
    require_none(call, &member)?;
    let created = used::new(call, DEFAULT_MINUTES);
    let picture = totp::qr_code(&created.secret, &member.email_address).unwrap_or_default();
    member.totp = Some(created.clone());
    member.updated_at = call.now;
    let mut body = named::body(&organization, &member);
    for (name, value) in [
        ("totp_registration_id", created.totp_id.into()),
        ("secret", created.secret.into()),
        ("qr_code", picture.into()),
        ("recovery_codes", created.recovery_codes.into()),
    ] {
        body.insert(name.to_owned(), value);
    }
    state.commit(Change { members: vec![member], ..Change::default() }, call.now)?;
    Ok(body)
}

/// Checks that a member has no authenticator app. An app that was not verified in time does not count.
///
/// # Errors
///
/// `active_totp_exists` and `pending_totp_exists`.
pub(super) fn require_none(call: &Call<'_>, member: &Member) -> Result<(), ApiError> {
    match member.totp.as_ref().filter(|totp| totp.is_usable(call.now)) {
        Some(totp) if totp.verified => Err((&ACTIVE_TOTP_EXISTS).into()),
        Some(_) => Err((&PENDING_TOTP_EXISTS).into()),
        None => Ok(()),
    }
}
