//! A passcode that was sent: the proof behind it, and the message.

use time::Duration;

use crate::{
    api::{
        mail,
        reach::{Reach, Target},
        shared::object,
    },
    api_error::ApiError,
    outbox::{Channel, Message},
    parameter::{Kind, Parameter, optional},
    proof::{Passcode, Proof, Purpose, Recipient},
    route::{Call, ResponseBody},
    session::Attributes,
    state::{Change, State},
};

/// How long a passcode is valid, unless the request says otherwise.
pub(in crate::api) const DEFAULT_MINUTES: i64 = 2;

pub(super) const MINUTES: Parameter = optional("expiration_minutes", Kind::Integer { least: 1, most: 10 });

/// The languages of messages to phones.
pub(in crate::api) const PHONE_LOCALE: Parameter = optional(
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
    let Target { user, recipient, created } = target;
    let template = if created { "signup_template_id" } else { "login_template_id" };
    let minutes = call.parameters.integer("expiration_minutes").unwrap_or(DEFAULT_MINUTES);
    let id = recipient.id.clone();
    let (proof, message) = passcode(call, &user.user_id, id, &recipient, channel, minutes, template);
    let body =
        object([("user_id", user.user_id.as_str().into()), (reach.id_field(), recipient.id.as_str().into())]);
    let users = if created { vec![user] } else { Vec::new() };
    let change = Change { users, proofs: vec![proof], messages: vec![message], ..Change::default() };
    state.commit(change, call.now)?;
    Ok(body)
}

/// Returns the proof behind a new passcode, under a key, and the message with it. The parameter `template` names the
/// template of the message.
pub(in crate::api) fn passcode(
    call: &Call<'_>,
    user_id: &str,
    key: String,
    recipient: &Recipient,
    channel: Channel,
    minutes: i64,
    template: &str,
) -> (Proof, Message) {
    let code = call.app.ids.passcode();
    let proof = Proof {
        key,
        user_id: user_id.to_owned(),
        expires_at: call.now + Duration::minutes(minutes),
        purpose: Purpose::Passcode(Passcode {
            code: code.clone(),
            channel,
            recipient: recipient.clone(),
            attributes: Attributes::of(&call.parameters),
        }),
    };
    let template_id = call.parameters.string(template);
    let message = mail::with_code(call, channel, &recipient.address, &proof, code, template_id);
    (proof, message)
}
