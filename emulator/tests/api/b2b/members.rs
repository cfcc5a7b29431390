//! Members: creating, changing, finding and deleting them.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use super::{latest_token, log_in, member, organization, session};
use crate::support::{Peer, reply, text};

const MEMBERS: &str = "/v1/b2b/organizations/acme/members";

async fn create(peer: &Peer, address: &str, fields: Value) -> Value {
    let mut body = json!({ "email_address": address });
    body.as_object_mut().expect("an object").extend(fields.as_object().expect("fields").clone());
    peer.post(MEMBERS, body).await.ok()["member"].clone()
}

async fn peer() -> Peer {
    let peer = Peer::start().await;
    organization(&peer, "acme", json!({})).await;
    peer
}

#[tokio::test]
async fn a_new_member_has_the_given_fields() {
    let peer = peer().await;
    let fields = json!({
        "name": "Ada Lovelace", "external_id": "crm|1", "roles": ["stytch_admin"], "is_breakglass": true,
        "mfa_phone_number": "+12025550162", "mfa_enrolled": true, "untrusted_metadata": { "theme": "dark" },
        "trusted_metadata": { "plan": "pro" }, "create_member_as_pending": true,
    });
    let ada = create(&peer, "Ada@example.com", fields).await;
    assert_eq!((&ada["status"], &ada["is_admin"]), (&json!("pending"), &json!(true)));
    let source = json!([{ "type": "direct_assignment", "details": {} }]);
    let role = |id: &str| json!({ "role_id": id, "sources": source });
    assert_eq!(ada["roles"], json!([role("stytch_member"), role("stytch_admin")]));
    assert_eq!(ada["mfa_phone_number"], "+12025550162");
    assert_eq!(ada["mfa_phone_number_verified"], false);
    let path = "/v1/b2b/organizations/acme/member";
    for query in [
        format!("member_id={}", text(&ada["member_id"])),
        "member_id=crm%7C1".to_owned(),
        "email_address=ada@EXAMPLE.com".to_owned(),
    ] {
        assert_eq!(peer.get(&format!("{path}?{query}")).await.ok()["member"], ada, "{query}");
    }
    peer.get(path).await.rejected(400, "invalid_member_get_fields");
    peer.get(&format!("{path}?member_id=a&email_address=b")).await.rejected(400, "invalid_member_get_fields");
    peer.get(&format!("{path}?member_id=nobody")).await.rejected(404, "member_not_found");
}

#[tokio::test]
async fn invalid_new_members_have_specific_error_types() {
    let peer = peer().await;
    create(&peer, "ada@example.com", json!({ "external_id": "crm|1" })).await;
    for (body, error_type) in [
        (json!({ "email_address": "ada" }), "invalid_email"),
        (json!({ "email_address": "ADA@example.com" }), "duplicate_member_email"),
        (json!({ "email_address": "b@c.de", "external_id": "crm|1" }), "duplicate_member_external_id"),
        (json!({ "email_address": "b@c.de", "mfa_phone_number": "1" }), "invalid_phone_number"),
        (json!({ "email_address": "b@c.de", "roles": ["nobody"] }), "invalid_rbac_role_assignment"),
        (
            json!({ "email_address": "b@c.de", "roles": ["stytch_member"] }),
            "cannot_assign_default_rbac_role_id",
        ),
        (json!({}), "bad_request"),
    ] {
        peer.post(MEMBERS, body).await.rejected(400, error_type);
    }
    let elsewhere = peer.post("/v1/b2b/organizations/nothing/members", json!({ "email_address": "b@c.de" }));
    elsewhere.await.rejected(404, "organization_not_found");
    // The same address and the same external id are free in another organization.
    organization(&peer, "globex", json!({})).await;
    let body = json!({ "email_address": "ada@example.com", "external_id": "crm|1" });
    peer.post("/v1/b2b/organizations/globex/members", body).await.ok();
}

#[tokio::test]
async fn an_external_id_cannot_be_the_id_of_another_member() {
    let peer = peer().await;
    let ada = create(&peer, "ada@example.com", json!({})).await;
    let taken = json!({ "email_address": "eve@example.com", "external_id": ada["member_id"] });
    peer.post(MEMBERS, taken).await.rejected(400, "duplicate_member_external_id");
    let eve = create(&peer, "eve@example.com", json!({})).await;
    let path = format!("{MEMBERS}/{}", text(&eve["member_id"]));
    let taken = json!({ "external_id": ada["member_id"] });
    peer.put(&path, taken).await.rejected(400, "duplicate_member_external_id");
    peer.put(&path, json!({ "external_id": eve["member_id"] })).await.ok();
    // `dangerously_get` and the revocation of sessions have no organization.
    organization(&peer, "globex", json!({})).await;
    let taken = json!({ "email_address": "eve@example.com", "external_id": ada["member_id"] });
    let elsewhere = peer.post("/v1/b2b/organizations/globex/members", taken).await;
    elsewhere.rejected(400, "duplicate_member_external_id");
}

#[tokio::test]
async fn an_update_changes_only_the_given_fields() {
    let peer = peer().await;
    let ada = create(&peer, "ada@example.com", json!({ "untrusted_metadata": { "a": 1, "b": 2 } })).await;
    let path = format!("{MEMBERS}/{}", text(&ada["member_id"]));
    let update = json!({
        "name": "Ada", "untrusted_metadata": { "a": null, "c": 3 }, "mfa_phone_number": "+12025550162",
        "mfa_enrolled": true, "roles": ["stytch_admin"], "external_id": "crm|1",
    });
    let changed = peer.put(&path, update).await.ok()["member"].clone();
    assert_eq!(changed["untrusted_metadata"], json!({ "b": 2, "c": 3 }));
    assert_eq!((&changed["name"], &changed["is_admin"]), (&json!("Ada"), &json!(true)));
    let other = json!({ "mfa_phone_number": "+12025550163" });
    peer.put(&path, other).await.rejected(400, "duplicate_member_phone_number_for_member");
    for (method, error_type) in
        [("pigeon", "invalid_mfa_default_method"), ("totp", "default_mfa_member_missing_factor")]
    {
        peer.put(&path, json!({ "default_mfa_method": method })).await.rejected(400, error_type);
    }
    let preferred = peer.put(&path, json!({ "default_mfa_method": "sms_otp" })).await.ok();
    assert_eq!(preferred["member"]["default_mfa_method"], "sms_otp");
    let id = text(&ada["member_id"]);
    let phone = format!("{MEMBERS}/mfa_phone_numbers/{id}");
    let without = peer.delete(&phone).await.ok()["member"].clone();
    assert_eq!((&without["mfa_phone_number"], &without["default_mfa_method"]), (&json!(""), &json!("")));
    peer.delete(&phone).await.rejected(404, "member_phone_number_not_found");
    peer.delete(&format!("{path}/totp")).await.rejected(404, "totp_not_found");
    let anonymous = peer.delete(&format!("{path}/external_id")).await.ok();
    assert_eq!(anonymous["member"]["external_id"], Value::Null);
}

#[tokio::test]
async fn a_replaced_address_is_retired_until_it_is_unlinked() {
    let peer = peer().await;
    let ada = create(&peer, "ada@example.com", json!({})).await;
    let path = format!("{MEMBERS}/{}", text(&ada["member_id"]));
    let changed = peer.put(&path, json!({ "email_address": "ada@new.co" })).await.ok()["member"].clone();
    assert_eq!(changed["email_address"], "ada@new.co");
    let retired = changed["retired_email_addresses"].clone();
    assert_eq!(retired[0]["email_address"], "ada@example.com");
    let other = json!({ "email_address": "ada@example.com" });
    peer.post(MEMBERS, other.clone()).await.rejected(400, "retired_member_email");
    let unlink = format!("{path}/unlink_retired_email");
    peer.post(&unlink, json!({})).await.rejected(400, "retired_email_missing_email_identifiers");
    peer.post(&unlink, json!({ "email_id": "nothing" })).await.rejected(404, "email_not_found");
    let unlinked = peer.post(&unlink, json!({ "email_id": retired[0]["email_id"] })).await.ok();
    assert_eq!(unlinked["member"]["retired_email_addresses"], json!([]));
    peer.post(MEMBERS, other).await.ok();
    let at_once = json!({ "email_address": "ada@newer.co", "unlink_email": true });
    let changed = peer.put(&path, at_once).await.ok();
    assert_eq!(changed["member"]["retired_email_addresses"], json!([]));
}

#[tokio::test]
async fn an_address_changes_when_the_member_logs_in_with_the_new_one() {
    let peer = peer().await;
    let ada = create(&peer, "ada@example.com", json!({})).await;
    let start = format!("{MEMBERS}/{}/start_email_update", text(&ada["member_id"]));
    let started = peer.post(&start, json!({ "email_address": "ada@new.co" })).await.ok();
    assert_eq!(started["member"]["email_address"], "ada@example.com");
    assert_eq!(peer.emulator.outbox()[0].to, "ada@new.co");
    let token = json!({ "magic_links_token": latest_token(&peer) });
    let done = peer.post("/v1/b2b/magic_links/authenticate", token).await.ok()["member"].clone();
    assert_eq!(
        (&done["email_address"], &done["email_address_verified"]),
        (&json!("ada@new.co"), &json!(true))
    );
    assert_eq!(done["retired_email_addresses"][0]["email_address"], "ada@example.com");

    let again = json!({ "email_address": "ada@newer.co", "delivery_method": "EMAIL_OTP" });
    peer.post(&start, again).await.ok();
    let code = super::latest_code(&peer);
    let body = json!({ "organization_id": "acme", "email_address": "ada@newer.co", "code": code });
    let done = peer.post("/v1/b2b/otps/email/authenticate", body).await.ok();
    assert_eq!(done["member"]["email_address"], "ada@newer.co");
    for method in ["EMAIL_MAGIC_LINK", "EMAIL_OTP"] {
        peer.post(&start, json!({ "email_address": "ada@newest.co", "delivery_method": method })).await.ok();
        let message = peer.emulator.outbox().pop().expect("a message");
        assert_eq!(message.expires_at, message.sent_at + Duration::from_secs(5 * 60));
    }
    create(&peer, "bob@example.com", json!({})).await;
    let clash = peer.post(&start, json!({ "email_address": "bob@example.com" })).await;
    clash.rejected(400, "duplicate_member_email");
}

#[tokio::test]
async fn a_deleted_member_can_be_reactivated() {
    let peer = peer().await;
    let token = session(&peer, "acme", "ada@example.com").await;
    let ada = text(&log_in(&peer, "acme", "ada@example.com").await["member_id"]);
    let path = format!("{MEMBERS}/{ada}");
    let reactivate = |path: &str| reply(peer.request(Method::PUT, &format!("{path}/reactivate")));
    reactivate(&path).await.rejected(404, "no_deleted_member_found_for_reactivation");
    peer.put(&path, json!({ "external_id": "crm|1" })).await.ok();
    assert_eq!(peer.delete(&path).await.ok()["member_id"], ada);
    peer.delete(&path).await.rejected(404, "member_not_found");
    let authenticate = json!({ "session_token": token });
    peer.post("/v1/b2b/sessions/authenticate", authenticate).await.rejected(404, "session_not_found");
    let dangerous = format!("/v1/b2b/organizations/members/dangerously_get/{ada}");
    peer.get(&dangerous).await.rejected(404, "member_not_found");
    // Stytch's Python SDK writes booleans with a capital letter.
    for include in ["true", "True"] {
        let found = peer.get(&format!("{dangerous}?include_deleted={include}")).await.ok();
        assert_eq!(found["member"]["status"], "deleted");
    }
    peer.get(&format!("{dangerous}?include_deleted=yes")).await.rejected(400, "bad_request");

    let by_external_id = reactivate(&format!("{MEMBERS}/crm%7C1")).await;
    by_external_id.rejected(404, "no_deleted_member_found_for_reactivation");
    let unverified = create(&peer, "ada@example.com", json!({})).await;
    reactivate(&path).await.rejected(400, "reactivation_email_belongs_to_another_member");
    let other = format!("{MEMBERS}/{}", text(&unverified["member_id"]));
    peer.delete(&other).await.ok();
    reactivate(&other).await.rejected(400, "email_unverified_for_reactivation");
    assert_eq!(reactivate(&path).await.ok()["member"]["status"], "active");
    peer.get("/v1/b2b/organizations/acme/member?email_address=ada@example.com").await.ok();
}

#[tokio::test]
async fn a_member_is_not_reactivated_if_a_retired_address_belongs_to_another_one() {
    let peer = peer().await;
    let ada = create(&peer, "ada@old.co", json!({})).await;
    let path = format!("{MEMBERS}/{}", text(&ada["member_id"]));
    peer.put(&path, json!({ "email_address": "ada@new.co" })).await.ok();
    let link = json!({ "organization_id": "acme", "email_address": "ada@new.co" });
    peer.post("/v1/b2b/magic_links/email/login_or_signup", link).await.ok();
    let token = json!({ "magic_links_token": latest_token(&peer) });
    peer.post("/v1/b2b/magic_links/authenticate", token).await.ok();
    peer.delete(&path).await.ok();
    let other = create(&peer, "ada@old.co", json!({})).await;
    let reactivate = || reply(peer.request(Method::PUT, &format!("{path}/reactivate")));
    reactivate().await.rejected(400, "reactivation_email_belongs_to_another_member");
    peer.delete(&format!("{MEMBERS}/{}", text(&other["member_id"]))).await.ok();
    reactivate().await.ok();
}

async fn found(peer: &Peer, organizations: Value, operands: Value) -> Vec<String> {
    let body = json!({
        "organization_ids": organizations, "query": { "operator": "AND", "operands": operands },
    });
    let body = peer.post("/v1/b2b/organizations/members/search", body).await.ok();
    let members = body["members"].as_array().expect("a list");
    for member in members {
        let organization = &body["organizations"][text(&member["organization_id"])];
        assert_eq!(organization["organization_id"], member["organization_id"]);
    }
    let mut addresses: Vec<String> = members.iter().map(|member| text(&member["email_address"])).collect();
    addresses.sort();
    addresses
}

#[tokio::test]
async fn every_filter_finds_the_matching_members() {
    let peer = peer().await;
    let ada = create(&peer, "ada@example.com", json!({ "is_breakglass": true })).await;
    create(
        &peer,
        "bob@example.com",
        json!({
            "mfa_phone_number": "+12025550162", "external_id": "crm|1", "create_member_as_pending": true,
        }),
    )
    .await;
    let eve = create(&peer, "eve@example.com", json!({})).await;
    peer.delete(&format!("{MEMBERS}/{}", text(&eve["member_id"]))).await.ok();
    organization(&peer, "globex", json!({})).await;
    member(&peer, "globex", "zoe@globex.co").await;
    let one = |name: &str, value: Value| json!([{ "filter_name": name, "filter_value": value }]);
    let (a, b, z) = ("ada@example.com", "bob@example.com", "zoe@globex.co");
    for (organizations, operands, addresses) in [
        (json!(["acme"]), json!([]), &[a, b][..]),
        (json!(["acme", "globex"]), json!([]), &[a, b, z]),
        (json!(["acme"]), one("member_ids", json!([ada["member_id"]])), &[a]),
        (json!(["acme"]), one("member_ids", json!(["crm|1"])), &[b]),
        (json!(["acme"]), one("member_emails", json!(["BOB@example.com"])), &[b]),
        (json!(["acme", "globex"]), one("member_email_fuzzy", json!("globex")), &[z]),
        (json!(["acme"]), one("member_is_breakglass", json!(true)), &[a]),
        (json!(["acme"]), one("statuses", json!(["pending"])), &[b]),
        (json!(["acme"]), one("statuses", json!(["deleted", "active"])), &[a, "eve@example.com"]),
        (json!(["acme"]), one("member_phone_numbers", json!(["+12025550162"])), &[b]),
        (json!(["acme"]), one("member_phone_number_fuzzy", json!("5550")), &[b]),
    ] {
        assert_eq!(found(&peer, organizations, operands.clone()).await, addresses, "{operands}");
    }
    let operands = json!([
        { "filter_name": "statuses", "filter_value": ["pending"] },
        { "filter_name": "member_ids", "filter_value": [eve["member_id"]] },
    ]);
    let query = json!({ "operator": "OR", "operands": operands });
    let body = json!({ "organization_ids": ["acme"], "query": query });
    let any = peer.post("/v1/b2b/organizations/members/search", body).await.ok();
    assert_eq!(any["members"].as_array().map(Vec::len), Some(1), "a deleted member was found");
}

#[tokio::test]
async fn invalid_searches_have_specific_error_types() {
    let peer = peer().await;
    let search = async |organizations: Value, operand: Value| {
        let query = json!({ "operator": "AND", "operands": [operand] });
        let body = json!({ "organization_ids": organizations, "query": query });
        peer.post("/v1/b2b/organizations/members/search", body).await
    };
    let valid = json!({ "filter_name": "member_ids", "filter_value": [] });
    search(json!([]), valid.clone()).await.rejected(400, "member_search_organization_ids_empty");
    search(json!(["nothing"]), valid).await.rejected(404, "organization_not_found");
    for (operand, error_type) in [
        (json!({}), "member_search_missing_filter_name"),
        (json!({ "filter_name": 1 }), "member_search_filter_name_must_be_string"),
        (json!({ "filter_name": "age" }), "member_search_filter_name_not_recognized"),
        (json!({ "filter_name": "member_ids" }), "member_search_missing_filter_value"),
        (
            json!({ "filter_name": "member_ids", "filter_value": [1] }),
            "member_search_expected_array_of_strings",
        ),
        (
            json!({ "filter_name": "member_is_breakglass", "filter_value": "a" }),
            "member_search_expected_boolean",
        ),
        (json!({ "filter_name": "member_email_fuzzy", "filter_value": 1 }), "member_search_expected_string"),
        (
            json!({ "filter_name": "member_email_fuzzy", "filter_value": "ab" }),
            "member_search_member_email_fuzzy_too_short",
        ),
        (json!({ "filter_name": "statuses", "filter_value": ["sleepy"] }), "search_invalid_status_filter"),
    ] {
        search(json!(["acme"]), operand).await.rejected(400, error_type);
    }
}
