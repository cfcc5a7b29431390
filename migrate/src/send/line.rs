//! One line, from its first attempt to its outcome.

use std::time::Duration;

use stytch_client::passwords::Migrate;
use stytch_client::{Client, Error};
use tokio::time::{Instant, sleep};

use super::limiter::Limiter;
use super::stop_sign::StopSign;
use super::verdict::{self, Verdict};
use crate::journal;
use crate::problem::Problem;

/// The wait before the first retry. Each further wait is twice as long.
const FIRST_WAIT: Duration = Duration::from_millis(250);
const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// The maximum number of times that the API may ask for a lower rate for one line. The whole run slows down each
/// time. After this many times in a row, the API no longer accepts requests.
const MOST_SLOW_DOWNS: u32 = 20;
/// The longest pause that the program makes if the API asks for it.
const LONGEST_PAUSE: Duration = Duration::from_secs(15 * 60);

/// The outcome of a line.
#[derive(Debug)]
pub(crate) enum End {
    Migrated {
        user_id: Option<String>,
    },
    AlreadyThere,
    Rejected(Problem),
    /// There is no reliable outcome. The line stays open.
    Unsettled(Error),
    /// There is no outcome, and no other line will have one.
    Hopeless(Error),
    /// The run ends while the line waits for its turn. The line stays open.
    Stopped,
}

/// Sends lines.
///
/// The retries of the client are off, because the limiter has to see each attempt and each request of the API to slow
/// down. This program also retries after an unknown outcome, because it knows the meaning of
/// `password_already_exists` in this case. And the client's retry budget is for a service with few failures, not for
/// a run of several hours.
pub(crate) struct Sender {
    pub(crate) client: Client,
    pub(crate) limiter: Limiter,
    /// How long a line without a response is retried.
    pub(crate) patience: Duration,
    /// When it is raised, requests in flight are finished, and no others are sent.
    pub(crate) stop: StopSign,
}

impl Sender {
    /// Sends a line until there is an outcome. With `may_have_arrived`, an earlier run may have sent it.
    pub(crate) async fn settle(&self, request: &Migrate<'_>, mut may_have_arrived: bool) -> End {
        let (mut wait, mut slow_downs, mut failing_since) = (FIRST_WAIT, 0, None);
        loop {
            if self.stopped_before(self.limiter.turn()).await {
                return End::Stopped;
            }
            let sent = Instant::now();
            let error = match self.client.send(request).await {
                Ok(response) => return End::Migrated { user_id: journal::word(response.user_id) },
                Err(error) => error,
            };
            match verdict::of(&error) {
                // The user exists now, and very probably comes from the earlier request.
                Verdict::PasswordExists if may_have_arrived => return End::Migrated { user_id: None },
                Verdict::PasswordExists => return End::AlreadyThere,
                Verdict::Rejected(problem) => return End::Rejected(problem),
                Verdict::Hopeless => return End::Hopeless(error),
                Verdict::SlowDown(asked) => {
                    slow_downs += 1;
                    if asked.is_some_and(|asked| asked > LONGEST_PAUSE) {
                        return End::Hopeless(error);
                    }
                    if slow_downs == MOST_SLOW_DOWNS {
                        return End::Unsettled(error);
                    }
                    self.limiter.slow_down(sent, asked);
                }
                Verdict::Again { may_have_arrived: arrived } => {
                    may_have_arrived |= arrived;
                    let since = failing_since.get_or_insert(sent);
                    if since.elapsed() + wait > self.patience {
                        return End::Unsettled(error);
                    }
                    if self.stopped_before(sleep(wait)).await {
                        return End::Stopped;
                    }
                    wait = (2 * wait).min(LONGEST_WAIT);
                }
            }
        }
    }

    async fn stopped_before(&self, wait: impl Future<Output = ()>) -> bool {
        tokio::select! {
            biased;
            () = self.stop.raised() => true,
            () = wait => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Arc, Mutex};

    use stytch_client::http::header::RETRY_AFTER;
    use stytch_client::http::{Request, Response, StatusCode};
    use stytch_client::passwords::HashType;
    use stytch_client::{Body, RetryPolicy, TransportError};

    use super::*;

    /// The behaviour of the server for one request.
    #[derive(Clone, Copy)]
    enum Reply {
        Migrated,
        Exists,
        Invalid,
        Busy(Option<u64>),
        Failed,
        /// No response, and the request may have arrived.
        Lost,
        Unsent,
    }

    impl Reply {
        fn make(self) -> Result<Response<Body>, TransportError> {
            let rejection = |kind| format!(r#"{{"error_type":"{kind}","error_message":"no"}}"#);
            let (status, body, retry_after) = match self {
                Self::Migrated => (200, r#"{"user_id":"user-test-1","user_created":true}"#.to_owned(), None),
                Self::Exists => (400, rejection("password_already_exists"), None),
                Self::Invalid => (400, rejection("invalid_email"), None),
                Self::Busy(seconds) => (429, rejection("too_many_requests"), seconds),
                Self::Failed => (500, rejection("internal_server_error"), None),
                Self::Lost => return Err(TransportError::unknown("cut")),
                Self::Unsent => return Err(TransportError::not_sent("rejected")),
            };
            let mut response = Response::new(body.into());
            *response.status_mut() = StatusCode::from_u16(status).unwrap();
            if let Some(seconds) = retry_after {
                response.headers_mut().insert(RETRY_AFTER, seconds.into());
            }
            Ok(response)
        }
    }

    /// Sends one line to a server with these responses, in order. The last one is repeated.
    struct Scene {
        sender: Sender,
        /// The times of the requests, from the start.
        times: Arc<Mutex<Vec<Duration>>>,
    }

    impl Scene {
        fn new(responses: &'static [Reply]) -> Self {
            let (count, times) = (AtomicUsize::new(0), Arc::new(Mutex::new(Vec::new())));
            let (start, seen) = (Instant::now(), Arc::clone(&times));
            let client = Client::builder("project-test-1", "secret-test-1")
                .retries(RetryPolicy::never())
                .transport(move |_: Request<Body>| {
                    let number = count.fetch_add(1, Ordering::Relaxed);
                    seen.lock().unwrap().push(start.elapsed());
                    std::future::ready(responses[number.min(responses.len() - 1)].make())
                });
            let sender = Sender {
                client: client.build().unwrap(),
                limiter: Limiter::new(65.0),
                patience: Duration::from_secs(60),
                stop: StopSign::new(),
            };
            Self { sender, times }
        }

        async fn settle(&self, may_have_arrived: bool) -> End {
            let request =
                Migrate::builder().email("ada@example.com").hash("00").hash_type(HashType::Md5).build();
            self.sender.settle(&request, may_have_arrived).await
        }

        fn times(&self) -> Vec<Duration> {
            self.times.lock().unwrap().clone()
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_password_that_exists_counts_as_done_after_an_unknown_outcome_only() {
        for (responses, may_have_arrived, counts_as_done) in [
            (&[Reply::Exists][..], false, false),
            (&[Reply::Exists], true, true),
            (&[Reply::Lost, Reply::Exists], false, true),
            (&[Reply::Failed, Reply::Exists], false, true),
            (&[Reply::Unsent, Reply::Exists], false, false),
            (&[Reply::Busy(None), Reply::Exists], false, false),
            (&[Reply::Lost, Reply::Busy(Some(1)), Reply::Exists], false, true),
        ] {
            let end = Scene::new(responses).settle(may_have_arrived).await;
            match end {
                End::Migrated { user_id: None } => assert!(counts_as_done),
                End::AlreadyThere => assert!(!counts_as_done),
                other => panic!("{other:?}"),
            }
        }
    }

    #[tokio::test(start_paused = true)]
    async fn the_wish_of_the_server_is_waited_for() {
        let scene = Scene::new(&[Reply::Busy(Some(7)), Reply::Busy(Some(2)), Reply::Migrated]);
        assert!(
            matches!(scene.settle(false).await, End::Migrated { user_id: Some(id) } if id == "user-test-1")
        );
        let times = scene.times();
        assert_eq!(times.len(), 3);
        assert!(
            times[1] >= Duration::from_secs(7) && times[2] >= times[1] + Duration::from_secs(2),
            "{times:?}"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn patience_ends() {
        let scene = Scene::new(&[Reply::Lost]);
        assert!(matches!(scene.settle(false).await, End::Unsettled(_)));
        let times = scene.times();
        assert!(times.len() > 5 && times.last() <= Some(&Duration::from_secs(60)), "{times:?}");

        let scene = Scene::new(&[Reply::Busy(None)]);
        assert!(matches!(scene.settle(false).await, End::Unsettled(_)));
        assert_eq!(scene.times().len(), MOST_SLOW_DOWNS as usize);

        let scene = Scene::new(&[Reply::Busy(Some(3600))]);
        assert!(matches!(scene.settle(false).await, End::Hopeless(_)), "nobody sits out an hour");
    }

    #[tokio::test(start_paused = true)]
    async fn a_rejection_is_final() {
        let scene = Scene::new(&[Reply::Invalid]);
        assert!(
            matches!(scene.settle(true).await, End::Rejected(problem) if problem.kind == "invalid_email")
        );
        assert_eq!(scene.times().len(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn the_stop_sign_ends_waits_and_not_requests() {
        let scene = Scene::new(&[Reply::Lost]);
        scene.sender.stop.raise();
        assert!(matches!(scene.settle(false).await, End::Stopped));
        assert!(scene.times().is_empty(), "it was waiting for its turn");
    }
}
