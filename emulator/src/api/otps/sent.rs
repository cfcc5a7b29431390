//! A passcode that was sent: the proof behind it, and the message.

use time::Duration;

use crate::{
    api::{
        mail,
        reach::{Reach, Target},
        shared::object,
    },
    api_error::ApiError,
    outbox::Channel,
    parameter::{Kind, Parameter, optional},
    proof::{Passcode, Proof, Purpose},
    route::{Call, ResponseBody},
    session::Attributes,
    state::{Change, State},
};

const DEFAULT_MINUTES: i64 = 2;

pub(super) const MINUTES: Parameter = optional("expiration_minutes", Kind::Integer { least: 1, most: 10 });

/// The languages of messages to phones.
pub(super) const PHONE_LOCALE: Parameter = optional(
    "locale",
    Kind::OneOf(&[
        "en", "es", "pt-br", "fr", "it", "de-DE", "zh-Hans", "ca-ES", "ja", "ru", "nl", "pl", "tr", "fa",
        "vi", "cs",
    ]),
);

/// Sends a passcode, and returns the ids of the user and of the address. A passcode that was sent to the address before
/// is no longer valid.
///
/// # Errors
///
/// `internal_server_error` if the state file cannot be written.
pub(super) fn send(
    call: &Call<'_>,
    state: &mut State,
    target: Target,
    reach: Reach,
    channel: Channel,
) -> Result<ResponseBody, ApiError> {
    let minutes = call.parameters.integer("expiration_minutes").unwrap_or(DEFAULT_MINUTES);
    let Target { user, recipient, created } = target;
    let code = call.app.ids.passcode();
    let proof = Proof {
        key: recipient.id.clone(),
        user_id: user.user_id.clone(),
        expires_at: call.now + Duration::minutes(minutes),
        purpose: Purpose::Passcode(Passcode {
            code: code.clone(),
            channel,
            recipient: recipient.clone(),
            attributes: Attributes::of(&call.parameters),
        }),
    };
    let template = if created { "signup_template_id" } else { "login_template_id" };
    let template_id = call.parameters.string(template);
    let message = mail::with_code(call, channel, &recipient.address, &proof, code, template_id);
    let body =
        object([("user_id", user.user_id.as_str().into()), (reach.id_field(), recipient.id.as_str().into())]);
    let users = if created { vec![user] } else { Vec::new() };
    let change = Change { users, proofs: vec![proof], messages: vec![message], ..Change::default() };
    state.commit(change, call.now)?;
    Ok(body)
}
