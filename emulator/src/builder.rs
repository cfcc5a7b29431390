//! The settings of an emulator, and its start.

use std::{
    fmt,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    time::SystemTime,
};

use crate::{
    app::{App, Settings},
    clock::Clock,
    credentials::{Credentials, DEFAULT_PROJECT_ID, DEFAULT_SECRET},
    emulator::Emulator,
    error::StartError,
    limits::Limits,
    log::LogFormat,
    rbac::Policy,
    seed::Seed,
    server,
    strength::{Breaches, FeedbackForm, Strength, StrengthPolicy},
};

/// Settings for an [`Emulator`]. Begin with [`Emulator::builder`], end with [`EmulatorBuilder::start`].
#[derive(Clone)]
#[must_use = "an emulator starts with `.start().await`"]
pub struct EmulatorBuilder {
    project_id: String,
    secret: Option<String>,
    host: String,
    port: u16,
    strict: bool,
    log: Option<LogFormat>,
    limits: Limits,
    seed: Option<u64>,
    start_at: Option<SystemTime>,
    policy: StrengthPolicy,
    feedback_form: FeedbackForm,
    breach_detection: bool,
    breaches: Breaches,
    seed_source: Option<SeedSource>,
    rbac_policy: Option<String>,
    state_file: Option<PathBuf>,
}

/// The source of the seed.
#[derive(Clone)]
enum SeedSource {
    Text(String),
    File(PathBuf),
}

impl Default for EmulatorBuilder {
    fn default() -> Self {
        Self {
            project_id: DEFAULT_PROJECT_ID.to_owned(),
            secret: None,
            host: Ipv4Addr::LOCALHOST.to_string(),
            port: 0,
            strict: false,
            log: None,
            limits: Limits::default(),
            seed: None,
            start_at: None,
            policy: StrengthPolicy::default(),
            feedback_form: FeedbackForm::default(),
            breach_detection: true,
            breaches: Breaches::of_the_emulator(),
            seed_source: None,
            rbac_policy: None,
            state_file: None,
        }
    }
}

impl fmt::Debug for EmulatorBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmulatorBuilder")
            .field("project_id", &self.project_id)
            .field("host", &self.host)
            .field("port", &self.port)
            .field("strict", &self.strict)
            .field("seed", &self.seed_source)
            .field("state_file", &self.state_file)
            .finish_non_exhaustive()
    }
}

impl SeedSource {
    fn read(self) -> Result<Seed, StartError> {
        match self {
            Self::Text(text) => Seed::read(&text),
            Self::File(path) => {
                let text = std::fs::read_to_string(&path);
                let text = text.map_err(|error| {
                    StartError::setting("seed", format!("cannot read {}: {error}", path.display()))
                })?;
                Seed::read(&text)
            }
        }
    }
}

/// Reads the setting `rbac_policy`.
fn read_policy(json: &str) -> Result<Policy, StartError> {
    let refused = |reason: String| StartError::setting("rbac_policy", reason);
    let written = serde_json::from_str(json).map_err(|error| {
        refused(format!("it is not JSON: the error is at line {}, column {}", error.line(), error.column()))
    })?;
    Policy::read(written).map_err(|error| refused(error.into_message()))
}

impl fmt::Debug for SeedSource {
    /// Omits the text of a seed, which can contain passwords.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "{} bytes", text.len()),
            Self::File(path) => write!(f, "{}", path.display()),
        }
    }
}

/// How an emulator starts. These are here so that [`Emulator`] does not depend on its builder.
impl Emulator {
    /// Starts an emulator with the default settings, on a free port of `127.0.0.1`.
    ///
    /// # Errors
    ///
    /// If no port can be bound.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// Returns the default settings, which can be changed before the emulator starts.
    pub fn builder() -> EmulatorBuilder {
        EmulatorBuilder::default()
    }
}

impl EmulatorBuilder {
    /// Sets the project id that clients must send. By default `project-test-11111111-1111-1111-1111-111111111111`.
    pub fn project_id(mut self, project_id: impl Into<String>) -> Self {
        self.project_id = project_id.into();
        self
    }

    /// Sets the secret that clients must send. By default `secret-test-22222222222222222222222222222222=`.
    pub fn secret(mut self, secret: impl Into<String>) -> Self {
        self.secret = Some(secret.into());
        self
    }

    /// Sets the address to listen on. By default a free port of `127.0.0.1`.
    ///
    /// Any address that is not a loopback address lets other machines use the emulator, over plain HTTP.
    pub fn address(self, address: SocketAddr) -> Self {
        self.host(address.ip().to_string()).port(address.port())
    }

    /// Sets the host to listen on, as a name such as `localhost` or an address. By default `127.0.0.1`.
    ///
    /// The emulator's own paths (`/_emulator/…`) accept requests to this host, to localhost and to loopback addresses.
    /// Other names are rejected, because web pages of other sites could use them.
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.host = host.into();
        self
    }

    /// Sets the port to listen on. By default 0, which means any free port.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Rejects null for a parameter, and parameters that the endpoint does not have. Off by default, because an
    /// official SDK sends nulls.
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// Makes ids and tokens the same in every run, if the requests arrive in the same order.
    ///
    /// Times and JWTs still follow the clock. [`start_at`](Self::start_at) makes them the same, too.
    pub fn deterministic(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Stops the clock at this time. Only [`Emulator::advance`] moves it. By default the clock follows the system's.
    ///
    /// JWTs expire five minutes after this time. A client that checks them with its own clock rejects them if the two
    /// clocks differ.
    pub fn start_at(mut self, time: SystemTime) -> Self {
        self.start_at = Some(time);
        self
    }

    /// Sets the requirements for new passwords. By default a zxcvbn score of 3.
    pub fn strength_policy(mut self, policy: StrengthPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// Sets the form of the feedback in a strength check. By default [`FeedbackForm::Nested`].
    pub fn feedback_form(mut self, form: FeedbackForm) -> Self {
        self.feedback_form = form;
        self
    }

    /// Sets whether breached passwords are rejected. On by default.
    pub fn breach_detection(mut self, detect: bool) -> Self {
        self.breach_detection = detect;
        self
    }

    /// Replaces the list of breached passwords. The default list is short, and contains `Tr0ub4dour&3-breached`.
    pub fn breached<I>(mut self, passwords: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<String>,
    {
        self.breaches = Breaches::of(passwords.into_iter().map(Into::into));
        self
    }

    /// Sets the users that exist from the start, as JSON. They exist again after a reset.
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
    /// A user needs an `email`. The other fields are optional: `user_id`, `email_id`, `email_verified`; a `password`,
    /// or `hash` and `hash_type` with the configurations of a migration; `password_requires_reset`, `name`,
    /// `phone_number`, `phone_number_verified`, `external_id`, `roles`, `trusted_metadata`, `untrusted_metadata` and
    /// `pending`; lists of `providers`, `webauthn_registrations`, `biometric_registrations`, `totps` and
    /// `crypto_wallets`. Passwords do not need to be strong.
    ///
    /// Beside `users`, a seed can have an [`rbac_policy`](Self::rbac_policy) and `m2m_clients`. A client needs a
    /// `client_id`, a `client_secret` and `scopes`; `client_name`, `client_description`, `inactive` and
    /// `trusted_metadata` are optional.
    pub fn seed(mut self, json: impl Into<String>) -> Self {
        self.seed_source = Some(SeedSource::Text(json.into()));
        self
    }

    /// Does the same as [`seed`](Self::seed), with a file that is read at the start.
    pub fn seed_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.seed_source = Some(SeedSource::File(path.into()));
        self
    }

    /// Sets the RBAC policy, as JSON in the form of a response of `GET /v1/rbac/policy`: `roles`, `resources` and `scopes`.
    ///
    /// It replaces the `rbac_policy` of the seed. By default, the only role is `stytch_user`. Every user has it, and
    /// it has no permissions.
    pub fn rbac_policy(mut self, json: impl Into<String>) -> Self {
        self.rbac_policy = Some(json.into());
        self
    }

    /// Keeps users, sessions, messages and their tokens in a file, and starts with the state in the file.
    ///
    /// A change is on the disk before its response is sent. A program that is killed loses no change that it
    /// acknowledged. Only one emulator can use a file at a time. The file contains hashes and tokens: on Unix, only its
    /// owner can read it.
    pub fn state_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.state_file = Some(path.into());
        self
    }

    /// Sets size limits and timeouts. The defaults are far above what a test suite needs.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Prints a line to standard output for every request and for every message that Stytch would have sent. Off by
    /// default.
    ///
    /// A line has the link or the code of the message. Requests that only read the state of the emulator, such as
    /// those of its page, have no line.
    pub fn log(mut self, format: LogFormat) -> Self {
        self.log = Some(format);
        self
    }

    /// Starts the emulator on the caller's Tokio runtime, which can be a current-thread runtime.
    ///
    /// # Errors
    ///
    /// If the address cannot be bound, or a setting has an invalid value.
    pub async fn start(self) -> Result<Emulator, StartError> {
        if let Some(mistake) = self.policy.mistake() {
            return Err(StartError::setting("strength_policy", mistake));
        }
        let clock = match self.start_at {
            Some(time) => Clock::frozen_at(time)
                .ok_or_else(|| StartError::setting("start_at", "the year must be from 0 to 8999"))?,
            None => Clock::following_the_system(),
        };
        let secret = self.secret.unwrap_or_else(|| DEFAULT_SECRET.to_owned());
        let mut seed = self.seed_source.map(SeedSource::read).transpose()?.unwrap_or_default();
        let seeded_policy = seed.take_policy()?;
        let policy = self.rbac_policy.map(|json| read_policy(&json)).transpose()?.or(seeded_policy);
        let settings = Settings {
            credentials: Credentials::new(self.project_id, secret)?,
            strict: self.strict,
            seed: self.seed,
            log: self.log,
            limits: self.limits,
            breaches: self.breaches.clone(),
            state_file: self.state_file,
            seeded: seed,
            policy: policy.unwrap_or_default(),
        };
        let strength = Strength::new(self.policy, self.feedback_form, self.breach_detection, self.breaches);
        let running = server::start(App::new(settings, clock, strength)?, &self.host, self.port).await?;
        Ok(Emulator::new(running))
    }
}
