//! The calls of the tour, by the names of their operations.

use serde_json::Value;
use stytch_client::{Client, Error, JsonObject};
use stytch_client_tests::calls;

/// Makes the call of this name, and returns its typed response as JSON again.
pub(crate) async fn call(client: &Client, name: &str, mut arguments: JsonObject) -> Result<Value, Error> {
    if name == "sessions.authenticate_jwt_local" {
        let session_jwt = arguments["session_jwt"].as_str().expect("a JWT");
        let verified = client.sessions().authenticate_jwt(session_jwt).send().await;
        let verified = verified.unwrap_or_else(|error| panic!("{name}: {error}"));
        return Ok(serde_json::to_value(verified.session).expect("a response is JSON"));
    }
    let call = calls::named(name);
    call.as_ours(&mut arguments, client.project_id());
    let sent = call.send_with(client, arguments);
    sent.unwrap_or_else(|error| panic!("{name}: {error}")).await
}
