//! The access tokens of machines and of connected apps in a B2B project.

use serde_json::json;
use stytch_client::JwtProblem;

use super::project::{Project, problem};

#[tokio::test]
async fn a_token_identifies_its_machine() {
    let project = Project::new().await;
    let client = project.b2b();
    let check = client.m2m().authenticate_token(project.access_token("read:documents"));
    assert_eq!(check.required_scopes(["read:documents"]).send().await.unwrap().client_id, "subject-1");
    let check = client.m2m().authenticate_token(project.access_token("read:documents"));
    assert_eq!(problem(check.required_scopes(["write:documents"]).send().await), JwtProblem::MissingScope);
    assert_eq!((project.requests_to("/v1/b2b/sessions/jwks/").len(), project.calls()), (1, 1));
}

fn app_token(project: &Project, organization_id: &str, scope: &str) -> String {
    project.token(|claims| {
        claims["scope"] = scope.into();
        claims["https://stytch.com/organization"] =
            json!({"organization_id": organization_id, "slug": "acme"});
    })
}

#[tokio::test]
async fn a_token_of_an_app_contains_its_organization() {
    let project = Project::new().await;
    let client = project.b2b();
    let token = app_token(&project, "organization-1", "openid");
    let verified = client.idp().introspect_token_local(token).send().await.unwrap();
    assert_eq!(verified.organization.unwrap().organization_id, "organization-1");
    assert_eq!(serde_json::to_string(&verified.custom_claims).unwrap(), r#"{"plan":"pro"}"#);
    // A token without an organization is not a token of a member.
    let user = client.idp().introspect_token_local(project.access_token("openid")).send().await;
    assert_eq!(problem(user), JwtProblem::Malformed);
}

/// Only the project has scopes. A role of the organization with the name of a scope does not allow anything.
#[tokio::test]
async fn a_check_compares_the_organization_and_then_the_scopes() {
    let project = Project::new().await;
    let client = project.b2b();
    let check = |scope: &str, organization: &str, action: &str| {
        let token = app_token(&project, "organization-1", scope);
        client
            .idp()
            .introspect_token_local(token)
            .authorization_check(organization, "documents", action)
            .send()
    };
    let elsewhere = check("read:documents", "organization-2", "read").await;
    assert_eq!(problem(elsewhere), JwtProblem::Tenancy);
    assert_eq!(project.requests_to("/rbac/").len(), 0);
    check("openid read:documents", "organization-1", "read").await.unwrap();
    for (scope, action) in [("editor", "write"), ("admin", "read"), ("read:documents", "write"), ("", "read")]
    {
        assert_eq!(
            problem(check(scope, "organization-1", action).await),
            JwtProblem::Unauthorized,
            "{scope}"
        );
    }
    assert_eq!(project.requests_to("/rbac/organizations/").len(), 0);
}
