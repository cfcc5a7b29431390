//! `POST /v1/b2b/totp/migrate`: imports the authenticator app of a member from another system.

use hyper::Method;

use super::create::require_none;
use crate::{
    api::{
        b2b::named::{self, MEMBER_ID, ORGANIZATION_ID},
        totps::used,
    },
    api_error::{ACTIVE_TOTP_EXISTS, ApiError, PENDING_TOTP_EXISTS},
    parameter::{Kind, required},
    route::{Access, Call, ResponseBody, Route},
    state::Change,
    totp::is_secret,
    user::Totp,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/totp/migrate",
    parameters: &[
        ORGANIZATION_ID,
        MEMBER_ID,
        required("secret", Kind::Secret),
        required("recovery_codes", Kind::SecretList),
    ],
    access: Access::Project,
    error_types: &[&[&ACTIVE_TOTP_EXISTS, &PENDING_TOTP_EXISTS], named::ERROR_TYPES],
    handler: migrate,
};

fn migrate(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let secret = call.parameters.required("secret")?;
    if !is_secret(secret) {
        return Err(ApiError::parameter("secret", "is not base32."));
    }
    let mut state = call.app.state();
    let (organization, mut member) = named::member(call, &state)?;
    require_none(call, &member)?;
    let given = call.parameters.strings("recovery_codes").unwrap_or_default();
    let recovery_codes = if given.is_empty() { used::recovery_codes(call) } else { given };
    let totp = Totp {
        totp_id: call.app.ids.id("totp"),
        secret: secret.to_owned(),
        verified: true,
        expires_at: call.now,
        last_step: None,
        recovery_codes,
    };
    member.totp = Some(totp.clone());
    member.updated_at = call.now;
    let mut body = named::body(&organization, &member);
    body.insert("totp_registration_id".to_owned(), totp.totp_id.into());
    body.insert("recovery_codes".to_owned(), totp.recovery_codes.into());
    state.commit(Change { members: vec![member], ..Change::default() }, call.now)?;
    Ok(body)
}
