//! Look-ups for the B2B API.

use super::State;
use crate::{member::Member, organization::Organization, user::address_key};

impl State {
    /// Returns the organization with this id, slug or external id, in this order.
    pub(crate) fn organization(&self, id: &str) -> Option<&Organization> {
        let find = |names: fn(&Organization) -> Option<&str>| {
            self.organizations().find(|organization| names(organization) == Some(id))
        };
        self.held
            .organizations
            .get(id)
            .or_else(|| find(|organization| Some(&organization.organization_slug)))
            .or_else(|| find(|organization| organization.organization_external_id.as_deref()))
    }

    /// Returns all organizations, in the order of their ids.
    pub(crate) fn organizations(&self) -> impl Iterator<Item = &Organization> {
        self.held.organizations.values()
    }

    /// Returns the member with this id, who may be deleted.
    pub(crate) fn member(&self, member_id: &str) -> Option<&Member> {
        self.held.members.get(member_id)
    }

    /// Returns all members of all organizations, including deleted ones, in the order of their ids.
    pub(crate) fn members(&self) -> impl Iterator<Item = &Member> {
        self.held.members.values()
    }

    /// Returns the member of an organization with this id or external id, who may be deleted.
    pub(crate) fn member_called(&self, organization_id: &str, id: &str) -> Option<&Member> {
        let is_theirs = |member: &&Member| member.organization_id == organization_id && member.is_called(id);
        self.member(id).filter(is_theirs).or_else(|| self.members().find(is_theirs))
    }

    /// Returns the member of an organization with this address. Deleted members are skipped.
    pub(crate) fn member_with_address(&self, organization_id: &str, address: &str) -> Option<&Member> {
        let key = (address_key(address), organization_id.to_owned());
        self.member(self.held.member_of.get(&key)?)
    }

    /// Returns the members of all organizations with this address. Deleted members are skipped.
    pub(crate) fn members_with_address(&self, address: &str) -> impl Iterator<Item = &Member> {
        let key = address_key(address);
        let from = (key.clone(), String::new());
        let found = self.held.member_of.range(from..).take_while(move |((address, _), _)| *address == key);
        found.filter_map(|(_, member_id)| self.member(member_id))
    }
}
