//! The settings of an emulator before it starts.

use std::{
    fmt,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    time::{Duration, SystemTime},
};

use crate::{
    app::{App, Settings},
    clock::Clock,
    credentials::{Credentials, DEFAULT_PROJECT_ID, DEFAULT_SECRET},
    emulator::Emulator,
    error::StartError,
    limits::Limits,
    seed::SeedUsers,
    server,
    strength::{Breaches, FeedbackForm, Strength, StrengthPolicy},
};

/// 2026-01-01T00:00:00Z, where the clock of a deterministic emulator stands.
const DETERMINISTIC_START: Duration = Duration::from_secs(1_767_225_600);

/// Settings for an [`Emulator`]; begin with [`Emulator::builder`], end with [`EmulatorBuilder::start`].
#[derive(Clone)]
#[must_use = "an emulator starts with `.start().await`"]
pub struct EmulatorBuilder {
    project_id: String,
    secret: Option<String>,
    address: SocketAddr,
    strict: bool,
    log: bool,
    limits: Limits,
    seed: Option<u64>,
    start_at: Option<SystemTime>,
    policy: StrengthPolicy,
    feedback_form: FeedbackForm,
    breach_detection: bool,
    breaches: Breaches,
    seed_users: Option<Seed>,
    state_file: Option<PathBuf>,
}

/// Where the users come from that are there from the start.
#[derive(Clone)]
enum Seed {
    Text(String),
    File(PathBuf),
}

impl Default for EmulatorBuilder {
    fn default() -> Self {
        Self {
            project_id: DEFAULT_PROJECT_ID.to_owned(),
            secret: None,
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            strict: false,
            log: false,
            limits: Limits::default(),
            seed: None,
            start_at: None,
            policy: StrengthPolicy::default(),
            feedback_form: FeedbackForm::default(),
            breach_detection: true,
            breaches: Breaches::default(),
            seed_users: None,
            state_file: None,
        }
    }
}

impl fmt::Debug for EmulatorBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmulatorBuilder")
            .field("project_id", &self.project_id)
            .field("address", &self.address)
            .field("strict", &self.strict)
            .field("seed", &self.seed_users)
            .field("state_file", &self.state_file)
            .finish_non_exhaustive()
    }
}

impl Seed {
    fn read(self) -> Result<SeedUsers, StartError> {
        match self {
            Self::Text(text) => SeedUsers::read(&text),
            Self::File(path) => {
                let text = std::fs::read_to_string(&path);
                let text = text.map_err(|error| {
                    StartError::setting("seed", format!("cannot read {}: {error}", path.display()))
                })?;
                SeedUsers::read(&text)
            }
        }
    }
}

impl fmt::Debug for Seed {
    /// A seed may hold passwords.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "{} bytes", text.len()),
            Self::File(path) => write!(f, "{}", path.display()),
        }
    }
}

impl EmulatorBuilder {
    /// The project id that clients must send. By default `project-test-11111111-1111-1111-1111-111111111111`.
    pub fn project_id(mut self, project_id: impl Into<String>) -> Self {
        self.project_id = project_id.into();
        self
    }

    /// The secret that clients must send. By default `secret-test-22222222222222222222222222222222=`.
    pub fn secret(mut self, secret: impl Into<String>) -> Self {
        self.secret = Some(secret.into());
        self
    }

    /// Where to listen. By default a free port of `127.0.0.1`; anything but loopback lets other machines in.
    pub fn address(mut self, address: SocketAddr) -> Self {
        self.address = address;
        self
    }

    /// Refuses what a careful client never sends: a null for a parameter, and a parameter that the endpoint does not
    /// have. Off by default, because an official SDK sends nulls.
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// Makes ids and tokens repeat from one run to the next, as long as the requests come in the same order.
    ///
    /// The clock stands at 2026-01-01T00:00:00Z unless [`start_at`](Self::start_at) says otherwise, so that a client
    /// which compares a JWT with its own clock finds it expired.
    pub fn deterministic(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Stops the clock at this time; it moves only by [`Emulator::advance`]. By default it follows the system's.
    pub fn start_at(mut self, time: SystemTime) -> Self {
        self.start_at = Some(time);
        self
    }

    /// What a password must have to be accepted. By default a zxcvbn score of 3.
    pub fn strength_policy(mut self, policy: StrengthPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// The form of the feedback in a strength check. By default [`FeedbackForm::Nested`].
    pub fn feedback_form(mut self, form: FeedbackForm) -> Self {
        self.feedback_form = form;
        self
    }

    /// Whether breached passwords are refused. On by default.
    pub fn breach_detection(mut self, detect: bool) -> Self {
        self.breach_detection = detect;
        self
    }

    /// Replaces the list of breached passwords. The default list is short and holds `Tr0ub4dour&3-breached`.
    pub fn breached<I>(mut self, passwords: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<String>,
    {
        self.breaches = Breaches::of(passwords.into_iter().map(Into::into));
        self
    }

    /// Users that are there from the start, as JSON; they are there again after a reset.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), stytch_emulator::StartError> {
    /// let emulator = stytch_emulator::Emulator::builder()
    ///     .seed(r#"{ "users": [{ "email": "ada@example.com", "user_id": "user-test-ada", "password": "pass" }] }"#)
    ///     .start()
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// A user needs an `email`. They can have `user_id`, `email_id`, `email_verified`; a `password`, or `hash` and
    /// `hash_type` with the configurations of a migration; `password_requires_reset`, `name`, `phone_number`,
    /// `phone_number_verified`, `external_id`, `roles`, `trusted_metadata` and `untrusted_metadata`. Passwords need
    /// not be strong.
    pub fn seed(mut self, json: impl Into<String>) -> Self {
        self.seed_users = Some(Seed::Text(json.into()));
        self
    }

    /// The same as [`seed`](Self::seed), from a file that is read at the start.
    pub fn seed_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.seed_users = Some(Seed::File(path.into()));
        self
    }

    /// Keeps users, sessions, reset tokens and mails in a file, and begins with those that are in it.
    ///
    /// A change is on the disk before it is answered, so that a program that is killed loses nothing that was
    /// answered. One emulator can use a file at a time. It holds hashes and tokens: on Unix it is created for its
    /// owner alone.
    pub fn state_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.state_file = Some(path.into());
        self
    }

    /// How much the emulator puts up with. The defaults are far above what a test suite needs.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Prints a line to standard output for every request. Off by default.
    pub fn log(mut self, log: bool) -> Self {
        self.log = log;
        self
    }

    /// Starts the emulator on the tokio runtime of the caller, which may be a current-thread one.
    ///
    /// # Errors
    ///
    /// When the address cannot be bound, or a setting has a value that no server can work with.
    pub async fn start(self) -> Result<Emulator, StartError> {
        if let Some(complaint) = self.policy.complaint() {
            return Err(StartError::setting("strength_policy", complaint));
        }
        let secret = self.secret.unwrap_or_else(|| DEFAULT_SECRET.to_owned());
        let settings = Settings {
            credentials: Credentials::new(self.project_id, secret)?,
            strict: self.strict,
            seed: self.seed,
            log: self.log,
            limits: self.limits,
            breaches: self.breaches.clone(),
            state_file: self.state_file,
            seed_users: self.seed_users.map(Seed::read).transpose()?.unwrap_or_default(),
        };
        let strength = Strength::new(self.policy, self.feedback_form, self.breach_detection, self.breaches);
        let frozen = self.start_at.or(self.seed.map(|_| SystemTime::UNIX_EPOCH + DETERMINISTIC_START));
        let clock = frozen.map_or_else(Clock::following_the_system, Clock::frozen_at);
        let running = server::start(App::new(settings, clock, strength)?, self.address).await?;
        Ok(Emulator::new(running))
    }
}
