//! The emails and text messages that Stytch would have sent.

use std::{collections::VecDeque, fmt, time::SystemTime};

use serde::{Deserialize, Serialize};

/// The maximum number of messages. The oldest ones are removed.
const MAX_MESSAGES: usize = 1000;

/// A message that Stytch would have sent.
///
/// `Debug` omits the token, the link that contains it, and the passcode.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Message {
    /// The channel through which it would have been sent.
    #[serde(default)]
    pub channel: Channel,
    /// The purpose of the message.
    #[serde(default)]
    pub kind: MessageKind,
    /// The recipient: an email address or a phone number.
    pub to: String,
    /// The id of the user or of the member to whom it was sent. Empty if the person has not chosen an organization yet.
    pub user_id: String,
    /// The link in the email: the redirect URL of the request, with the token in its query. Empty if the message has a
    /// passcode.
    pub link: String,
    /// The single-use token, which the link contains as `token`. Empty if the message has a passcode.
    pub token: String,
    /// The passcode, if the message has one instead of a link.
    #[serde(default)]
    pub code: Option<String>,
    /// The language of the request, for example `pt-br`.
    pub locale: Option<String>,
    /// The email template of the request.
    pub template_id: Option<String>,
    /// The time when it would have been sent, according to the emulator's clock.
    pub sent_at: SystemTime,
    /// The time when the token or the passcode expires, according to the emulator's clock.
    pub expires_at: SystemTime,
}

/// The channel of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Channel {
    /// By email.
    #[default]
    Email,
    /// By text message.
    Sms,
    /// By WhatsApp.
    Whatsapp,
}

/// The purpose of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum MessageKind {
    /// A link that resets a password.
    #[default]
    ResetPassword,
    /// A magic link for an existing user.
    Login,
    /// A magic link for a new user.
    Signup,
    /// A magic link that accepts an invitation.
    Invite,
    /// A one-time passcode.
    Passcode,
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message")
            .field("channel", &self.channel)
            .field("kind", &self.kind)
            .field("to", &self.to)
            .field("user_id", &self.user_id)
            .field("locale", &self.locale)
            .field("template_id", &self.template_id)
            .finish_non_exhaustive()
    }
}

/// The latest messages, oldest first.
#[derive(Default)]
pub(crate) struct Outbox {
    messages: VecDeque<Message>,
}

impl Outbox {
    pub(crate) fn push(&mut self, message: Message) {
        self.messages.push_back(message);
        if self.messages.len() > MAX_MESSAGES {
            self.messages.pop_front();
        }
    }

    pub(crate) fn all(&self) -> Vec<Message> {
        self.messages.iter().cloned().collect()
    }
}
