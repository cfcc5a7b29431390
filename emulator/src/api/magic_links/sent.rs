//! A magic link that was sent: the proof behind it, and the email.

use time::Duration;

use crate::{
    api::{
        link::{self, redirect_url},
        mail,
        reach::Target,
        shared::object,
    },
    api_error::{
        ApiError, ErrorType, INVALID_LOGIN_MAGIC_LINK_URL, INVALID_PKCE_CODE_CHALLENGE,
        INVALID_SIGNUP_MAGIC_LINK_URL,
    },
    outbox::MessageKind,
    parameter::{Kind, Parameter, optional},
    pkce::check_challenge,
    proof::{Link, Proof, Purpose, Recipient},
    route::{Call, ResponseBody},
    session::Attributes,
    state::Change,
    user::Status,
};

/// The target of a link if the request has none.
pub(in crate::api) const DEFAULT_REDIRECT_URL: &str = "http://localhost:3000/authenticate";
const DEFAULT_MINUTES: i64 = 60;

/// The error types of endpoints that send a link to log in or to sign up.
pub(super) static ERROR_TYPES: &[&ErrorType] =
    &[&INVALID_LOGIN_MAGIC_LINK_URL, &INVALID_SIGNUP_MAGIC_LINK_URL, &INVALID_PKCE_CODE_CHALLENGE];

/// Five minutes to a week.
pub(in crate::api) const fn minutes(name: &'static str) -> Parameter {
    optional(name, Kind::Integer { least: 5, most: 10_080 })
}

/// Returns the proof and the email for a link to log in, or to sign up if the user is new or pending.
///
/// # Errors
///
/// Those in [`ERROR_TYPES`].
pub(super) fn login_or_signup(call: &Call<'_>, target: &Target) -> Result<Change, ApiError> {
    let login_url = redirect_url(call, "login_magic_link_url", &INVALID_LOGIN_MAGIC_LINK_URL)?;
    let signup_url = redirect_url(call, "signup_magic_link_url", &INVALID_SIGNUP_MAGIC_LINK_URL)?;
    let is_signup = target.created || target.user.status == Status::Pending;
    let (kind, url, minutes, template) = if is_signup {
        (MessageKind::Signup, signup_url, "signup_expiration_minutes", "signup_template_id")
    } else {
        (MessageKind::Login, login_url, "login_expiration_minutes", "login_template_id")
    };
    let minutes = call.parameters.integer(minutes).unwrap_or(DEFAULT_MINUTES);
    let challenge = call.parameters.string("code_challenge").map(check_challenge).transpose()?;
    let proof = proof(call, &target.user.user_id, &target.recipient, minutes, challenge, Purpose::MagicLink);
    let link = link::with_token(url.unwrap_or(DEFAULT_REDIRECT_URL), "magic_links", &proof.key);
    let address = &target.recipient.address;
    let message = mail::with_link(call, kind, address, &proof, link, call.parameters.string(template));
    Ok(Change { proofs: vec![proof], messages: vec![message], ..Change::default() })
}

/// Returns the proof behind a link.
pub(in crate::api) fn proof(
    call: &Call<'_>,
    user_id: &str,
    recipient: &Recipient,
    minutes: i64,
    code_challenge: Option<String>,
    purpose: fn(Link) -> Purpose,
) -> Proof {
    Proof {
        key: call.app.ids.token(),
        user_id: user_id.to_owned(),
        expires_at: call.now + Duration::minutes(minutes),
        purpose: purpose(Link {
            recipient: recipient.clone(),
            code_challenge,
            attributes: Attributes::of(&call.parameters),
        }),
    }
}

/// Returns `user_id` and `email_id`.
pub(super) fn body(target: &Target) -> ResponseBody {
    object([
        ("user_id", target.user.user_id.as_str().into()),
        ("email_id", target.recipient.id.as_str().into()),
    ])
}
