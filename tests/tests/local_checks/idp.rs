//! The access tokens of connected apps.

use stytch_client::JwtProblem;

use super::project::{PROJECT_ID, Project, problem};

#[tokio::test]
async fn a_token_has_the_permissions_of_an_app() {
    let project = Project::new().await;
    let token = project.token(|claims| {
        claims["scope"] = "openid read:documents".into();
        claims["client_id"] = "connected-app-1".into();
    });
    let verified = project.client().idp().introspect_token_local(token).send().await.unwrap();
    assert_eq!((&*verified.subject, &*verified.scope), ("subject-1", "openid read:documents"));
    assert_eq!(
        (verified.audience, &*verified.issuer),
        (vec![PROJECT_ID.to_owned()], "stytch.com/project-test-1")
    );
    assert_eq!(serde_json::to_string(&verified.custom_claims).unwrap(), r#"{"plan":"pro"}"#);
    assert!(verified.not_before == verified.issued_at && verified.issued_at < verified.expires_at);
    assert_eq!(project.requests_to("/policy").len(), 0, "no permission was checked");
}

#[tokio::test]
async fn a_check_uses_scopes_and_not_roles() {
    let project = Project::new().await;
    let client = project.client();
    let check = |scope: &str, action: &str| {
        let token = project.access_token(scope);
        client.idp().introspect_token_local(token).authorization_check("documents", action).send()
    };
    check("openid read:documents", "read").await.unwrap();
    for (scope, action) in [("openid", "read"), ("read:documents", "write"), ("admin", "read"), ("", "read")]
    {
        assert_eq!(problem(check(scope, action).await), JwtProblem::Unauthorized, "{scope} {action}");
    }
    assert_eq!(project.requests_to("/policy").len(), 1);
}
