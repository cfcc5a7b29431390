//! The API that the users are sent to.

use stytch_client::{Client, RetryPolicy};
#[cfg(feature = "emulator")]
use stytch_emulator::Emulator;

use crate::exit::Stop;
use crate::journal::Target;

/// A client, and its API.
pub(crate) struct Connection {
    pub(crate) client: Client,
    pub(crate) target: Target,
    /// Whether this is an emulator inside this program, whose users are gone at the end.
    pub(crate) is_trial: bool,
    /// The emulator stops when this is dropped.
    #[cfg(feature = "emulator")]
    _emulator: Option<Emulator>,
}

impl Connection {
    /// Connects to the project that the environment names.
    ///
    /// # Errors
    ///
    /// The environment does not name a project.
    pub(crate) fn from_env() -> Result<Self, Stop> {
        let client = Client::from_env().map_err(|error| {
            Stop::unusable(format!(
                "{error}; `--check` needs no project, and `--emulator` sends to a server inside this program"
            ))
        })?;
        // It is set, because there is a client.
        let secret = std::env::var("STYTCH_SECRET").unwrap_or_default();
        Ok(Self::new(&client, secret))
    }

    /// Starts an emulator inside this program, and connects to it.
    ///
    /// # Errors
    ///
    /// The emulator does not start.
    #[cfg(feature = "emulator")]
    pub(crate) async fn to_emulator() -> Result<Self, Stop> {
        let cannot =
            |error: &dyn std::error::Error| Stop::unusable(format!("the emulator does not start: {error}"));
        let emulator = Emulator::start().await.map_err(|error| cannot(&error))?;
        let client = Client::builder(emulator.project_id(), emulator.secret()).base_url(emulator.base_url());
        let client = client.build().map_err(|error| cannot(&error))?;
        let connection = Self::new(&client, emulator.secret().to_owned());
        Ok(Self { is_trial: true, _emulator: Some(emulator), ..connection })
    }

    #[cfg(not(feature = "emulator"))]
    #[expect(clippy::unused_async, reason = "the emulator takes time to start")]
    pub(crate) async fn to_emulator() -> Result<Self, Stop> {
        Err(Stop::unusable("this program was built without its feature `emulator`"))
    }

    fn new(client: &Client, secret: String) -> Self {
        let target = Target {
            project_id: client.project_id().to_owned(),
            base_url: client.base_url().to_owned(),
            secret,
        };
        Self {
            client: client.with_retries(RetryPolicy::never()),
            target,
            is_trial: false,
            #[cfg(feature = "emulator")]
            _emulator: None,
        }
    }
}
