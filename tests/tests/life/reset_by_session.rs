//! A new password after a login within the last five minutes.

use stytch_client::error_type::{
    BREACHED_PASSWORD as BREACHED, UNAUTHORIZED_CREDENTIALS, WEAK_PASSWORD as WEAK,
};
use stytch_client::passwords::AuthenticateResponse;
use stytch_client::{Error, Secret};

use crate::world::{ADA, BREACHED_PASSWORD, NEW_PASSWORD, PASSWORD, WEAK_PASSWORD, World, rejected};

async fn reset(world: &World, token: &Secret, password: &str) -> Result<AuthenticateResponse, Error> {
    let reset = world.client.passwords().sessions().reset();
    reset.session_token(token.secret()).password(password).send().await
}

#[tokio::test]
async fn a_fresh_session_is_enough_and_the_others_end() {
    let (world, created) = World::with_ada().await;
    let fresh = world.log_in(PASSWORD).await.unwrap().session_token.unwrap();
    world.pass(5);
    let response = reset(&world, &fresh, NEW_PASSWORD).await.unwrap();
    assert_eq!(response.user_id, created.user_id);
    world.ask_about(&fresh).await.unwrap();
    rejected(world.ask_about(&created.session_token.unwrap()).await, 404, "session_not_found");
    rejected(world.log_in(PASSWORD).await, 401, UNAUTHORIZED_CREDENTIALS);
    world.log_in(NEW_PASSWORD).await.unwrap();
}

#[tokio::test]
async fn a_jwt_names_the_session_as_well() {
    let (world, created) = World::with_ada().await;
    let jwt = created.session_jwt.unwrap();
    let reset = world.client.passwords().sessions().reset().password(NEW_PASSWORD);
    let reset = reset.session_jwt(jwt.secret()).session_duration_minutes(60);
    let session = reset.send().await.unwrap().session.unwrap();
    assert_eq!(session.expires_at, Some(world.in_minutes(60)));
    world.log_in(NEW_PASSWORD).await.unwrap();
}

#[tokio::test]
async fn an_older_session_has_to_prove_itself_again() {
    let (world, created) = World::with_ada().await;
    let token = created.session_token.unwrap();
    world.pass(6);
    rejected(reset(&world, &token, NEW_PASSWORD).await, 400, "session_too_old_to_reset_password");
    let prove = world.client.passwords().authenticate().email(ADA).password(PASSWORD);
    prove.session_token(token.secret()).session_duration_minutes(60).send().await.unwrap();
    reset(&world, &token, NEW_PASSWORD).await.unwrap();
}

#[tokio::test]
async fn errors_of_a_reset() {
    let (world, created) = World::with_ada().await;
    let token = created.session_token.unwrap();
    rejected(reset(&world, &token, WEAK_PASSWORD).await, 400, WEAK);
    rejected(reset(&world, &token, BREACHED_PASSWORD).await, 400, BREACHED);
    rejected(reset(&world, &"of nobody".into(), NEW_PASSWORD).await, 404, "session_not_found");
    let nameless = world.client.passwords().sessions().reset().password(NEW_PASSWORD);
    rejected(nameless.send().await, 400, "no_session_arguments");
    world.log_in(PASSWORD).await.unwrap();
}
