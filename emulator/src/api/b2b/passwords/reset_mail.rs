//! The email with the link that resets a password.

use crate::{
    api::{
        link::{self, redirect_url},
        magic_links::sent,
        mail,
    },
    api_error::{ApiError, ErrorType, INVALID_PASSWORD_RESET_REDIRECT_URL, INVALID_PKCE_CODE_CHALLENGE},
    outbox::MessageKind,
    parameter::{Kind, Parameter, optional},
    pkce::check_challenge,
    proof::{Purpose, Recipient},
    route::Call,
    state::Change,
};

/// The target of the link if the request has none.
const DEFAULT_REDIRECT_URL: &str = "http://localhost:3000/reset_password";
const DEFAULT_MINUTES: i64 = 30;

pub(super) const MINUTES: Parameter =
    optional("reset_password_expiration_minutes", Kind::Integer { least: 5, most: 10_080 });

/// The error types of [`sent_to`].
pub(super) static ERROR_TYPES: &[&ErrorType] =
    &[&INVALID_PASSWORD_RESET_REDIRECT_URL, &INVALID_PKCE_CODE_CHALLENGE];

/// Returns a change that stores the proof of the link and sends the email. `challenge` is the parameter of the PKCE
/// challenge, and `token_type` is the type of the token in the link. The `member_id` is empty if no organization is
/// chosen yet.
///
/// # Errors
///
/// Those in [`ERROR_TYPES`].
pub(super) fn sent_to(
    call: &Call<'_>,
    member_id: &str,
    recipient: &Recipient,
    challenge: &str,
    token_type: &str,
) -> Result<Change, ApiError> {
    let redirect = redirect_url(call, "reset_password_redirect_url", &INVALID_PASSWORD_RESET_REDIRECT_URL)?;
    let challenge = call.parameters.string(challenge).map(check_challenge).transpose()?;
    let minutes = call.parameters.integer("reset_password_expiration_minutes").unwrap_or(DEFAULT_MINUTES);
    let proof = sent::proof(call, member_id, recipient, minutes, challenge, Purpose::ResetPassword);
    let link = link::with_token(redirect.unwrap_or(DEFAULT_REDIRECT_URL), token_type, &proof.key);
    let template_id = call.parameters.string("reset_password_template_id");
    let (kind, address) = (MessageKind::ResetPassword, &recipient.address);
    let message = mail::with_link(call, kind, address, &proof, link, template_id);
    Ok(Change { proofs: vec![proof], messages: vec![message], ..Change::default() })
}
