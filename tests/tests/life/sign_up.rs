//! Before the sign-up: whether the password is strong enough, and whether the address is free.

use serde_json::json;
use stytch_client::error_type::{
    BAD_REQUEST, BREACHED_PASSWORD as BREACHED, DUPLICATE_EMAIL, INVALID_EMAIL, WEAK_PASSWORD as WEAK,
};
use stytch_client::passwords::{CreateResponse, Name, StrengthPolicy};
use stytch_client::{Error, JsonObject};

use crate::world::{ADA, BREACHED_PASSWORD, DAY, PASSWORD, WEAK_PASSWORD, World, rejected};

async fn create(world: &World, email: &str, password: &str) -> Result<CreateResponse, Error> {
    world.client.passwords().create().email(email).password(password).send().await
}

fn object(value: &serde_json::Value) -> JsonObject {
    value.as_object().unwrap().clone()
}

#[tokio::test]
async fn a_password_is_looked_at_before_it_is_chosen() {
    let world = World::start().await;
    let check = |password| world.client.passwords().strength_check().password(password).email(ADA).send();
    let weak = check(WEAK_PASSWORD).await.unwrap();
    assert!(!weak.valid_password && weak.score < 3);
    assert!(!weak.feedback.unwrap().suggestions.is_empty());
    let breached = check(BREACHED_PASSWORD).await.unwrap();
    assert!(!breached.valid_password && breached.breached_password && breached.score >= 3);
    let good = check(PASSWORD).await.unwrap();
    assert!(good.valid_password && !good.breached_password && good.score >= 3);
    assert_eq!(good.strength_policy, StrengthPolicy::Zxcvbn);
    assert!(good.breach_detection_on_create);
}

#[tokio::test]
async fn a_password_that_is_breached_for_one_address_only() {
    let world = World::start().await;
    world.emulator.add_breached_credentials(ADA, PASSWORD).unwrap();
    let check = world.client.passwords().strength_check().password(PASSWORD);
    assert!(check.email(ADA).send().await.unwrap().breached_password);
    rejected(create(&world, ADA, PASSWORD).await, 400, BREACHED);
    create(&world, "grace@example.com", PASSWORD).await.unwrap();
}

#[tokio::test]
async fn a_user_has_exactly_the_given_fields() {
    let world = World::start().await;
    let created = world
        .client
        .passwords()
        .create()
        .email(ADA)
        .password(PASSWORD)
        .name(Name::builder().first_name("Ada").build())
        .trusted_metadata(object(&json!({"plan": "pro"})))
        .untrusted_metadata(object(&json!({"theme": "dark"})))
        .send()
        .await
        .unwrap();
    assert_eq!((created.session, created.session_token, created.session_jwt), (None, None, None));
    let user = created.user.unwrap();
    assert_eq!((user.user_id, &user.emails[0].email_id), (created.user_id, &created.email_id));
    assert!(!user.emails[0].verified && user.password.is_some_and(|password| !password.requires_reset));
    assert_eq!(user.name.unwrap().first_name, "Ada");
    assert_eq!(user.trusted_metadata.unwrap(), object(&json!({"plan": "pro"})));
    assert_eq!(user.untrusted_metadata.unwrap(), object(&json!({"theme": "dark"})));
    assert_eq!(user.created_at, Some(world.in_minutes(0)));
}

#[tokio::test]
async fn a_session_starts_at_once_if_it_is_asked_for() {
    let (world, created) = World::with_ada().await;
    let session = created.session.unwrap();
    assert_eq!((&session.user_id, session.expires_at), (&created.user_id, Some(world.in_minutes(DAY))));
    assert_eq!(session.started_at, Some(world.in_minutes(0)));
    let factor = &session.authentication_factors[0];
    assert_eq!((factor.factor_type.as_str(), factor.delivery_method.as_str()), ("password", "knowledge"));
    world.ask_about(&created.session_token.unwrap()).await.unwrap();
}

#[tokio::test]
async fn errors_of_a_sign_up() {
    let (world, _) = World::with_ada().await;
    rejected(create(&world, ADA, PASSWORD).await, 400, DUPLICATE_EMAIL);
    rejected(create(&world, "ADA@example.com", PASSWORD).await, 400, DUPLICATE_EMAIL);
    rejected(create(&world, "ada at example.com", PASSWORD).await, 400, INVALID_EMAIL);
    rejected(create(&world, "grace@example.com", WEAK_PASSWORD).await, 400, WEAK);
    rejected(create(&world, "grace@example.com", BREACHED_PASSWORD).await, 400, BREACHED);
    for minutes in [4, 527_041] {
        let create = world.client.passwords().create().email("grace@example.com").password(PASSWORD);
        rejected(create.session_duration_minutes(minutes).send().await, 400, BAD_REQUEST);
    }
    create(&world, "grace@example.com", PASSWORD).await.unwrap();
}
