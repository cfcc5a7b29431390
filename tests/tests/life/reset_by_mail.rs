//! A new password with an email, and with PKCE, so that the email alone is not enough.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use stytch_client::Error;
use stytch_client::error_type::{
    BAD_REQUEST, BREACHED_PASSWORD as BREACHED, EMAIL_NOT_FOUND, UNAUTHORIZED_CREDENTIALS,
    WEAK_PASSWORD as WEAK,
};
use stytch_client::passwords::{Attributes, AuthenticateResponse, Locale, ResetOptions};

use crate::world::{ADA, BREACHED_PASSWORD, DAY, NEW_PASSWORD, PASSWORD, WEAK_PASSWORD, World, rejected};

const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const REJECTED_TOKEN: &str = "unable_to_auth_password_reset_token";

fn challenge() -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER))
}

/// Requests an email, and reads its token.
async fn token(world: &World) -> String {
    let start = world.client.passwords().email().reset_start().email(ADA).code_challenge(challenge());
    start.send().await.unwrap();
    world.emulator.outbox().pop().unwrap().token
}

async fn reset(world: &World, token: &str, password: &str) -> Result<AuthenticateResponse, Error> {
    let reset = world.client.passwords().email().reset().token(token).password(password);
    reset.code_verifier(VERIFIER).session_duration_minutes(DAY).send().await
}

#[tokio::test]
async fn the_email_has_the_requested_content() {
    let (world, created) = World::with_ada().await;
    let start = world
        .client
        .passwords()
        .email()
        .reset_start()
        .email(ADA)
        .reset_password_redirect_url("https://app.example.com/reset?from=mail")
        .reset_password_expiration_minutes(10)
        .login_redirect_url("https://app.example.com/login")
        .locale(Locale::PtBr)
        .code_challenge(challenge());
    let started = start.send().await.unwrap();
    assert_eq!((started.user_id, started.email_id), (created.user_id, created.email_id));
    let mail = world.emulator.outbox().pop().unwrap();
    let link = format!(
        "https://app.example.com/reset?from=mail&stytch_token_type=reset_password&token={}",
        mail.token
    );
    assert_eq!((mail.to.as_str(), mail.locale.as_deref(), mail.link), (ADA, Some("pt-br"), link));
}

#[tokio::test]
async fn a_reset_changes_the_password_and_ends_all_sessions() {
    let (world, created) = World::with_ada().await;
    let response = reset(&world, &token(&world).await, NEW_PASSWORD).await.unwrap();
    assert_eq!(response.user_id, created.user_id);
    assert!(response.user.unwrap().emails[0].verified, "the email proves the address");
    let session = response.session.unwrap();
    assert_eq!(session.authentication_factors[0].factor_type.as_str(), "magic_link");
    assert_eq!(session.authentication_factors[0].email_factor.as_ref().unwrap().email_address, ADA);

    rejected(world.ask_about(&created.session_token.unwrap()).await, 404, "session_not_found");
    assert_eq!(world.sessions_of(&created.user_id).await, [session]);
    rejected(world.log_in(PASSWORD).await, 401, UNAUTHORIZED_CREDENTIALS);
    world.log_in(NEW_PASSWORD).await.unwrap();
}

#[tokio::test]
async fn a_token_is_valid_once_and_for_half_an_hour() {
    let (world, _) = World::with_ada().await;
    let (used, late) = (token(&world).await, token(&world).await);
    world.pass(29);
    reset(&world, &used, NEW_PASSWORD).await.unwrap();
    rejected(reset(&world, &used, PASSWORD).await, 401, REJECTED_TOKEN);
    world.pass(1);
    rejected(reset(&world, &late, PASSWORD).await, 401, REJECTED_TOKEN);
    rejected(reset(&world, "invented", PASSWORD).await, 401, REJECTED_TOKEN);
    world.log_in(NEW_PASSWORD).await.unwrap();
}

#[tokio::test]
async fn the_email_alone_is_not_enough() {
    let (world, _) = World::with_ada().await;
    let stolen = token(&world).await;
    let reset = || world.client.passwords().email().reset().token(&*stolen).password(NEW_PASSWORD);
    rejected(reset().send().await, 400, "pkce_expected_code_verifier");
    let guessed = reset().code_verifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl");
    rejected(guessed.send().await, 400, "pkce_mismatch");
    reset().code_verifier(VERIFIER).send().await.unwrap();
}

#[tokio::test]
async fn without_a_challenge_a_verifier_is_one_too_many() {
    let (world, _) = World::with_ada().await;
    world.client.passwords().email().reset_start().email(ADA).send().await.unwrap();
    let token = world.emulator.outbox().pop().unwrap().token;
    rejected(reset(&world, &token, NEW_PASSWORD).await, 400, "pkce_did_not_expect_code_verifier");
    let reset = world.client.passwords().email().reset().token(&*token).password(NEW_PASSWORD);
    let response = reset.send().await.unwrap();
    assert_eq!((response.session, response.session_token), (None, None), "no session was asked for");
}

#[tokio::test]
async fn a_rejected_password_leaves_the_token_valid() {
    let (world, _) = World::with_ada().await;
    let token = token(&world).await;
    rejected(reset(&world, &token, WEAK_PASSWORD).await, 400, WEAK);
    rejected(reset(&world, &token, BREACHED_PASSWORD).await, 400, BREACHED);
    reset(&world, &token, NEW_PASSWORD).await.unwrap();
}

#[tokio::test]
async fn a_reset_can_be_bound_to_where_it_was_started() {
    let (world, _) = World::with_ada().await;
    let from = |ip: &'static str| Attributes::builder().ip_address(ip).user_agent("Netscape").build();
    let start = world.client.passwords().email().reset_start().email(ADA).attributes(from("192.0.2.1"));
    start.send().await.unwrap();
    let token = world.emulator.outbox().pop().unwrap().token;
    let reset = |ip| {
        let options = ResetOptions::builder().ip_match_required(true).user_agent_match_required(true);
        let reset = world.client.passwords().email().reset().token(&*token).password(NEW_PASSWORD);
        reset.attributes(from(ip)).options(options.build()).send()
    };
    rejected(reset("192.0.2.2").await, 401, "attribute_mismatch");
    reset("192.0.2.1").await.unwrap();
}

#[tokio::test]
async fn errors_of_the_start_of_a_reset() {
    let (world, _) = World::with_ada().await;
    let start = || world.client.passwords().email().reset_start();
    rejected(start().email("nobody@example.com").send().await, 404, EMAIL_NOT_FOUND);
    for minutes in [4, 10_081] {
        let start = start().email(ADA).reset_password_expiration_minutes(minutes);
        rejected(start.send().await, 400, BAD_REQUEST);
    }
    let nowhere = start().email(ADA).reset_password_redirect_url("/reset");
    rejected(nowhere.send().await, 400, "invalid_password_reset_redirect_url");
    let unhashed = start().email(ADA).code_challenge("not a hash");
    rejected(unhashed.send().await, 400, "invalid_pkce_code_challenge");
    assert_eq!(world.emulator.outbox(), []);
}
