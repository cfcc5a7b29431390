//! The content of the state file.

use std::{fs, io::Write};

use serde_json::json;

use super::{latest_token, log_in, member, organization, session};
use crate::{
    state::{Directory, kept_in},
    support::Peer,
};

#[tokio::test]
async fn organizations_and_members_survive_a_restart() {
    let directory = Directory::new("organizations");
    let peer = Peer::with(kept_in(&directory.file())).await;
    let settings = json!({ "mfa_policy": "OPTIONAL", "trusted_metadata": { "a": 1 } });
    organization(&peer, "acme", settings).await;
    organization(&peer, "gone", json!({})).await;
    member(&peer, "gone", "ada@acme.co").await;
    peer.delete("/v1/b2b/organizations/gone").await.ok();
    let roles = json!({ "org_policy": { "roles": [{ "role_id": "curator", "permissions": [] }] } });
    peer.put("/v1/b2b/rbac/organizations/acme", roles).await.ok();
    member(&peer, "acme", "ada@acme.co").await;
    let login = log_in(&peer, "acme", "ada@acme.co").await;
    let send = json!({ "email_address": "ada@acme.co" });
    peer.post("/v1/b2b/magic_links/email/discovery/send", send).await.ok();
    let token = json!({ "discovery_magic_links_token": latest_token(&peer) });
    let found = peer.post("/v1/b2b/magic_links/discovery/authenticate", token).await.ok();
    let acme = peer.get("/v1/b2b/organizations/acme").await.ok()["organization"].clone();
    peer.emulator.shutdown().await;

    let peer = Peer::with(kept_in(&directory.file())).await;
    assert_eq!(peer.get("/v1/b2b/organizations/acme").await.ok()["organization"], acme);
    peer.get("/v1/b2b/organizations/gone").await.rejected(404, "organization_not_found");
    let session = json!({ "session_token": login["session_token"] });
    let session = peer.post("/v1/b2b/sessions/authenticate", session).await.ok();
    assert_eq!(session["member"]["email_address"], "ada@acme.co");
    let exchange = json!({
        "intermediate_session_token": found["intermediate_session_token"], "organization_id": "acme",
    });
    peer.post("/v1/b2b/discovery/intermediate_sessions/exchange", exchange).await.ok();
    peer.emulator.reset();
    peer.get("/v1/b2b/organizations/acme").await.rejected(404, "organization_not_found");
}

/// A second line could fail after the first one was written.
#[tokio::test]
async fn a_new_password_and_its_intermediate_session_are_one_change() {
    let directory = Directory::new("one-change");
    let peer = Peer::with(kept_in(&directory.file())).await;
    organization(&peer, "acme", json!({})).await;
    let token = session(&peer, "acme", "ada@acme.co").await;
    let start = json!({ "email_address": "ada@acme.co" });
    peer.post("/v1/b2b/passwords/discovery/email/reset/start", start).await.ok();
    let reset =
        json!({ "password_reset_token": latest_token(&peer), "password": "a new battery staple horse" });
    let lines = || fs::read_to_string(directory.file()).expect("the file").lines().count();
    let before = lines();
    let found = peer.post("/v1/b2b/passwords/discovery/email/reset", reset).await.ok();
    assert_eq!(lines(), before + 1);
    assert_ne!(found["intermediate_session_token"], "");
    let authenticate = json!({ "session_token": token });
    peer.post("/v1/b2b/sessions/authenticate", authenticate).await.rejected(404, "session_not_found");
}

/// A state file that an emulator without organizations has written.
#[tokio::test]
async fn a_state_file_without_organizations_is_read() {
    let directory = Directory::new("before-organizations");
    let mut file = fs::File::create(directory.file()).expect("a file");
    let session = json!({
        "session_id": "session-test-1", "user_id": "user-test-1", "token": "the old token",
        "started_at": "2026-01-01T00:00:00Z", "last_accessed_at": "2026-01-01T00:00:00Z",
        "expires_at": "2026-01-01T01:00:00Z", "factors": [], "roles": ["stytch_user"],
        "attributes": { "ip_address": "", "user_agent": "" }, "custom_claims": {},
    });
    let user = json!({
        "user_id": "user-test-1", "name": { "first_name": "", "middle_name": "", "last_name": "" },
        "emails": [], "phone_numbers": [], "status": "active", "created_at": "2026-01-01T00:00:00Z",
        "roles": [], "external_id": null, "trusted_metadata": {}, "untrusted_metadata": {}, "password": null,
    });
    let change = json!({ "users": [user], "sessions": [session] });
    write!(file, "{{\"stytch_emulator_state\":1,\"starts\":1}}\n{change}\n").expect("written");
    drop(file);
    let peer = Peer::with(kept_in(&directory.file())).await;
    let body = json!({ "session_token": "the old token" });
    peer.post("/v1/sessions/authenticate", body.clone()).await.ok();
    peer.post("/v1/b2b/sessions/authenticate", body).await.rejected(404, "session_not_found");
}
