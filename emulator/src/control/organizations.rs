//! `GET /_emulator/organizations`: the organizations with their members and the sessions of these.

use std::collections::BTreeMap;

use hyper::Method;
use serde_json::Value;

use super::{LIMIT, latest, searched};
use crate::{
    api_error::ApiError,
    member::Member,
    organization::Organization,
    parameter::{Kind, optional},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::GET,
    path: "/_emulator/organizations",
    parameters: &[optional("search", Kind::String), LIMIT],
    access: Access::Everybody,
    error_types: &[],
    handler: list,
};

/// Lists the newest organizations, oldest first, each with its newest members. `limit` applies to both lists.
#[expect(clippy::unnecessary_wraps, reason = "the signature of every endpoint")]
fn list(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let state = call.app.state();
    let search = searched(call);
    let mut members: BTreeMap<&str, Vec<&Member>> = BTreeMap::new();
    for member in state.members() {
        members.entry(&member.organization_id).or_default().push(member);
    }
    let members_of = |organization: &Organization| {
        members.get(&*organization.organization_id).map(Vec::as_slice).unwrap_or_default()
    };
    let is_found = |organization: &&Organization| has(organization, members_of(organization), &search);
    let mut found: Vec<&Organization> = state.organizations().filter(is_found).collect();
    let total = found.len();
    found.sort_by_key(|organization| (organization.created_at, &organization.organization_id));
    let described = |organization: &Organization| {
        let mut members = members_of(organization).to_vec();
        members.sort_by_key(|member| (member.created_at, &member.member_id));
        let member_count = members.len();
        let described = |member: &Member| {
            let mut described = member.to_json(organization);
            let sessions = state.sessions_of(&member.member_id, call.now);
            described["sessions"] = sessions.map(|session| session.member_json(organization)).collect();
            described
        };
        let mut object = organization.to_json();
        object["members"] = latest(call, members).into_iter().map(described).collect();
        object["member_count"] = member_count.into();
        object
    };
    let organizations: Vec<Value> = latest(call, found).into_iter().map(described).collect();
    Ok(ResponseBody::from_iter([
        ("organizations".to_owned(), organizations.into()),
        ("total".to_owned(), total.into()),
    ]))
}

/// Whether an id or a name of the organization or of a member, or the address of a member, contains a string, which is
/// in lower case.
fn has(organization: &Organization, members: &[&Member], search: &str) -> bool {
    let Organization { organization_id, organization_name, organization_slug, .. } = organization;
    let texts = [organization_id, organization_name, organization_slug].into_iter();
    let texts = texts.chain(&organization.organization_external_id);
    let of_members = members.iter().flat_map(|member| {
        let texts = [&member.member_id, &member.email_address, &member.name].into_iter();
        texts.chain(&member.external_id)
    });
    texts.chain(of_members).any(|text| text.to_lowercase().contains(search))
}
