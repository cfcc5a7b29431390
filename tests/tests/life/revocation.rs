//! The revocation of a session.

use stytch_client::JwtProblem;
use stytch_client::passwords::AuthenticateResponse;

use crate::world::{PASSWORD, World, of_the_api, rejected};

async fn logged_in() -> (World, AuthenticateResponse) {
    let (world, _) = World::with_ada().await;
    let login = world.log_in(PASSWORD).await.unwrap();
    (world, login)
}

#[tokio::test]
async fn each_name_of_a_session_ends_it_and_only_it() {
    let (world, created) = World::with_ada().await;
    let revoke = || world.client.sessions().revoke();
    let by_id = world.log_in(PASSWORD).await.unwrap();
    revoke().session_id(by_id.session.unwrap().session_id).send().await.unwrap();
    let by_token = world.log_in(PASSWORD).await.unwrap();
    revoke().session_token(by_token.session_token.unwrap().secret()).send().await.unwrap();
    let by_jwt = world.log_in(PASSWORD).await.unwrap();
    world.pass(10);
    revoke().session_jwt(by_jwt.session_jwt.unwrap().secret()).send().await.unwrap();
    let living = world.sessions_of(&created.user_id).await;
    assert_eq!(living.len(), 1);
    assert_eq!(living[0].session_id, created.session.unwrap().session_id);
}

#[tokio::test]
async fn a_revoked_session_is_rejected() {
    let (world, login) = logged_in().await;
    let token = login.session_token.unwrap();
    world.client.sessions().revoke().session_token(token.secret()).send().await.unwrap();
    rejected(world.ask_about(&token).await, 404, "session_not_found");
    let reset = world.client.passwords().sessions().reset().session_token(token.secret());
    rejected(reset.password(PASSWORD).send().await, 404, "session_not_found");
    let again = world.client.sessions().revoke().session_token(token.secret());
    rejected(again.send().await, 404, "session_not_found");
}

#[tokio::test]
async fn an_earlier_jwt_outlives_its_session_by_minutes() {
    let (world, login) = logged_in().await;
    let jwt = login.session_jwt.unwrap();
    let check = || world.client.sessions().authenticate_jwt(jwt.clone());
    world.client.sessions().revoke().session_jwt(jwt.secret()).send().await.unwrap();
    check().send().await.unwrap();
    let asked = check().max_age(std::time::Duration::ZERO);
    world.pass(1);
    rejected(asked.fall_back_to_api().send().await.map_err(of_the_api), 404, "session_not_found");
    world.pass(5);
    assert_eq!(check().send().await.unwrap_err().problem(), Some(JwtProblem::Expired));
    rejected(check().fall_back_to_api().send().await.map_err(of_the_api), 404, "session_not_found");
}

#[tokio::test]
async fn errors_of_a_revocation() {
    let (world, login) = logged_in().await;
    let revoke = || world.client.sessions().revoke();
    rejected(revoke().send().await, 400, "no_session_revoke_arguments");
    let (session, token) = (login.session.unwrap(), login.session_token.unwrap());
    let both = revoke().session_id(&session.session_id).session_token(token.secret());
    rejected(both.send().await, 400, "too_many_session_revoke_arguments");
    rejected(revoke().session_jwt("a.b.c").send().await, 400, "unable_to_parse_session_jwt");
    rejected(revoke().session_id("session-test-none").send().await, 404, "session_not_found");
    world.ask_about(&token).await.unwrap();
}
