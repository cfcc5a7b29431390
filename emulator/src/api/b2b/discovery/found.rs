//! The organizations that a person can log in to or join.

use serde_json::{Value, json};

use crate::{
    api::{
        b2b::{
            before::{describe, new_intermediate},
            requirement::{Missing, transferred},
        },
        shared::object,
    },
    api_error::ApiError,
    member::{Member, MemberStatus, proves_address},
    organization::Organization,
    proof::Intermediate,
    route::{Call, ResponseBody},
    session::Factor,
    state::{Change, State},
    user::Password,
};

/// A person who has proved a factor, but has not chosen an organization yet.
pub(in crate::api::b2b) struct Owner {
    pub(in crate::api::b2b) email_address: String,
    pub(in crate::api::b2b) factors: Vec<Factor>,
    /// A password that a new member gets.
    pub(in crate::api::b2b) password: Option<Password>,
}

impl Owner {
    pub(in crate::api::b2b) fn of(email_address: &str, factors: Vec<Factor>) -> Self {
        Self { email_address: email_address.to_owned(), factors, password: None }
    }
}

/// Makes a change together with an intermediate session for a person. Returns the session with the organizations.
///
/// # Errors
///
/// `internal_server_error` if the state file cannot be written.
pub(in crate::api::b2b) fn respond(
    call: &Call<'_>,
    state: &mut State,
    owner: Owner,
    mut change: Change,
) -> Result<ResponseBody, ApiError> {
    let Owner { email_address, factors, password } = owner;
    let intermediate = Intermediate {
        organization_id: None,
        email_address: email_address.clone(),
        factors: factors.clone(),
        password,
    };
    let proof = new_intermediate(call, "", intermediate);
    change.proofs.push(proof.clone());
    state.commit(change, call.now)?;
    let organizations = organizations(state, &email_address, &factors);
    let mut body =
        object([("email_address", email_address.into()), ("discovered_organizations", organizations.into())]);
    describe(&mut body, Some(&proof));
    Ok(body)
}

/// Returns the organizations of which a person is a member, and those that they can join because of their address.
pub(super) fn organizations(state: &State, address: &str, factors: &[Factor]) -> Vec<Value> {
    let members = state.members_with_address(address).filter_map(|member| {
        let organization = state.organization(&member.organization_id)?;
        Some(membership(organization, member, factors))
    });
    let is_proved = factors.iter().any(|factor| proves_address(&factor.method));
    let joinable = state.organizations().filter(|organization| {
        let is_member = state.member_with_address(&organization.organization_id, address).is_some();
        is_proved && !is_member && organization.settings.lets_join(address)
    });
    members.chain(joinable.map(|organization| invitation(organization, address))).collect()
}

fn membership(organization: &Organization, member: &Member, factors: &[Factor]) -> Value {
    let missing = Missing::of(organization, member, &transferred(factors, member, true));
    let kind = match member.status {
        MemberStatus::Pending => "pending_member",
        MemberStatus::Invited => "invited_member",
        MemberStatus::Active | MemberStatus::Deleted => "active_member",
    };
    json!({
        "organization": organization.to_json(),
        "membership": { "type": kind, "details": null, "member": member.to_json(organization) },
        "member_authenticated": missing == Missing::Nothing,
        "primary_required": missing.primary_json(),
        "mfa_required": missing.secondary_json(member, None),
    })
}

fn invitation(organization: &Organization, address: &str) -> Value {
    let domain = address.rsplit_once('@').map_or("", |(_, domain)| domain);
    json!({
        "organization": organization.to_json(),
        "membership": {
            "type": "eligible_to_join_by_email_domain", "details": { "domain": domain }, "member": null,
        },
        "member_authenticated": false,
        "primary_required": null,
        "mfa_required": null,
    })
}
