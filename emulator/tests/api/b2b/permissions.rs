//! The permissions of members: the policies, the checks of sessions, and requests with a member's session.

use reqwest::Method;
use serde_json::{Value, json};
use stytch_emulator::Emulator;

use super::{acting, log_in, member, organization, session};
use crate::support::{Peer, reply, text};

/// Starts an emulator with a custom role, and with the organizations `acme` and `globex`.
async fn peer() -> Peer {
    let policy = json!({
        "roles": [{ "role_id": "editor", "description": "", "permissions": [
            { "resource_id": "documents", "actions": ["read", "write"] },
        ] }],
        "resources": [{ "resource_id": "documents", "description": "", "actions": ["read", "write", "delete"] }],
    });
    let peer = Peer::with(Emulator::builder().strict(true).rbac_policy(policy.to_string())).await;
    organization(&peer, "acme", json!({})).await;
    organization(&peer, "globex", json!({})).await;
    peer
}

/// Logs in a new member with some roles. Returns the token of the session and the id.
async fn with_roles(peer: &Peer, organization: &str, address: &str, roles: Value) -> (Value, String) {
    let id = text(&member(peer, organization, address).await["member_id"]);
    let path = format!("/v1/b2b/organizations/{organization}/members/{id}");
    peer.put(&path, json!({ "roles": roles })).await.ok();
    (log_in(peer, organization, address).await["session_token"].clone(), id)
}

async fn check(peer: &Peer, token: &Value, organization: &str, action: &str) -> crate::support::Reply {
    let check = json!({ "organization_id": organization, "resource_id": "documents", "action": action });
    let body = json!({ "session_token": token, "authorization_check": check });
    peer.post("/v1/b2b/sessions/authenticate", body).await
}

fn org_policy(role_id: &str, actions: &Value) -> Value {
    let permission = json!({ "resource_id": "documents", "actions": actions });
    json!({ "org_policy": { "roles": [
        { "role_id": role_id, "description": "", "permissions": [permission] },
    ] } })
}

#[tokio::test]
async fn the_policy_has_the_resources_and_roles_of_stytch() {
    let peer = peer().await;
    let policy = peer.get("/v1/b2b/rbac/policy").await.ok()["policy"].clone();
    let ids = |list: &str, name: &str| -> Vec<String> {
        policy[list].as_array().expect("a list").iter().map(|item| text(&item[name])).collect()
    };
    assert_eq!(ids("roles", "role_id"), ["stytch_member", "stytch_admin", "editor"]);
    let resources = ids("resources", "resource_id");
    for id in
        ["stytch.organization", "stytch.member", "stytch.sso", "stytch.self", "stytch.scim", "documents"]
    {
        assert!(resources.contains(&id.to_owned()), "{id}");
    }
    // The consumer API has another default role.
    let consumer = peer.get("/v1/rbac/policy").await.ok()["policy"]["roles"][0]["role_id"].clone();
    assert_eq!(consumer, "stytch_user");
}

#[tokio::test]
async fn a_check_compares_the_organization_first() {
    let peer = peer().await;
    let (token, _) = with_roles(&peer, "acme", "ada@acme.co", json!(["editor"])).await;
    let allowed = check(&peer, &token, "acme", "write").await.ok();
    assert_eq!(allowed["verdict"], json!({ "authorized": true, "granting_roles": ["editor"] }));
    check(&peer, &token, "acme", "delete").await.rejected(403, "session_authorization_error");
    for other in ["globex", "nothing"] {
        let elsewhere = check(&peer, &token, other, "write").await;
        elsewhere.rejected(403, "session_authorization_tenancy_error");
    }
}

#[tokio::test]
async fn the_roles_of_organizations_are_never_mixed() {
    let peer = peer().await;
    let path = |slug: &str| format!("/v1/b2b/rbac/organizations/{slug}");
    assert_eq!(peer.get(&path("acme")).await.ok()["org_policy"], json!({ "roles": [] }));
    let set = peer.put(&path("acme"), org_policy("curator", &json!(["delete"]))).await.ok();
    assert_eq!(peer.get(&path("acme")).await.ok()["org_policy"], set["org_policy"]);
    assert_eq!(peer.get(&path("globex")).await.ok()["org_policy"], json!({ "roles": [] }));
    let custom = peer.get("/v1/b2b/organizations/acme").await.ok()["organization"]["custom_roles"].clone();
    assert_eq!(custom, set["org_policy"]["roles"]);

    let (token, _) = with_roles(&peer, "acme", "ada@acme.co", json!(["curator"])).await;
    let verdict = check(&peer, &token, "acme", "delete").await.ok()["verdict"].clone();
    assert_eq!(verdict["granting_roles"], json!(["curator"]));
    let bob = member(&peer, "globex", "bob@globex.co").await;
    let bob = format!("/v1/b2b/organizations/globex/members/{}", text(&bob["member_id"]));
    peer.put(&bob, json!({ "roles": ["curator"] })).await.rejected(400, "invalid_rbac_role_assignment");
    // A role with the same id in another organization has other permissions.
    peer.put(&path("globex"), org_policy("curator", &json!(["read"]))).await.ok();
    let (token, _) = with_roles(&peer, "globex", "eve@globex.co", json!(["curator"])).await;
    check(&peer, &token, "globex", "read").await.ok();
    check(&peer, &token, "globex", "delete").await.rejected(403, "session_authorization_error");
    let policy = peer.get("/v1/b2b/rbac/policy").await.ok()["policy"]["roles"].clone();
    assert_eq!(policy.as_array().map(Vec::len), Some(3));
}

#[tokio::test]
async fn invalid_roles_of_an_organization_have_specific_error_types() {
    let peer = peer().await;
    let twice = json!({ "org_policy": { "roles": [
        { "role_id": "curator", "permissions": [] }, { "role_id": "curator", "permissions": [] },
    ] } });
    let elsewhere = json!({ "org_policy": { "roles": [
        { "role_id": "curator", "permissions": [{ "resource_id": "nothing", "actions": ["read"] }] },
    ] } });
    for (body, error_type) in [
        (org_policy("", &json!(["read"])), "empty_rbac_role_id"),
        (org_policy("editor", &json!(["read"])), "rbac_role_duplicate"),
        (twice, "rbac_role_duplicate"),
        (org_policy("curator", &json!([])), "rbac_permission_missing_actions"),
        (org_policy("curator", &json!(["*", "read"])), "invalid_wildcard_action"),
        (org_policy("curator", &json!(["fly"])), "invalid_permission_action"),
        (elsewhere, "invalid_permission_resource"),
        (json!({ "org_policy": { "roles": [{}] } }), "bad_request"),
    ] {
        peer.put("/v1/b2b/rbac/organizations/acme", body).await.rejected(400, error_type);
    }
    let nothing = peer.put("/v1/b2b/rbac/organizations/nothing", org_policy("curator", &json!(["*"]))).await;
    nothing.rejected(404, "organization_not_found");
}

#[tokio::test]
async fn a_member_can_get_a_role_from_their_address() {
    let peer = peer().await;
    let implicit = json!([{ "domain": "acme.co", "role_id": "editor" }]);
    let update = json!({ "rbac_email_implicit_role_assignments": implicit });
    peer.put("/v1/b2b/organizations/acme", update).await.ok();
    let token = session(&peer, "acme", "ada@ACME.co").await;
    let allowed = check(&peer, &token, "acme", "write").await.ok();
    let role = &allowed["member"]["roles"][1];
    assert_eq!(role["role_id"], "editor");
    assert_eq!(
        role["sources"][0],
        json!({ "type": "email_assignment", "details": { "email_domain": "acme.co" } })
    );
    // A change of roles takes effect immediately.
    peer.put("/v1/b2b/organizations/acme", json!({ "rbac_email_implicit_role_assignments": [] })).await.ok();
    check(&peer, &token, "acme", "write").await.rejected(403, "session_authorization_error");
}

#[tokio::test]
async fn a_member_may_only_do_what_their_roles_allow() {
    let peer = peer().await;
    let (admin, _) = with_roles(&peer, "acme", "ada@acme.co", json!(["stytch_admin"])).await;
    let (bob, bob_id) = with_roles(&peer, "acme", "bob@acme.co", json!([])).await;
    let (_, eve_id) = with_roles(&peer, "acme", "eve@acme.co", json!([])).await;
    let organization = "/v1/b2b/organizations/acme".to_owned();
    let members = format!("{organization}/members");
    let (own, others) = (format!("{members}/{bob_id}"), format!("{members}/{eve_id}"));
    let search = json!({ "organization_ids": ["acme"] });
    let invite = json!({ "organization_id": "acme", "email_address": "new@acme.co" });
    // (method, path, body, whether Bob is allowed to do it)
    for (method, path, body, is_free) in [
        (Method::PUT, &organization, Some(json!({ "organization_name": "A" })), false),
        (Method::PUT, &organization, Some(json!({ "mfa_policy": "OPTIONAL" })), false),
        (Method::POST, &members, Some(json!({ "email_address": "zoe@acme.co" })), false),
        (Method::POST, &"/v1/b2b/organizations/members/search".to_owned(), Some(search), false),
        (Method::POST, &"/v1/b2b/magic_links/email/invite".to_owned(), Some(invite), false),
        (Method::PUT, &others, Some(json!({ "name": "E" })), false),
        (Method::PUT, &own, Some(json!({ "name": "B" })), true),
        (Method::PUT, &own, Some(json!({ "untrusted_metadata": { "a": 1 } })), true),
        (Method::PUT, &own, Some(json!({ "roles": ["editor"] })), false),
        (Method::PUT, &own, Some(json!({ "is_breakglass": true })), false),
        (Method::GET, &format!("{own}/connected_apps"), None, true),
        (Method::GET, &format!("{others}/connected_apps"), None, false),
        (Method::GET, &format!("{organization}/connected_apps"), None, false),
        (Method::DELETE, &format!("{own}/external_id"), None, false),
        (Method::PUT, &own, Some(json!({ "external_id": "crm|1" })), false),
        (Method::DELETE, &others, None, false),
        (Method::DELETE, &own, None, true),
    ] {
        let reply = acting(&peer, &bob, method.clone(), path, body.clone()).await;
        if is_free {
            reply.ok();
        } else {
            let message = reply.rejected(403, "session_authorization_error");
            assert!(message.contains("No role of the member allows"), "{method} {path}: {message}");
            acting(&peer, &admin, method, path, body).await.ok();
        }
    }
}

#[tokio::test]
async fn members_must_verify_their_new_address() {
    let peer = peer().await;
    let (admin, id) = with_roles(&peer, "acme", "ada@acme.co", json!(["stytch_admin"])).await;
    let path = format!("/v1/b2b/organizations/acme/members/{id}");
    let address = json!({ "email_address": "ada@acme.io" });
    let own = acting(&peer, &admin, Method::PUT, &path, Some(address.clone())).await;
    own.rejected(400, "member_cannot_update_their_email_address");
    let start = format!("{path}/start_email_update");
    acting(&peer, &admin, Method::POST, &start, Some(address)).await.ok();
}

#[tokio::test]
async fn a_member_of_another_organization_has_no_permissions() {
    let peer = peer().await;
    let (admin, admin_id) = with_roles(&peer, "globex", "ada@globex.co", json!(["stytch_admin"])).await;
    let ada = text(&member(&peer, "acme", "ada@globex.co").await["member_id"]);
    let acme = "/v1/b2b/organizations/acme";
    let member = format!("{acme}/members/{ada}");
    for (method, path, body) in [
        (Method::PUT, acme.to_owned(), Some(json!({}))),
        (Method::DELETE, acme.to_owned(), None),
        (Method::DELETE, format!("{acme}/external_id"), None),
        (Method::GET, format!("{acme}/connected_apps"), None),
        (Method::GET, format!("{acme}/connected_apps/app"), None),
        (Method::POST, format!("{acme}/members"), Some(json!({ "email_address": "a@b.co" }))),
        (Method::PUT, member.clone(), Some(json!({}))),
        (Method::DELETE, member.clone(), None),
        (Method::PUT, format!("{member}/reactivate"), None),
        (Method::DELETE, format!("{member}/totp"), None),
        (Method::DELETE, format!("{member}/external_id"), None),
        (Method::DELETE, format!("{acme}/members/mfa_phone_numbers/{ada}"), None),
        (Method::DELETE, format!("{acme}/members/passwords/nothing"), None),
        (Method::POST, format!("{member}/unlink_retired_email"), Some(json!({ "email_id": "a" }))),
        (Method::POST, format!("{member}/start_email_update"), Some(json!({ "email_address": "a@b.co" }))),
        (Method::GET, format!("{member}/connected_apps"), None),
        (Method::POST, format!("{member}/connected_apps/app/revoke"), Some(json!({}))),
        (
            Method::POST,
            "/v1/b2b/organizations/members/search".to_owned(),
            Some(json!({ "organization_ids": ["globex", "acme"] })),
        ),
        (
            Method::POST,
            "/v1/b2b/magic_links/email/invite".to_owned(),
            Some(json!({ "organization_id": "acme", "email_address": "a@b.co" })),
        ),
        (
            Method::POST,
            "/v1/b2b/passwords/email/require_reset".to_owned(),
            Some(json!({ "organization_id": "acme", "email_address": "ada@globex.co" })),
        ),
        (Method::POST, "/v1/b2b/sessions/revoke".to_owned(), Some(json!({ "member_id": ada }))),
    ] {
        let reply = acting(&peer, &admin, method.clone(), &path, body).await;
        let (status, error_type) = (reply.status, reply.body["error_type"].clone());
        assert_eq!(
            (status, error_type),
            (403, json!("session_authorization_tenancy_error")),
            "{method} {path}"
        );
    }
    let revoke = json!({ "member_id": admin_id });
    acting(&peer, &admin, Method::POST, "/v1/b2b/sessions/revoke", Some(revoke)).await.ok();
}

#[tokio::test]
async fn members_cannot_change_trusted_metadata() {
    let peer = peer().await;
    let (admin, id) = with_roles(&peer, "acme", "ada@acme.co", json!(["stytch_admin"])).await;
    let metadata = json!({ "trusted_metadata": { "plan": "pro" } });
    let mut invite = metadata.clone();
    invite["organization_id"] = json!("acme");
    invite["email_address"] = json!("new@acme.co");
    for (method, path, body) in [
        (Method::PUT, "/v1/b2b/organizations/acme".to_owned(), metadata.clone()),
        (Method::PUT, format!("/v1/b2b/organizations/acme/members/{id}"), metadata),
        (Method::POST, "/v1/b2b/magic_links/email/invite".to_owned(), invite),
    ] {
        let reply = acting(&peer, &admin, method, &path, Some(body)).await;
        reply.rejected(400, "cannot_update_trusted_metadata");
    }
}

#[tokio::test]
async fn a_jwt_identifies_the_member_too() {
    let peer = peer().await;
    member(&peer, "acme", "ada@acme.co").await;
    let login = log_in(&peer, "acme", "ada@acme.co").await;
    let path = format!("/v1/b2b/organizations/acme/members/{}", text(&login["member_id"]));
    let put = || peer.request(Method::PUT, &path).json(&json!({ "name": "Ada" }));
    let (token, jwt) = (text(&login["session_token"]), text(&login["session_jwt"]));
    reply(put().header("X-Stytch-Member-SessionJWT", &jwt)).await.ok();
    let both = put().header("X-Stytch-Member-SessionJWT", &jwt).header("X-Stytch-Member-Session", &token);
    reply(both).await.rejected(400, "too_many_session_arguments");
    let forged = put().header("X-Stytch-Member-SessionJWT", "a.b.c");
    reply(forged).await.rejected(400, "unable_to_parse_session_jwt");
    reply(put().header("X-Stytch-Member-Session", "nothing")).await.rejected(404, "session_not_found");
    // Without the credentials of the project, a session is not enough.
    let anonymous = peer.anonymous(Method::PUT, &path).header("X-Stytch-Member-Session", &token);
    reply(anonymous.json(&json!({}))).await.rejected(401, "unauthorized_credentials");
}
