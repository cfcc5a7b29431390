//! Proofs: tokens and codes that a user received, or messages to sign. Each can be used once to prove an identity.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    clock::Moment,
    oauth::Login,
    outbox::Channel,
    session::{Attributes, Factor},
    siwe,
    user::Password,
};

/// A proof that was issued and is not used yet.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Proof {
    /// The value that the request with the proof sends: a token, or the id to which a passcode was sent. A new proof
    /// replaces the proof with the same key.
    pub(crate) key: String,
    /// The id of the user or the member. Empty if it is for an address of any owner.
    pub(crate) user_id: String,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) expires_at: Moment,
    pub(crate) purpose: Purpose,
}

/// The purpose of a proof, and the data that its check needs.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Purpose {
    ResetPassword(Link),
    MagicLink(Link),
    Invite(Link),
    /// A link that the application delivers itself.
    EmbeddedLink {
        embedded_id: String,
        attributes: Attributes,
    },
    Passcode(Passcode),
    Impersonation {
        impersonator_id: String,
        impersonator_email_address: String,
    },
    /// The user gets the account at a provider that logs in next.
    OAuthAttach {
        provider: String,
    },
    OAuthLogin(Login),
    Intermediate(Box<Intermediate>),
    SsoLogin(Box<SsoLogin>),
    /// The owner of a wallet has to sign the challenge.
    Wallet {
        challenge: String,
        siwe: Option<siwe::Params>,
    },
}

/// The proof of a login that is not complete: the organization requires more, or was not chosen yet.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Intermediate {
    /// Without one, they can choose.
    pub(crate) organization_id: Option<String>,
    pub(crate) email_address: String,
    pub(crate) factors: Vec<Factor>,
    /// A password that was set while no member existed that could have it.
    pub(crate) password: Option<Password>,
}

/// A login at the identity provider of an organization, as the token stands for it.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct SsoLogin {
    pub(crate) organization_id: String,
    pub(crate) connection_id: String,
    /// The provider's id of the account.
    pub(crate) external_id: String,
    pub(crate) email_address: String,
    pub(crate) name: String,
    /// The attributes of the account at the provider, for example its `groups`.
    pub(crate) attributes: Map<String, Value>,
    pub(crate) code_challenge: Option<String>,
}

/// A link that was sent by email.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Link {
    pub(crate) recipient: Recipient,
    pub(crate) code_challenge: Option<String>,
    pub(crate) attributes: Attributes,
}

/// A code that was sent to a user, who types it.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Passcode {
    pub(crate) code: String,
    pub(crate) channel: Channel,
    pub(crate) recipient: Recipient,
    pub(crate) attributes: Attributes,
}

/// An email address or a phone number to which a proof was sent.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Recipient {
    pub(crate) id: String,
    pub(crate) address: String,
    /// Whether the user gets the address with the use of the proof, and not before.
    pub(crate) is_new: bool,
}

impl Proof {
    pub(crate) fn is_valid(&self, now: Moment) -> bool {
        now < self.expires_at
    }
}
