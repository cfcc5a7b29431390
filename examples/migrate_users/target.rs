//! Where the users go.

use stytch_client::{Client, RetryPolicy};
use stytch_emulator::Emulator;

use crate::exit::Stop;
use crate::journal::Target;

/// A client, and what is behind it.
pub(crate) struct Connection {
    pub(crate) client: Client,
    pub(crate) target: Target,
    /// Runs as long as this is held.
    _emulator: Option<Emulator>,
}

impl Connection {
    /// To the project of the environment, or to an emulator that is started for it.
    ///
    /// # Errors
    ///
    /// The environment does not say where, or the emulator does not start.
    pub(crate) async fn open(emulator: bool) -> Result<Self, Stop> {
        if emulator { Self::to_emulator().await } else { Self::from_env() }
    }

    async fn to_emulator() -> Result<Self, Stop> {
        let cannot =
            |error: &dyn std::error::Error| Stop::unusable(format!("the emulator does not start: {error}"));
        let emulator = Emulator::start().await.map_err(|error| cannot(&error))?;
        let client = Client::builder(emulator.project_id(), emulator.secret()).base_url(emulator.base_url());
        let client = client.build().map_err(|error| cannot(&error))?;
        let secret = emulator.secret().to_owned();
        Ok(Self::new(&client, secret, Some(emulator)))
    }

    fn from_env() -> Result<Self, Stop> {
        let client = Client::from_env().map_err(|error| {
            Stop::unusable(format!(
                "{error}; or try things out with `--emulator`, or `--check` without sending"
            ))
        })?;
        // It is there, or there would be no client.
        let secret = std::env::var("STYTCH_SECRET").unwrap_or_default();
        Ok(Self::new(&client, secret, None))
    }

    fn new(client: &Client, secret: String, emulator: Option<Emulator>) -> Self {
        let target = Target {
            project_id: client.project_id().to_owned(),
            base_url: client.base_url().to_owned(),
            secret,
        };
        Self { client: client.with_retries(RetryPolicy::never()), target, _emulator: emulator }
    }
}
