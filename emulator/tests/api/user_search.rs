//! The search for users: filters, operators and pages.

use std::time::Duration;

use serde_json::{Value, json};
use stytch_emulator::Emulator;

use crate::support::{PASSWORD, Peer, start, text};

const SEED: &str = r#"{ "users": [
    { "email": "ada@example.com", "user_id": "user-1", "email_id": "email-1", "email_verified": true,
      "password": "not strong", "name": { "first_name": "Ada", "middle_name": "King", "last_name": "Lovelace" },
      "external_id": "crm-1",
      "totps": [{ "secret": "JBSWY3DPEHPK3PXP", "totp_id": "totp-1" }],
      "crypto_wallets": [{ "crypto_wallet_type": "ethereum", "crypto_wallet_address": "0xAB", "crypto_wallet_id": "wallet-1" }] },
    { "email": "bob@example.org", "user_id": "user-2", "email_id": "email-2", "pending": true,
      "phone_number": "+12025550162", "phone_number_verified": true,
      "totps": [{ "secret": "JBSWY3DPEHPK3PXP", "totp_id": "totp-2", "verified": false }],
      "crypto_wallets": [{ "crypto_wallet_type": "solana", "crypto_wallet_address": "Sol", "verified": false }] },
    { "email": "carol@example.com", "user_id": "user-3", "phone_number": "+4930123456",
      "providers": [{ "provider_type": "Google", "provider_subject": "1" }],
      "webauthn_registrations": [{ "domain": "example.com", "webauthn_registration_id": "webauthn-3" }] }
] }"#;

async fn seeded() -> Peer {
    Peer::with(Emulator::builder().strict(true).start_at(start()).seed(SEED)).await
}

/// Returns the numbers of the users that a query finds.
async fn found(peer: &Peer, query: Value) -> Vec<u32> {
    let response = peer.post("/v1/users/search", json!({ "query": query })).await.ok();
    let results = response["results"].as_array().expect("a list");
    assert_eq!(response["results_metadata"], json!({ "total": results.len(), "next_cursor": "" }));
    let number = |user: &Value| text(&user["user_id"])["user-".len()..].parse().expect("a number");
    results.iter().map(number).collect()
}

#[tokio::test]
async fn every_filter_finds_its_users() {
    let peer = seeded().await;
    let phone_id = peer.get("/v1/users/user-2").await.ok()["phone_numbers"][0]["phone_id"].clone();
    for (name, value, expected) in [
        ("created_at_greater_than", json!("2025-12-31T23:59:59Z"), vec![1, 2, 3]),
        ("created_at_greater_than", json!("2026-01-01T00:00:00Z"), vec![]),
        ("created_at_less_than", json!("2026-01-01T01:00:01+01:00"), vec![1, 2, 3]),
        ("created_at_less_than", json!("2026-01-01T00:00:00Z"), vec![]),
        (
            "created_at_between",
            json!({ "greater_than": "2025-01-01T00:00:00Z", "less_than": "2027-01-01T00:00:00Z" }),
            vec![1, 2, 3],
        ),
        (
            "created_at_between",
            json!({ "greater_than": "2026-06-01T00:00:00Z", "less_than": "2027-01-01T00:00:00Z" }),
            vec![],
        ),
        ("status", json!("active"), vec![1, 3]),
        ("status", json!("pending"), vec![2]),
        ("oauth_provider", json!(["google", "apple"]), vec![3]),
        ("user_id", json!(["user-1", "user-3", "user-9"]), vec![1, 3]),
        ("user_id", json!(["crm-1"]), vec![1]),
        ("full_name_fuzzy", json!("king love"), vec![1]),
        ("phone_number", json!(["+12025550162"]), vec![2]),
        ("phone_id", json!([phone_id]), vec![2]),
        ("phone_verified", json!(true), vec![2]),
        ("phone_verified", json!(false), vec![3]),
        ("phone_number_fuzzy", json!("5550"), vec![2]),
        ("email_address", json!(["ADA@example.com", "bob@example.org"]), vec![1, 2]),
        ("email_id", json!(["email-2"]), vec![2]),
        ("email_verified", json!(true), vec![1]),
        ("email_verified", json!(false), vec![2, 3]),
        ("email_address_fuzzy", json!("EXAMPLE.com"), vec![1, 3]),
        ("webauthn_registration_verified", json!(true), vec![3]),
        ("webauthn_registration_verified", json!(false), vec![]),
        ("webauthn_registration_id", json!(["webauthn-3"]), vec![3]),
        ("crypto_wallet_id", json!(["wallet-1"]), vec![1]),
        ("crypto_wallet_address", json!(["0xab", "Sol"]), vec![1, 2]),
        ("crypto_wallet_verified", json!(false), vec![2]),
        ("totp_id", json!(["totp-1", "totp-2"]), vec![1, 2]),
        ("totp_verified", json!(true), vec![1]),
        ("password_exists", json!(true), vec![1]),
        ("password_exists", json!(false), vec![2, 3]),
        ("email_id", json!([]), vec![]),
    ] {
        let operand = json!({ "filter_name": name, "filter_value": value });
        let query = json!({ "operator": "AND", "operands": [operand] });
        assert_eq!(found(&peer, query).await, expected, "{operand}");
    }
    // The .NET SDK puts the two times next to the name.
    let flat = json!({
        "filter_name": "created_at_between", "greater_than": "2025-01-01T00:00:00Z", "less_than": "2027-01-01T00:00:00Z",
    });
    assert_eq!(found(&peer, json!({ "operator": "AND", "operands": [flat] })).await, [1, 2, 3]);
}

#[tokio::test]
async fn operators_combine_filters() {
    let peer = seeded().await;
    let com = json!({ "filter_name": "email_address_fuzzy", "filter_value": "example.com" });
    let pending = json!({ "filter_name": "status", "filter_value": "pending" });
    let password = json!({ "filter_name": "password_exists", "filter_value": true });
    let query = |operator: &str, operands: &[&Value]| json!({ "operator": operator, "operands": operands });
    assert_eq!(found(&peer, query("AND", &[&com, &password])).await, [1]);
    assert_eq!(found(&peer, query("AND", &[&com, &pending])).await, [0; 0]);
    assert_eq!(found(&peer, query("OR", &[&pending, &password])).await, [1, 2]);
    for empty in [query("AND", &[]), query("OR", &[]), json!({})] {
        assert_eq!(found(&peer, empty).await, [1, 2, 3]);
    }
}

#[tokio::test]
async fn pages_contain_every_user_once() {
    let peer = Peer::start().await;
    let mut created = Vec::new();
    for number in 0..7 {
        let user = json!({ "email": format!("user{number}@example.com") });
        created.push(text(&peer.post("/v1/users", user).await.ok()["user_id"]));
    }
    let (mut cursor, mut seen, mut sizes) = (String::new(), Vec::new(), Vec::new());
    loop {
        let page = peer.post("/v1/users/search", json!({ "limit": 3, "cursor": cursor })).await.ok();
        assert_eq!(page["results_metadata"]["total"], 7);
        let results = page["results"].as_array().expect("a list");
        sizes.push(results.len());
        seen.extend(results.iter().map(|user| text(&user["user_id"])));
        cursor = text(&page["results_metadata"]["next_cursor"]);
        if cursor.is_empty() {
            break;
        }
        // If a user is deleted between two pages, the next page still has the users that follow.
        if seen.len() == 3 {
            peer.delete(&format!("/v1/users/{}", seen[0])).await.ok();
            peer.post("/v1/passwords", json!({ "email": "late@example.com", "password": PASSWORD }))
                .await
                .ok();
        }
    }
    created.sort();
    seen.retain(|user_id| created.contains(user_id));
    let mut unique = seen.clone();
    unique.sort();
    assert_eq!(unique, created);
    assert_eq!(sizes[..2], [3, 3]);
}

#[tokio::test]
async fn invalid_searches_have_specific_error_types() {
    let peer = seeded().await;
    let operand = |operand: Value| json!({ "query": { "operator": "AND", "operands": [operand] } });
    let filter = |name: &str, value: Value| operand(json!({ "filter_name": name, "filter_value": value }));
    for (body, error_type) in [
        (json!({ "limit": 0 }), "user_search_invalid_limit"),
        (json!({ "limit": 1001 }), "user_search_invalid_limit"),
        (json!({ "limit": -1 }), "user_search_invalid_limit"),
        (json!({ "cursor": "not base64!" }), "user_search_invalid_cursor"),
        (json!({ "query": { "operator": "XOR", "operands": [] } }), "user_search_invalid_operator"),
        (json!({ "query": { "operator": "AND", "operands": {} } }), "bad_request"),
        (operand(json!("status")), "bad_request"),
        (operand(json!({})), "user_search_missing_filter_name"),
        (operand(json!({ "filter_name": 1, "filter_value": 1 })), "user_search_filter_name_must_be_string"),
        (operand(json!({ "filter_name": "status" })), "user_search_missing_filter_value"),
        (operand(json!({ "filter_name": "created_at_between" })), "user_search_missing_filter_value"),
        (filter("shoe_size", json!(42)), "user_search_filter_name_not_recognized"),
        (filter("user_id", json!("user-1")), "user_search_expected_array_of_string"),
        (filter("user_id", json!([1])), "user_search_expected_array_of_string"),
        (filter("phone_verified", json!("true")), "user_search_expected_bool"),
        (filter("full_name_fuzzy", json!(["Ada"])), "user_search_expected_string"),
        (filter("created_at_between", json!("2026")), "user_search_expected_object"),
        (
            filter("created_at_between", json!({ "less_than": "2026-01-01T00:00:00Z" })),
            "user_search_expected_object",
        ),
        (filter("created_at_less_than", json!("yesterday")), "user_search_expected_timestamp"),
        (filter("status", json!("banned")), "user_search_invalid_status_filter"),
        (filter("full_name_fuzzy", json!("ab")), "user_search_full_name_fuzzy_too_short"),
        (filter("email_address_fuzzy", json!("a@")), "user_search_email_address_fuzzy_too_short"),
        (filter("phone_number_fuzzy", json!("+1")), "user_search_phone_number_fuzzy_too_short"),
    ] {
        peer.post("/v1/users/search", body).await.rejected(400, error_type);
    }
}

#[tokio::test]
async fn a_search_uses_the_clock_of_the_emulator() {
    let peer = seeded().await;
    peer.emulator.advance(Duration::from_secs(24 * 3600));
    peer.post("/v1/users", json!({ "email": "late@example.com" })).await.ok();
    let operand = json!({ "filter_name": "created_at_greater_than", "filter_value": "2026-01-01T12:00:00Z" });
    let query = json!({ "query": { "operator": "AND", "operands": [operand] } });
    let response = peer.post("/v1/users/search", query).await.ok();
    assert_eq!(response["results"][0]["emails"][0]["email"], "late@example.com");
    assert_eq!(response["results_metadata"]["total"], 1);
}
