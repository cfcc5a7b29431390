//! The emails that Stytch would have sent.

use std::{collections::VecDeque, fmt, time::SystemTime};

use serde::{Deserialize, Serialize};

/// How many emails are kept. The oldest are removed.
const MAX_MESSAGES: usize = 1000;

/// An email that Stytch would have sent.
///
/// `Debug` omits the token, and the link that contains it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Message {
    /// The recipient.
    pub to: String,
    /// The user who has that address.
    pub user_id: String,
    /// The link in the email: the redirect URL of the request, with the token in its query.
    pub link: String,
    /// The single-use token, which the link contains as `token`.
    pub token: String,
    /// The language of the request: `en`, `es`, `pt-br` or `fr`.
    pub locale: Option<String>,
    /// The email template of the request.
    pub template_id: Option<String>,
    /// When it would have been sent, according to the emulator's clock.
    pub sent_at: SystemTime,
    /// When the token expires, according to the emulator's clock.
    pub expires_at: SystemTime,
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message")
            .field("to", &self.to)
            .field("user_id", &self.user_id)
            .field("locale", &self.locale)
            .field("template_id", &self.template_id)
            .finish_non_exhaustive()
    }
}

/// The latest emails, oldest first.
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
