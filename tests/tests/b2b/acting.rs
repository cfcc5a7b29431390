//! Calls in the name of a member: the session is in the headers of each call.

use declapi::CallOptions;
use serde_json::json;
use stytch_client::b2b::models::{LoginOutcome, LoginResponse};
use stytch_client::b2b::{ActingSession, ActingToken};
use stytch_client::{ENDPOINTS, Location};
use stytch_client_tests::facts::Operation;

use super::{login, noting};

const TOKEN: &str = "x-stytch-member-session: token-1";
const JWT: &str = "x-stytch-member-sessionjwt: a.b.c";

/// Every operation that accepts a session has both headers. Other operations have none of them.
#[test]
fn only_operations_that_check_roles_accept_a_session() {
    let mut taking = 0;
    for endpoint in ENDPOINTS {
        let headers = endpoint.fields().filter(|field| field.location == Location::Header);
        let names: Vec<_> = headers.map(|field| (field.name, field.secret)).collect();
        let documented = Operation::of(endpoint).takes_a_session();
        let expected = [("x-stytch-member-session", true), ("x-stytch-member-sessionjwt", true)];
        let expected = if documented { &expected[..] } else { &[] };
        assert_eq!(names, expected, "the headers of {} {}", endpoint.method.as_str(), endpoint.path);
        taking += usize::from(documented);
    }
    assert!(taking >= 40, "{taking}");
}

#[tokio::test]
async fn a_call_can_have_a_session() {
    let (builder, sent) = noting(json!({"organization_id": "organization-1"}));
    let client = builder.build().unwrap();
    let delete = || client.organizations().delete().organization_id("acme");
    delete().send().await.unwrap();
    delete().acting_session_token("token-1").send().await.unwrap();
    delete().acting_session_jwt("a.b.c").send().await.unwrap();
    delete().acting_session_token("token-1").acting_session_jwt(String::from("a.b.c")).send().await.unwrap();
    let sent = sent.lock().unwrap();
    let sessions: Vec<_> = sent.iter().map(|sent| sent.sessions.join(", ")).collect();
    assert_eq!(sessions, [String::new(), TOKEN.into(), JWT.into(), format!("{TOKEN}, {JWT}")]);
}

#[tokio::test]
async fn a_client_can_have_a_session() {
    let page = json!({
        "organization": {}, "organization_id": "o", "member_id": "m", "connection_id": "c",
        "members": [], "scim_groups": [], "results_metadata": {},
    });
    let (builder, sent) = noting(page);
    let client = builder.build().unwrap();
    let acting = client.acting_as(ActingSession::jwt("a.b.c"));
    acting.organizations().update().organization_id("acme").organization_name("Acme").send().await.unwrap();
    acting
        .organizations()
        .members()
        .create()
        .organization_id("acme")
        .email_address("a@b.c")
        .send()
        .await
        .unwrap();
    acting
        .organizations()
        .members()
        .search()
        .organization_ids(["acme"])
        .pages()
        .next()
        .await
        .unwrap()
        .unwrap();
    acting.scim().connection().get_groups().organization_id("acme").connection_id("c").items().next().await;
    acting.sso().delete_connection().organization_id("acme").connection_id("c").send().await.unwrap();
    acting.sso().saml().create_connection().organization_id("acme").send().await.unwrap();
    acting
        .magic_links()
        .email()
        .invite()
        .organization_id("acme")
        .email_address("a@b.c")
        .send()
        .await
        .unwrap();
    acting.passwords().email().require_reset().email_address("a@b.c").send().await.unwrap();
    let options = CallOptions::new().header("x-trace", "1");
    acting.sessions().revoke().member_id("m").with_options(options).send().await.unwrap();
    let sent = sent.lock().unwrap();
    assert_eq!(sent.len(), 9);
    for sent in &*sent {
        assert_eq!(sent.sessions, [JWT], "{}", sent.request);
    }
}

#[test]
fn a_blocking_client_can_have_a_session() {
    let (builder, sent) = noting(json!({"organization_id": "o", "members": [], "results_metadata": {}}));
    let client = builder.build_blocking().unwrap();
    let acting = client.acting_as(ActingSession::token("token-1"));
    acting.organizations().delete().organization_id("acme").send().unwrap();
    assert_eq!(acting.organizations().members().search().organization_ids(["acme"]).items().count(), 0);
    assert!(sent.lock().unwrap().iter().all(|sent| sent.sessions == [TOKEN]));
}

/// A client can use the session of a login. It sends the token, which is valid longer than the JWT.
#[tokio::test]
async fn a_client_can_use_the_session_of_a_login() {
    let response = json!({"member_authenticated": true, "session_token": "token-1", "session_jwt": "a.b.c"});
    let response: LoginResponse = serde_json::from_value(login(&response)).unwrap();
    let LoginOutcome::LoggedIn(session) = response.login.outcome() else { panic!("{response:?}") };
    let (builder, sent) = noting(json!({"organization_id": "o"}));
    let client = builder.build().unwrap().acting_as(session);
    client.organizations().delete().organization_id("acme").send().await.unwrap();
    assert_eq!(sent.lock().unwrap()[0].sessions, [TOKEN]);
}

/// Two sessions in one request could belong to two members.
#[tokio::test]
async fn the_session_of_a_call_replaces_the_session_of_the_client() {
    let (builder, sent) = noting(json!({"organization_id": "o"}));
    let acting = builder.build().unwrap().acting_as(ActingSession::token("token-of-somebody-else"));
    acting.organizations().delete().organization_id("acme").acting_session_jwt("a.b.c").send().await.unwrap();
    assert_eq!(sent.lock().unwrap()[0].sessions, [JWT]);
}

/// Without a session, a call has all rights of the project.
#[tokio::test]
async fn an_empty_session_is_an_error_before_the_call() {
    let (builder, sent) = noting(json!({"organization_id": "o"}));
    let client = builder.build().unwrap();
    let acting = client.acting_as(ActingSession::token(""));
    let by_client = acting.organizations().delete().organization_id("acme").send().await;
    let by_call =
        client.organizations().delete().organization_id("acme").acting_session_token("").send().await;
    let (by_client, by_call) = (by_client.unwrap_err().to_string(), by_call.unwrap_err().to_string());
    assert!(by_client.contains("the member's session is empty"), "{by_client}");
    assert!(by_call.contains("`x-stytch-member-session` cannot be sent"), "{by_call}");
    assert_eq!(sent.lock().unwrap().len(), 0);
}

#[test]
fn debug_output_does_not_contain_the_session() {
    let (builder, _) = noting(json!({}));
    let client = builder.build().unwrap().acting_as(ActingSession::token("hunter2"));
    let shown = format!("{client:?} {:?} {:?}", ActingToken::from("hunter2"), client.organizations());
    assert!(!shown.contains("hunter2") && shown.contains("MemberClient"), "{shown}");
}
