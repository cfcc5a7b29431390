//! The member with an address in an organization: an existing member, or a new one if the organization allows new
//! members.

use super::{members::new, named, requirement::allows_primary};
use crate::{
    api::identity,
    api_error::{
        ApiError, EMAIL_JIT_PROVISIONING_NOT_ALLOWED, ErrorType, INVALID_EMAIL,
        INVALID_EMAIL_FOR_JIT_PROVISIONING, OPERATION_RESTRICTED_BY_ORGANIZATION_AUTH_METHODS,
        ORGANIZATION_NOT_FOUND, RETIRED_MEMBER_EMAIL,
    },
    member::{Member, MemberStatus},
    organization::{Organization, RESTRICTED},
    proof::Recipient,
    route::Call,
    state::State,
};

/// The error types of [`Addressed::of`].
pub(super) static ERROR_TYPES: &[&ErrorType] = &[
    &INVALID_EMAIL,
    &ORGANIZATION_NOT_FOUND,
    &RETIRED_MEMBER_EMAIL,
    &EMAIL_JIT_PROVISIONING_NOT_ALLOWED,
    &INVALID_EMAIL_FOR_JIT_PROVISIONING,
    &OPERATION_RESTRICTED_BY_ORGANIZATION_AUTH_METHODS,
];

pub(super) struct Addressed {
    pub(super) organization: Organization,
    pub(super) member: Member,
    pub(super) created: bool,
}

impl Addressed {
    /// Returns the member for a message with which they log in. `method` is for example `magic_link`.
    ///
    /// # Errors
    ///
    /// Those in [`ERROR_TYPES`].
    pub(super) fn of(call: &Call<'_>, state: &State, method: &str) -> Result<Self, ApiError> {
        let organization = named::organization(call, state)?;
        let address = call.parameters.required("email_address")?;
        identity::require_email(address)?;
        let known = state.member_with_address(&organization.organization_id, address);
        if !allows_primary(&organization, known, method) {
            return Err((&OPERATION_RESTRICTED_BY_ORGANIZATION_AUTH_METHODS).into());
        }
        if let Some(member) = known.cloned() {
            return Ok(Self { organization, member, created: false });
        }
        if organization.settings.email_jit_provisioning != RESTRICTED {
            return Err((&EMAIL_JIT_PROVISIONING_NOT_ALLOWED).into());
        }
        if !organization.settings.lets_join(address) {
            return Err((&INVALID_EMAIL_FOR_JIT_PROVISIONING).into());
        }
        let mut member = new::member(call, state, &organization, address)?;
        member.status = MemberStatus::Pending;
        Ok(Self { organization, member, created: true })
    }

    /// Returns whether the member has never logged in.
    pub(super) fn is_signup(&self) -> bool {
        self.created || self.member.status != MemberStatus::Active
    }

    pub(super) fn recipient(&self) -> Recipient {
        let Member { email_id, email_address, .. } = &self.member;
        Recipient { id: email_id.clone(), address: email_address.clone(), is_new: false }
    }

    /// Returns the member if they must be stored.
    pub(super) fn into_new(self) -> Vec<Member> {
        if self.created { vec![self.member] } else { Vec::new() }
    }
}
