//! A new password with the old one.

use stytch_client::Error;
use stytch_client::error_type::{
    BREACHED_PASSWORD as BREACHED, EMAIL_NOT_FOUND, RESET_PASSWORD, UNAUTHORIZED_CREDENTIALS,
    WEAK_PASSWORD as WEAK,
};
use stytch_client::passwords::AuthenticateResponse;

use crate::world::{ADA, BREACHED_PASSWORD, DAY, NEW_PASSWORD, PASSWORD, WEAK_PASSWORD, World, rejected};

async fn reset(world: &World, old: &str, new: &str) -> Result<AuthenticateResponse, Error> {
    let reset = world.client.passwords().existing_password().reset();
    reset.email(ADA).existing_password(old).new_password(new).send().await
}

#[tokio::test]
async fn the_old_password_is_exchanged_for_a_new_one() {
    let (world, created) = World::with_ada().await;
    let response = reset(&world, PASSWORD, NEW_PASSWORD).await.unwrap();
    assert_eq!((response.user_id, response.session), (created.user_id, None));
    rejected(world.ask_about(&created.session_token.unwrap()).await, 404, "session_not_found");
    rejected(world.log_in(PASSWORD).await, 401, UNAUTHORIZED_CREDENTIALS);
    world.log_in(NEW_PASSWORD).await.unwrap();
}

#[tokio::test]
async fn the_named_session_continues() {
    let (world, created) = World::with_ada().await;
    let other = world.log_in(PASSWORD).await.unwrap().session_token.unwrap();
    let own = created.session_token.unwrap();
    let reset = world.client.passwords().existing_password().reset().email(ADA);
    let reset = reset.existing_password(PASSWORD).new_password(NEW_PASSWORD);
    let reset = reset.session_token(own.secret()).session_duration_minutes(2 * DAY);
    let session = reset.send().await.unwrap().session.unwrap();
    assert_eq!(session.session_id, created.session.unwrap().session_id);
    assert_eq!(session.expires_at, Some(world.in_minutes(2 * DAY)));
    world.ask_about(&own).await.unwrap();
    rejected(world.ask_about(&other).await, 404, "session_not_found");
}

#[tokio::test]
async fn it_is_the_way_out_of_a_breach() {
    let (world, _) = World::with_ada().await;
    world.emulator.add_breached_password(PASSWORD).unwrap();
    rejected(world.log_in(PASSWORD).await, 400, RESET_PASSWORD);
    reset(&world, PASSWORD, NEW_PASSWORD).await.unwrap();
    let user = world.log_in(NEW_PASSWORD).await.unwrap().user.unwrap();
    assert!(!user.password.unwrap().requires_reset);
}

#[tokio::test]
async fn errors_of_a_reset() {
    let (world, _) = World::with_ada().await;
    rejected(reset(&world, "wrong password", NEW_PASSWORD).await, 401, UNAUTHORIZED_CREDENTIALS);
    rejected(reset(&world, PASSWORD, WEAK_PASSWORD).await, 400, WEAK);
    rejected(reset(&world, PASSWORD, BREACHED_PASSWORD).await, 400, BREACHED);
    let nobody = world.client.passwords().existing_password().reset().email("nobody@example.com");
    let nobody = nobody.existing_password(PASSWORD).new_password(NEW_PASSWORD);
    rejected(nobody.send().await, 404, EMAIL_NOT_FOUND);
    world.log_in(PASSWORD).await.unwrap();
}
