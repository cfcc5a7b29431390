//! `POST /v1/passwords/email/reset`: a new password for whoever has the mail.

use hyper::Method;

use super::{
    authenticated, new_password,
    shared::{ATTRIBUTES, session_claims, session_jwt, session_minutes, session_token, telemetry_id},
};
use crate::{
    app::{Answer, Call},
    parameter::{Kind, optional, required},
    refusal::{
        ATTRIBUTE_MISMATCH, PKCE_DID_NOT_EXPECT_CODE_VERIFIER, PKCE_EXPECTED_CODE_VERIFIER, PKCE_MISMATCH,
        Refusal, UNABLE_TO_AUTH_PASSWORD_RESET_TOKEN,
    },
    reset_token::ResetToken,
    route::{Access, Route},
    session::{self, Attributes, Factor, grant},
    state::{Change, State},
    user::{Email, User},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/passwords/email/reset",
    parameters: &[
        required("token", Kind::Text),
        required("password", Kind::Text),
        session_token(),
        session_minutes(),
        session_jwt(),
        optional("code_verifier", Kind::Text),
        session_claims(),
        ATTRIBUTES,
        optional(
            "options",
            Kind::Object(&[
                optional("ip_match_required", Kind::Flag),
                optional("user_agent_match_required", Kind::Flag),
            ]),
        ),
        telemetry_id(),
    ],
    access: Access::Project,
    refusals: &[
        &[
            &UNABLE_TO_AUTH_PASSWORD_RESET_TOKEN,
            &ATTRIBUTE_MISMATCH,
            &PKCE_EXPECTED_CODE_VERIFIER,
            &PKCE_DID_NOT_EXPECT_CODE_VERIFIER,
            &PKCE_MISMATCH,
        ],
        new_password::REFUSALS,
        session::REFUSALS,
    ],
    handler: reset,
};

fn reset(call: &Call<'_>) -> Result<Answer, Refusal> {
    let (_, _, email) = claim(call, &call.app.state())?;
    let password = new_password::accept(call, &email.email, call.parameters.required("password")?)?;
    let mut state = call.app.state();
    // Once more: while the password was hashed, somebody else may have used the token.
    let (token, mut user, email) = claim(call, &state)?;
    user.password = Some(password);
    for known in user.emails.iter_mut().filter(|known| known.email_id == email.email_id) {
        known.verified = true;
    }
    let method = session::Method::MagicLink { email_id: email.email_id, email_address: email.email };
    let granted = grant(call, &state, &user, Some(Factor::new(method, call.now)))?;
    let answer = authenticated::answer(&user, &granted);
    let change = Change {
        ended_sessions: granted.others_of(&state, &user.user_id, call.now),
        users: vec![user],
        sessions: granted.into_sessions(),
        used_tokens: vec![token.token],
        ..Change::default()
    };
    state.commit(change, call.now)?;
    Ok(answer)
}

/// The token of the request, with the user and the address that it was mailed to.
fn claim(call: &Call<'_>, state: &State) -> Result<(ResetToken, User, Email), Refusal> {
    let token = state.reset_token(call.parameters.required("token")?);
    let token =
        token.filter(|token| call.now < token.expires_at).ok_or(&UNABLE_TO_AUTH_PASSWORD_RESET_TOKEN)?;
    token.check_verifier(call.parameters.text("code_verifier"))?;
    check_attributes(call, &token.attributes)?;
    let user = state.user(&token.user_id).ok_or(&UNABLE_TO_AUTH_PASSWORD_RESET_TOKEN)?;
    let email = user.emails.iter().find(|email| email.email_id == token.email_id);
    let email = email.ok_or(&UNABLE_TO_AUTH_PASSWORD_RESET_TOKEN)?;
    Ok((token.clone(), user.clone(), email.clone()))
}

/// Compares where the reset started with where it ends, as far as the options ask for it.
fn check_attributes(call: &Call<'_>, started: &Attributes) -> Result<(), Refusal> {
    let options = call.parameters.object("options").unwrap_or_default();
    let ended = Attributes::of(&call.parameters);
    let differ = |option, one: &str, other: &str| options.flag(option).unwrap_or(false) && one != other;
    if differ("ip_match_required", &started.ip_address, &ended.ip_address)
        || differ("user_agent_match_required", &started.user_agent, &ended.user_agent)
    {
        return Err((&ATTRIBUTE_MISMATCH).into());
    }
    Ok(())
}
