//! A project that signs tokens and responds to calls, without a network.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rustls::SignatureScheme;
use rustls::crypto::ring::sign::any_supported_type;
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject;
use serde_json::{Value, json};
use stytch_client::{Body, Client, ClientBuilder, JwtProblem, Transport, b2b, http};
use stytch_client_tests::clock::Clock;
use stytch_emulator::Emulator;

pub(crate) const PROJECT_ID: &str = "project-test-1";

/// A project, and the requests to its API.
#[derive(Clone)]
pub(crate) struct Project {
    pub(crate) clock: Clock,
    state: Arc<Mutex<State>>,
}

struct State {
    keys: Value,
    policy: Value,
    /// The roles of organizations, by their ids.
    organizations: Value,
    /// The status of the responses. If it is 0, there is no response.
    status: u16,
    authorized: bool,
    requests: Vec<(String, Value)>,
}

impl Project {
    pub(crate) async fn new() -> Self {
        let emulator = Emulator::builder().project_id(PROJECT_ID).start().await.unwrap();
        let theirs = Client::builder(PROJECT_ID, emulator.secret()).base_url(emulator.base_url());
        let keys = theirs.build().unwrap().sessions().jwks().project_id(PROJECT_ID).send().await.unwrap();
        let permissions = |actions: &[&str]| json!([{"resource_id": "documents", "actions": actions}]);
        let policy = json!({
            "roles": [
                {"role_id": "reader", "permissions": permissions(&["read"])},
                {"role_id": "admin", "permissions": permissions(&["*"])},
            ],
            "scopes": [{"scope": "read:documents", "permissions": permissions(&["read"])}],
        });
        let keys = serde_json::to_value(keys).unwrap();
        let organizations = json!({
            "organization-1": [{"role_id": "editor", "permissions": permissions(&["write"])}],
            "organization-2": [{"role_id": "editor", "permissions": permissions(&["shred"])}],
        });
        let state =
            State { keys, policy, organizations, status: 200, authorized: true, requests: Vec::new() };
        Self { clock: Clock::skipping(Duration::from_secs(10)), state: Arc::new(Mutex::new(state)) }
    }

    /// Returns a new client of the project.
    pub(crate) fn builder(&self) -> ClientBuilder {
        self.builder_of(PROJECT_ID)
    }

    pub(crate) fn builder_of(&self, project_id: &str) -> ClientBuilder {
        let builder = Client::builder(project_id, "secret-test-1");
        builder.timer(self.clock.clone()).transport(self.transport())
    }

    fn transport(&self) -> impl Transport + use<> {
        let project = self.clone();
        move |request: http::Request<Body>| {
            let project = project.clone();
            async move { Ok(project.respond(request).await) }
        }
    }

    /// Returns a new client of the B2B API, with empty caches.
    pub(crate) fn b2b_builder(&self) -> b2b::ClientBuilder {
        let builder = b2b::Client::builder(PROJECT_ID, "secret-test-1");
        builder.timer(self.clock.clone()).transport(self.transport())
    }

    pub(crate) fn b2b(&self) -> b2b::Client {
        self.b2b_builder().build().unwrap()
    }

    pub(crate) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    async fn respond(&self, request: http::Request<Body>) -> http::Response<Body> {
        let path = request.uri().path().to_owned();
        let body = request.body().as_bytes().and_then(|body| serde_json::from_slice(body).ok());
        let (status, response) = {
            let mut state = self.state.lock().unwrap();
            state.requests.push((path.clone(), body.unwrap_or_default()));
            let response = match &*path {
                "/v1/rbac/policy" | "/v1/b2b/rbac/policy" => json!({"policy": state.policy}),
                "/v1/b2b/sessions/authenticate" => json!({
                    "member_session": {"member_session_id": "session-test-1", "organization_id": "organization-1"},
                    "session_jwt": "a.new.jwt", "verdict": {"authorized": state.authorized},
                }),
                "/v1/sessions/authenticate" => json!({
                    "session": {"session_id": "session-test-1", "user_id": "user-test-1"},
                    "session_jwt": "a.new.jwt", "verdict": {"authorized": state.authorized},
                }),
                path => match path.strip_prefix("/v1/b2b/rbac/organizations/") {
                    Some(id) => json!({"org_policy": {"roles": state.organizations[id]}}),
                    None => state.keys.clone(),
                },
            };
            (state.status, response)
        };
        if status == 0 {
            std::future::pending::<()>().await;
        }
        let body = if status == 200 { response } else { json!({"error_type": "internal_server_error"}) };
        http::Response::builder().status(status.max(200)).body(body.to_string().into()).unwrap()
    }

    /// Sets the status of further responses. With 0, there is no response.
    pub(crate) fn fail(&self, status: u16) {
        self.state.lock().unwrap().status = status;
    }

    pub(crate) fn set_roles_of(&self, organization_id: &str, roles: Value) {
        self.state.lock().unwrap().organizations[organization_id] = roles;
    }

    pub(crate) fn set_policy(&self, policy: Value) {
        self.state.lock().unwrap().policy = policy;
    }

    /// Makes the API reject every authorization.
    pub(crate) fn forbid(&self) {
        self.state.lock().unwrap().authorized = false;
    }

    /// Returns the bodies of the requests to paths with this ending.
    pub(crate) fn requests_to(&self, end: &str) -> Vec<Value> {
        let state = self.state.lock().unwrap();
        let requests = state.requests.iter().filter(|(path, _)| path.contains(end));
        requests.map(|(_, body)| body.clone()).collect()
    }

    pub(crate) fn calls(&self) -> usize {
        self.state.lock().unwrap().requests.len()
    }

    /// Returns a token of the project, valid for an hour, with changed claims.
    pub(crate) fn token(&self, change: impl FnOnce(&mut Value)) -> String {
        self.token_with(|_| {}, change)
    }

    /// Returns a token with a changed header.
    pub(crate) fn token_with(
        &self,
        change_header: impl FnOnce(&mut Value),
        change: impl FnOnce(&mut Value),
    ) -> String {
        let now = stytch_client::Timer::timestamp(&self.clock).as_second();
        let kid = self.state.lock().unwrap().keys["keys"][0]["kid"].clone();
        let mut header = json!({"alg": "RS256", "typ": "JWT", "kid": kid});
        let mut claims = json!({
            "iss": format!("stytch.com/{PROJECT_ID}"), "aud": [PROJECT_ID], "sub": "subject-1",
            "iat": now, "nbf": now, "exp": now + 3600, "jti": "1", "plan": "pro",
        });
        change_header(&mut header);
        change(&mut claims);
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(&header), part(&claims));
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(sign(signed.as_bytes())))
    }

    pub(crate) fn session_jwt(&self, change: impl FnOnce(&mut Value)) -> String {
        self.token(|claims| {
            claims["https://stytch.com/session"] = json!({"id": "session-test-1", "roles": ["reader"]});
            change(claims);
        })
    }

    /// Returns the JWT of a member's session in an organization, with these roles.
    pub(crate) fn member_jwt(&self, organization_id: &str, roles: &[&str]) -> String {
        self.token(|claims| {
            claims["https://stytch.com/session"] = json!({"id": "session-test-1", "roles": roles});
            claims["https://stytch.com/organization"] =
                json!({"organization_id": organization_id, "slug": "acme"});
        })
    }

    /// Returns the access token of a machine or of a connected app, with these scopes.
    pub(crate) fn access_token(&self, scope: &str) -> String {
        self.token(|claims| claims["scope"] = scope.into())
    }
}

/// Returns a signature by the development key of the emulator.
fn sign(message: &[u8]) -> Vec<u8> {
    let pem = include_bytes!("../../../emulator/src/development-key.pem");
    let key = any_supported_type(&PrivateKeyDer::from_pem_slice(pem).unwrap()).unwrap();
    key.choose_scheme(&[SignatureScheme::RSA_PKCS1_SHA256]).unwrap().sign(message).unwrap()
}

/// Returns the problem of a token.
#[track_caller]
pub(crate) fn problem<T>(outcome: Result<T, stytch_client::JwtError>) -> JwtProblem {
    let error = outcome.err().unwrap();
    error.problem().unwrap_or_else(|| panic!("{error}"))
}
