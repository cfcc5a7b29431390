//! The calls of the tour, by the names of their operations.

use serde_json::Value;
use stytch_client::{Client, Error, JsonObject};
use stytch_client_tests::calls;

/// Makes the call of this name; returns its response, the typed one, as JSON again.
pub(crate) async fn call(client: &Client, name: &str, mut arguments: JsonObject) -> Result<Value, Error> {
    if name == "sessions.authenticate_jwt_local" {
        let session_jwt = arguments["session_jwt"].as_str().expect("a JWT");
        let verified = client.sessions().authenticate_jwt(session_jwt).send().await;
        let verified = verified.unwrap_or_else(|error| panic!("{name}: {error}"));
        return Ok(serde_json::to_value(verified.session).expect("a response is JSON"));
    }
    if name == "m2m.token" {
        // The SDKs take the project of the client, and a list of scopes.
        arguments.insert("project_id".to_owned(), client.project_id().into());
        if let Some(Value::Array(scopes)) = arguments.remove("scopes") {
            let scopes: Vec<&str> = scopes.iter().filter_map(Value::as_str).collect();
            arguments.insert("scope".to_owned(), scopes.join(" ").into());
        }
    }
    let sent = calls::named(name).send_with(client, arguments);
    sent.unwrap_or_else(|error| panic!("{name}: {error}")).await
}
