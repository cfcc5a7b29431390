//! The access tokens of machines.

use stytch_client::JwtProblem;

use super::project::{Project, problem};

#[tokio::test]
async fn a_token_identifies_its_machine() {
    let project = Project::new().await;
    let verified = project
        .client()
        .m2m()
        .authenticate_token(project.access_token("read:documents write"))
        .send()
        .await
        .unwrap();
    assert_eq!(verified.client_id, "subject-1");
    assert_eq!(verified.scopes, ["read:documents", "write"]);
    assert_eq!(serde_json::to_string(&verified.custom_claims).unwrap(), r#"{"plan":"pro"}"#);
    assert!(verified.issued_at < verified.expires_at);
}

#[tokio::test]
async fn every_required_scope_is_needed() {
    let project = Project::new().await;
    let client = project.client();
    let check = |granted: &str| client.m2m().authenticate_token(project.access_token(granted));
    for (granted, required) in [
        ("read:documents", &["read:documents"][..]),
        ("read:* write:users", &["read:documents", "write:users"]),
        ("", &[]),
    ] {
        check(granted).required_scopes(required.iter().copied()).send().await.unwrap();
    }
    for (granted, required) in [
        ("read:documents", &["read:documents", "write:documents"][..]),
        ("", &["read"]),
        ("*:documents", &["read:documents"]),
        ("a:b:c", &["a:b:c"]),
    ] {
        let rejected = check(granted).required_scopes(required.iter().copied()).send().await;
        assert_eq!(problem(rejected), JwtProblem::MissingScope, "{granted}");
    }
    // A second call adds scopes.
    let twice = check("read").required_scopes(["read"]).required_scopes(["write"]).send().await;
    assert_eq!(problem(twice), JwtProblem::MissingScope);
}

/// A session is not accepted as an M2M token, and vice versa.
#[tokio::test]
async fn tokens_of_another_kind_are_rejected() {
    let project = Project::new().await;
    let client = project.client();
    let login = client.m2m().authenticate_token(project.session_jwt(|_| {})).send().await;
    assert_eq!(problem(login), JwtProblem::Malformed);
    let machine = client.sessions().authenticate_jwt(project.access_token("read")).send().await;
    assert_eq!(problem(machine), JwtProblem::Malformed);
    let login = client.idp().introspect_token_local(project.session_jwt(|_| {})).send().await;
    assert_eq!(problem(login), JwtProblem::Malformed);
}
