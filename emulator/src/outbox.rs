//! The mails that the emulator would have sent.

use std::{collections::VecDeque, fmt, time::SystemTime};

use serde::{Deserialize, Serialize};

/// How many mails are kept; the oldest give way.
const MOST_MESSAGES: usize = 1000;

/// A mail that the emulator wrote instead of sending it.
///
/// `Debug` leaves out the token and the link that carries it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Message {
    /// The address that the mail is for.
    pub to: String,
    /// The user who has that address.
    pub user_id: String,
    /// The link in the mail: the redirect URL of the request, with the token in its query.
    pub link: String,
    /// The single-use token that the link carries in `token`.
    pub token: String,
    /// The language that was asked for: `en`, `es`, `pt-br` or `fr`.
    pub locale: Option<String>,
    /// The mail template that was asked for.
    pub template_id: Option<String>,
    /// When it would have been sent, by the emulator's clock.
    pub sent_at: SystemTime,
    /// When the token expires, by the emulator's clock.
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

/// The latest mails, oldest first.
#[derive(Default)]
pub(crate) struct Outbox {
    messages: VecDeque<Message>,
}

impl Outbox {
    pub(crate) fn push(&mut self, message: Message) {
        self.messages.push_back(message);
        if self.messages.len() > MOST_MESSAGES {
            self.messages.pop_front();
        }
    }

    pub(crate) fn all(&self) -> Vec<Message> {
        self.messages.iter().cloned().collect()
    }
}
