//! The documented limits on metadata, and the effect of a migration on an existing user.

use serde_json::{Map, Value, json};
use stytch_emulator::Emulator;

use crate::support::{PASSWORD, Peer, Reply};

const KINDS: [&str; 2] = ["trusted_metadata", "untrusted_metadata"];
const HASH: &str = "0cc175b9c0f1b6a831c399e269772661";

async fn create(peer: &Peer, email: &str, kind: &str, metadata: &Value) -> Reply {
    let body = json!({ "email": email, "password": PASSWORD, kind: metadata });
    peer.post("/v1/passwords", body).await
}

async fn migrate(peer: &Peer, email: &str, extra: Value) -> Reply {
    let mut body = json!({ "email": email, "hash": HASH, "hash_type": "md_5" });
    body.as_object_mut().expect("an object").extend(extra.as_object().expect("an object").clone());
    peer.post("/v1/passwords/migrate", body).await
}

/// Returns metadata with one key for each number.
fn keys(range: std::ops::Range<usize>) -> Value {
    Value::Object(range.map(|number| (format!("key {number}"), json!(number))).collect::<Map<_, _>>())
}

/// Returns metadata of exactly this many bytes of JSON.
fn of_size(bytes: usize) -> Value {
    json!({ "a": "x".repeat(bytes - r#"{"a":""}"#.len()) })
}

#[tokio::test]
async fn metadata_has_at_most_20_top_level_keys() {
    let peer = Peer::start().await;
    for kind in KINDS {
        create(&peer, &format!("{kind}@example.com"), kind, &keys(0..20)).await.ok();
        let message = create(&peer, "ada@example.com", kind, &keys(0..21)).await;
        let message = message.rejected(400, "metadata_too_many_keys");
        assert_eq!(message, format!("`{kind}` would have 21 top-level keys. The limit is 20."));
        let nested = json!({ "a": keys(0..100), "b": [keys(0..100)] });
        create(&peer, &format!("nested.{kind}@example.com"), kind, &nested).await.ok();
        let message = migrate(&peer, "ada@example.com", json!({ kind: keys(0..21) })).await;
        message.rejected(400, "metadata_too_many_keys");
    }
}

#[tokio::test]
async fn metadata_has_at_most_4096_bytes() {
    let peer = Peer::start().await;
    for kind in KINDS {
        create(&peer, &format!("{kind}@example.com"), kind, &of_size(4096)).await.ok();
        let message = create(&peer, "ada@example.com", kind, &of_size(4097)).await;
        let message = message.rejected(400, "metadata_too_large");
        assert_eq!(message, format!("`{kind}` would have 4097 bytes of JSON. The limit is 4096."));
        let multibyte = json!({ "a": "ü".repeat(2100) });
        create(&peer, "ada@example.com", kind, &multibyte).await.rejected(400, "metadata_too_large");
        let message = migrate(&peer, "ada@example.com", json!({ kind: of_size(4097) })).await;
        message.rejected(400, "metadata_too_large");
    }
    // The rejected requests have not created a password: otherwise, this migration would be rejected too.
    migrate(&peer, "ada@example.com", json!({})).await.ok();
}

#[tokio::test]
async fn the_limits_apply_after_the_merge() {
    let user = json!({ "email": "ada@example.com", "trusted_metadata": keys(0..20) });
    let large = json!({ "email": "bob@example.com", "untrusted_metadata": of_size(4096) });
    let seed = json!({ "users": [user, large] }).to_string();
    let peer = Peer::with(Emulator::builder().strict(true).seed(seed)).await;
    let one_more = json!({ "trusted_metadata": { "one more": 1 } });
    migrate(&peer, "ada@example.com", one_more).await.rejected(400, "metadata_too_many_keys");
    let byte_more = json!({ "untrusted_metadata": { "b": 1 } });
    migrate(&peer, "bob@example.com", byte_more).await.rejected(400, "metadata_too_large");
    // A null deletes a key, so that another key can be added.
    let exchanged = json!({ "trusted_metadata": { "one more": 1, "key 0": null } });
    let user = migrate(&peer, "ada@example.com", exchanged).await.ok()["user"].take();
    assert_eq!(user["trusted_metadata"].as_object().map(Map::len), Some(20));
}

#[tokio::test]
async fn a_migration_sets_the_external_id_of_new_users_only() {
    let seed = json!({ "users": [
        { "email": "ada@example.com", "external_id": "crm|1" },
        { "email": "bob@example.com" },
    ] });
    let peer = Peer::with(Emulator::builder().strict(true).seed(seed.to_string())).await;
    let ada = migrate(&peer, "ada@example.com", json!({ "external_id": "crm|2" })).await.ok();
    assert_eq!((&ada["user_created"], &ada["user"]["external_id"]), (&json!(false), &json!("crm|1")));
    // The id of another user is not set either, so it is not a duplicate.
    let bob = migrate(&peer, "bob@example.com", json!({ "external_id": "crm|1" })).await.ok();
    assert_eq!((&bob["user_created"], &bob["user"]["external_id"]), (&json!(false), &Value::Null));
    let eve = migrate(&peer, "eve@example.com", json!({ "external_id": "crm|2" })).await.ok();
    assert_eq!((&eve["user_created"], &eve["user"]["external_id"]), (&json!(true), &json!("crm|2")));
    migrate(&peer, "new@example.com", json!({ "external_id": "crm|1" }))
        .await
        .rejected(400, "duplicate_user_external_id");
    for email in ["bob@example.com", "new@example.com"] {
        let message = migrate(&peer, email, json!({ "external_id": "no spaces" })).await;
        let expected = if email == "bob@example.com" { "password_already_exists" } else { "bad_request" };
        message.rejected(400, expected);
    }
}
