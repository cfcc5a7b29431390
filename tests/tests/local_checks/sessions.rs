//! The permissions of the user of a session.

use std::time::Duration;

use serde_json::{Value, json};
use stytch_client::{JwtError, JwtProblem};

use super::project::{Project, problem};

#[tokio::test]
async fn a_role_in_the_jwt_allows_it() {
    let project = Project::new().await;
    let client = project.client();
    let check = |roles: Value, action: &str| {
        let jwt = project.session_jwt(|claims| claims["https://stytch.com/session"]["roles"] = roles);
        client.sessions().authenticate_jwt(jwt).authorization_check("documents", action).send()
    };
    let verified = check(json!(["reader"]), "read").await.unwrap();
    assert_eq!((verified.session.roles, verified.session_jwt), (vec!["reader".to_owned()], None));
    check(json!(["other", "admin"]), "write").await.unwrap();
    for roles in [json!(["reader"]), json!(["other"]), json!([]), json!(null), json!(["read:documents"])] {
        assert_eq!(problem(check(roles.clone(), "write").await), JwtProblem::Unauthorized, "{roles}");
    }
    assert_eq!((project.requests_to("/jwks/").len(), project.requests_to("/policy").len()), (1, 1));
    assert_eq!(project.calls(), 2);
}

/// In this case, the SDKs for Node, Ruby, Go, .NET and PHP call the API, which decides by its current policy.
#[tokio::test]
async fn a_denied_action_is_not_checked_again() {
    let project = Project::new().await;
    let client = project.client();
    let check = client.sessions().authenticate_jwt(project.session_jwt(|_| {})).fall_back_to_api();
    let rejected = check.authorization_check("documents", "write").send().await;
    assert_eq!(problem(rejected), JwtProblem::Unauthorized);
    assert_eq!(project.requests_to("/sessions/authenticate").len(), 0);
}

/// The SDKs for Python (sync) and Go omit the check in one of the two ways.
#[tokio::test]
async fn the_api_makes_the_same_check() {
    let project = Project::new().await;
    let client = project.client();
    let jwt = project.session_jwt(|_| {});
    let check = || {
        let check = client.sessions().authenticate_jwt(&*jwt).fall_back_to_api().max_age(Duration::ZERO);
        check.authorization_check("documents", "write").send()
    };
    let verified = check().await.unwrap();
    assert!(verified.session_jwt.is_some() && verified.issued_at.is_none());
    assert_eq!(
        project.requests_to("/sessions/authenticate"),
        [json!({
            "session_jwt": jwt,
            "authorization_check": {"resource_id": "documents", "action": "write"},
        })]
    );
    // The status of the response does not matter.
    project.forbid();
    assert_eq!(problem(check().await), JwtProblem::Unauthorized);
}

/// Without the policy, the permissions of a role are unknown.
#[tokio::test]
async fn without_a_policy_no_user_is_authorized() {
    let project = Project::new().await;
    let client = project.client();
    let jwt = project.session_jwt(|_| {});
    let check = || client.sessions().authenticate_jwt(&*jwt);
    check().send().await.unwrap();
    project.fail(500);
    let error = check().authorization_check("documents", "read").send().await.unwrap_err();
    assert!(matches!(error, JwtError::Policy(_)), "{error}");
    assert_eq!(error.call_error().unwrap().endpoint().unwrap().path, "/v1/rbac/policy");
    check().send().await.unwrap();

    // The API knows the policy.
    project.fail(200);
    project.set_policy(json!(null));
    project.clock.advance(Duration::from_secs(60));
    let error = check().authorization_check("documents", "read").send().await.unwrap_err();
    assert!(error.to_string().contains("the project has no RBAC policy"), "{error}");
    let verified = check().authorization_check("documents", "read").fall_back_to_api().send().await.unwrap();
    assert!(verified.issued_at.is_none());
}
