//! The organizations that a person can log in to or join.

use serde_json::{Value, json};

use crate::{
    api::{
        b2b::{
            before::{describe, factors_for, new_intermediate},
            requirement::Missing,
        },
        shared::object,
    },
    api_error::ApiError,
    member::{Member, MemberStatus, proves_address},
    organization::{Organization, domain_of},
    proof::Intermediate,
    route::{Call, ResponseBody},
    state::{Change, State},
};

/// Makes a change together with an intermediate session for a person. Returns the session with the organizations.
///
/// # Errors
///
/// `internal_server_error` if the state file cannot be written.
pub(in crate::api::b2b) fn respond(
    call: &Call<'_>,
    state: &mut State,
    intermediate: Intermediate,
    mut change: Change,
) -> Result<ResponseBody, ApiError> {
    let proof = new_intermediate(call, "", intermediate.clone());
    change.proofs.push(proof.clone());
    state.commit(change, call.now)?;
    let organizations = organizations(state, &intermediate);
    let mut body = object([
        ("email_address", intermediate.email_address.into()),
        ("discovered_organizations", organizations.into()),
    ]);
    describe(&mut body, Some(&proof));
    Ok(body)
}

/// Returns the organizations of which a person is a member, and those that they can join because of their address.
/// Stytch lists the latter only if they have a member with a verified address of the same domain.
pub(super) fn organizations(state: &State, known: &Intermediate) -> Vec<Value> {
    let address = &known.email_address;
    let has_colleague = |organization: &Organization| {
        let is_one = |member: &Member| {
            member.organization_id == organization.organization_id
                && !member.is_deleted()
                && member.email_address_verified
                && domain_of(&member.email_address).eq_ignore_ascii_case(domain_of(address))
        };
        state.members().any(is_one)
    };
    let is_proved = known.factors.iter().any(|factor| proves_address(&factor.method, address));
    let joinable = state.organizations().filter(|organization| {
        let is_member = state.member_with_address(&organization.organization_id, address).is_some();
        is_proved && !is_member && organization.settings.lets_join(address) && has_colleague(organization)
    });
    let mut found = memberships(state, known);
    found.extend(joinable.map(|organization| invitation(organization, address)));
    found
}

/// Returns the organizations of which a person is a member.
pub(super) fn memberships(state: &State, known: &Intermediate) -> Vec<Value> {
    let members = state.members_with_address(&known.email_address);
    let described = members.filter_map(|member| {
        let organization = state.organization(&member.organization_id)?;
        Some(membership(organization, member, known))
    });
    described.collect()
}

fn membership(organization: &Organization, member: &Member, known: &Intermediate) -> Value {
    let missing = Missing::of(organization, member, &factors_for(member, known));
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
    json!({
        "organization": organization.to_json(),
        "membership": {
            "type": "eligible_to_join_by_email_domain", "details": { "domain": domain_of(address) }, "member": null,
        },
        "member_authenticated": false,
        "primary_required": null,
        "mfa_required": null,
    })
}
