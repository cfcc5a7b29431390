//! An emulator and a client with the same clock.

use std::fmt::Debug;
use std::time::Duration;

use stytch_client::passwords::{AuthenticateResponse, CreateResponse, Session};
use stytch_client::{Client, Error, ErrorKind, JwtError, Secret, Timer, Timestamp};
use stytch_emulator::Emulator;

use crate::clock::StandingClock;

pub(crate) const ADA: &str = "ada@example.com";
pub(crate) const PASSWORD: &str = "correct horse battery staple";
pub(crate) const NEW_PASSWORD: &str = "a wholly different set of words";
pub(crate) const WEAK_PASSWORD: &str = "password";
pub(crate) const BREACHED_PASSWORD: &str = "Tr0ub4dour&3-breached";
/// The duration of the sessions in these tests, in minutes.
pub(crate) const DAY: u32 = 24 * 60;

pub(crate) struct World {
    pub(crate) emulator: Emulator,
    pub(crate) client: Client,
    clock: StandingClock,
}

impl World {
    pub(crate) async fn start() -> Self {
        let emulator = Emulator::builder().strict(true).start_at(StandingClock::start()).start();
        let (emulator, clock) = (emulator.await.unwrap(), StandingClock::new());
        let client = Client::builder(emulator.project_id(), emulator.secret())
            .base_url(emulator.base_url())
            .timer(clock.clone())
            .build()
            .unwrap();
        Self { emulator, client, clock }
    }

    /// A world with the user Ada, who has a password and a session of a day.
    pub(crate) async fn with_ada() -> (Self, CreateResponse) {
        let world = Self::start().await;
        let create = world.client.passwords().create().email(ADA).password(PASSWORD);
        let created = create.session_duration_minutes(DAY).send().await.unwrap();
        (world, created)
    }

    pub(crate) async fn log_in(&self, password: &str) -> Result<AuthenticateResponse, Error> {
        let login = self.client.passwords().authenticate().email(ADA).password(password);
        login.session_duration_minutes(DAY).send().await
    }

    /// The active sessions of a user.
    pub(crate) async fn sessions_of(&self, user_id: &str) -> Vec<Session> {
        self.client.sessions().get().user_id(user_id).send().await.unwrap().sessions
    }

    /// Whether a session is still active, by its token.
    pub(crate) async fn ask_about(&self, token: &Secret) -> Result<(), Error> {
        self.client.sessions().authenticate().session_token(token.secret()).send().await.map(drop)
    }

    /// Moves the clocks of the server and of the client.
    pub(crate) fn pass(&self, minutes: u32) {
        let by = Duration::from_secs(u64::from(minutes) * 60);
        self.emulator.advance(by);
        self.clock.advance(by);
    }

    /// The time in so many minutes.
    pub(crate) fn in_minutes(&self, minutes: u32) -> Timestamp {
        self.clock.timestamp() + Duration::from_secs(u64::from(minutes) * 60)
    }
}

/// The error of a call that was made because a JWT could not be verified without one.
#[track_caller]
pub(crate) fn of_the_api(error: JwtError) -> Error {
    match error {
        JwtError::Api(error) => error,
        other => panic!("the API was not asked: {other}"),
    }
}

/// Checks that the API returned this error, and that the error does not contain secrets.
#[track_caller]
pub(crate) fn rejected<T: Debug>(outcome: Result<T, Error>, status: u16, error_type: &str) {
    let error = outcome.expect_err(error_type);
    assert_eq!((error.kind(), error.status()), (ErrorKind::Api, Some(status)), "{error}");
    assert!(error.is(error_type), "{error} is no {error_type}");
    assert!(error.request_id().is_some_and(|id| !id.is_empty()), "{error}");
    let shown = format!("{error} {error:?}");
    for secret in [PASSWORD, NEW_PASSWORD, BREACHED_PASSWORD] {
        assert!(!shown.contains(secret), "the error of {error_type} shows a password");
    }
}
