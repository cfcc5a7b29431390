//! Second factors: the checks before a member uses one or adds one, and the end of a login with one.

use super::{
    before::{Before, INTERMEDIATE_SESSION_TOKEN},
    log_in::{Login, without},
    named,
    requirement::{Missing, allows_secondary, is_secondary},
};
use crate::{
    api_error::{
        ACTION_AVAILABLE_ONLY_ONCE_PRIMARY_AUTHENTICATION_IS_MET, ApiError, CUSTOM_CLAIMS_TOO_LARGE,
        ErrorType, INSUFFICIENT_FACTORS, NO_SESSION_ARGUMENTS,
        OPERATION_RESTRICTED_BY_ORGANIZATION_MFA_METHODS,
    },
    member::Member,
    organization::Organization,
    parameter::{Kind, Parameter, optional},
    route::{Call, ResponseBody},
    session::Method,
    state::{Change, State},
};

pub(super) const TOKEN: Parameter = INTERMEDIATE_SESSION_TOKEN;
pub(super) const SET_ENROLLMENT: Parameter =
    optional("set_mfa_enrollment", Kind::OneOf(&["enroll", "unenroll"]));
pub(super) const SET_DEFAULT: Parameter = optional("set_default_mfa", Kind::Bool);

/// The error types of [`prepare`].
pub(super) static PREPARE_ERROR_TYPES: &[&ErrorType] =
    &[&INSUFFICIENT_FACTORS, &OPERATION_RESTRICTED_BY_ORGANIZATION_MFA_METHODS];

/// The error types of [`login`] and [`finish`].
pub(super) static ERROR_TYPES: &[&ErrorType] = &[
    &NO_SESSION_ARGUMENTS,
    &ACTION_AVAILABLE_ONLY_ONCE_PRIMARY_AUTHENTICATION_IS_MET,
    &OPERATION_RESTRICTED_BY_ORGANIZATION_MFA_METHODS,
    &CUSTOM_CLAIMS_TOO_LARGE,
];

/// Returns the member of a request that sends a passcode (`sms_otp`) or adds an authenticator app (`totp`). If `adds`
/// returns that the factor is new, a member who already has a second factor must have used it.
///
/// # Errors
///
/// Those in [`PREPARE_ERROR_TYPES`], [`named::ERROR_TYPES`] and [`before::ERROR_TYPES`].
pub(super) fn prepare(
    call: &Call<'_>,
    state: &State,
    name: &str,
    adds: impl FnOnce(&Member) -> bool,
) -> Result<(Organization, Member), ApiError> {
    let (organization, member) = named::member(call, state)?;
    if !allows_secondary(&organization, &member, name) {
        return Err((&OPERATION_RESTRICTED_BY_ORGANIZATION_MFA_METHODS).into());
    }
    let before = Before::of(call, state, &member)?;
    let has_factor = member.verified_phone().is_some() || member.verified_totp().is_some();
    let has_used_it = before.factors.iter().any(|factor| is_secondary(&factor.method));
    if has_factor && adds(&member) && !has_used_it {
        return Err((&INSUFFICIENT_FACTORS).into());
    }
    Ok((organization, member))
}

/// Returns the member who logs in with a second factor. The request must have a session or an intermediate session of
/// the member, with a first factor.
///
/// # Errors
///
/// Those in [`ERROR_TYPES`], [`named::ERROR_TYPES`] and [`before::ERROR_TYPES`].
pub(super) fn login(call: &Call<'_>, state: &State, name: Option<&str>) -> Result<Login, ApiError> {
    let (organization, member) = named::member(call, state)?;
    if name.is_some_and(|name| !allows_secondary(&organization, &member, name)) {
        return Err((&OPERATION_RESTRICTED_BY_ORGANIZATION_MFA_METHODS).into());
    }
    let login = Login::of(call, state, organization, member)?;
    if login.before.session.is_none() && login.before.intermediate.is_none() {
        return Err((&NO_SESSION_ARGUMENTS).into());
    }
    let missing = Missing::of(&login.organization, &login.member, &login.before.factors);
    if matches!(missing, Missing::Primary(_)) && login.before.session.is_none() {
        return Err((&ACTION_AVAILABLE_ONLY_ONCE_PRIMARY_AUTHENTICATION_IS_MET).into());
    }
    Ok(login)
}

/// Logs a member in with a second factor. It becomes the default if there is no default, or if the request says so. The
/// request can enroll the member or end the enrollment, unless the organization requires a second factor of all members.
///
/// # Errors
///
/// `custom_claims_too_large`.
pub(super) fn finish(
    call: &Call<'_>,
    state: &mut State,
    mut login: Login,
    name: &str,
    method: Method,
    change: Change,
) -> Result<ResponseBody, ApiError> {
    match call.parameters.string("set_mfa_enrollment") {
        _ if login.organization.settings.requires_second_factor() => login.member.mfa_enrolled = true,
        Some("enroll") => login.member.mfa_enrolled = true,
        Some("unenroll") => login.member.mfa_enrolled = false,
        _ => {}
    }
    let sets_default = call.parameters.bool("set_default_mfa").unwrap_or(false);
    if !name.is_empty() && (sets_default || login.member.default_mfa_method.is_empty()) {
        name.clone_into(&mut login.member.default_mfa_method);
    }
    let body = login.finish(call, state, Some(method), change)?;
    Ok(without(
        body,
        [
            "organization_id",
            "member_authenticated",
            "intermediate_session_token",
            "intermediate_session_token_expires_at",
            "mfa_required",
            "primary_required",
        ],
    ))
}
