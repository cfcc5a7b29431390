//! `POST /v1/b2b/organizations/members/search`: the members of some organizations that match a query, page by page.

use std::collections::BTreeMap;

use hyper::Method;
use serde_json::{Map, Value};

use crate::{
    api::{
        b2b::acting::{self, Actor},
        filter::{Errors, Test, strings},
        search::{CURSOR, Filter, LIMIT, Mistakes, QUERY, Query},
        shared::object,
    },
    api_error::{
        ApiError, MEMBER_SEARCH_EXPECTED_ARRAY_OF_STRINGS, MEMBER_SEARCH_EXPECTED_BOOLEAN,
        MEMBER_SEARCH_EXPECTED_STRING, MEMBER_SEARCH_FILTER_NAME_MUST_BE_STRING,
        MEMBER_SEARCH_FILTER_NAME_NOT_RECOGNIZED, MEMBER_SEARCH_MEMBER_EMAIL_FUZZY_TOO_SHORT,
        MEMBER_SEARCH_MEMBER_MFA_PHONE_NUMBER_FUZZY_TOO_SHORT, MEMBER_SEARCH_MISSING_FILTER_NAME,
        MEMBER_SEARCH_MISSING_FILTER_VALUE, MEMBER_SEARCH_ORGANIZATION_IDS_EMPTY, ORGANIZATION_NOT_FOUND,
        SEARCH_INVALID_STATUS_FILTER,
    },
    member::{Member, MemberStatus},
    organization::Organization,
    parameter::{Kind, required},
    route::{Access, Call, ResponseBody, Route},
    state::State,
};

static MISTAKES: Mistakes = Mistakes {
    cursor: None,
    limit: None,
    operator: None,
    missing_name: &MEMBER_SEARCH_MISSING_FILTER_NAME,
    name_not_string: &MEMBER_SEARCH_FILTER_NAME_MUST_BE_STRING,
};

static ERRORS: Errors = Errors {
    missing_value: &MEMBER_SEARCH_MISSING_FILTER_VALUE,
    expected_strings: &MEMBER_SEARCH_EXPECTED_ARRAY_OF_STRINGS,
    expected_string: &MEMBER_SEARCH_EXPECTED_STRING,
    expected_boolean: &MEMBER_SEARCH_EXPECTED_BOOLEAN,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/organizations/members/search",
    parameters: &[required("organization_ids", Kind::StringList), CURSOR, LIMIT, QUERY],
    access: Access::Member,
    error_types: &[
        &[
            &ORGANIZATION_NOT_FOUND,
            &MEMBER_SEARCH_ORGANIZATION_IDS_EMPTY,
            &MEMBER_SEARCH_MISSING_FILTER_NAME,
            &MEMBER_SEARCH_MISSING_FILTER_VALUE,
            &MEMBER_SEARCH_FILTER_NAME_MUST_BE_STRING,
            &MEMBER_SEARCH_FILTER_NAME_NOT_RECOGNIZED,
            &MEMBER_SEARCH_EXPECTED_ARRAY_OF_STRINGS,
            &MEMBER_SEARCH_EXPECTED_BOOLEAN,
            &MEMBER_SEARCH_EXPECTED_STRING,
            &MEMBER_SEARCH_MEMBER_EMAIL_FUZZY_TOO_SHORT,
            &MEMBER_SEARCH_MEMBER_MFA_PHONE_NUMBER_FUZZY_TOO_SHORT,
            &SEARCH_INVALID_STATUS_FILTER,
        ],
        acting::ERROR_TYPES,
    ],
    handler: search,
};

fn search(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let query = Query::of(call, &MISTAKES, filter)?;
    let state = call.app.state();
    let organizations = organizations(call, &state)?;
    let names_deleted = names_deleted(call);
    let candidates = state.members().filter(|member| {
        organizations.contains_key(member.organization_id.as_str()) && (names_deleted || !member.is_deleted())
    });
    let (found, metadata) = query.page(call, &MISTAKES, candidates, |member| &member.member_id)?;
    let members: Vec<Value> = found
        .iter()
        .filter_map(|member| Some(member.to_json(organizations.get(member.organization_id.as_str())?)))
        .collect();
    let of_the_page = organizations
        .into_iter()
        .filter(|(id, _)| found.iter().any(|member| member.organization_id == *id))
        .map(|(id, organization)| (id.to_owned(), organization.to_json()));
    let of_the_page: Map<String, Value> = of_the_page.collect();
    Ok(object([
        ("members", members.into()),
        ("organizations", of_the_page.into()),
        ("results_metadata", metadata),
    ]))
}

/// Returns the organizations of the request, by their ids. A member may only search in their own organization.
fn organizations<'a>(
    call: &Call<'_>,
    state: &'a State,
) -> Result<BTreeMap<&'a str, &'a Organization>, ApiError> {
    let ids = call.parameters.strings("organization_ids").unwrap_or_default();
    if ids.is_empty() {
        return Err((&MEMBER_SEARCH_ORGANIZATION_IDS_EMPTY).into());
    }
    let mut organizations = BTreeMap::new();
    for id in ids {
        let organization = state.organization(&id).ok_or(&ORGANIZATION_NOT_FOUND)?;
        Actor::of(call, state, organization)?.may("stytch.member", "search")?;
        organizations.insert(organization.organization_id.as_str(), organization);
    }
    Ok(organizations)
}

/// Returns whether a filter of the query names the status of deleted members. Otherwise, deleted members are not found.
fn names_deleted(call: &Call<'_>) -> bool {
    let operands = call.parameters.map("query").and_then(|query| query.get("operands")?.as_array());
    let names_it = |operand: &Value| {
        let statuses = operand["filter_value"].as_array();
        operand["filter_name"] == "statuses"
            && statuses.is_some_and(|names| names.contains(&"deleted".into()))
    };
    operands.into_iter().flatten().any(names_it)
}

fn filter(name: &str, operand: &Map<String, Value>) -> Result<Filter<Member>, ApiError> {
    let phone = |member: &Member| member.mfa_phone.iter().map(|phone| phone.phone_number.clone()).collect();
    let test: Test<Member> = match name {
        "member_ids" => Test::OneOf(Member::is_called),
        "member_emails" => Test::OneOf(Member::holds),
        "member_email_fuzzy" => Test::Contains(
            |member| vec![member.email_address.clone()],
            &MEMBER_SEARCH_MEMBER_EMAIL_FUZZY_TOO_SHORT,
        ),
        "member_is_breakglass" => Test::Bool(|member, is| member.is_breakglass == is),
        "statuses" => {
            check_statuses(operand)?;
            Test::OneOf(|member, status| member.status.name() == status)
        }
        "member_phone_numbers" => Test::OneOf(|member, number| {
            member.mfa_phone.as_ref().is_some_and(|phone| phone.phone_number == number)
        }),
        "member_phone_number_fuzzy" => {
            Test::Contains(phone, &MEMBER_SEARCH_MEMBER_MFA_PHONE_NUMBER_FUZZY_TOO_SHORT)
        }
        _ => return Err((&MEMBER_SEARCH_FILTER_NAME_NOT_RECOGNIZED).into()),
    };
    test.read(operand, &ERRORS)
}

fn check_statuses(operand: &Map<String, Value>) -> Result<(), ApiError> {
    let statuses = operand.get("filter_value").and_then(strings).unwrap_or_default();
    if statuses.iter().all(|status| MemberStatus::named(status).is_some()) {
        Ok(())
    } else {
        Err((&SEARCH_INVALID_STATUS_FILTER).into())
    }
}
