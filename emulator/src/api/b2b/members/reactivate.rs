//! `PUT /v1/b2b/organizations/{organization_id}/members/{member_id}/reactivate`: reactivates a deleted member.

use hyper::Method;

use crate::{
    api::b2b::{
        acting::{self, Actor},
        named,
    },
    api_error::{
        ApiError, EMAIL_UNVERIFIED_FOR_REACTIVATION, NO_DELETED_MEMBER_FOUND_FOR_REACTIVATION,
        ORGANIZATION_NOT_FOUND, REACTIVATION_EMAIL_BELONGS_TO_ANOTHER_MEMBER,
    },
    member::{Member, MemberStatus},
    route::{Access, Call, ResponseBody, Route},
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::PUT,
    path: "/v1/b2b/organizations/{organization_id}/members/{member_id}/reactivate",
    parameters: &[],
    access: Access::Member,
    error_types: &[
        &[
            &ORGANIZATION_NOT_FOUND,
            &NO_DELETED_MEMBER_FOUND_FOR_REACTIVATION,
            &EMAIL_UNVERIFIED_FOR_REACTIVATION,
            &REACTIVATION_EMAIL_BELONGS_TO_ANOTHER_MEMBER,
        ],
        acting::ERROR_TYPES,
    ],
    handler: reactivate,
};

fn reactivate(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let organization = named::organization(call, &state)?;
    Actor::of(call, &state, &organization)?.may("stytch.member", "create")?;
    let is_theirs =
        |member: &&Member| member.is_deleted() && member.organization_id == organization.organization_id;
    // An external id is not accepted.
    let found = state.member(call.parameters.required("member_id")?).filter(is_theirs);
    let mut member = found.ok_or(&NO_DELETED_MEMBER_FOUND_FOR_REACTIVATION)?.clone();
    if !member.email_address_verified {
        return Err((&EMAIL_UNVERIFIED_FOR_REACTIVATION).into());
    }
    let retired = member.retired_emails.iter().map(|retired| &retired.email_address);
    let addresses: Vec<&String> = retired.chain([&member.email_address]).collect();
    let has_an_address = |other: &Member| {
        !other.is_deleted()
            && other.organization_id == organization.organization_id
            && addresses.iter().any(|address| other.holds(address))
    };
    if state.members().any(has_an_address) {
        return Err((&REACTIVATION_EMAIL_BELONGS_TO_ANOTHER_MEMBER).into());
    }
    member.status = MemberStatus::Active;
    member.updated_at = call.now;
    let body = named::body(&organization, &member);
    state.commit(Change { members: vec![member], ..Change::default() }, call.now)?;
    Ok(body)
}
