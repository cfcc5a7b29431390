//! Messages for the outbox.

use std::time::SystemTime;

use crate::{
    outbox::{Channel, Message, MessageKind},
    proof::Proof,
    route::Call,
};

/// Returns an email with a link, which contains the token of a proof.
pub(super) fn with_link(
    call: &Call<'_>,
    kind: MessageKind,
    to: &str,
    proof: &Proof,
    link: String,
    template_id: Option<&str>,
) -> Message {
    let template_id = template_id.map(str::to_owned);
    Message { kind, link, token: proof.key.clone(), template_id, ..message(call, Channel::Email, to, proof) }
}

/// Returns a message with a passcode.
pub(super) fn with_code(
    call: &Call<'_>,
    channel: Channel,
    to: &str,
    proof: &Proof,
    code: String,
    template_id: Option<&str>,
) -> Message {
    let template_id = template_id.map(str::to_owned);
    Message { code: Some(code), template_id, ..message(call, channel, to, proof) }
}

/// Returns an empty message.
fn message(call: &Call<'_>, channel: Channel, to: &str, proof: &Proof) -> Message {
    Message {
        channel,
        kind: MessageKind::Passcode,
        to: to.to_owned(),
        user_id: proof.user_id.clone(),
        link: String::new(),
        token: String::new(),
        code: None,
        locale: call.parameters.string("locale").map(str::to_owned),
        template_id: None,
        sent_at: SystemTime::from(call.now),
        expires_at: SystemTime::from(proof.expires_at),
    }
}
