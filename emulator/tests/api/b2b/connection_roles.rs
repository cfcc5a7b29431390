//! The roles that SSO connections give to members.

use reqwest::Method;
use serde_json::{Value, json};

use super::{
    acting,
    connections::{authenticate, token, with_connection},
    log_in, member, organization,
};
use crate::support::{Peer, text};

#[tokio::test]
async fn members_get_the_roles_of_the_connection_with_which_they_log_in() {
    let peer = Peer::start().await;
    let id = with_connection(&peer, "acme", json!({})).await;
    let path = format!("/v1/b2b/sso/saml/acme/connections/{id}");
    let role = |role_id: &str| json!({ "role_id": role_id, "permissions": [] });
    let roles = json!({ "org_policy": { "roles": [role("reader"), role("writer")] } });
    peer.put("/v1/b2b/rbac/organizations/acme", roles).await.ok();
    let unknown = json!({ "saml_connection_implicit_role_assignments": [{ "role_id": "nobody" }] });
    peer.put(&path, unknown).await.rejected(400, "invalid_rbac_role_assignment");
    let assign = json!({
        "saml_connection_implicit_role_assignments": [{ "role_id": "reader" }],
        "saml_group_implicit_role_assignments": [{ "role_id": "writer", "group": "engineers" }],
    });
    peer.put(&path, assign).await.ok();
    member(&peer, "acme", "ada@acme.co").await;
    for (groups, roles) in [
        ("sales", json!(["stytch_member", "reader"])),
        ("sales, engineers", json!(["stytch_member", "reader", "writer"])),
    ] {
        let token = token(&peer, &id, &[("email", "ada@acme.co"), ("groups", groups)]).await;
        let done = authenticate(&peer, &token).await.ok();
        assert_eq!(done["member_session"]["roles"], roles, "{groups}");
    }
    // The member has the roles, but a session without the connection does not.
    let other = log_in(&peer, "acme", "ada@acme.co").await;
    assert_eq!(other["member_session"]["roles"], json!(["stytch_member"]));
    let source = &other["member"]["roles"][2]["sources"][0];
    assert_eq!(source["type"], "sso_connection_group");
    assert_eq!(source["details"], json!({ "connection_id": id, "group": "engineers" }));
}

#[tokio::test]
async fn a_session_ends_if_its_connection_still_gives_a_role_that_was_taken() {
    let peer = Peer::start().await;
    let id = with_connection(&peer, "acme", json!({})).await;
    let assign = json!({ "saml_connection_implicit_role_assignments": [{ "role_id": "stytch_admin" }] });
    peer.put(&format!("/v1/b2b/sso/saml/acme/connections/{id}"), assign).await.ok();
    let ada = text(&member(&peer, "acme", "ada@acme.co").await["member_id"]);
    let other = log_in(&peer, "acme", "ada@acme.co").await["session_token"].clone();
    let path = format!("/v1/b2b/organizations/acme/members/{ada}");
    let check = async |token: &Value| {
        peer.post("/v1/b2b/sessions/authenticate", json!({ "session_token": token })).await
    };
    for preserves in [true, false] {
        peer.put(&path, json!({ "roles": ["stytch_admin"] })).await.ok();
        let token = token(&peer, &id, &[("email", "ada@acme.co")]).await;
        let sso = authenticate(&peer, &token).await.ok()["session_token"].clone();
        peer.put(&path, json!({ "name": "Ada" })).await.ok();
        check(&sso).await.ok();
        peer.put(&path, json!({ "roles": [], "preserve_existing_sessions": preserves })).await.ok();
        if preserves {
            check(&sso).await.ok();
        } else {
            check(&sso).await.rejected(404, "session_not_found");
        }
        check(&other).await.ok();
    }
}

#[tokio::test]
async fn a_new_connection_assigns_roles_only_with_the_permission_for_that() {
    let peer = Peer::start().await;
    let id = with_connection(&peer, "acme", json!({})).await;
    organization(&peer, "globex", json!({})).await;
    let permissions = json!([{ "resource_id": "stytch.sso", "actions": ["create"] }]);
    let role = json!({ "role_id": "connector", "permissions": permissions });
    peer.put("/v1/b2b/rbac/organizations/globex", json!({ "org_policy": { "roles": [role] } })).await.ok();
    let zoe = text(&member(&peer, "globex", "zoe@globex.co").await["member_id"]);
    let path = format!("/v1/b2b/organizations/globex/members/{zoe}");
    peer.put(&path, json!({ "roles": ["connector"] })).await.ok();
    let zoe = log_in(&peer, "globex", "zoe@globex.co").await["session_token"].clone();
    let mut body = json!({ "external_organization_id": "acme", "external_connection_id": id });
    let path = "/v1/b2b/sso/external/globex";
    acting(&peer, &zoe, Method::POST, path, Some(body.clone())).await.ok();
    body["connection_implicit_role_assignments"] = json!([{ "role_id": "stytch_admin" }]);
    acting(&peer, &zoe, Method::POST, path, Some(body)).await.rejected(403, "session_authorization_error");
}

#[tokio::test]
async fn a_removed_role_does_not_block_other_changes() {
    let peer = Peer::start().await;
    let id = with_connection(&peer, "acme", json!({})).await;
    let path = format!("/v1/b2b/sso/saml/acme/connections/{id}");
    let roles = json!({ "org_policy": { "roles": [{ "role_id": "reader", "permissions": [] }] } });
    peer.put("/v1/b2b/rbac/organizations/acme", roles).await.ok();
    let assign = json!({ "saml_connection_implicit_role_assignments": [{ "role_id": "reader" }] });
    peer.put(&path, assign.clone()).await.ok();
    let domain = json!([{ "domain": "acme.co", "role_id": "reader" }]);
    let domain = json!({ "rbac_email_implicit_role_assignments": domain });
    peer.put("/v1/b2b/organizations/acme", domain.clone()).await.ok();
    let none = json!({ "org_policy": { "roles": [] } });
    peer.put("/v1/b2b/rbac/organizations/acme", none).await.ok();
    peer.put(&path, json!({ "display_name": "New" })).await.ok();
    peer.put("/v1/b2b/organizations/acme", json!({ "organization_name": "New" })).await.ok();
    peer.put(&path, assign).await.rejected(400, "invalid_rbac_role_assignment");
    peer.put("/v1/b2b/organizations/acme", domain).await.rejected(400, "invalid_rbac_role_assignment");
}
