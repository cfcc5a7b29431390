//! The B2B API as a program uses it: calls in the name of a member, the outcomes of a login, searches, and the
//! resources that it shares with the consumer API.

#[path = "b2b/acting.rs"]
mod acting;
#[path = "b2b/searches.rs"]
mod searches;

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use stytch_client::b2b::models::LoginOutcome;
use stytch_client::b2b::{Client, ClientBuilder};
use stytch_client::{Body, http};

/// A request that was sent: method, path, headers with a session, and body.
#[derive(Clone, Debug, Default, PartialEq)]
struct Sent {
    request: String,
    host: String,
    sessions: Vec<String>,
    body: Value,
}

/// Returns a client that records its requests, and responds with `response`.
fn noting(response: Value) -> (ClientBuilder, Arc<Mutex<Vec<Sent>>>) {
    let sent = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&sent);
    let transport = move |request: http::Request<Body>| {
        let sessions = ["x-stytch-member-session", "x-stytch-member-sessionjwt"].into_iter();
        let sessions = sessions.filter_map(|name| {
            let value = request.headers().get(name)?.to_str().ok()?;
            assert!(request.headers()[name].is_sensitive(), "{name}");
            Some(format!("{name}: {value}"))
        });
        let body = request.body().as_bytes().and_then(|body| serde_json::from_slice(body).ok());
        noted.lock().unwrap().push(Sent {
            request: format!("{} {}", request.method(), request.uri().path()),
            host: request.uri().host().unwrap_or_default().to_owned(),
            sessions: sessions.collect(),
            body: body.unwrap_or_default(),
        });
        let response = http::Response::new(Body::from(response.to_string()));
        async move { Ok(response) }
    };
    (Client::builder("project-test-1", "secret-test-1").transport(transport), sent)
}

fn login(fields: &Value) -> Value {
    let mut login = json!({
        "member_id": "member-1", "member": {"member_id": "member-1"},
        "organization": {"organization_id": "organization-1"}, "organization_id": "organization-1",
    });
    login.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    login
}

#[tokio::test]
async fn a_login_has_either_a_session_or_missing_factors() {
    let logged_in = json!({
        "member_authenticated": true, "session_token": "token-1", "session_jwt": "a.b.c",
        "intermediate_session_token": "", "member_session": {"member_session_id": "session-1"},
    });
    let (builder, sent) = noting(login(&logged_in));
    let client = builder.build().unwrap();
    let call = client.passwords().authenticate().organization_id("acme").email_address("a@b.c").password("p");
    let response = call.send().await.unwrap();
    let LoginOutcome::LoggedIn(session) = response.login.outcome() else { panic!("{response:?}") };
    assert_eq!(session.session_token.unwrap().secret(), "token-1");
    assert_eq!(sent.lock().unwrap()[0].body["organization_id"], "acme");

    let pending = json!({
        "member_authenticated": false, "session_token": "", "session_jwt": "",
        "intermediate_session_token": "intermediate-1", "primary_required": {"allowed_auth_methods": ["sso"]},
    });
    let (builder, sent) = noting(login(&pending));
    let client = builder.build().unwrap();
    let response = client.magic_links().authenticate().magic_links_token("t").send().await.unwrap();
    let LoginOutcome::Pending(pending) = response.login.outcome() else { panic!("{response:?}") };
    assert_eq!(pending.primary_required.unwrap().allowed_auth_methods, ["sso"]);
    // The next step sends the intermediate session.
    let token = pending.intermediate_session_token.unwrap();
    let _ =
        client.sso().authenticate().sso_token("s").intermediate_session_token(token.secret()).send().await;
    assert_eq!(sent.lock().unwrap()[1].body["intermediate_session_token"], "intermediate-1");
}

/// A resource of both APIs uses the same code. Its requests contain the project of the client and go to the hosts of
/// the client.
#[tokio::test]
async fn shared_resources_are_those_of_the_consumer_api() {
    let response = json!({
        "access_token": "t", "active": false, "project_id": "project-test-1", "action": "BLOCK",
        "connected_app": {}, "metrics": [],
    });
    let (builder, sent) = noting(response);
    let client = builder.build().unwrap();
    client.m2m().token().client_id("c").client_secret("s").send().await.unwrap();
    client.idp().introspect_token_network().token("t").client_id("c").send().await.unwrap();
    client.fraud().rules().set().action("BLOCK").send().await.unwrap();
    client.debug().whoami().send().await.unwrap();
    client.project().metrics().send().await.unwrap();
    client.connected_app().clients().get().client_id("c").send().await.unwrap();
    let sent = sent.lock().unwrap();
    let places: Vec<_> = sent.iter().map(|sent| (&*sent.host, &*sent.request)).collect();
    assert_eq!(
        places,
        [
            ("test.stytch.com", "POST /v1/public/project-test-1/oauth2/token"),
            ("test.stytch.com", "POST /v1/public/project-test-1/oauth2/introspect"),
            ("telemetry.stytch.com", "POST /v1/rules/set"),
            ("test.stytch.com", "GET /v1/debug/whoami"),
            ("test.stytch.com", "GET /v1/projects/metrics"),
            ("test.stytch.com", "GET /v1/connected_apps/clients/c"),
        ]
    );
}

#[test]
fn a_live_project_uses_the_live_url() {
    let address = |id: &str| Client::builder(id, "s").build().unwrap().base_url().to_owned();
    assert_eq!(address("project-live-1"), "https://api.stytch.com/");
    assert_eq!(address("project-test-1"), "https://test.stytch.com/");
    let shown = format!("{:?}", Client::builder("project-test-1", "hunter2").build().unwrap());
    assert!(!shown.contains("hunter2"), "{shown}");
}

#[tokio::test]
async fn an_introspection_contains_the_organization_of_the_token() {
    let (builder, _) = noting(json!({
        "active": true, "sub": "member-1", "plan": "pro",
        "https://stytch.com/organization": {"organization_id": "organization-1", "slug": "acme"},
    }));
    let client = builder.build().unwrap();
    let response = client.idp().introspect_token_network().token("t").client_id("c").send().await.unwrap();
    let organization = response.organization.unwrap();
    assert_eq!(
        (&*organization.organization_id, &*organization.organization_slug),
        ("organization-1", "acme")
    );
    assert_eq!(serde_json::to_string(&response.custom_claims).unwrap(), r#"{"plan":"pro"}"#);
}

/// The custom roles of an organization can be read, changed and written back.
#[tokio::test]
async fn custom_roles_can_be_written_back() {
    let role = json!({
        "role_id": "editor", "description": "edits",
        "permissions": [{"resource_id": "documents", "actions": ["write"]}],
    });
    let (builder, sent) = noting(json!({"org_policy": {"roles": [role]}}));
    let client = builder.build().unwrap();
    let roles = || client.rbac().organizations();
    let policy = roles().get_org_policy().organization_id("acme").send().await.unwrap().org_policy;
    assert!(policy.roles_allow(["editor"], "documents", "write"));
    assert!(!policy.roles_allow(["reader"], "documents", "write"));
    roles().set_org_policy().organization_id("acme").org_policy(&policy).send().await.unwrap();
    let sent = sent.lock().unwrap();
    assert_eq!(sent[1].request, "PUT /v1/b2b/rbac/organizations/acme");
    assert_eq!(sent[1].body, json!({"org_policy": {"roles": [role]}}));
}
