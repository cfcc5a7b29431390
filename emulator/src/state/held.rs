//! The data, and the indexes to it.

use std::collections::BTreeMap;

use super::Change;
use crate::{
    clock::Moment,
    m2m::M2mClient,
    member::Member,
    organization::Organization,
    outbox::Outbox,
    proof::Proof,
    session::Session,
    user::{Identity, User, address_key},
};

/// The number of sessions and proofs at which the expired ones are removed for the first time.
pub(super) const FIRST_PRUNING: usize = 1024;

#[derive(Default)]
pub(super) struct Held {
    pub(super) users: BTreeMap<String, User>,
    pub(super) user_of: BTreeMap<Identity, String>,
    pub(super) organizations: BTreeMap<String, Organization>,
    pub(super) members: BTreeMap<String, Member>,
    /// The members who are not deleted, by the key of their address and the id of their organization.
    pub(super) member_of: BTreeMap<(String, String), String>,
    pub(super) sessions: BTreeMap<String, Session>,
    pub(super) session_of_token: BTreeMap<String, String>,
    pub(super) proofs: BTreeMap<String, Proof>,
    pub(super) m2m_clients: BTreeMap<String, M2mClient>,
    pub(super) outbox: Outbox,
    pruned_to: usize,
}

impl Held {
    /// Returns the whole state as one change.
    pub(super) fn to_change(&self) -> Change {
        Change {
            users: self.users.values().cloned().collect(),
            organizations: self.organizations.values().cloned().collect(),
            members: self.members.values().cloned().collect(),
            sessions: self.sessions.values().cloned().collect(),
            proofs: self.proofs.values().cloned().collect(),
            m2m_clients: self.m2m_clients.values().cloned().collect(),
            messages: self.outbox.all(),
            ..Change::default()
        }
    }

    pub(super) fn apply(&mut self, change: Change) {
        for user_id in change.deleted_users {
            self.remove_user(&user_id);
            self.log_out(&user_id);
        }
        for mut user in change.users {
            user.shrink();
            self.remove_user(&user.user_id);
            for identity in user.identities() {
                self.user_of.insert(identity, user.user_id.clone());
            }
            self.users.insert(user.user_id.clone(), user);
        }
        self.apply_organizations(change.deleted_organizations, change.organizations, change.members);
        self.end_sessions(change.ended_sessions);
        for session in change.sessions {
            self.session_of_token.insert(session.token.clone(), session.session_id.clone());
            self.sessions.insert(session.session_id.clone(), session);
        }
        for key in change.used_proofs {
            self.proofs.remove(&key);
        }
        for proof in change.proofs {
            self.proofs.insert(proof.key.clone(), proof);
        }
        for client_id in change.deleted_m2m_clients {
            self.m2m_clients.remove(&client_id);
        }
        for client in change.m2m_clients {
            self.m2m_clients.insert(client.client_id.clone(), client);
        }
        if change.clears_outbox {
            self.outbox = Outbox::default();
        }
        for message in change.messages {
            self.outbox.push(message);
        }
    }

    fn apply_organizations(
        &mut self,
        deleted: Vec<String>,
        organizations: Vec<Organization>,
        members: Vec<Member>,
    ) {
        for organization_id in deleted {
            self.organizations.remove(&organization_id);
            let members = self.members.values().filter(|member| member.organization_id == organization_id);
            let members: Vec<String> = members.map(|member| member.member_id.clone()).collect();
            for member_id in members {
                self.remove_member(&member_id);
                self.log_out(&member_id);
            }
        }
        for organization in organizations {
            self.organizations.insert(organization.organization_id.clone(), organization);
        }
        for member in members {
            self.remove_member(&member.member_id);
            if !member.is_deleted() {
                self.member_of.insert(address_of(&member), member.member_id.clone());
            }
            self.members.insert(member.member_id.clone(), member);
        }
    }

    fn remove_member(&mut self, member_id: &str) {
        if let Some(member) = self.members.remove(member_id) {
            // Another member may have the address of a deleted member.
            let key = address_of(&member);
            if self.member_of.get(&key).is_some_and(|owner| owner == member_id) {
                self.member_of.remove(&key);
            }
        }
    }

    /// Ends the sessions of a user or a member, and removes their unused proofs.
    fn log_out(&mut self, user_id: &str) {
        let sessions = self.sessions.values().filter(|session| session.user_id == user_id);
        let ended: Vec<_> = sessions.map(|session| session.session_id.clone()).collect();
        self.end_sessions(ended);
        self.proofs.retain(|_, proof| proof.user_id != user_id);
    }

    fn remove_user(&mut self, user_id: &str) {
        for identity in self.users.remove(user_id).iter().flat_map(User::identities) {
            self.user_of.remove(&identity);
        }
    }

    fn end_sessions(&mut self, session_ids: Vec<String>) {
        for session_id in session_ids {
            if let Some(session) = self.sessions.remove(&session_id) {
                self.session_of_token.remove(&session.token);
            }
        }
    }

    /// Removes expired entries when their number has doubled since the last time.
    pub(super) fn prune(&mut self, now: Moment) {
        let held = |state: &Self| state.sessions.len() + state.proofs.len();
        if held(self) < 2 * self.pruned_to.max(FIRST_PRUNING / 2) {
            return;
        }
        self.sessions.retain(|_, session| session.is_active(now));
        let sessions = &self.sessions;
        self.session_of_token.retain(|_, session_id| sessions.contains_key(session_id));
        self.proofs.retain(|_, proof| proof.is_valid(now));
        self.pruned_to = held(self);
    }
}

fn address_of(member: &Member) -> (String, String) {
    (address_key(&member.email_address), member.organization_id.clone())
}
