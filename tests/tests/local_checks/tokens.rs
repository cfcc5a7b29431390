//! Requirements for every kind of token.

use std::time::Duration;

use serde_json::{Value, json};
use stytch_client::JwtProblem;

use super::project::{PROJECT_ID, Project, problem};

/// Returns the results of the three checks of a token.
async fn all_three(
    project: &Project,
    header: fn(&mut Value),
    claims: fn(&mut Value),
) -> Vec<Result<(), JwtProblem>> {
    let client = project.client();
    let token = project.token_with(header, |all| {
        all["scope"] = "read:documents".into();
        all["https://stytch.com/session"] = json!({"id": "session-test-1"});
        claims(all);
    });
    let of = |error: stytch_client::JwtError| error.problem().unwrap();
    vec![
        client.sessions().authenticate_jwt(&*token).send().await.map(drop).map_err(of),
        client.m2m().authenticate_token(&*token).send().await.map(drop).map_err(of),
        client.idp().introspect_token_local(&*token).send().await.map(drop).map_err(of),
    ]
}

#[tokio::test]
async fn a_complete_token_is_accepted() {
    let project = Project::new().await;
    for (header, claims) in [
        (same as fn(&mut Value), same as fn(&mut Value)),
        (|header| header["typ"] = "jwt".into(), same),
        (same, |claims| claims["aud"] = PROJECT_ID.into()),
        (same, |claims| claims["aud"] = json!(["another", PROJECT_ID])),
    ] {
        assert_eq!(all_three(&project, header, claims).await, [Ok(()); 3]);
    }
}

fn same(_: &mut Value) {}

fn without(of: &mut Value, name: &str) {
    of.as_object_mut().unwrap().remove(name);
}

type Change = fn(&mut Value);

/// Each of these tokens is accepted by at least one of Stytch's SDKs.
#[tokio::test]
async fn an_incomplete_or_foreign_token_is_rejected() {
    let project = Project::new().await;
    let cases: &[(&str, Change, Change, JwtProblem)] = &[
        ("no type", |header| without(header, "typ"), same, JwtProblem::Malformed),
        ("another type", |header| header["typ"] = "at+jwt".into(), same, JwtProblem::Malformed),
        ("another algorithm", |header| header["alg"] = "RS512".into(), same, JwtProblem::Algorithm),
        ("another key", |header| header["kid"] = "k".into(), same, JwtProblem::UnknownKey),
        ("no issuer", same, |claims| without(claims, "iss"), JwtProblem::Malformed),
        ("no audience", same, |claims| without(claims, "aud"), JwtProblem::Malformed),
        ("no subject", same, |claims| without(claims, "sub"), JwtProblem::Malformed),
        ("no expiry", same, |claims| without(claims, "exp"), JwtProblem::Malformed),
        ("no issue time", same, |claims| without(claims, "iat"), JwtProblem::Malformed),
        ("no start", same, |claims| without(claims, "nbf"), JwtProblem::Malformed),
        (
            "another issuer",
            same,
            |claims| claims["iss"] = "stytch.com/project-test-2".into(),
            JwtProblem::Issuer,
        ),
        (
            "an issuer that contains the project id",
            same,
            |claims| claims["iss"] = format!("https://evil.example/{PROJECT_ID}").into(),
            JwtProblem::Issuer,
        ),
        (
            "Stytch itself as the issuer",
            same,
            |claims| claims["iss"] = "https://test.stytch.com".into(),
            JwtProblem::Issuer,
        ),
        ("another audience", same, |claims| claims["aud"] = json!(["project-test-2"]), JwtProblem::Audience),
        ("an expiry in the past", same, |claims| shift(claims, "exp", -3700), JwtProblem::Expired),
        ("a start in the future", same, |claims| shift(claims, "nbf", 60), JwtProblem::NotYetValid),
        ("issued in the future", same, |claims| shift(claims, "iat", 60), JwtProblem::NotYetValid),
    ];
    for (what, header, claims, problem) in cases {
        assert_eq!(all_three(&project, *header, *claims).await, [Err(*problem); 3], "{what}");
    }
}

fn shift(claims: &mut Value, name: &str, by: i64) {
    claims[name] = (claims[name].as_i64().unwrap() + by).into();
}

/// A project with a custom domain has two issuers.
#[tokio::test]
async fn the_base_url_of_the_client_is_an_issuer() {
    let project = Project::new().await;
    let client = project.builder().base_url("https://login.example.com/").build().unwrap();
    let token = |issuer: &str| {
        project.token(|claims| {
            claims["scope"] = "".into();
            claims["iss"] = issuer.into();
        })
    };
    let check = |issuer: &str| client.m2m().authenticate_token(token(issuer));
    for issuer in ["https://login.example.com", "stytch.com/project-test-1"] {
        check(issuer).send().await.unwrap();
    }
    for issuer in ["https://login.example.com/", "https://login.example.com.evil", "login.example.com"] {
        assert_eq!(problem(check(issuer).send().await), JwtProblem::Issuer, "{issuer}");
    }
    // If an issuer is set, no other is accepted.
    check("https://id.example.com").issuer("https://id.example.com").send().await.unwrap();
    let other = check("stytch.com/project-test-1").issuer("https://id.example.com").send().await;
    assert_eq!(problem(other), JwtProblem::Issuer);
}

#[tokio::test]
async fn a_check_can_set_age_and_leeway() {
    let project = Project::new().await;
    let (client, token) = (project.client(), project.access_token("read"));
    let check = || client.m2m().authenticate_token(&*token);
    project.clock.advance(Duration::from_secs(59));
    check().max_age(Duration::from_secs(60)).send().await.unwrap();
    project.clock.advance(Duration::from_secs(1));
    let too_old = check().max_age(Duration::from_secs(60)).send().await;
    assert_eq!(problem(too_old), JwtProblem::TooOld);
    // Every token is older than that. No call is made.
    assert_eq!(problem(check().max_age(Duration::ZERO).send().await), JwtProblem::TooOld);
    project.clock.advance(Duration::from_secs(3600 - 60 + 9));
    check().send().await.unwrap();
    assert_eq!(problem(check().leeway(Duration::ZERO).send().await), JwtProblem::Expired);
    assert_eq!(project.calls(), 1);
}

/// The three kinds of tokens are signed with the same keys.
#[tokio::test]
async fn there_is_one_cache_of_keys() {
    let project = Project::new().await;
    let client = project.client();
    client.sessions().authenticate_jwt(project.session_jwt(|_| {})).send().await.unwrap();
    client.clone().m2m().authenticate_token(project.access_token("read")).send().await.unwrap();
    client.idp().introspect_token_local(project.access_token("read")).send().await.unwrap();
    assert_eq!((project.requests_to("/jwks/").len(), project.calls()), (1, 1));
}

#[test]
fn a_blocking_client_checks_tokens_too() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let project = runtime.block_on(Project::new());
    let client = project.builder().build_blocking().unwrap();
    let token = project.access_token("read:documents");
    let machine =
        client.m2m().authenticate_token(&*token).required_scopes(["read:documents"]).send().unwrap();
    assert_eq!(machine.client_id, "subject-1");
    let app = client.idp().introspect_token_local(&*token).authorization_check("documents", "read");
    assert_eq!(app.send().unwrap().subject, "subject-1");
    assert!(client.rbac().cached_policy().unwrap().roles_allow(["reader"], "documents", "read"));
    assert_eq!(project.requests_to("/policy").len(), 1);
}

/// Errors name the problem of a token, but do not contain the token.
#[tokio::test]
async fn errors_do_not_show_the_token() {
    let project = Project::new().await;
    let client = project.client();
    let token = project.access_token("read");
    let error = client.m2m().authenticate_token(&*token).required_scopes(["write"]).send().await.unwrap_err();
    assert_eq!(error.to_string(), "the token is rejected: it lacks a scope that is required");
    assert!(!format!("{error:?}").contains(&token));
    let check = client.idp().introspect_token_local(&*token).authorization_check("documents", "write");
    assert!(!format!("{check:?}").contains(&token), "{check:?}");
    let error = check.send().await.unwrap_err();
    assert_eq!(error.to_string(), "the token is rejected: no RBAC policy allows the action");
}
