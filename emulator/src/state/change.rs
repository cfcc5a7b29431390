//! A change of the state.

use serde::{Deserialize, Serialize};

use crate::{
    m2m::M2mClient, member::Member, organization::Organization, outbox::Message, proof::Proof,
    session::Session, user::User,
};

/// The changes of one request, which are made together or not at all. Removals are made before additions.
#[derive(Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Change {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) deleted_users: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) users: Vec<User>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) deleted_organizations: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) organizations: Vec<Organization>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) members: Vec<Member>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) ended_sessions: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) sessions: Vec<Session>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) used_proofs: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) proofs: Vec<Proof>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) deleted_m2m_clients: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) m2m_clients: Vec<M2mClient>,
    /// Removes the messages before this change.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) clears_outbox: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) messages: Vec<Message>,
}
