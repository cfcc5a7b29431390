//! Logins at the built-in OAuth provider.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use reqwest::{Method, redirect::Policy};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use stytch_emulator::Emulator;

use crate::support::{PASSWORD, Peer, Reply, http_builder, reply, text};

const LOGIN: &str = "https://example.com/login";
const SIGNUP: &str = "https://example.com/signup";

/// A browser. It does not follow redirects. It sends the origin of the page with a form.
struct Browser {
    http: reqwest::Client,
    base_url: String,
}

impl Browser {
    fn of(peer: &Peer) -> Self {
        let http = http_builder().redirect(Policy::none()).build().expect("an HTTP client");
        Self { http, base_url: peer.emulator.base_url().to_owned() }
    }

    fn url(&self, provider: &str, step: &str, parameters: &[(&str, &str)]) -> String {
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
        format!("{}/v1/public/oauth/{provider}/{step}?{query}", self.base_url)
    }

    /// Opens the login page, and returns it.
    async fn open(&self, provider: &str, parameters: &[(&str, &str)]) -> String {
        let response =
            self.http.get(self.url(provider, "start", parameters)).send().await.expect("a response");
        assert_eq!(response.status(), 200);
        let policy = response.headers()["content-security-policy"].to_str().expect("a string");
        assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
        response.text().await.expect("a page")
    }

    /// Chooses an address, and returns the target of the redirect: the address, and its query.
    async fn choose(
        &self,
        provider: &str,
        parameters: &[(&str, &str)],
        email: &str,
    ) -> (String, BTreeMap<String, String>) {
        let fields = parameters.iter().copied().chain([("email", email), ("first_name", "Ada")]);
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = self.http.post(format!("{}/v1/public/oauth/{provider}/choose", self.base_url));
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let response = request.header("origin", &self.base_url).body(form).send().await.expect("a response");
        assert_eq!(response.status(), 302);
        let location = response.headers()["location"].to_str().expect("a string").to_owned();
        let (address, query) = location.split_once('?').expect("a query");
        (address.to_owned(), form_urlencoded::parse(query.as_bytes()).into_owned().collect())
    }
}

const PARAMETERS: [(&str, &str); 3] =
    [("public_token", "public-token-test-1"), ("login_redirect_url", LOGIN), ("signup_redirect_url", SIGNUP)];

async fn authenticate(peer: &Peer, body: Value) -> Reply {
    peer.post("/v1/oauth/authenticate", body).await
}

#[tokio::test]
async fn a_new_user_signs_up_and_logs_in() {
    let peer = Peer::start().await;
    let browser = Browser::of(&peer);
    let page = browser.open("google", &PARAMETERS).await;
    assert!(page.contains("Log in with Google") && page.contains(r#"name="email""#));
    let scopes = [&PARAMETERS[..], &[("custom_scopes", "calendar drive")]].concat();
    let (address, query) = browser.choose("google", &scopes, "ada@example.com").await;
    assert_eq!((address.as_str(), query["stytch_token_type"].as_str()), (SIGNUP, "oauth"));
    let body = json!({ "token": query["token"], "session_duration_minutes": 60 });
    let response = authenticate(&peer, body.clone()).await.ok();
    assert_eq!((&response["provider_type"], &response["reset_sessions"]), (&json!("Google"), &json!(false)));
    assert_eq!(response["provider_values"]["scopes"], json!(["calendar", "drive"]));
    let user = &response["user"];
    assert_eq!((&user["emails"][0]["verified"], &user["name"]["first_name"]), (&json!(true), &json!("Ada")));
    let registration = &user["providers"][0];
    assert_eq!(registration["oauth_user_registration_id"], response["oauth_user_registration_id"]);
    assert_eq!(registration["provider_subject"], response["provider_subject"]);
    let factor = &response["user_session"]["authentication_factors"][0];
    assert_eq!((&factor["type"], &factor["delivery_method"]), (&json!("oauth"), &json!("oauth_google")));
    assert_eq!(factor["google_oauth_factor"]["email_id"], user["emails"][0]["email_id"]);
    assert!(response.get("session").is_none());
    authenticate(&peer, body).await.rejected(404, "oauth_token_not_found");

    // The same account belongs to the same user, so this is a login.
    let (address, query) = browser.choose("google", &PARAMETERS, "ADA@example.com").await;
    assert_eq!(address, LOGIN);
    let again = authenticate(&peer, json!({ "token": query["token"] })).await.ok();
    assert_eq!(again["user_id"], response["user_id"]);
    assert_eq!(again["user"]["providers"].as_array().map(Vec::len), Some(1));
    assert_eq!(again["user_session"], Value::Null);
}

#[tokio::test]
async fn the_page_offers_the_users_and_escapes_them() {
    let seed = json!({ "users": [{ "email": "bob@example.com", "user_id": "user-test-bob",
        "name": { "first_name": "<script>alert(1)</script>" } }] });
    let peer = Peer::with(Emulator::builder().strict(true).seed(seed.to_string())).await;
    let browser = Browser::of(&peer);
    let odd =
        [("public_token", "\"><script>x</script>"), ("login_redirect_url", "https://example.com/?a='b'&c=d")];
    let page = browser.open("github", &odd).await;
    assert!(page.contains("bob@example.com") && !page.contains("<script"), "{page}");
    // The account is added to the user who has its address.
    let (address, query) = browser.choose("github", &PARAMETERS, "bob@example.com").await;
    assert_eq!(address, LOGIN);
    let response = authenticate(&peer, json!({ "token": query["token"] })).await.ok();
    assert_eq!(
        (&response["user_id"], &response["provider_type"]),
        (&json!("user-test-bob"), &json!("Github"))
    );
    let registration = text(&response["oauth_user_registration_id"]);
    let deleted = peer.delete(&format!("/v1/users/oauth/{registration}")).await.ok();
    assert_eq!(deleted["user"]["providers"], json!([]));
}

#[tokio::test]
async fn an_account_can_be_attached_to_a_user() {
    let peer = Peer::start().await;
    let browser = Browser::of(&peer);
    let ada = json!({ "email": "ada@example.com", "password": PASSWORD, "session_duration_minutes": 60 });
    let ada = peer.post("/v1/passwords", ada).await.ok();
    for selection in ["session_token", "session_jwt", "user_id"] {
        let attach = json!({ "provider": "microsoft", selection: ada[selection] });
        let attached = peer.post("/v1/oauth/attach", attach).await.ok();
        let token = text(&attached["oauth_attach_token"]);
        let parameters = [&PARAMETERS[..], &[("oauth_attach_token", token.as_str())]].concat();
        browser.open("microsoft", &parameters).await;
        let (_, query) = browser.choose("microsoft", &parameters, "work@example.com").await;
        let response = authenticate(&peer, json!({ "token": query["token"] })).await.ok();
        assert_eq!(response["user_id"], ada["user_id"]);
        assert_eq!(response["user"]["emails"][1]["email"], "work@example.com");
        // The token is valid for one login only.
        let url = browser.url("microsoft", "start", &parameters);
        reply(browser.http.get(url)).await.rejected(400, "invalid_oauth_attach_token");
    }
    for (body, status, error_type) in [
        (json!({ "provider": "microsoft" }), 400, "no_user_selection_arguments"),
        (json!({ "provider": "myspace", "user_id": ada["user_id"] }), 400, "invalid_oauth_provider"),
        (json!({ "provider": "google", "user_id": "nobody" }), 404, "user_not_found"),
    ] {
        peer.post("/v1/oauth/attach", body).await.rejected(status, error_type);
    }
}

#[tokio::test]
async fn a_flow_with_a_challenge_needs_its_verifier() {
    let peer = Peer::start().await;
    let verifier = "a verifier that only the browser knows, long enough";
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
    let parameters = [&PARAMETERS[..], &[("code_challenge", challenge.as_str())]].concat();
    let (_, query) = Browser::of(&peer).choose("apple", &parameters, "ada@example.com").await;
    let body = |verifier: &str| json!({ "token": query["token"], "code_verifier": verifier });
    authenticate(&peer, json!({ "token": query["token"] }))
        .await
        .rejected(400, "pkce_expected_code_verifier");
    authenticate(&peer, body("another")).await.rejected(400, "pkce_mismatch");
    authenticate(&peer, body(verifier)).await.ok();
}

#[tokio::test]
async fn an_invalid_start_is_explained() {
    let peer = Peer::start().await;
    let browser = Browser::of(&peer);
    let with = |name: &'static str, value: &'static str| [&PARAMETERS[..1], &[(name, value)]].concat();
    for (provider, parameters, error_type) in [
        ("myspace", PARAMETERS.to_vec(), "invalid_oauth_provider"),
        ("google", vec![], "public_token_required"),
        ("google", with("login_redirect_url", "/login"), "invalid_login_oauth_url"),
        ("google", with("signup_redirect_url", "signup"), "invalid_signup_oauth_url"),
        ("google", with("code_challenge", "short"), "invalid_pkce_code_challenge"),
        ("google", with("oauth_attach_token", "unknown"), "invalid_oauth_attach_token"),
    ] {
        let url = browser.url(provider, "start", &parameters);
        reply(browser.http.get(url)).await.rejected(400, error_type);
    }
}

/// The page shows users, and its form logs a user in. So another site must not be able to use it.
#[tokio::test]
async fn requests_of_other_sites_are_rejected() {
    let peer = Peer::start().await;
    let browser = Browser::of(&peer);
    let start = browser.http.get(browser.url("google", "start", &PARAMETERS)).header("host", "evil.example");
    reply(start).await.rejected(403, "foreign_host");
    let choose = format!("{}/v1/public/oauth/google/choose", browser.base_url);
    let form = "public_token=a&email=ada%40example.com";
    for origin in ["http://evil.example", "null"] {
        let request = browser.http.post(&choose).header("origin", origin).body(form);
        reply(request).await.rejected(403, "foreign_origin");
    }
    let request = peer.anonymous(Method::GET, "/v1/public/oauth/google/choose");
    reply(request).await.rejected(404, "route_not_found");
    assert_eq!(peer.post("/v1/users/search", json!({})).await.ok()["results"], json!([]));
}
