//! The permissions of a member in an organization, from the roles of the project and of the organization.

use std::time::Duration;

use serde_json::json;
use stytch_client::{JwtError, JwtProblem};

use super::project::{Project, problem};

#[tokio::test]
async fn a_jwt_identifies_its_member() {
    let project = Project::new().await;
    let jwt = project.member_jwt("organization-1", &["reader"]);
    let verified = project.b2b().sessions().authenticate_jwt(jwt).send().await.unwrap();
    let session = verified.member_session;
    assert_eq!((&*session.member_id, &*session.member_session_id), ("subject-1", "session-test-1"));
    assert_eq!((&*session.organization_id, &*session.organization_slug), ("organization-1", "acme"));
    assert_eq!((session.roles, verified.session_jwt), (vec!["reader".to_owned()], None));
    assert!(verified.issued_at.is_some());
    // The keys come from the B2B API. No policy was fetched.
    assert_eq!((project.requests_to("/v1/b2b/sessions/jwks/").len(), project.calls()), (1, 1));
}

/// A session of a user and an access token are not accepted as a session of a member.
#[tokio::test]
async fn the_session_of_a_user_is_rejected() {
    let project = Project::new().await;
    let client = project.b2b();
    for jwt in [project.session_jwt(|_| {}), project.access_token("read")] {
        let rejected = client.sessions().authenticate_jwt(jwt).fall_back_to_api().send().await;
        assert_eq!(problem(rejected), JwtProblem::Malformed);
    }
    assert_eq!(project.requests_to("/sessions/authenticate").len(), 0);
}

#[tokio::test]
async fn roles_of_the_project_and_of_the_organization_allow_actions() {
    let project = Project::new().await;
    let client = project.b2b();
    let check = |roles: &[&str], action: &str| {
        let jwt = project.member_jwt("organization-1", roles);
        client
            .sessions()
            .authenticate_jwt(jwt)
            .authorization_check("organization-1", "documents", action)
            .send()
    };
    check(&["reader"], "read").await.unwrap();
    assert_eq!(project.requests_to("/rbac/organizations/").len(), 0, "the project allows it already");
    check(&["reader", "editor"], "write").await.unwrap();
    check(&["editor"], "write").await.unwrap();
    for (roles, action) in
        [(&["reader"][..], "write"), (&["editor"], "read"), (&[], "read"), (&["editor"], "shred")]
    {
        assert_eq!(problem(check(roles, action).await), JwtProblem::Unauthorized, "{roles:?} {action}");
    }
    // Each policy was fetched once.
    let counts = ["/jwks/", "/rbac/policy", "/rbac/organizations/organization-1"]
        .map(|end| project.requests_to(end).len());
    assert_eq!((counts, project.calls()), ([1, 1, 1], 3));
}

/// The organization is checked before any policy is fetched, even if the roles allow the action.
#[tokio::test]
async fn a_session_is_only_valid_in_its_organization() {
    let project = Project::new().await;
    let client = project.b2b();
    let jwt = project.member_jwt("organization-1", &["admin"]);
    for other in ["organization-2", "", "acme", "Organization-1", "organization-1 "] {
        let check = client.sessions().authenticate_jwt(&*jwt).authorization_check(other, "documents", "read");
        let rejected = check.fall_back_to_api().send().await;
        assert_eq!(problem(rejected), JwtProblem::Tenancy, "{other}");
    }
    assert_eq!((project.requests_to("/jwks/").len(), project.calls()), (1, 1));
}

/// Ruby's SDK adds the roles of an organization to the policy of the project, which all organizations share.
#[tokio::test]
async fn roles_of_different_organizations_are_never_mixed() {
    let project = Project::new().await;
    let client = project.b2b();
    let check = |organization: &'static str, action: &'static str| {
        let jwt = project.member_jwt(organization, &["editor"]);
        client.sessions().authenticate_jwt(jwt).authorization_check(organization, "documents", action).send()
    };
    for _ in 0..2 {
        check("organization-1", "write").await.unwrap();
        check("organization-2", "shred").await.unwrap();
        assert_eq!(problem(check("organization-1", "shred").await), JwtProblem::Unauthorized);
        assert_eq!(problem(check("organization-2", "write").await), JwtProblem::Unauthorized);
        // An organization without custom roles.
        assert_eq!(problem(check("organization-3", "write").await), JwtProblem::Unauthorized);
    }
    let shared = client.rbac().cached_policy().await.unwrap();
    let roles: Vec<_> = shared.roles.iter().map(|role| &*role.role_id).collect();
    assert_eq!(roles, ["reader", "admin"]);
    assert!(!shared.roles_allow(["editor"], "documents", "write"));
    assert_eq!((project.requests_to("/rbac/organizations/").len(), project.calls()), (3, 5));
}

#[tokio::test]
async fn the_roles_of_an_organization_are_cached_for_five_minutes() {
    let project = Project::new().await;
    let client = project.b2b();
    let check = || {
        let jwt = project.member_jwt("organization-1", &["editor"]);
        client
            .sessions()
            .authenticate_jwt(jwt)
            .authorization_check("organization-1", "documents", "write")
            .send()
    };
    check().await.unwrap();
    project.set_roles_of("organization-1", json!([]));
    project.clock.advance(Duration::from_secs(5 * 60 - 1));
    check().await.unwrap();
    project.clock.advance(Duration::from_secs(1));
    assert_eq!(problem(check().await), JwtProblem::Unauthorized);
    assert_eq!(project.requests_to("/rbac/organizations/").len(), 2);
    // Old roles are not used instead of new ones.
    project.clock.advance(Duration::from_secs(5 * 60));
    project.fail(500);
    let error = check().await.unwrap_err();
    assert!(matches!(error, JwtError::Policy(_)), "{error}");
}

#[tokio::test]
async fn the_api_makes_the_same_check() {
    let project = Project::new().await;
    let client = project.b2b();
    let jwt = project.member_jwt("organization-1", &["editor"]);
    let check = |organization: &str| {
        let check = client.sessions().authenticate_jwt(&*jwt).fall_back_to_api().max_age(Duration::ZERO);
        check.authorization_check(organization, "documents", "write").send()
    };
    let verified = check("organization-1").await.unwrap();
    assert!(verified.session_jwt.is_some() && verified.issued_at.is_none());
    let wanted = json!({"organization_id": "organization-1", "resource_id": "documents", "action": "write"});
    let asked = project.requests_to("/v1/b2b/sessions/authenticate");
    assert_eq!(asked, [json!({"session_jwt": jwt, "authorization_check": wanted})]);
    // The session does not belong to another organization, even if the API accepts it there.
    assert_eq!(problem(check("organization-2").await), JwtProblem::Tenancy);
    project.forbid();
    assert_eq!(problem(check("organization-1").await), JwtProblem::Unauthorized);
}

#[test]
fn a_blocking_client_checks_members_too() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let project = runtime.block_on(Project::new());
    let client = project.b2b_builder().build_blocking().unwrap();
    let jwt = project.member_jwt("organization-1", &["editor"]);
    let check =
        client.sessions().authenticate_jwt(jwt).authorization_check("organization-1", "documents", "write");
    assert_eq!(check.send().unwrap().member_session.member_id, "subject-1");
    assert!(client.rbac().cached_policy().unwrap().roles_allow(["reader"], "documents", "read"));
}
