//! Proofs: tokens and codes that a user has received, or messages to sign. A user can prove their identity once with
//! each.

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

/// A proof that was issued, but not used yet.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Proof {
    /// The value in the request that uses the proof: a token, or the id to which a passcode was sent. A new proof
    /// replaces the proof with the same key.
    pub(crate) key: String,
    /// The id of the user or the member. Empty if the proof is for an address, and not for one user or member.
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
    /// Adds the account of the next login at a provider to the user.
    OAuthAttach {
        provider: String,
    },
    OAuthLogin(Login),
    Intermediate(Box<Intermediate>),
    SsoLogin(Box<SsoLogin>),
    /// A challenge that the owner of a wallet must sign.
    Wallet {
        challenge: String,
        siwe: Option<siwe::Params>,
    },
}

/// The proof of a login that is not complete: the organization requires another factor, or was not chosen yet.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Intermediate {
    /// `None` if the person has not chosen the organization yet.
    pub(crate) organization_id: Option<String>,
    pub(crate) email_address: String,
    pub(crate) factors: Vec<Factor>,
    /// The ids of the organizations in which the member has the password that was entered before the choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) password_organizations: Vec<String>,
    /// A password that was set before a member with the address existed.
    pub(crate) password: Option<Password>,
}

/// The data of a login at the identity provider of an organization.
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

/// A code that was sent to a user, who enters it.
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
    /// Whether the user only gets the address when the proof is used.
    pub(crate) is_new: bool,
}

impl Intermediate {
    /// Returns an intermediate session of a person who has not chosen the organization yet.
    pub(crate) fn of(email_address: &str, factors: Vec<Factor>) -> Self {
        Self {
            organization_id: None,
            email_address: email_address.to_owned(),
            factors,
            password_organizations: Vec::new(),
            password: None,
        }
    }
}

impl Proof {
    pub(crate) fn is_valid(&self, now: Moment) -> bool {
        now < self.expires_at
    }
}
