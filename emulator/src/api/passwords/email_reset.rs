//! `POST /v1/passwords/email/reset`: sets a new password with the token from the email.

use hyper::Method;

use super::new_password;
use crate::{
    api::{
        authenticated, session_grant,
        shared::{ATTRIBUTES, session_claims, session_jwt, session_minutes, session_token, telemetry_id},
    },
    api_error::{
        ATTRIBUTE_MISMATCH, ApiError, PKCE_DID_NOT_EXPECT_CODE_VERIFIER, PKCE_EXPECTED_CODE_VERIFIER,
        PKCE_MISMATCH, UNABLE_TO_AUTH_PASSWORD_RESET_TOKEN,
    },
    parameter::{Kind, optional, required},
    reset_token::ResetToken,
    route::{Access, Call, ResponseBody, Route},
    session::{Attributes, Factor, Method as FactorMethod},
    state::{Change, State},
    user::{Email, User},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/passwords/email/reset",
    parameters: &[
        required("token", Kind::Secret),
        required("password", Kind::Secret),
        session_token(),
        session_minutes(),
        session_jwt(),
        optional("code_verifier", Kind::Secret),
        session_claims(),
        ATTRIBUTES,
        optional(
            "options",
            Kind::Object(&[
                optional("ip_match_required", Kind::Bool),
                optional("user_agent_match_required", Kind::Bool),
            ]),
        ),
        telemetry_id(),
    ],
    access: Access::Project,
    error_types: &[
        &[
            &UNABLE_TO_AUTH_PASSWORD_RESET_TOKEN,
            &ATTRIBUTE_MISMATCH,
            &PKCE_EXPECTED_CODE_VERIFIER,
            &PKCE_DID_NOT_EXPECT_CODE_VERIFIER,
            &PKCE_MISMATCH,
        ],
        new_password::ERROR_TYPES,
        session_grant::ERROR_TYPES,
    ],
    handler: reset,
};

fn reset(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let (_, _, email) = find_token(call, &call.app.state())?;
    let password = new_password::accept(call, &email.email, call.parameters.required("password")?)?;
    let mut state = call.app.state();
    // Checked again: another request may have used the token while the password was hashed.
    let (token, mut user, email) = find_token(call, &state)?;
    user.password = Some(password);
    for known in user.emails.iter_mut().filter(|known| known.email_id == email.email_id) {
        known.verified = true;
    }
    let method = FactorMethod::MagicLink { email_id: email.email_id, email_address: email.email };
    let granted = session_grant::grant(call, &state, &user, Some(Factor::new(method, call.now)))?;
    let body = authenticated::body(&user, &granted);
    let change = Change {
        ended_sessions: granted.others_of(&state, &user.user_id, call.now),
        users: vec![user],
        sessions: granted.into_sessions(),
        used_tokens: vec![token.token],
        ..Change::default()
    };
    state.commit(change, call.now)?;
    Ok(body)
}

/// Returns the token of the request, with the user and the address to which it was sent.
fn find_token(call: &Call<'_>, state: &State) -> Result<(ResetToken, User, Email), ApiError> {
    let token = state.reset_token(call.parameters.required("token")?);
    let token =
        token.filter(|token| call.now < token.expires_at).ok_or(&UNABLE_TO_AUTH_PASSWORD_RESET_TOKEN)?;
    token.check_verifier(call.parameters.string("code_verifier"))?;
    check_attributes(call, &token.attributes)?;
    let user = state.user(&token.user_id).ok_or(&UNABLE_TO_AUTH_PASSWORD_RESET_TOKEN)?;
    let email = user.emails.iter().find(|email| email.email_id == token.email_id);
    let email = email.ok_or(&UNABLE_TO_AUTH_PASSWORD_RESET_TOKEN)?;
    Ok((token.clone(), user.clone(), email.clone()))
}

/// Compares the attributes of the start with those of this request, if the options require it.
fn check_attributes(call: &Call<'_>, started: &Attributes) -> Result<(), ApiError> {
    let options = call.parameters.object("options").unwrap_or_default();
    let ended = Attributes::of(&call.parameters);
    let differ = |option, one: &str, other: &str| options.bool(option).unwrap_or(false) && one != other;
    if differ("ip_match_required", &started.ip_address, &ended.ip_address)
        || differ("user_agent_match_required", &started.user_agent, &ended.user_agent)
    {
        return Err((&ATTRIBUTE_MISMATCH).into());
    }
    Ok(())
}
