//! All states of a user in one test, and errors of the server.

use stytch_client::error_type::{INTERNAL_SERVER_ERROR, TOO_MANY_REQUESTS, UNAUTHORIZED_CREDENTIALS};
use stytch_emulator::Fault;

use crate::world::{ADA, DAY, NEW_PASSWORD, PASSWORD, World, rejected};

const LAST_PASSWORD: &str = "yet another line of four words";

#[tokio::test]
async fn a_life() {
    let world = World::start().await;
    let passwords = || world.client.passwords();
    let sessions = || world.client.sessions();
    assert!(passwords().strength_check().password(PASSWORD).send().await.unwrap().valid_password);
    let user_id = passwords().create().email(ADA).password(PASSWORD).send().await.unwrap().user_id;

    let login = world.log_in(PASSWORD).await.unwrap();
    let jwt = login.session_jwt.unwrap();
    assert_eq!(sessions().authenticate_jwt(jwt.clone()).send().await.unwrap().session.user_id, user_id);
    world.pass(DAY / 2);
    let extend = sessions().authenticate().session_jwt(jwt.secret()).session_duration_minutes(DAY);
    let extended = extend.send().await.unwrap();
    world.pass(DAY / 2 + 1);
    world.ask_about(&extended.session_token.unwrap()).await.unwrap();

    passwords().email().reset_start().email(ADA).send().await.unwrap();
    let token = world.emulator.outbox().remove(0).token;
    passwords().email().reset().token(token).password(NEW_PASSWORD).send().await.unwrap();
    let change = passwords().existing_password().reset().email(ADA);
    change.existing_password(NEW_PASSWORD).new_password(LAST_PASSWORD).send().await.unwrap();
    let last = world.log_in(LAST_PASSWORD).await.unwrap().session_token.unwrap();
    let change = passwords().sessions().reset().session_token(last.secret());
    change.password(PASSWORD).send().await.unwrap();

    for past in [NEW_PASSWORD, LAST_PASSWORD] {
        rejected(world.log_in(past).await, 401, UNAUTHORIZED_CREDENTIALS);
    }
    assert_eq!(world.sessions_of(&user_id).await.len(), 1);
    sessions().revoke().session_token(last.secret()).send().await.unwrap();
    assert_eq!(world.sessions_of(&user_id).await, []);
}

#[tokio::test]
async fn a_server_that_is_not_well_is_no_wrong_password() {
    let (world, _) = World::with_ada().await;
    world.emulator.fail_next(Fault::status(500)).unwrap();
    rejected(world.log_in(PASSWORD).await, 500, INTERNAL_SERVER_ERROR);
    world.emulator.fail_next(Fault::status(429).times(3)).unwrap();
    let error = world.log_in(PASSWORD).await.unwrap_err();
    assert!(error.is_retryable() && error.attempts() == 3, "{error}");
    rejected::<()>(Err(error), 429, TOO_MANY_REQUESTS);
    world.log_in(PASSWORD).await.unwrap();
}
