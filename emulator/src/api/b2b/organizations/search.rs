//! `POST /v1/b2b/organizations/search`: the organizations that match a query, page by page.

use std::collections::HashMap;

use hyper::Method;
use serde_json::{Map, Value};

use crate::{
    api::{
        filter::{Errors, Test},
        search::{CURSOR, Filter, LIMIT, Mistakes, QUERY, Query},
        shared::object,
    },
    api_error::{
        ApiError, ORGANIZATION_SEARCH_ALLOWED_DOMAIN_FUZZY_TOO_SHORT,
        ORGANIZATION_SEARCH_EXPECTED_ARRAY_OF_STRINGS, ORGANIZATION_SEARCH_EXPECTED_BOOLEAN,
        ORGANIZATION_SEARCH_EXPECTED_STRING, ORGANIZATION_SEARCH_FILTER_NAME_MUST_BE_STRING,
        ORGANIZATION_SEARCH_FILTER_NAME_NOT_RECOGNIZED, ORGANIZATION_SEARCH_MEMBER_EMAIL_FUZZY_TOO_SHORT,
        ORGANIZATION_SEARCH_MISSING_FILTER_NAME, ORGANIZATION_SEARCH_MISSING_FILTER_VALUE,
        ORGANIZATION_SEARCH_ORGANIZATION_NAME_FUZZY_TOO_SHORT,
        ORGANIZATION_SEARCH_ORGANIZATION_SLUG_FUZZY_TOO_SHORT,
    },
    organization::Organization,
    route::{Access, Call, ResponseBody, Route},
    state::State,
    user::same_address,
};

static MISTAKES: Mistakes = Mistakes {
    cursor: None,
    limit: None,
    operator: None,
    missing_name: &ORGANIZATION_SEARCH_MISSING_FILTER_NAME,
    name_not_string: &ORGANIZATION_SEARCH_FILTER_NAME_MUST_BE_STRING,
};

static ERRORS: Errors = Errors {
    missing_value: &ORGANIZATION_SEARCH_MISSING_FILTER_VALUE,
    expected_strings: &ORGANIZATION_SEARCH_EXPECTED_ARRAY_OF_STRINGS,
    expected_string: &ORGANIZATION_SEARCH_EXPECTED_STRING,
    expected_boolean: &ORGANIZATION_SEARCH_EXPECTED_BOOLEAN,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/organizations/search",
    parameters: &[CURSOR, LIMIT, QUERY],
    access: Access::Project,
    error_types: &[&[
        &ORGANIZATION_SEARCH_MISSING_FILTER_NAME,
        &ORGANIZATION_SEARCH_MISSING_FILTER_VALUE,
        &ORGANIZATION_SEARCH_FILTER_NAME_MUST_BE_STRING,
        &ORGANIZATION_SEARCH_FILTER_NAME_NOT_RECOGNIZED,
        &ORGANIZATION_SEARCH_EXPECTED_ARRAY_OF_STRINGS,
        &ORGANIZATION_SEARCH_EXPECTED_STRING,
        &ORGANIZATION_SEARCH_EXPECTED_BOOLEAN,
        &ORGANIZATION_SEARCH_ORGANIZATION_NAME_FUZZY_TOO_SHORT,
        &ORGANIZATION_SEARCH_ORGANIZATION_SLUG_FUZZY_TOO_SHORT,
        &ORGANIZATION_SEARCH_MEMBER_EMAIL_FUZZY_TOO_SHORT,
        &ORGANIZATION_SEARCH_ALLOWED_DOMAIN_FUZZY_TOO_SHORT,
    ]],
    handler: search,
};

/// An organization, with further data for filters.
struct Found {
    organization: Organization,
    addresses: Vec<String>,
}

impl Found {
    /// Returns all organizations.
    fn all(state: &State) -> Vec<Self> {
        let mut addresses: HashMap<&str, Vec<String>> = HashMap::new();
        for member in state.members().filter(|member| !member.is_deleted()) {
            addresses.entry(&member.organization_id).or_default().push(member.email_address.clone());
        }
        let organizations = state.organizations().map(|organization| Self {
            organization: organization.clone(),
            addresses: addresses.remove(&*organization.organization_id).unwrap_or_default(),
        });
        organizations.collect()
    }
}

fn search(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let query = Query::of(call, &MISTAKES, filter)?;
    let state = call.app.state();
    let all = Found::all(&state);
    let (found, metadata) =
        query.page(call, &MISTAKES, all.iter(), |found| &found.organization.organization_id)?;
    let organizations: Vec<Value> = found.into_iter().map(|found| found.organization.to_json()).collect();
    Ok(object([("organizations", organizations.into()), ("results_metadata", metadata)]))
}

fn filter(name: &str, operand: &Map<String, Value>) -> Result<Filter<Found>, ApiError> {
    let test: Test<Found> = match name {
        "organization_ids" => Test::OneOf(|found, id| {
            let Organization { organization_id, organization_external_id, .. } = &found.organization;
            organization_id == id || organization_external_id.as_deref() == Some(id)
        }),
        "organization_slugs" => Test::OneOf(|found, slug| found.organization.organization_slug == slug),
        "organization_name_fuzzy" => Test::Contains(
            |found| vec![found.organization.organization_name.clone()],
            &ORGANIZATION_SEARCH_ORGANIZATION_NAME_FUZZY_TOO_SHORT,
        ),
        "organization_slug_fuzzy" => Test::Contains(
            |found| vec![found.organization.organization_slug.clone()],
            &ORGANIZATION_SEARCH_ORGANIZATION_SLUG_FUZZY_TOO_SHORT,
        ),
        "member_emails" => {
            Test::OneOf(|found, text| found.addresses.iter().any(|address| same_address(address, text)))
        }
        "member_email_fuzzy" => {
            Test::Contains(|found| found.addresses.clone(), &ORGANIZATION_SEARCH_MEMBER_EMAIL_FUZZY_TOO_SHORT)
        }
        "allowed_domains" => {
            Test::OneOf(|found, text| has(&found.organization.settings.email_allowed_domains, text))
        }
        "allowed_domain_fuzzy" => Test::Contains(
            |found| found.organization.settings.email_allowed_domains.clone(),
            &ORGANIZATION_SEARCH_ALLOWED_DOMAIN_FUZZY_TOO_SHORT,
        ),
        "claimed_email_domains" => {
            Test::OneOf(|found, text| has(&found.organization.settings.claimed_email_domains, text))
        }
        "has_active_sso_connection" => {
            Test::Bool(|found, is| found.organization.active_connections().next().is_some() == is)
        }
        "sso_connection_id" => Test::Is(|found, id| found.organization.sso_connection(id).is_some()),
        _ => return Err((&ORGANIZATION_SEARCH_FILTER_NAME_NOT_RECOGNIZED).into()),
    };
    test.read(operand, &ERRORS)
}

fn has(domains: &[String], wanted: &str) -> bool {
    domains.iter().any(|domain| domain.eq_ignore_ascii_case(wanted))
}
