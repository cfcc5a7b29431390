//! The four calls against the emulator: success, and API errors.

use stytch_client::passwords::HashType;
use stytch_client::{Client, ErrorKind, error_type};
use stytch_emulator::Emulator;

const PASSWORD: &str = "correct horse battery staple";
const BCRYPT_OF_PASSWORD: &str = "$2b$04$PxCzaykgdzlLIohSQTUDw.sQIH9RmdvAePtVLd175B9TDdN33RddS";

async fn start() -> (Emulator, Client) {
    let emulator = Emulator::builder().strict(true).start().await.unwrap();
    let client =
        Client::builder(emulator.project_id(), emulator.secret()).base_url(emulator.base_url()).build();
    (emulator, client.unwrap())
}

#[tokio::test]
async fn a_user_is_created_and_logs_in() {
    let (_emulator, client) = start().await;
    let created = client
        .passwords()
        .create()
        .email("ada@example.com")
        .password(PASSWORD)
        .session_duration_minutes(60)
        .send()
        .await
        .unwrap();
    assert!(created.user_id.starts_with("user-test-"), "{}", created.user_id);
    assert!(!created.request_id.is_empty());
    assert!(created.session_token.is_some_and(|token| !token.is_empty()));
    assert_eq!(created.session.unwrap().user_id, created.user_id);

    let login =
        client.passwords().authenticate().email("ada@example.com").password(PASSWORD).send().await.unwrap();
    assert_eq!(login.user_id, created.user_id);
    assert_eq!(login.session_token, None, "no session was asked for");
    assert_eq!(login.user.unwrap().emails[0].email, "ada@example.com");
}

#[tokio::test]
async fn a_hash_is_migrated_and_its_password_logs_in() {
    let (_emulator, client) = start().await;
    let migrated = client
        .passwords()
        .migrate()
        .email("grace@example.com")
        .hash(BCRYPT_OF_PASSWORD)
        .hash_type(HashType::Bcrypt)
        .roles(["stytch_user"])
        .send()
        .await
        .unwrap();
    assert!(migrated.user_created);
    let login =
        client.passwords().authenticate().email("grace@example.com").password(PASSWORD).send().await.unwrap();
    assert_eq!(login.user_id, migrated.user_id);
}

#[tokio::test]
async fn strength_is_measured() {
    let (_emulator, client) = start().await;
    let weak = client.passwords().strength_check().password("password").send().await.unwrap();
    assert!(!weak.valid_password);
    assert!(weak.score < 3);
    assert!(!weak.feedback.unwrap().suggestions.is_empty());
    let strong =
        client.passwords().strength_check().password(PASSWORD).email("ada@example.com").send().await.unwrap();
    assert!(strong.valid_password);
}

#[tokio::test]
async fn api_errors_name_the_problem() {
    let (emulator, client) = start().await;
    let create = |email: &'static str, password: &'static str| {
        client.passwords().create().email(email).password(password).send()
    };
    create("ada@example.com", PASSWORD).await.unwrap();

    let error = create("ada@example.com", PASSWORD).await.unwrap_err();
    assert!(error.is(error_type::DUPLICATE_EMAIL), "{error}");
    assert_eq!((error.kind(), error.status()), (ErrorKind::Api, Some(400)));
    assert!(error.request_id().is_some());
    assert!(error.to_string().starts_with("POST /v1/passwords: API error 400 duplicate_email: "), "{error}");

    let error = create("grace@example.com", "password").await.unwrap_err();
    assert!(error.is(error_type::WEAK_PASSWORD), "{error}");

    let login = |email: &'static str, password: &'static str| {
        client.passwords().authenticate().email(email).password(password).send()
    };
    let error = login("ada@example.com", "wrong password").await.unwrap_err();
    assert!(error.is(error_type::UNAUTHORIZED_CREDENTIALS), "{error}");
    assert_eq!(error.status(), Some(401));
    let error = login("nobody@example.com", PASSWORD).await.unwrap_err();
    assert!(error.is(error_type::EMAIL_NOT_FOUND), "{error}");

    let migrate = client
        .passwords()
        .migrate()
        .email("ada@example.com")
        .hash(BCRYPT_OF_PASSWORD)
        .hash_type(HashType::Bcrypt);
    let error = migrate.send().await.unwrap_err();
    assert!(error.is(error_type::PASSWORD_ALREADY_EXISTS), "{error}");

    for (project_id, secret) in [("project-test-other", emulator.secret()), (emulator.project_id(), "wrong")]
    {
        let stranger = Client::builder(project_id, secret).base_url(emulator.base_url()).build().unwrap();
        let error = stranger.passwords().strength_check().password(PASSWORD).send().await.unwrap_err();
        assert!(error.is(error_type::UNAUTHORIZED_CREDENTIALS), "{error}");
        assert_eq!(error.status(), Some(401));
    }
}

#[derive(serde::Deserialize)]
struct Score {
    score: u8,
}

#[tokio::test]
async fn a_request_is_a_value() {
    let (_emulator, client) = start().await;
    let request = stytch_client::passwords::StrengthCheck::builder().password(PASSWORD).build();
    assert_eq!(request, request.clone());
    let checked = client.send(&request).await.unwrap();
    assert!(checked.valid_password);

    let score: Score = client.send_as(&request).await.unwrap();
    assert_eq!(score.score, checked.score);
    let again: Score = client.passwords().strength_check().password(PASSWORD).send_as().await.unwrap();
    assert_eq!(again.score, checked.score);
}
