//! SSO and SCIM: connections are stored and read, and members log in with the built-in identity provider.

use reqwest::{Method, StatusCode, redirect::Policy};
use serde_json::{Value, json};

use super::{acting, member, organization, session};
use crate::support::{Peer, http_builder, text};

/// Returns the data that a SAML connection needs.
fn complete() -> Value {
    json!({
        "idp_entity_id": "https://idp.acme.co", "idp_sso_url": "https://idp.acme.co/sso",
        "x509_certificate": "a certificate", "attribute_mapping": { "email": "NameID" },
    })
}

/// Creates an organization with an active SAML connection. Returns the id of the connection.
pub(super) async fn with_connection(peer: &Peer, slug: &str, settings: Value) -> String {
    organization(peer, slug, settings).await;
    let body = json!({ "display_name": "Acme's directory", "identity_provider": "okta" });
    let created = peer.post(&format!("/v1/b2b/sso/saml/{slug}"), body).await.ok();
    let id = text(&created["connection"]["connection_id"]);
    peer.put(&format!("/v1/b2b/sso/saml/{slug}/connections/{id}"), complete()).await.ok();
    id
}

/// Chooses an address on the page of the identity provider. Returns the status and the target of the redirect.
async fn choose(peer: &Peer, connection_id: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
    let browser = http_builder().redirect(Policy::none()).build().expect("an HTTP client");
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("public_token", "public-token-test-1").append_pair("connection_id", connection_id);
    let body = form.extend_pairs(fields).finish();
    let url = format!("{}/v1/public/sso/choose", peer.emulator.base_url());
    let request = browser.post(url).header("content-type", "application/x-www-form-urlencoded").body(body);
    let response = request.send().await.expect("a response");
    let location = response.headers().get("location").map(|value| value.to_str().expect("text").to_owned());
    (response.status(), location.unwrap_or_default())
}

pub(super) async fn token(peer: &Peer, connection_id: &str, fields: &[(&str, &str)]) -> String {
    let (status, location) = choose(peer, connection_id, fields).await;
    assert_eq!(status, StatusCode::FOUND);
    assert!(location.contains("stytch_token_type=sso"), "{location}");
    location.rsplit_once("token=").expect("a token").1.to_owned()
}

pub(super) async fn authenticate(peer: &Peer, token: &str) -> crate::support::Reply {
    peer.post("/v1/b2b/sso/authenticate", json!({ "sso_token": token })).await
}

#[tokio::test]
async fn a_member_logs_in_at_the_identity_provider() {
    let peer = Peer::start().await;
    let id = with_connection(&peer, "acme", json!({})).await;
    member(&peer, "acme", "ada@acme.co").await;
    let start = format!("/v1/public/sso/start?public_token=any&connection_id={id}");
    let page = peer.anonymous(Method::GET, &start).send().await.expect("a page");
    assert_eq!(page.status(), StatusCode::OK);
    let page = page.text().await.expect("HTML");
    assert!(page.contains("Acme&#39;s directory") || page.contains("Acme's directory"), "{page}");
    assert!(page.contains("ada@acme.co") && page.contains("name=\"groups\""), "{page}");

    let redirects =
        [("login_redirect_url", "https://acme.co/in"), ("signup_redirect_url", "https://acme.co/up")];
    let [login, signup] = redirects;
    let (_, led) = choose(&peer, &id, &[login, signup, ("email", "ADA@acme.co")]).await;
    assert!(led.starts_with("https://acme.co/in?stytch_token_type=sso&token="), "{led}");
    let sso = led.rsplit_once("token=").expect("a token").1;
    let done = authenticate(&peer, sso).await.ok();
    authenticate(&peer, sso).await.rejected(404, "sso_token_not_found");
    let factor = &done["member_session"]["authentication_factors"][0];
    assert_eq!((&factor["type"], &factor["delivery_method"]), (&json!("sso"), &json!("sso_saml")));
    let registration = &done["member"]["sso_registrations"][0];
    assert_eq!(factor["saml_sso_factor"]["id"], registration["registration_id"]);
    assert_eq!((&registration["connection_id"], done["reset_session"].as_bool()), (&json!(id), Some(false)));

    let (_, led) =
        choose(&peer, &id, &[login, signup, ("email", "bob@acme.co"), ("first_name", "Bob")]).await;
    assert!(led.starts_with("https://acme.co/up?"), "{led}");
    let new = authenticate(&peer, led.rsplit_once("token=").expect("a token").1).await.ok();
    assert_eq!((&new["member"]["name"], &new["member"]["status"]), (&json!("Bob"), &json!("active")));
    // A second login with the account finds the same member, even if the member has another address now.
    let path = format!("/v1/b2b/organizations/acme/members/{}", text(&new["member_id"]));
    peer.put(&path, json!({ "email_address": "robert@acme.co", "unlink_email": true })).await.ok();
    let again = token(&peer, &id, &[("email", "bob@acme.co")]).await;
    assert_eq!(authenticate(&peer, &again).await.ok()["member_id"], new["member_id"]);
}

#[tokio::test]
async fn the_page_rejects_invalid_parameters() {
    let peer = Peer::start().await;
    let id = with_connection(&peer, "acme", json!({})).await;
    let pending = peer.post("/v1/b2b/sso/saml/acme", json!({})).await.ok();
    let pending = text(&pending["connection"]["connection_id"]);
    for (query, status, error_type) in [
        (format!("connection_id={id}"), 400, "public_token_required"),
        ("public_token=any".to_owned(), 400, "missing_sso_connection_locator"),
        ("public_token=any&connection_id=nothing".to_owned(), 404, "sso_connection_not_found"),
        (format!("public_token=any&connection_id={pending}"), 404, "sso_connection_not_found"),
        (format!("public_token=any&connection_id={id}&login_redirect_url=in"), 400, "invalid_login_sso_url"),
        (
            format!("public_token=any&connection_id={id}&pkce_code_challenge=short"),
            400,
            "invalid_pkce_code_challenge",
        ),
    ] {
        let request = peer.anonymous(Method::GET, &format!("/v1/public/sso/start?{query}"));
        crate::support::reply(request).await.rejected(status, error_type);
    }
    assert_eq!(choose(&peer, &id, &[("email", "ada")]).await.0, StatusCode::BAD_REQUEST);
    // A page of another site cannot log a user in.
    let url = format!("/v1/public/sso/start?public_token=any&connection_id={id}");
    let foreign = peer.anonymous(Method::GET, &url).header("origin", "https://evil.example");
    crate::support::reply(foreign).await.rejected(403, "foreign_origin");
}

#[tokio::test]
async fn an_external_connection_ends_with_its_source() {
    let peer = Peer::start().await;
    let id = with_connection(&peer, "acme", json!({})).await;
    let acme = peer.get("/v1/b2b/organizations/acme").await.ok()["organization"]["organization_id"].clone();
    organization(&peer, "globex", json!({})).await;
    let body = json!({ "external_organization_id": "acme", "external_connection_id": id });
    let external = peer.post("/v1/b2b/sso/external/globex", body).await.ok()["connection"].clone();
    assert_eq!(external["external_organization_id"], acme);
    peer.put("/v1/b2b/organizations/acme", json!({ "organization_slug": "acme-2" })).await.ok();
    let own = text(&external["connection_id"]);
    let login = token(&peer, &own, &[("email", "zoe@globex.co")]).await;
    assert_eq!(authenticate(&peer, &login).await.ok()["member"]["email_address"], "zoe@globex.co");
    peer.delete(&format!("/v1/b2b/sso/acme-2/connections/{id}")).await.ok();
    let (status, _) = choose(&peer, &own, &[("email", "zoe@globex.co")]).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_settings_control_who_can_join() {
    let peer = Peer::start().await;
    let id = with_connection(&peer, "acme", json!({ "sso_jit_provisioning": "NOT_ALLOWED" })).await;
    let unknown = async || {
        let token = token(&peer, &id, &[("email", "new@acme.co")]).await;
        authenticate(&peer, &token).await
    };
    unknown().await.rejected(400, "invalid_connection_for_jit_provisioning");
    let put = |settings: Value| peer.put("/v1/b2b/organizations/acme", settings);
    put(json!({ "sso_jit_provisioning": "RESTRICTED" }))
        .await
        .rejected(400, "invalid_restricted_sso_setting");
    put(json!({ "sso_jit_provisioning_allowed_connections": ["nothing"] }))
        .await
        .rejected(400, "invalid_connection_for_jit_provisioning");
    put(json!({ "sso_default_connection_id": "nothing" }))
        .await
        .rejected(400, "invalid_sso_default_connection_id");
    put(json!({ "sso_jit_provisioning": "RESTRICTED", "sso_jit_provisioning_allowed_connections": [id] }))
        .await
        .ok();
    unknown().await.ok();
    put(json!({ "sso_default_connection_id": id })).await.ok();
    let path = format!("/v1/b2b/sso/acme/connections/{id}");
    peer.delete(&path).await.rejected(400, "cannot_delete_default_sso_connection");
    put(json!({ "sso_default_connection_id": "" })).await.ok();
    peer.delete(&path).await.ok();
    peer.delete(&path).await.rejected(404, "sso_connection_not_found");
    let without = peer.get("/v1/b2b/organizations/acme/member?email_address=new@acme.co").await.ok();
    assert_eq!(without["member"]["sso_registrations"], json!([]));
    // The setting stays restricted, now to no connection. Other settings can still change.
    let renamed = put(json!({ "organization_name": "Acme Inc." })).await.ok()["organization"].clone();
    assert_eq!(renamed["sso_jit_provisioning"], "RESTRICTED");
}

#[tokio::test]
async fn sso_counts_as_a_first_factor() {
    let peer = Peer::start().await;
    let restricted = json!({
        "auth_methods": "RESTRICTED", "allowed_auth_methods": ["sso"], "mfa_policy": "REQUIRED_FOR_ALL",
    });
    let id = with_connection(&peer, "acme", restricted).await;
    let token = token(&peer, &id, &[("email", "ada@acme.co")]).await;
    let asked = authenticate(&peer, &token).await.ok();
    assert_eq!((&asked["member_authenticated"], &asked["primary_required"]), (&json!(false), &Value::Null));
    assert_eq!(asked["mfa_required"]["member_options"], Value::Null);
}

#[tokio::test]
async fn connections_are_stored_and_read() {
    let peer = Peer::start().await;
    let saml = with_connection(&peer, "acme", json!({})).await;
    let path = format!("/v1/b2b/sso/saml/acme/connections/{saml}");
    let key = json!({ "saml_encryption_private_key": "a key", "idp_initiated_auth_disabled": true });
    let changed = peer.put(&path, key).await.ok()["connection"].clone();
    assert_eq!(
        (&changed["status"], &changed["idp_initiated_auth_disabled"]),
        (&json!("active"), &json!(true))
    );
    assert_eq!(changed["idp_entity_id"], "https://idp.acme.co");
    let key = text(&changed["encryption_private_keys"][0]["private_key_id"]);
    let certificate = text(&changed["verification_certificates"][0]["certificate_id"]);
    let remove = async |list: &str, id: &str| peer.delete(&format!("{path}/{list}/{id}")).await;
    assert_eq!(remove("encryption_private_keys", &key).await.ok()["private_key_id"], key);
    remove("encryption_private_keys", &key).await.rejected(404, "sso_verification_key_not_found");
    remove("verification_certificates", &certificate).await.ok();

    let oidc = peer.post("/v1/b2b/sso/oidc/acme", json!({ "identity_provider": "okta" })).await.ok();
    let oidc = text(&oidc["connection"]["connection_id"]);
    let path = format!("/v1/b2b/sso/oidc/acme/connections/{oidc}");
    let update = json!({ "client_id": "a", "client_secret": "b", "issuer": "https://idp.acme.co" });
    let changed = peer.put(&path, update).await.ok();
    assert_eq!((&changed["connection"]["status"], &changed["warning"]), (&json!("active"), &Value::Null));
    peer.put(&path.replace("/oidc/", "/saml/"), json!({})).await.rejected(404, "saml_connection_not_found");
    peer.put(&format!("/v1/b2b/sso/oidc/acme/connections/{saml}"), json!({}))
        .await
        .rejected(404, "oidc_connection_not_found");

    organization(&peer, "globex", json!({})).await;
    let external = |organization: &str, connection: &str| {
        let body = json!({ "external_organization_id": organization, "external_connection_id": connection });
        peer.post("/v1/b2b/sso/external/globex", body)
    };
    external("acme", "nothing").await.rejected(404, "external_connection_id_not_found");
    external("globex", &oidc).await.rejected(400, "external_organization_id_same_as_organization_id");
    let shared = external("acme", &oidc).await.ok()["connection"].clone();
    let path = format!("/v1/b2b/sso/external/globex/connections/{}", text(&shared["connection_id"]));
    let renamed = peer.put(&path, json!({ "display_name": "Acme" })).await.ok();
    assert_eq!(renamed["connection"]["external_connection_id"], oidc.as_str());

    let all = peer.get("/v1/b2b/sso/acme").await.ok();
    assert_eq!(all["saml_connections"][0]["status"], "pending");
    assert_eq!(all["oidc_connections"][0]["issuer"], "https://idp.acme.co");
    assert_eq!(all["external_connections"], json!([]));
    let active =
        peer.get("/v1/b2b/organizations/acme").await.ok()["organization"]["sso_active_connections"].clone();
    assert_eq!(active, json!([{ "connection_id": oidc, "display_name": "", "identity_provider": "okta" }]));
    let operand = json!({ "filter_name": "sso_connection_id", "filter_value": oidc });
    let query = json!({ "query": { "operator": "AND", "operands": [operand] } });
    let found = peer.post("/v1/b2b/organizations/search", query).await.ok();
    assert_eq!(found["organizations"][0]["organization_slug"], "acme");
    peer.put("/v1/b2b/sso/saml/acme/connections/x/url", json!({ "metadata_url": "https://idp.acme.co" }))
        .await
        .rejected(501, "not_emulated");
}

#[tokio::test]
async fn a_scim_connection_is_stored_and_read() {
    let peer = Peer::start().await;
    organization(&peer, "acme", json!({})).await;
    let path = "/v1/b2b/scim/acme/connection";
    peer.get(path).await.rejected(404, "no_active_scim_connection");
    let body = json!({ "display_name": "Directory", "identity_provider": "okta" });
    let created = peer.post(path, body.clone()).await.ok()["connection"].clone();
    peer.post(path, body).await.rejected(400, "active_scim_connection_exists");
    let token = text(&created["bearer_token"]);
    let known = peer.get(path).await.ok()["connection"].clone();
    assert_eq!(known["bearer_token_last_four"], token[token.len() - 4..]);
    assert_eq!(known["next_bearer_token_expires_at"], Value::Null);
    let own = format!("{path}/{}", text(&created["connection_id"]));
    peer.post(&format!("{own}/rotate/complete"), json!({}))
        .await
        .rejected(400, "scim_connection_not_rotating_token");
    let started = peer.post(&format!("{own}/rotate/start"), json!({})).await.ok()["connection"].clone();
    let next = text(&started["next_bearer_token"]);
    peer.post(&format!("{own}/rotate/cancel"), json!({})).await.ok();
    peer.post(&format!("{own}/rotate/start"), json!({})).await.ok();
    let rotated = peer.post(&format!("{own}/rotate/complete"), json!({})).await.ok()["connection"].clone();
    assert_ne!(rotated["bearer_token_last_four"], next[next.len() - 4..]);
    assert_eq!(rotated["next_bearer_token_last_four"], "");
    let assign = json!([{ "role_id": "stytch_admin", "group_id": "g", "group_name": "Admins" }]);
    let update = json!({ "display_name": "New", "scim_group_implicit_role_assignments": assign });
    let changed = peer.put(&own, update).await.ok()["connection"].clone();
    assert_eq!((&changed["display_name"], &changed["identity_provider"]), (&json!("New"), &json!("okta")));
    assert_eq!(changed["scim_group_implicit_role_assignments"], assign);
    let groups = peer.get(&format!("{own}?limit=10")).await.ok();
    assert_eq!((&groups["scim_groups"], &groups["next_cursor"]), (&json!([]), &Value::Null));
    let active = peer.get("/v1/b2b/organizations/acme").await.ok()["organization"].clone();
    assert_eq!(active["scim_active_connection"]["display_name"], "New");
    peer.delete(&own).await.ok();
    peer.delete(&own).await.rejected(404, "no_active_scim_connection");
}

#[tokio::test]
async fn endpoints_for_connections_check_permissions() {
    let peer = Peer::start().await;
    let id = with_connection(&peer, "acme", json!({})).await;
    organization(&peer, "globex", json!({})).await;
    let ada = session(&peer, "acme", "ada@acme.co").await;
    let zoe = session(&peer, "globex", "zoe@globex.co").await;
    let scim = "/v1/b2b/scim/acme/connection";
    let saml = format!("/v1/b2b/sso/saml/acme/connections/{id}");
    let external = json!({ "external_organization_id": "globex", "external_connection_id": "x" });
    for (method, path, body) in [
        (Method::GET, "/v1/b2b/sso/acme".to_owned(), None),
        (Method::DELETE, format!("/v1/b2b/sso/acme/connections/{id}"), None),
        (Method::POST, "/v1/b2b/sso/oidc/acme".to_owned(), Some(json!({}))),
        (Method::PUT, "/v1/b2b/sso/oidc/acme/connections/x".to_owned(), Some(json!({}))),
        (Method::POST, "/v1/b2b/sso/saml/acme".to_owned(), Some(json!({}))),
        (Method::PUT, saml.clone(), Some(json!({}))),
        (Method::DELETE, format!("{saml}/verification_certificates/x"), None),
        (Method::DELETE, format!("{saml}/encryption_private_keys/x"), None),
        (Method::POST, "/v1/b2b/sso/external/acme".to_owned(), Some(external)),
        (Method::PUT, "/v1/b2b/sso/external/acme/connections/x".to_owned(), Some(json!({}))),
        (Method::POST, scim.to_owned(), Some(json!({}))),
        (Method::GET, scim.to_owned(), None),
        (Method::GET, format!("{scim}/x"), None),
        (Method::PUT, format!("{scim}/x"), Some(json!({}))),
        (Method::DELETE, format!("{scim}/x"), None),
        (Method::POST, format!("{scim}/x/rotate/start"), Some(json!({}))),
        (Method::POST, format!("{scim}/x/rotate/complete"), Some(json!({}))),
        (Method::POST, format!("{scim}/x/rotate/cancel"), Some(json!({}))),
    ] {
        let own = acting(&peer, &ada, method.clone(), &path, body.clone()).await;
        assert_eq!(own.body["error_type"], "session_authorization_error", "{method} {path}");
        let other = acting(&peer, &zoe, method.clone(), &path, body).await;
        assert_eq!(other.body["error_type"], "session_authorization_tenancy_error", "{method} {path}");
    }
}
