//! All operations on users, except the search.

use serde_json::{Value, json};
use stytch_emulator::Emulator;

use crate::support::{PASSWORD, Peer, text};

/// A user with one factor of each kind, and one without any.
const SEED: &str = r#"{ "users": [
    { "email": "ada@example.com", "user_id": "user-test-ada", "email_id": "email-test-ada", "password": "not strong",
      "phone_number": "+12025550162", "external_id": "crm|ada",
      "providers": [{ "provider_type": "Google", "provider_subject": "1", "oauth_user_registration_id": "oauth-user-1" }],
      "webauthn_registrations": [{ "domain": "example.com", "webauthn_registration_id": "webauthn-1" }],
      "biometric_registrations": [{ "biometric_registration_id": "biometric-1" }],
      "totps": [{ "secret": "JBSWY3DPEHPK3PXP", "totp_id": "totp-1" }],
      "crypto_wallets": [{ "crypto_wallet_type": "ethereum", "crypto_wallet_address": "0x1", "crypto_wallet_id": "wallet-1" }] },
    { "email": "bob@example.com", "user_id": "user-test-bob", "pending": true }
] }"#;

async fn seeded() -> Peer {
    Peer::with(Emulator::builder().strict(true).seed(SEED)).await
}

#[tokio::test]
async fn a_user_can_be_created_with_everything() {
    let peer = Peer::start().await;
    let body = json!({
        "email": "ada@example.com", "phone_number": "+12025550162", "create_user_as_pending": true,
        "name": { "first_name": "Ada", "last_name": "Lovelace" }, "external_id": "crm|1", "roles": ["editor"],
        "attributes": { "ip_address": "192.0.2.1" }, "trusted_metadata": { "plan": "pro" },
        "untrusted_metadata": { "theme": "dark" },
    });
    let created = peer.post("/v1/users", body).await.ok();
    let user = &created["user"];
    assert_eq!((&created["status"], &user["status"]), (&json!("pending"), &json!("pending")));
    assert_eq!(created["email_id"], user["emails"][0]["email_id"]);
    assert_eq!(created["phone_id"], user["phone_numbers"][0]["phone_id"]);
    assert_eq!(user["name"], json!({ "first_name": "Ada", "middle_name": "", "last_name": "Lovelace" }));
    assert_eq!((&user["roles"], &user["external_id"]), (&json!(["editor"]), &json!("crm|1")));
    assert_eq!(user["trusted_metadata"], json!({ "plan": "pro" }));

    let mut shown = peer.get(&format!("/v1/users/{}", text(&created["user_id"]))).await.ok();
    assert_eq!(peer.get("/v1/users/crm%7C1").await.ok()["user_id"], created["user_id"]);
    let fields = shown.as_object_mut().expect("an object");
    fields.retain(|name, _| name != "status_code" && name != "request_id");
    assert_eq!(
        shown, *user,
        "the response to a GET request must have the fields of the user at the top level"
    );
}

#[tokio::test]
async fn a_user_can_be_created_without_an_address() {
    let peer = Peer::start().await;
    let created = peer.post("/v1/users", json!({})).await.ok();
    assert_eq!((&created["email_id"], &created["phone_id"]), (&json!(""), &json!("")));
    assert_eq!(created["status"], "active");
}

#[tokio::test]
async fn invalid_and_duplicate_values_are_rejected() {
    let peer = seeded().await;
    for (body, error_type) in [
        (json!({ "email": "ADA@example.com" }), "duplicate_email"),
        (json!({ "email": "ada" }), "invalid_email"),
        (json!({ "phone_number": "+12025550162" }), "duplicate_phone_number"),
        (json!({ "phone_number": "202 555 0162" }), "invalid_phone_number"),
        (json!({ "external_id": "crm|ada" }), "duplicate_user_external_id"),
        (json!({ "external_id": "user-test-ada" }), "duplicate_user_external_id"),
        (json!({ "external_id": "a b" }), "bad_request"),
    ] {
        peer.post("/v1/users", body.clone()).await.rejected(400, error_type);
        if body.get("external_id").is_some() {
            peer.put("/v1/users/user-test-bob", body).await.rejected(400, error_type);
        }
    }
}

#[tokio::test]
async fn an_update_changes_the_given_fields_and_keeps_the_others() {
    let peer = seeded().await;
    let first = json!({
        "name": { "first_name": "Ada", "last_name": "Byron" }, "trusted_metadata": { "keep": 1, "drop": 2 },
        "roles": ["editor"],
    });
    peer.put("/v1/users/user-test-ada", first).await.ok();
    let second =
        json!({ "name": { "last_name": "Lovelace" }, "trusted_metadata": { "drop": null, "new": [1] } });
    let updated = peer.put("/v1/users/crm%7Cada", second).await.ok();
    let user = &updated["user"];
    assert_eq!(user["name"], json!({ "first_name": "Ada", "middle_name": "", "last_name": "Lovelace" }));
    assert_eq!(
        (&user["trusted_metadata"], &user["roles"]),
        (&json!({ "keep": 1, "new": [1] }), &json!(["editor"]))
    );
    assert_eq!((&updated["emails"], &updated["phone_numbers"]), (&user["emails"], &user["phone_numbers"]));
    assert_eq!(updated["crypto_wallets"][0]["crypto_wallet_id"], "wallet-1");
    // An own id is not a duplicate.
    for id in ["crm|ada", "user-test-ada"] {
        peer.put("/v1/users/user-test-ada", json!({ "external_id": id })).await.ok();
    }
}

/// Several SDKs repeat the parameters of the path in the body. A strict emulator must not reject them.
#[tokio::test]
async fn a_parameter_of_the_path_may_be_repeated_in_the_body() {
    let peer = seeded().await;
    let body = json!({ "user_id": "user-test-ada", "roles": ["a"] });
    assert_eq!(peer.put("/v1/users/user-test-ada", body).await.ok()["user"]["roles"], json!(["a"]));
    let other = json!({ "email_id": "email-test-ada" });
    peer.put("/v1/users/user-test-ada", other).await.rejected(400, "bad_request");
}

#[tokio::test]
async fn each_factor_can_be_deleted_once() {
    let peer = seeded().await;
    let ada = peer.get("/v1/users/user-test-ada").await.ok();
    let phone = text(&ada["phone_numbers"][0]["phone_id"]);
    let password = text(&ada["password"]["password_id"]);
    for (path, field, gone, error_type) in [
        ("emails/email-test-ada".to_owned(), "emails", json!([]), "email_not_found"),
        (format!("phone_numbers/{phone}"), "phone_numbers", json!([]), "phone_number_not_found"),
        (
            "webauthn_registrations/webauthn-1".to_owned(),
            "webauthn_registrations",
            json!([]),
            "webauthn_registration_not_found",
        ),
        (
            "biometric_registrations/biometric-1".to_owned(),
            "biometric_registrations",
            json!([]),
            "biometric_registration_not_found",
        ),
        ("totps/totp-1".to_owned(), "totps", json!([]), "totp_not_found"),
        ("crypto_wallets/wallet-1".to_owned(), "crypto_wallets", json!([]), "crypto_wallet_not_found"),
        (format!("passwords/{password}"), "password", Value::Null, "password_not_found"),
        ("oauth/oauth-user-1".to_owned(), "providers", json!([]), "oauth_user_registration_not_found"),
    ] {
        assert_ne!(ada[field], gone, "{field}");
        let deleted = peer.delete(&format!("/v1/users/{path}")).await.ok();
        assert_eq!(
            (&deleted["user_id"], &deleted["user"][field]),
            (&json!("user-test-ada"), &gone),
            "{field}"
        );
        peer.delete(&format!("/v1/users/{path}")).await.rejected(404, error_type);
    }
    // A deleted value can be used by another user.
    peer.post("/v1/users", json!({ "email": "ada@example.com", "phone_number": "+12025550162" })).await.ok();
}

#[tokio::test]
async fn an_external_id_can_be_deleted() {
    let peer = seeded().await;
    let deleted = peer.delete("/v1/users/crm%7Cada/external_id").await.ok();
    assert_eq!(deleted["user"]["external_id"], Value::Null);
    peer.get("/v1/users/crm%7Cada").await.rejected(404, "user_not_found");
    peer.put("/v1/users/user-test-bob", json!({ "external_id": "crm|ada" })).await.ok();
}

#[tokio::test]
async fn a_deleted_user_leaves_no_data() {
    let peer = Peer::start().await;
    let ada = json!({ "email": "ada@example.com", "password": PASSWORD, "session_duration_minutes": 60 });
    let created = peer.post("/v1/passwords", ada.clone()).await.ok();
    peer.post("/v1/passwords/email/reset/start", json!({ "email": "ada@example.com" })).await.ok();
    let path = format!("/v1/users/{}", text(&created["user_id"]));
    assert_eq!(peer.delete(&path).await.ok()["user_id"], created["user_id"]);

    peer.delete(&path).await.rejected(404, "user_not_found");
    peer.get(&path).await.rejected(404, "user_not_found");
    let session = json!({ "session_token": created["session_token"] });
    peer.post("/v1/sessions/authenticate", session).await.rejected(404, "session_not_found");
    let token = peer.emulator.outbox()[0].token.clone();
    let reset = json!({ "token": token, "password": "staple battery horse correct" });
    peer.post("/v1/passwords/email/reset", reset).await.rejected(401, "unable_to_auth_password_reset_token");
    peer.post("/v1/passwords", ada).await.ok();
}

#[tokio::test]
async fn the_only_address_of_a_user_can_be_exchanged() {
    let peer = seeded().await;
    let path = "/v1/users/user-test-bob/exchange_primary_factor";
    let exchanged = peer.put(path, json!({ "email_address": "robert@example.com" })).await.ok();
    assert_eq!(exchanged["user"]["emails"][0]["email"], "robert@example.com");
    let exchanged = peer.put(path, json!({ "phone_number": "+12025550163" })).await.ok();
    assert_eq!(exchanged["user"]["emails"], json!([]));
    assert_eq!(exchanged["user"]["phone_numbers"][0]["phone_number"], "+12025550163");

    peer.put(path, json!({})).await.rejected(400, "invalid_exchange_primary_factor_fields");
    let both = json!({ "email_address": "bob@example.com", "phone_number": "+12025550164" });
    peer.put(path, both).await.rejected(400, "invalid_exchange_primary_factor_fields");
    peer.put(path, json!({ "phone_number": "+12025550162" })).await.rejected(400, "duplicate_phone_number");
    let ada = "/v1/users/user-test-ada/exchange_primary_factor";
    let new = json!({ "email_address": "lovelace@example.com" });
    peer.put(ada, new).await.rejected(400, "invalid_exchange_primary_factor_user");
}

#[tokio::test]
async fn users_have_no_connected_apps() {
    let peer = seeded().await;
    let apps = peer.get("/v1/users/user-test-ada/connected_apps").await.ok();
    assert_eq!(apps["connected_apps"], json!([]));
    peer.get("/v1/users/nobody/connected_apps").await.rejected(404, "user_not_found");
    let revoke = |user: &str| format!("/v1/users/{user}/connected_apps/connected-app-1/revoke");
    peer.post(&revoke("user-test-ada"), json!({})).await.rejected(404, "idp_client_not_found");
    peer.post(&revoke("nobody"), json!({})).await.rejected(404, "user_not_found");
}
