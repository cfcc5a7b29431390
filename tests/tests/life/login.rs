//! Logging in, and staying logged in.

use serde_json::json;
use stytch_client::error_type::{EMAIL_NOT_FOUND, RESET_PASSWORD, UNAUTHORIZED_CREDENTIALS};
use stytch_client::{Client, JsonObject};

use crate::world::{ADA, DAY, PASSWORD, World, rejected};

fn claims(value: &serde_json::Value) -> JsonObject {
    value.as_object().unwrap().clone()
}

#[tokio::test]
async fn the_right_password_logs_in() {
    let (world, created) = World::with_ada().await;
    let login = world.log_in(PASSWORD).await.unwrap();
    assert_eq!(login.user_id, created.user_id);
    let (first, second) = (created.session.unwrap(), login.session.unwrap());
    assert_ne!(first.session_id, second.session_id, "each login has a separate session");
    let living = world.sessions_of(&login.user_id).await;
    assert_eq!(living.len(), 2);
    assert!([first, second].iter().all(|session| living.contains(session)));
}

#[tokio::test]
async fn errors_of_a_login() {
    let (world, _) = World::with_ada().await;
    rejected(world.log_in("wrong password").await, 401, UNAUTHORIZED_CREDENTIALS);
    let nobody = world.client.passwords().authenticate().email("nobody@example.com").password(PASSWORD);
    rejected(nobody.send().await, 404, EMAIL_NOT_FOUND);
    let lost = world.client.passwords().authenticate().email(ADA).password(PASSWORD);
    rejected(lost.session_token("of nobody").send().await, 404, "session_not_found");
    let torn = world.client.passwords().authenticate().email(ADA).password(PASSWORD);
    rejected(torn.session_jwt("a.b.c").send().await, 400, "unable_to_parse_session_jwt");
    world.log_in(PASSWORD).await.unwrap();
}

#[tokio::test]
async fn a_password_that_is_breached_later_has_to_be_reset() {
    let (world, _) = World::with_ada().await;
    world.emulator.add_breached_password(PASSWORD).unwrap();
    rejected(world.log_in(PASSWORD).await, 400, RESET_PASSWORD);
    rejected(world.log_in("wrong password").await, 401, UNAUTHORIZED_CREDENTIALS);
}

#[tokio::test]
async fn a_client_with_other_credentials_is_rejected() {
    let (world, _) = World::with_ada().await;
    let base_url = world.emulator.base_url();
    for (project_id, secret) in
        [(world.emulator.project_id(), "secret-test-wrong"), ("project-test-other", world.emulator.secret())]
    {
        let stranger = Client::builder(project_id, secret).base_url(base_url).build().unwrap();
        let login = stranger.passwords().authenticate().email(ADA).password(PASSWORD);
        rejected(login.send().await, 401, UNAUTHORIZED_CREDENTIALS);
    }
}

#[tokio::test]
async fn a_second_login_extends_the_session_that_it_names() {
    let (world, created) = World::with_ada().await;
    let session_id = created.session.unwrap().session_id;
    let (token, jwt) = (created.session_token.unwrap(), created.session_jwt.unwrap());
    world.pass(60);
    let by_token = world.client.passwords().authenticate().email(ADA).password(PASSWORD);
    let by_token = by_token.session_token(token.secret());
    let extended = by_token.session_duration_minutes(2 * DAY).send().await.unwrap().session.unwrap();
    assert_eq!((&extended.session_id, extended.expires_at), (&session_id, Some(world.in_minutes(2 * DAY))));

    world.pass(60);
    let by_jwt = world.client.passwords().authenticate().email(ADA).password(PASSWORD);
    let by_jwt = by_jwt.session_jwt(jwt.secret());
    let extended = by_jwt.session_duration_minutes(3 * DAY).send().await.unwrap().session.unwrap();
    assert_eq!((&extended.session_id, extended.expires_at), (&session_id, Some(world.in_minutes(3 * DAY))));
    assert_eq!(extended.authentication_factors.len(), 1, "the same factor, proven again");
    assert_eq!(extended.authentication_factors[0].last_authenticated_at, Some(world.in_minutes(0)));
}

#[tokio::test]
async fn a_session_is_extended_without_a_password() {
    let (world, created) = World::with_ada().await;
    world.pass(60);
    let (token, jwt) = (created.session_token.unwrap(), created.session_jwt.unwrap());
    let asked = world.client.sessions().authenticate().session_token(token.secret()).send().await.unwrap();
    assert_eq!(asked.session.expires_at, Some(world.in_minutes(DAY - 60)), "asking does not extend");
    assert_eq!(asked.session.last_accessed_at, Some(world.in_minutes(0)));
    let extend = world.client.sessions().authenticate().session_jwt(jwt.secret());
    let extended = extend.session_duration_minutes(2 * DAY).send().await.unwrap();
    assert_eq!(extended.session.expires_at, Some(world.in_minutes(2 * DAY)));
    assert_eq!(extended.session_token, Some(token));
    assert_eq!(extended.user.unwrap().user_id, created.user_id);
}

#[tokio::test]
async fn claims_are_added_changed_and_deleted() {
    let (world, created) = World::with_ada().await;
    let token = created.session_token.unwrap();
    let claim = |value: serde_json::Value| {
        let call = world.client.sessions().authenticate().session_token(token.secret());
        call.session_custom_claims(claims(&value)).send()
    };
    let session = claim(json!({"plan": "pro", "seats": 3, "sub": "mallory"})).await.unwrap().session;
    assert_eq!(session.custom_claims.unwrap(), claims(&json!({"plan": "pro", "seats": 3})));
    let response = claim(json!({"plan": null, "seats": 4})).await.unwrap();
    assert_eq!(response.session.custom_claims.unwrap(), claims(&json!({"seats": 4})));
    let verified = world.client.sessions().authenticate_jwt(response.session_jwt.unwrap()).send().await;
    let session = verified.unwrap().session;
    assert_eq!(session.custom_claims.unwrap(), claims(&json!({"seats": 4})));
    assert_eq!(session.user_id, created.user_id, "a reserved claim is ignored");
    rejected(claim(json!({"much": "x".repeat(5000)})).await, 400, "custom_claims_too_large");
}

#[tokio::test]
async fn a_session_ends_by_itself() {
    let (world, created) = World::with_ada().await;
    let token = created.session_token.unwrap();
    world.pass(DAY - 1);
    world.ask_about(&token).await.unwrap();
    world.pass(1);
    rejected(world.ask_about(&token).await, 404, "session_not_found");
    assert_eq!(world.sessions_of(&created.user_id).await, []);
}

#[tokio::test]
async fn errors_of_a_session_check() {
    let (world, created) = World::with_ada().await;
    let ask = || world.client.sessions().authenticate();
    rejected(ask().send().await, 400, "no_session_arguments");
    let (token, jwt) = (created.session_token.unwrap(), created.session_jwt.unwrap());
    let both = ask().session_token(token.secret()).session_jwt(jwt.secret());
    rejected(both.send().await, 400, "too_many_session_arguments");
    rejected(ask().session_token("of nobody").send().await, 404, "session_not_found");
    rejected(ask().session_jwt("a.b.c").send().await, 400, "unable_to_parse_session_jwt");
    let sessions = world.client.sessions().get().user_id("user-test-nobody").send().await;
    rejected(sessions, 404, "user_not_found");
}
