//! The calls of a tour, by the names of their operations.

use serde_json::Value;
use stytch_client::{Client, Error, JsonObject, b2b};
use stytch_client_tests::calls;
use stytch_emulator::Emulator;

use super::tour::{B2B_TOUR, Tour};

/// The client of a tour's API.
pub(crate) enum Api {
    Consumer(Client),
    B2b(b2b::Client),
}

impl Api {
    /// Returns the client of the tour for an emulator.
    pub(crate) fn of(tour: &Tour, emulator: &Emulator, secret: &str) -> Self {
        let (id, url) = (emulator.project_id(), emulator.base_url());
        if tour.file == B2B_TOUR {
            let client = b2b::Client::builder(id, secret).base_url(url).build();
            Self::B2b(client.expect("valid settings"))
        } else {
            Self::Consumer(Client::builder(id, secret).base_url(url).build().expect("valid settings"))
        }
    }

    pub(crate) fn inner(&self) -> &declapi::Client {
        match self {
            Self::Consumer(client) => client.inner(),
            Self::B2b(client) => client.inner(),
        }
    }

    /// Makes the call of this name, and returns its typed response as JSON again.
    pub(crate) async fn call(&self, name: &str, mut arguments: JsonObject) -> Result<Value, Error> {
        if name == "sessions.authenticate_jwt_local" {
            return Ok(self.verified(arguments["session_jwt"].as_str().expect("a JWT")).await);
        }
        let (project_id, name) = match self {
            Self::Consumer(client) => (client.project_id(), name.to_owned()),
            Self::B2b(client) => (client.project_id(), format!("b2b.{name}")),
        };
        let call = calls::named(&name);
        call.as_ours(&mut arguments, project_id);
        let sent = call.send_with(self.inner(), arguments);
        sent.unwrap_or_else(|error| panic!("{name}: {error}")).await
    }

    /// Verifies a JWT without a call, and returns its session as JSON.
    async fn verified(&self, session_jwt: &str) -> Value {
        let session = match self {
            Self::Consumer(client) => {
                let verified = client.sessions().authenticate_jwt(session_jwt).send().await;
                verified.map(|verified| serde_json::to_value(verified.session))
            }
            Self::B2b(client) => {
                let verified = client.sessions().authenticate_jwt(session_jwt).send().await;
                verified.map(|verified| serde_json::to_value(verified.member_session))
            }
        };
        session.expect("the JWT is valid").expect("a session is JSON")
    }
}
