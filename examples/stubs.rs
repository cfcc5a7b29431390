//! Tests code that logs users in without a server: typed stubs define the responses of the API.
//!
//! In a project, `declapi-test` is a development dependency, and `main` here is a test.

use declapi::TransportErrorKind;
use declapi_test::{Reply, Stub, any};
use serde_json::json;
use stytch_client::Client;
use stytch_client::passwords::Authenticate;

#[tokio::main]
async fn main() -> Result<(), stytch_client::Error> {
    let stub = Stub::new();
    // The first attempt fails to connect, and the client retries it.
    stub.on::<Authenticate<'_>>(|call| call.email == "ada@example.com")
        .reply(Reply::failed(TransportErrorKind::NotSent))
        .reply(json!({"user_id": "user-test-1"}));
    stub.on::<Authenticate<'_>>(any).error(
        404,
        json!({"status_code": 404, "error_type": "email_not_found", "error_message": "no such user"}),
    );
    let client = Client::builder("project-test-1", "secret-test-1").transport(stub.clone()).build()?;

    assert_eq!(who_is(&client, "ada@example.com").await.as_deref(), Some("user-test-1"));
    assert_eq!(who_is(&client, "eve@example.com").await, None);

    for call in stub.calls::<Authenticate<'_>>() {
        println!(
            "{} asked in attempt {}, to live {:?} minutes",
            call.email,
            call.attempt(),
            call.session_duration_minutes
        );
    }
    Ok(())
}

/// The code under test.
async fn who_is(client: &Client, email: &str) -> Option<String> {
    let login =
        client.passwords().authenticate().email(email).password("correct horse").session_duration_minutes(60);
    login.send().await.ok().map(|login| login.user_id)
}
