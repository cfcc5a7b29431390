//! Searches for organizations and members, and the fields of a page that are next to its items.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use stytch_client::Endpoint;
use stytch_client::b2b::models::{MemberFilter, OrganizationFilter};
use stytch_client::b2b::organizations::{self, members};
use stytch_client::models::SearchQuery;

use super::noting;

fn data(name: &str) -> Value {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name);
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

/// Returns the name and the type of each filter in the facts.
fn documented(query: &str) -> BTreeSet<(String, String)> {
    let facts = data("api/b2b.json");
    let filters = facts["operand_filters"][query].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    filters.iter().map(|filter| (text(&filter["filter_name"]), text(&filter["filter_value"]))).collect()
}

/// Returns the name and the type of each filter that a search sends.
fn sent(search: &impl Endpoint) -> BTreeSet<(String, String)> {
    let body: Value = serde_json::from_slice(search.request().unwrap().body().unwrap()).unwrap();
    let filters = body["query"]["operands"].as_array().unwrap();
    let kind = |value: &Value| match value {
        Value::Array(_) => "array<string>",
        Value::Bool(_) => "boolean",
        _ => "string",
    };
    let filter = |filter: &Value| {
        (filter["filter_name"].as_str().unwrap().to_owned(), kind(&filter["filter_value"]).to_owned())
    };
    filters.iter().map(filter).collect()
}

#[test]
fn organizations_are_searched_by_every_documented_filter() {
    let query = SearchQuery::all([
        OrganizationFilter::organization_ids(["organization-1"]),
        OrganizationFilter::organization_slugs(["acme"]),
        OrganizationFilter::organization_name_fuzzy("ac"),
        OrganizationFilter::organization_slug_fuzzy("ac"),
        OrganizationFilter::member_emails(["ada@example.com"]),
        OrganizationFilter::member_email_fuzzy("ada"),
        OrganizationFilter::allowed_domains(["example.com"]),
        OrganizationFilter::allowed_domain_fuzzy("example"),
        OrganizationFilter::claimed_email_domains(["example.com"]),
        OrganizationFilter::has_active_sso_connection(true),
        OrganizationFilter::sso_connection_id("connection-1"),
    ]);
    let search = organizations::Search::builder().query(query).build();
    assert_eq!(sent(&search), documented("b2b.organizations.SearchQuery (organizations.search)"));
}

#[test]
fn members_are_searched_by_every_documented_filter() {
    let query = SearchQuery::all([
        MemberFilter::member_ids(["member-1"]),
        MemberFilter::member_emails(["ada@example.com"]),
        MemberFilter::member_email_fuzzy("ada"),
        MemberFilter::member_is_breakglass(true),
        MemberFilter::statuses(["active"]),
        MemberFilter::member_phone_numbers(["+12025550162"]),
        MemberFilter::member_phone_number_fuzzy("555"),
    ]);
    let search = members::Search::builder().organization_ids(["acme"]).query(query).build();
    assert_eq!(sent(&search), documented("b2b.organizations.SearchQuery (organizations.members.search)"));
}

#[tokio::test]
async fn a_page_of_members_has_their_organizations() {
    let (builder, sent) = noting(json!({
        "members": [{"member_id": "member-1", "organization_id": "organization-1"}],
        "organizations": {"organization-1": {"organization_name": "Acme"}},
        "results_metadata": {"total": 1, "next_cursor": ""},
    }));
    let client = builder.build().unwrap();
    let mut pages = client.organizations().members().search().organization_ids(["acme"]).pages();
    let page = pages.next().await.unwrap().unwrap();
    let organization = &page.organizations[&page.members[0].organization_id];
    assert_eq!(organization.organization_name, "Acme");
    assert!(pages.next().await.is_none());
    assert_eq!(sent.lock().unwrap().len(), 1);
}

/// A list that is requested with GET has its cursor in the query.
#[tokio::test]
async fn groups_are_read_page_by_page() {
    let transport = |request: stytch_client::http::Request<stytch_client::Body>| {
        let query = request.uri().query().unwrap_or_default().to_owned();
        let response = match &*query {
            "limit=1" => json!({"scim_groups": [{"group_id": "1"}], "next_cursor": "b"}),
            "limit=1&cursor=b" | "cursor=b&limit=1" => json!({"scim_groups": [{"group_id": "2"}]}),
            other => panic!("no page has the query {other}"),
        };
        async move { Ok(stytch_client::http::Response::new(response.to_string().into())) }
    };
    let client =
        stytch_client::b2b::Client::builder("project-test-1", "s").transport(transport).build().unwrap();
    let groups = client.scim().connection().get_groups().organization_id("acme").connection_id("c").limit(1);
    let (mut groups, mut found) = (groups.items(), Vec::new());
    while let Some(group) = groups.next().await {
        found.push(group.unwrap().group_id);
    }
    assert_eq!(found, ["1", "2"]);
}
