//! Searches: each filter that is documented has a function that takes the type of its values, and others can be written.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use stytch_client::models::{
    M2mClient, M2mClientFilter, SearchOperator, SearchQuery, User, UserFilter, UserStatus,
};
use stytch_client::{Endpoint, Timestamp, m2m, users};

fn data(name: &str) -> Value {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name);
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

/// The body of a recorded request.
fn recorded(id: &str) -> Value {
    let recorded = data("consumer-wire.json");
    let mut cases = recorded["cases"].as_array().unwrap().iter();
    cases.find(|case| case["id"] == id).unwrap()["body"].clone()
}

/// The names of the filters in the facts.
fn documented(query: &str) -> BTreeSet<String> {
    let facts = data("api/consumer.json");
    let filters = facts["operand_filters"][query].as_array().unwrap();
    filters.iter().map(|filter| filter["filter_name"].as_str().unwrap().to_owned()).collect()
}

fn names(body: &Value) -> BTreeSet<String> {
    let filters = body["query"]["operands"].as_array().unwrap();
    filters.iter().map(|filter| filter["filter_name"].as_str().unwrap().to_owned()).collect()
}

fn body_of(search: &impl Endpoint) -> Value {
    serde_json::from_slice(search.request().unwrap().body().unwrap()).unwrap()
}

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

/// What Stytch adds can be searched for at once, in whatever form.
#[test]
fn other_filters_can_be_written() {
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
fn a_query_is_read_as_it_is_written() {
    let query: SearchQuery<User> = SearchQuery::all([UserFilter::password_exists(false)]);
    let again: SearchQuery<User> = serde_json::from_value(serde_json::to_value(&query).unwrap()).unwrap();
    assert_eq!(again, query);
    let nothing: SearchQuery<M2mClient> = SearchQuery::any([]);
    assert_eq!(nothing.operator, SearchOperator::Or);
    assert_eq!(serde_json::to_string(&nothing).unwrap(), r#"{"operator":"OR","operands":[]}"#);
}
