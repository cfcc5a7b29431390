//! Everything that a user can have, and everything that was sent to them, survives a kill.

use serde_json::{Value, json};

use crate::support::{Program, directory};

/// Sends a request that must succeed.
async fn ok(program: &Program, path: &str, body: Value) -> Value {
    let (status, response) = program.post(path, &body).await;
    assert_eq!(status, 200, "{path}: {response}");
    response
}

/// The latest message that was sent.
async fn sent(program: &Program) -> Value {
    let outbox = program.get("/_emulator/outbox").await;
    outbox["messages"].as_array().and_then(|messages| messages.last()).expect("a message").clone()
}

/// Requests before the program is killed, and requests afterwards that use up their results: a path and a body.
async fn made(program: &Program) -> Vec<(&'static str, Value)> {
    let ada = json!({ "email": "ada@example.com", "external_id": "crm-1", "phone_number": "+12025550162" });
    let user_id = ok(program, "/v1/users", ada).await["user_id"].clone();
    let mut uses = Vec::new();
    ok(program, "/v1/magic_links/email/send", json!({ "email": "ada@example.com" })).await;
    uses.push(("/v1/magic_links/authenticate", json!({ "token": sent(program).await["token"] })));
    ok(program, "/v1/magic_links/email/invite", json!({ "email": "bob@example.com" })).await;
    uses.push(("/v1/magic_links/authenticate", json!({ "token": sent(program).await["token"] })));
    let created = ok(program, "/v1/magic_links", json!({ "user_id": user_id })).await;
    uses.push(("/v1/magic_links/authenticate", json!({ "token": created["token"] })));
    let passcode = ok(program, "/v1/otps/sms/send", json!({ "phone_number": "+12025550162" })).await;
    let code = sent(program).await["code"].clone();
    uses.push(("/v1/otps/authenticate", json!({ "method_id": passcode["phone_id"], "code": code })));
    let totps = json!([{ "secret": "JBSWY3DPEHPK3PXP", "recovery_codes": ["ckss-2skx-ebow"] }]);
    let carol = json!({ "email": "carol@example.com", "user_id": "carol", "totps": totps });
    ok(program, "/_emulator/users", json!({ "users": [carol] })).await;
    let recovery = json!({ "user_id": "carol", "recovery_code": "ckss-2skx-ebow" });
    uses.push(("/v1/totps/recover", recovery));
    let token = ok(program, "/_emulator/impersonation", json!({ "user_id": "crm-1" })).await;
    let impersonation = json!({ "impersonation_token": token["impersonation_token"] });
    uses.push(("/v1/impersonation/authenticate", impersonation));
    uses
}

#[tokio::test]
async fn proofs_factors_and_clients_survive_a_kill() {
    let file = directory("kept").join("state");
    let arguments = ["--state-file", file.to_str().expect("a path")];
    let program = Program::start(&arguments);
    let uses = made(&program).await;
    let client = ok(&program, "/v1/m2m/clients", json!({ "scopes": ["read"] })).await["m2m_client"].clone();
    let id = client["client_id"].as_str().expect("an id");
    let rotated = ok(&program, &format!("/v1/m2m/clients/{id}/secrets/rotate/start"), json!({})).await;
    let wallet = json!({
        "crypto_wallet_type": "ethereum", "crypto_wallet_address": "0x14791697260E4c9A71f18484C9f997B308e59325",
    });
    let started = ok(&program, "/v1/crypto_wallets/authenticate/start", wallet.clone()).await;
    let search = ok(&program, "/v1/users/search", json!({})).await["results"].clone();
    program.signal("KILL");
    drop(program);

    let program = Program::start(&arguments);
    assert_eq!(ok(&program, "/v1/users/search", json!({})).await["results"], search);
    for (path, body) in &uses {
        ok(&program, path, body.clone()).await;
    }
    let token = format!("/v1/public/{}/oauth2/token", program.credentials.0);
    for secret in [&client["client_secret"], &rotated["m2m_client"]["next_client_secret"]] {
        let body = json!({ "grant_type": "client_credentials", "client_id": id, "client_secret": secret });
        ok(&program, &token, body).await;
    }
    let again = ok(&program, "/v1/crypto_wallets/authenticate/start", wallet).await;
    assert_eq!((&again["user_created"], &again["user_id"]), (&json!(false), &started["user_id"]));
    program.signal("KILL");
    drop(program);

    // Proofs that were used up before the kill stay used up.
    let program = Program::start(&arguments);
    for (path, body) in &uses {
        assert_eq!(program.post(path, body).await.0, 401, "{path}");
    }
    let deleted = delete(&program, &format!("/v1/m2m/clients/{id}")).await;
    assert_eq!(deleted, 200);
    program.signal("KILL");
    drop(program);

    let program = Program::start(&arguments);
    assert_eq!(delete(&program, &format!("/v1/m2m/clients/{id}")).await, 404);
}

/// Deletes something, and returns the status.
async fn delete(program: &Program, path: &str) -> u16 {
    let (project_id, secret) = &program.credentials;
    let request = crate::support::http_client().delete(format!("{}{path}", program.base_url));
    request.basic_auth(project_id, Some(secret)).send().await.expect("a response").status().as_u16()
}
