//! Verifying a session without a call, and what happens when the JWT expires.

use std::time::Duration;

use stytch_client::{JwtProblem, Secret};

use crate::world::{DAY, World, of_the_api, rejected};

fn calls_to(world: &World, path: &str) -> usize {
    world.emulator.requests().iter().filter(|request| request.path.starts_with(path)).count()
}

async fn problem(world: &World, jwt: &Secret) -> Option<JwtProblem> {
    let outcome = world.client.sessions().authenticate_jwt(jwt.clone()).send().await;
    outcome.err().map(|error| error.problem().expect("a problem of the JWT"))
}

#[tokio::test]
async fn a_jwt_has_the_same_data_as_the_api() {
    let (world, created) = World::with_ada().await;
    let verified = world.client.sessions().authenticate_jwt(created.session_jwt.unwrap());
    let verified = verified.send().await.unwrap();
    assert_eq!(verified.issued_at, Some(world.in_minutes(0)));
    let (here, there) = (verified.session, created.session.unwrap());
    assert_eq!((here.session_id, here.user_id), (there.session_id, there.user_id));
    assert_eq!(here.authentication_factors, there.authentication_factors);
    assert_eq!(here.roles, there.roles);
    assert_eq!((here.started_at, here.expires_at), (there.started_at, there.expires_at));
    assert_eq!(calls_to(&world, "/v1/sessions/authenticate"), 0);
}

#[tokio::test]
async fn a_jwt_is_valid_for_five_minutes() {
    let (world, created) = World::with_ada().await;
    let jwt = created.session_jwt.unwrap();
    for _ in 0..5 {
        assert_eq!(problem(&world, &jwt).await, None);
        world.pass(1);
    }
    // Ten seconds of leeway, because clocks differ.
    assert_eq!(problem(&world, &jwt).await, None);
    world.pass(1);
    assert_eq!(problem(&world, &jwt).await, Some(JwtProblem::Expired));
    assert_eq!(calls_to(&world, "/v1/sessions/jwks"), 1);
}

#[tokio::test]
async fn an_expired_jwt_is_exchanged_while_the_session_is_active() {
    let (world, created) = World::with_ada().await;
    let jwt = created.session_jwt.unwrap();
    let ask = || world.client.sessions().authenticate_jwt(jwt.clone()).fall_back_to_api().send();
    world.pass(DAY - 1);
    let verified = ask().await.unwrap();
    assert_eq!((verified.issued_at, verified.session.user_id), (None, created.user_id));
    assert_eq!(problem(&world, &verified.session_jwt.unwrap()).await, None);
    world.pass(1);
    rejected(ask().await.map_err(of_the_api), 404, "session_not_found");
}

#[tokio::test]
async fn a_jwt_can_be_too_old_for_max_age() {
    let (world, created) = World::with_ada().await;
    world.pass(2);
    let jwt = created.session_jwt.unwrap();
    let check = || world.client.sessions().authenticate_jwt(jwt.clone()).max_age(Duration::from_secs(60));
    assert_eq!(check().send().await.unwrap_err().problem(), Some(JwtProblem::TooOld));
    let asked = check().fall_back_to_api().send().await.unwrap();
    let renewed = world.client.sessions().authenticate_jwt(asked.session_jwt.unwrap());
    let renewed = renewed.max_age(Duration::from_secs(60)).send().await.unwrap();
    assert_eq!(renewed.session.user_id, created.user_id);
}
