//! Searches: each documented filter has a function with the type of its values. Other filters can be sent.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::atomic::Ordering;

use serde_json::{Value, json};
use stytch_client::models::{
    M2mClient, M2mClientFilter, SearchOperator, SearchQuery, User, UserFilter, UserStatus,
};
use stytch_client::{Body, Client, ClientBuilder, Endpoint, Timestamp, http, m2m, users};

fn data(name: &str) -> Value {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name);
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

/// Returns the body of a recorded request.
fn recorded(id: &str) -> Value {
    let recorded = data("consumer-wire.json");
    let mut cases = recorded["cases"].as_array().unwrap().iter();
    cases.find(|case| case["id"] == id).unwrap()["body"].clone()
}

/// Returns the names of the filters in the facts.
fn documented(query: &str) -> BTreeSet<String> {
    let facts = data("api/consumer.json");
    let filters = facts["operand_filters"][query].as_array().unwrap();
    filters.iter().map(|filter| filter["filter_name"].as_str().unwrap().to_owned()).collect()
}

/// Returns the names of the filters in the body of a search.
fn names(body: &Value) -> BTreeSet<String> {
    let filters = body["query"]["operands"].as_array().unwrap();
    filters.iter().map(|filter| filter["filter_name"].as_str().unwrap().to_owned()).collect()
}

fn body_of(search: &impl Endpoint) -> Value {
    serde_json::from_slice(search.request().unwrap().body().unwrap()).unwrap()
}

/// Returns two values of a filter.
fn both(name: &str) -> [String; 2] {
    [format!("{name}-1"), format!("{name}-2")]
}

#[test]
fn users_are_searched_by_every_documented_filter() {
    let time = |text: &str| text.parse::<Timestamp>().unwrap();
    let (new_year, february) = (time("2026-01-02T03:04:05Z"), time("2026-02-03T04:05:06Z"));
    let query = SearchQuery::all([
        UserFilter::created_at_greater_than(new_year),
        UserFilter::created_at_less_than(new_year),
        UserFilter::created_at_between(new_year, february),
        UserFilter::status(&UserStatus::Active),
        UserFilter::oauth_provider(both("oauth_provider")),
        UserFilter::user_id(both("user_id")),
        UserFilter::full_name_fuzzy("full_name_fuzzy ü"),
        UserFilter::phone_number(both("phone_number")),
        UserFilter::phone_id(both("phone_id")),
        UserFilter::phone_verified(true),
        UserFilter::phone_number_fuzzy("phone_number_fuzzy ü"),
        UserFilter::email_address(both("email_address")),
        UserFilter::email_id(both("email_id")),
        UserFilter::email_verified(true),
        UserFilter::email_address_fuzzy("email_address_fuzzy ü"),
        UserFilter::webauthn_registration_verified(true),
        UserFilter::webauthn_registration_id(both("webauthn_registration_id")),
        UserFilter::crypto_wallet_id(both("crypto_wallet_id")),
        UserFilter::crypto_wallet_address(both("crypto_wallet_address")),
        UserFilter::crypto_wallet_verified(true),
        UserFilter::totp_id(both("totp_id")),
        UserFilter::totp_verified(true),
        UserFilter::password_exists(true),
    ]);
    let body = body_of(&users::Search::builder().query(query).build());
    assert_eq!(body, recorded("users.search.operands_every"));
    assert_eq!(names(&body), documented("consumer.users.SearchUsersQuery"));
}

#[test]
fn clients_are_searched_by_every_documented_filter() {
    let query = SearchQuery::any([
        M2mClientFilter::client_id(both("client_id")),
        M2mClientFilter::client_name(both("client_name")),
        M2mClientFilter::scopes(both("scopes")),
    ]);
    let body = body_of(&m2m::Search::builder().query(query).build());
    assert_eq!(body, recorded("m2m.clients.search.operands_every_or"));
    assert_eq!(names(&body), documented("consumer.m2m.M2MSearchQuery"));
}

/// A filter that Stytch adds later can be used without a new version of this client.
#[test]
fn other_filters_can_be_sent() {
    let fields = json!({"filter_name": "created_at_between", "greater_than": "2026-01-01T00:00:00Z"});
    let query = SearchQuery::all([
        UserFilter::other("filter_of_the_future", json!({"a": [1, null, "x"]})),
        UserFilter::from(fields.as_object().unwrap().clone()),
        UserFilter::oauth_provider(Vec::<String>::new()),
    ]);
    let body = body_of(&users::Search::builder().query(query).limit(1).build());
    assert_eq!(
        body,
        json!({"limit": 1, "query": {"operator": "AND", "operands": [
            {"filter_name": "filter_of_the_future", "filter_value": {"a": [1, null, "x"]}},
            fields,
            {"filter_name": "oauth_provider", "filter_value": []},
        ]}})
    );
}

#[test]
fn a_serialized_query_can_be_deserialized() {
    let query: SearchQuery<User> = SearchQuery::all([UserFilter::password_exists(false)]);
    let again: SearchQuery<User> = serde_json::from_value(serde_json::to_value(&query).unwrap()).unwrap();
    assert_eq!(again, query);
    let nothing: SearchQuery<M2mClient> = SearchQuery::any([]);
    assert_eq!(nothing.operator, SearchOperator::Or);
    assert_eq!(serde_json::to_string(&nothing).unwrap(), r#"{"operator":"OR","operands":[]}"#);
}

/// The number of requests so far.
type Requests = std::sync::Arc<std::sync::atomic::AtomicUsize>;

/// An API with 10 000 users, which returns 1000 per page.
fn with_users() -> (ClientBuilder, Requests) {
    let requests = Requests::default();
    let counted = Requests::clone(&requests);
    let transport = move |request: http::Request<Body>| {
        counted.fetch_add(1, Ordering::SeqCst);
        let body: Value = serde_json::from_slice(request.body().as_bytes().unwrap()).unwrap();
        assert_eq!(body["query"]["operands"][0]["filter_name"], "email_verified");
        let page: usize = body["cursor"].as_str().unwrap_or("0").parse().unwrap();
        let users = (0..1000).map(|number| json!({"user_id": format!("user-test-{page}-{number}")}));
        let next = if page < 9 { json!((page + 1).to_string()) } else { json!("") };
        let response = json!({
            "results": users.collect::<Vec<_>>(), "results_metadata": {"total": 10_000, "next_cursor": next},
        });
        async move { Ok(http::Response::new(Body::from(response.to_string()))) }
    };
    (Client::builder("project-test-1", "secret-test-1").transport(transport), requests)
}

fn verified() -> SearchQuery<User> {
    SearchQuery::all([UserFilter::email_verified(true)])
}

#[tokio::test]
async fn ten_thousand_users_are_found_page_by_page() {
    let (builder, requests) = with_users();
    let client = builder.build().unwrap();
    let mut users = client.users().search().query(verified()).limit(1000).items();
    let mut found = BTreeSet::new();
    while let Some(user) = users.next().await {
        assert_eq!(
            requests.load(Ordering::SeqCst),
            found.len() / 1000 + 1,
            "a page is requested only when it is needed"
        );
        found.insert(user.unwrap().user_id);
    }
    assert_eq!((found.len(), requests.load(Ordering::SeqCst)), (10_000, 10));

    let mut pages = client.users().search().query(verified()).pages();
    let first = pages.next().await.unwrap().unwrap();
    assert_eq!((first.results.len(), first.results_metadata.total), (1000, 10_000));
    assert_eq!(requests.load(Ordering::SeqCst), 11);
}

#[test]
fn a_blocking_client_finds_users_page_by_page() {
    let (builder, requests) = with_users();
    let client = builder.build_blocking().unwrap();
    let users = client.users().search().query(verified()).items();
    let few: Vec<_> = users.take(1001).map(|user| user.unwrap().user_id).collect();
    assert_eq!(few.last().unwrap(), "user-test-1-0");
    assert_eq!(requests.load(Ordering::SeqCst), 2);
}

/// The other lists have pages too. The list of rules has its cursor next to the rules.
#[tokio::test]
async fn every_list_that_has_a_cursor_can_be_paged() {
    let transport = |request: http::Request<Body>| {
        let body: Value = serde_json::from_slice(request.body().as_bytes().unwrap()).unwrap();
        let next = if body["cursor"] == "2" { json!("") } else { json!("2") };
        let metadata = json!({"total": 2, "next_cursor": next});
        let items = json!([{"client_id": "c"}]);
        let response = match request.uri().path() {
            "/v1/rules/list" => json!({"rules": [{"action": "BLOCK"}], "next_cursor": next}),
            "/v1/m2m/clients/search" => json!({"m2m_clients": items, "results_metadata": metadata}),
            _ => json!({"connected_apps": items, "results_metadata": metadata}),
        };
        async move { Ok(http::Response::new(Body::from(response.to_string()))) }
    };
    let client = Client::builder("project-test-1", "secret-test-1").transport(transport).build().unwrap();
    let (mut rules, mut clients, mut apps) = (
        client.fraud().rules().list().items(),
        client.m2m().clients().search().items(),
        client.connected_app().clients().search().items(),
    );
    for is_there in [true, true, false] {
        assert_eq!(rules.next().await.map(Result::unwrap).is_some(), is_there);
        assert_eq!(clients.next().await.map(Result::unwrap).is_some(), is_there);
        assert_eq!(apps.next().await.map(Result::unwrap).is_some(), is_there);
    }
}
