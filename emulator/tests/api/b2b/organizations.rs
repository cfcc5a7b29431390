//! Organizations: creating, changing, finding and deleting them.

use reqwest::Method;
use serde_json::{Value, json};
use stytch_emulator::Emulator;

use super::{log_in, member, organization, session};
use crate::support::{Peer, control, start, text};

async fn found(peer: &Peer, operator: &str, operands: Value) -> Vec<String> {
    let query = json!({ "query": { "operator": operator, "operands": operands } });
    let body = peer.post("/v1/b2b/organizations/search", query).await.ok();
    let organizations = body["organizations"].as_array().expect("a list");
    assert_eq!(body["results_metadata"]["total"], organizations.len());
    let mut slugs: Vec<String> =
        organizations.iter().map(|organization| text(&organization["organization_slug"])).collect();
    slugs.sort();
    slugs
}

#[tokio::test]
async fn an_organization_has_the_defaults_of_stytch() {
    let peer = Peer::start().await;
    let body = json!({ "organization_name": "Ünïcode & Co. " });
    let created = peer.post("/v1/b2b/organizations", body).await.ok()["organization"].clone();
    assert!(text(&created["organization_id"]).starts_with("organization-test-"));
    assert_eq!(created["organization_slug"], "n-code-co");
    for (name, value) in [
        ("email_jit_provisioning", "NOT_ALLOWED"),
        ("email_invites", "ALL_ALLOWED"),
        ("sso_jit_provisioning", "ALL_ALLOWED"),
        ("auth_methods", "ALL_ALLOWED"),
        ("mfa_methods", "ALL_ALLOWED"),
        ("mfa_policy", "OPTIONAL"),
        ("oauth_tenant_jit_provisioning", "NOT_ALLOWED"),
    ] {
        assert_eq!(created[name], value, "{name}");
    }
    // With a rule for new members, nobody is invited by default.
    let ruled = json!({ "organization_name": "Ruled", "sso_jit_provisioning": "ALL_ALLOWED" });
    let ruled = peer.post("/v1/b2b/organizations", ruled).await.ok()["organization"].clone();
    assert_eq!(ruled["email_invites"], "NOT_ALLOWED");
    let other = peer.post("/v1/b2b/organizations", json!({ "organization_name": "N Code Co" })).await.ok();
    let slug = text(&other["organization"]["organization_slug"]);
    assert!(slug.starts_with("n-code-co-") && slug.len() > 10, "{slug}");
}

#[tokio::test]
async fn an_organization_is_found_by_its_id_slug_or_external_id() {
    let peer = Peer::start().await;
    let id = organization(&peer, "acme", json!({ "organization_external_id": "crm|1" })).await;
    for name in [id.as_str(), "acme", "crm%7C1"] {
        let path = format!("/v1/b2b/organizations/{name}");
        assert_eq!(peer.get(&path).await.ok()["organization"]["organization_id"], id, "{name}");
    }
    peer.delete("/v1/b2b/organizations/acme/external_id").await.ok();
    peer.get("/v1/b2b/organizations/crm%7C1").await.rejected(404, "organization_not_found");
    member(&peer, "acme", "ada@example.com").await;
    assert_eq!(peer.get("/v1/b2b/organizations/acme/metrics").await.ok()["member_count"], 1);
}

#[tokio::test]
async fn an_organization_cannot_be_called_like_another_one() {
    let peer = Peer::start().await;
    let acme = organization(&peer, "acme", json!({ "organization_external_id": "crm-1" })).await;
    let evil = organization(&peer, "evil", json!({})).await;
    for name in [acme.as_str(), "acme", "crm-1"] {
        for (field, error_type) in [
            ("organization_slug", "organization_slug_already_used"),
            ("organization_external_id", "duplicate_organization_external_id"),
        ] {
            let mut body = json!({ "organization_name": "Evil" });
            body[field] = json!(name);
            peer.put(&format!("/v1/b2b/organizations/{evil}"), body.clone()).await.rejected(400, error_type);
            peer.post("/v1/b2b/organizations", body).await.rejected(400, error_type);
        }
        let found = peer.get(&format!("/v1/b2b/organizations/{name}")).await.ok();
        assert_eq!(found["organization"]["organization_id"], acme, "{name}");
    }
    // An automatic slug is not taken either, and the own names are free.
    let named = peer.post("/v1/b2b/organizations", json!({ "organization_name": "CRM 1" })).await.ok();
    assert_ne!(named["organization"]["organization_slug"], "crm-1");
    let own = json!({ "organization_slug": "crm-1", "organization_external_id": "acme" });
    peer.put(&format!("/v1/b2b/organizations/{acme}"), own).await.ok();
}

#[tokio::test]
async fn an_update_changes_only_the_given_fields() {
    let peer = Peer::start().await;
    organization(&peer, "acme", json!({ "trusted_metadata": { "plan": "pro", "seats": 5 } })).await;
    let update = json!({
        "organization_name": "Acme Inc.", "trusted_metadata": { "seats": null, "tier": 2 },
        "mfa_policy": "REQUIRED_FOR_ALL", "auth_methods": "RESTRICTED", "allowed_auth_methods": ["sso"],
    });
    let changed = peer.put("/v1/b2b/organizations/acme", update).await.ok()["organization"].clone();
    assert_eq!(changed["organization_name"], "Acme Inc.");
    assert_eq!(changed["organization_slug"], "acme");
    assert_eq!(changed["trusted_metadata"], json!({ "plan": "pro", "tier": 2 }));
    assert_eq!(changed["allowed_auth_methods"], json!(["sso"]));
    let renamed = json!({ "organization_slug": "acme-2" });
    peer.put("/v1/b2b/organizations/acme", renamed).await.ok();
    peer.get("/v1/b2b/organizations/acme").await.rejected(404, "organization_not_found");
}

#[tokio::test]
async fn invalid_settings_have_specific_error_types() {
    let peer = Peer::start().await;
    organization(&peer, "acme", json!({})).await;
    organization(&peer, "other", json!({ "organization_external_id": "crm|1" })).await;
    for (settings, error_type) in [
        (json!({ "organization_name": "" }), "invalid_organization_name"),
        (json!({ "organization_slug": "a" }), "invalid_organization_slug"),
        (json!({ "organization_slug": "a b" }), "invalid_organization_slug"),
        (json!({ "organization_slug": "other" }), "organization_slug_already_used"),
        (json!({ "organization_external_id": "crm|1" }), "duplicate_organization_external_id"),
        (json!({ "organization_external_id": "a b" }), "bad_request"),
        (json!({ "mfa_policy": "SOMETIMES" }), "invalid_organization_mfa_policy"),
        (json!({ "mfa_methods": "NONE" }), "invalid_organization_mfa_factor_setting"),
        (json!({ "auth_methods": "NOT_ALLOWED" }), "invalid_organization_auth_method_settings"),
        (json!({ "email_invites": "SOME" }), "invalid_organization_auth_factor_setting"),
        (
            json!({ "email_jit_provisioning": "ALL_ALLOWED" }),
            "invalid_organization_auth_factor_setting_for_email_jit_provisioning",
        ),
        (json!({ "auth_methods": "RESTRICTED" }), "allowed_auth_methods_required_for_restricted"),
        (json!({ "mfa_methods": "RESTRICTED" }), "allowed_mfa_methods_required_for_restricted"),
        (json!({ "allowed_auth_methods": ["pigeon"] }), "invalid_organization_allowed_auth_methods"),
        (json!({ "allowed_mfa_methods": ["pigeon"] }), "invalid_organization_allowed_mfa_methods"),
        (json!({ "email_jit_provisioning": "RESTRICTED" }), "invalid_restricted_email_setting"),
        (json!({ "email_allowed_domains": ["no domain"] }), "organization_settings_invalid_domain"),
        (json!({ "email_allowed_domains": ["gmail.com"] }), "organization_settings_domain_too_common"),
        (json!({ "email_allowed_domains": ["a.co", "A.co"] }), "organization_settings_duplicate_domain"),
        (
            json!({ "rbac_email_implicit_role_assignments": [{ "domain": "a.co", "role_id": "nobody" }] }),
            "invalid_rbac_role_assignment",
        ),
        (json!({ "trusted_metadata": { "a": "x".repeat(4100) } }), "metadata_too_large"),
    ] {
        let message = peer.put("/v1/b2b/organizations/acme", settings).await.rejected(400, error_type);
        assert!(!message.is_empty());
    }
    let nothing = peer.post("/v1/b2b/organizations", json!({})).await.rejected(400, "bad_request");
    assert_eq!(nothing, "`organization_name` is required.");
}

#[tokio::test]
async fn every_filter_finds_the_matching_organizations() {
    let peer = Peer::start().await;
    let acme = organization(
        &peer,
        "acme",
        json!({ "email_allowed_domains": ["acme.co"], "claimed_email_domains": ["acme.io"] }),
    )
    .await;
    organization(&peer, "globex", json!({ "organization_external_id": "crm|1" })).await;
    member(&peer, "globex", "Ada@example.com").await;
    let one = |name: &str, value: Value| json!([{ "filter_name": name, "filter_value": value }]);
    for (operands, slugs) in [
        (json!([]), &["acme", "globex"][..]),
        (one("organization_ids", json!([acme, "nobody"])), &["acme"]),
        (one("organization_ids", json!(["crm|1"])), &["globex"]),
        (one("organization_slugs", json!(["globex", "acme"])), &["acme", "globex"]),
        (one("organization_name_fuzzy", json!("CME")), &["acme"]),
        (one("organization_slug_fuzzy", json!("lob")), &["globex"]),
        (one("member_emails", json!(["ada@EXAMPLE.com"])), &["globex"]),
        (one("member_email_fuzzy", json!("exam")), &["globex"]),
        (one("allowed_domains", json!(["ACME.co"])), &["acme"]),
        (one("allowed_domain_fuzzy", json!("acme")), &["acme"]),
        (one("claimed_email_domains", json!(["acme.io"])), &["acme"]),
        (one("has_active_sso_connection", json!(true)), &[]),
        (one("has_active_sso_connection", json!(false)), &["acme", "globex"]),
        (one("sso_connection_id", json!("nothing")), &[]),
    ] {
        assert_eq!(found(&peer, "AND", operands.clone()).await, slugs, "{operands}");
    }
    let both = json!([
        { "filter_name": "organization_slugs", "filter_value": ["acme"] },
        { "filter_name": "member_email_fuzzy", "filter_value": "ada" },
    ]);
    assert_eq!(found(&peer, "OR", both.clone()).await, ["acme", "globex"]);
    assert!(found(&peer, "AND", both).await.is_empty());
}

#[tokio::test]
async fn invalid_queries_have_specific_error_types() {
    let peer = Peer::start().await;
    let search = async |operand: Value| {
        let query = json!({ "query": { "operator": "AND", "operands": [operand] } });
        peer.post("/v1/b2b/organizations/search", query).await
    };
    for (operand, error_type) in [
        (json!({ "filter_value": [] }), "organization_search_missing_filter_name"),
        (json!({ "filter_name": 1 }), "organization_search_filter_name_must_be_string"),
        (json!({ "filter_name": "age" }), "organization_search_filter_name_not_recognized"),
        (json!({ "filter_name": "organization_ids" }), "organization_search_missing_filter_value"),
        (
            json!({ "filter_name": "organization_ids", "filter_value": "a" }),
            "organization_search_expected_array_of_strings",
        ),
        (
            json!({ "filter_name": "organization_slug_fuzzy", "filter_value": [] }),
            "organization_search_expected_string",
        ),
        (
            json!({ "filter_name": "organization_slug_fuzzy", "filter_value": "ac" }),
            "organization_search_organization_slug_fuzzy_too_short",
        ),
        (
            json!({ "filter_name": "has_active_sso_connection", "filter_value": "yes" }),
            "organization_search_expected_boolean",
        ),
    ] {
        search(operand).await.rejected(400, error_type);
    }
}

#[tokio::test]
async fn a_search_returns_all_pages() {
    let peer = Peer::start().await;
    for number in 0..5 {
        organization(&peer, &format!("org-{number}"), json!({})).await;
    }
    let (mut cursor, mut seen) = (json!(""), Vec::new());
    loop {
        let body = json!({ "limit": 2, "cursor": cursor });
        let page = peer.post("/v1/b2b/organizations/search", body).await.ok();
        assert_eq!(page["results_metadata"]["total"], 5);
        let organizations = page["organizations"].as_array().expect("a list");
        seen.extend(organizations.iter().map(|organization| text(&organization["organization_id"])));
        cursor = page["results_metadata"]["next_cursor"].clone();
        if cursor == "" {
            break;
        }
    }
    seen.dedup();
    assert_eq!(seen.len(), 5);
}

#[tokio::test]
async fn a_deleted_organization_is_removed_completely() {
    let peer = Peer::start().await;
    let id = organization(&peer, "acme", json!({})).await;
    let token = session(&peer, "acme", "ada@example.com").await;
    let deleted = peer.delete("/v1/b2b/organizations/acme").await.ok();
    assert_eq!(deleted["organization_id"], id);
    peer.get("/v1/b2b/organizations/acme").await.rejected(404, "organization_not_found");
    let authenticate = json!({ "session_token": token });
    peer.post("/v1/b2b/sessions/authenticate", authenticate).await.rejected(404, "session_not_found");
    // The slug and the address are free.
    organization(&peer, "acme", json!({})).await;
    member(&peer, "acme", "ada@example.com").await;
}

#[tokio::test]
async fn there_are_no_connected_apps() {
    let peer = Peer::start().await;
    organization(&peer, "acme", json!({})).await;
    let apps = peer.get("/v1/b2b/organizations/acme/connected_apps").await.ok();
    assert_eq!(apps["connected_apps"], json!([]));
    peer.get("/v1/b2b/organizations/acme/connected_apps/app").await.rejected(404, "idp_client_not_found");
    let ada = text(&member(&peer, "acme", "ada@example.com").await["member_id"]);
    let path = format!("/v1/b2b/organizations/acme/members/{ada}/connected_apps");
    assert_eq!(peer.get(&path).await.ok()["connected_apps"], json!([]));
    let revoke = peer.post(&format!("{path}/app/revoke"), json!({})).await;
    revoke.rejected(404, "idp_client_not_found");
}

#[tokio::test]
async fn organizations_are_listed_for_the_page_with_members_and_sessions() {
    let peer = Peer::with(Emulator::builder().start_at(start())).await;
    let list =
        async |query: &str| control(&peer, Method::GET, &format!("organizations{query}"), None).await.ok();
    let listed = list("").await;
    assert_eq!((&listed["organizations"], &listed["total"]), (&json!([]), &json!(0)));
    for slug in ["acme", "globex"] {
        organization(&peer, slug, json!({})).await;
        for name in ["ada", "bob"] {
            member(&peer, slug, &format!("{name}@{slug}.co")).await;
            peer.emulator.advance(std::time::Duration::from_secs(1));
        }
    }
    let token = text(&log_in(&peer, "acme", "ada@acme.co").await["session_token"]);
    let slugs = |listed: &Value| -> Vec<String> {
        let organizations = listed["organizations"].as_array().expect("a list");
        organizations.iter().map(|organization| text(&organization["organization_slug"])).collect()
    };
    let listed = list("").await;
    assert_eq!(slugs(&listed), ["acme", "globex"]);
    let acme = &listed["organizations"][0];
    let addresses: Vec<String> = acme["members"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|member| text(&member["email_address"]))
        .collect();
    assert_eq!(
        (addresses, &acme["member_count"]),
        (vec!["ada@acme.co".to_owned(), "bob@acme.co".to_owned()], &json!(2))
    );
    let sessions = &acme["members"][0]["sessions"];
    assert_eq!(sessions[0]["authentication_factors"][0]["type"], "password");
    assert_eq!((sessions.as_array().map(Vec::len), &acme["members"][1]["sessions"]), (Some(1), &json!([])));
    assert!(!listed.to_string().contains(&token));

    let newest = list("?limit=1").await;
    assert_eq!((slugs(&newest), &newest["total"]), (vec!["globex".to_owned()], &json!(2)));
    let globex = &newest["organizations"][0];
    assert_eq!(
        (&globex["members"][0]["email_address"], &globex["member_count"]),
        (&json!("bob@globex.co"), &json!(2))
    );
    for (query, found) in
        [("?search=GLOB", vec!["globex"]), ("?search=ADA@acme", vec!["acme"]), ("?search=eve", vec![])]
    {
        assert_eq!(slugs(&list(query).await), found, "{query}");
    }
}
