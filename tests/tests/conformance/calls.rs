//! The calls of the tour, by their names, as calls of the typed builders.

use serde::Serialize;
use serde_json::Value;
use stytch_client::{Client, Error};
use stytch_client_tests::arguments::Arguments;
use stytch_client_tests::requests;

/// Makes the call of this name; returns its typed response, as JSON again.
pub(crate) async fn call(client: &Client, name: &str, mut arguments: Arguments) -> Result<Value, Error> {
    let given = &mut arguments;
    match name {
        "passwords.create" => json(client.send(&requests::create(given)).await),
        "passwords.authenticate" => json(client.send(&requests::authenticate(given)).await),
        "passwords.migrate" => json(client.send(&requests::migrate(given)).await),
        "passwords.strength_check" => json(client.send(&requests::strength_check(given)).await),
        "passwords.email.reset_start" => json(client.send(&requests::email_reset_start(given)).await),
        "passwords.email.reset" => json(client.send(&requests::email_reset(given)).await),
        "passwords.existing_password.reset" => {
            json(client.send(&requests::existing_password_reset(given)).await)
        }
        "passwords.sessions.reset" => json(client.send(&requests::session_reset(given)).await),
        "sessions.authenticate" => json(client.send(&requests::sessions_authenticate(given)).await),
        "sessions.get" => json(client.send(&requests::sessions_get(given)).await),
        "sessions.revoke" => json(client.send(&requests::sessions_revoke(given)).await),
        "sessions.get_jwks" => json(client.send(&requests::sessions_jwks(given)).await),
        "sessions.authenticate_jwt_local" => {
            let verifying = client.sessions().authenticate_jwt(given.required("session_jwt"));
            let verified = verifying.send().await.unwrap_or_else(|error| panic!("{name}: {error}"));
            json(Ok(verified.session))
        }
        unknown => panic!("the tour calls {unknown}, which this program does not know"),
    }
}

fn json(response: Result<impl Serialize, Error>) -> Result<Value, Error> {
    response.map(|response| serde_json::to_value(response).expect("a response is JSON"))
}
