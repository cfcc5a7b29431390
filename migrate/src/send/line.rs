//! One line, from its first attempt to what becomes of it.

use std::time::Duration;

use stytch_client::passwords::Migrate;
use stytch_client::{Client, Error};
use tokio::time::{Instant, sleep};

use super::limiter::Limiter;
use super::stop_sign::StopSign;
use super::verdict::{self, Verdict};
use crate::journal;
use crate::problem::Problem;

/// The first wait before another attempt; each one after it is twice as long.
const FIRST_WAIT: Duration = Duration::from_millis(250);
const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// How often the API may ask for less on one line. Each time the whole run has slowed down before, so that this many
/// in a row mean that nothing is taken any more.
const MOST_SLOW_DOWNS: u32 = 20;
/// The longest wait that is sat out when the API asks for it.
const LONGEST_PAUSE: Duration = Duration::from_secs(15 * 60);

/// What became of a line.
#[derive(Debug)]
pub(crate) enum End {
    Migrated {
        user_id: Option<String>,
    },
    AlreadyThere,
    Rejected(Problem),
    /// Nothing that can be relied on; the line stays open.
    Unsettled(Error),
    /// Nothing, and no other line will fare better.
    Hopeless(Error),
    /// The run ends, and the line was waiting for its turn; it stays open.
    Stopped,
}

/// Sends lines.
///
/// The client would repeat calls by itself. Here it must not: the limiter has to see each attempt and each wish to
/// slow down; an unknown outcome is repeated too, because this program knows what `password_already_exists` means
/// then; and the client's budget for retries is made for a service with a trickle of failures, not for a run of hours.
pub(crate) struct Sender {
    pub(crate) client: Client,
    pub(crate) limiter: Limiter,
    /// How long a line without a response is tried again.
    pub(crate) patience: Duration,
    /// When it is raised, requests that are out are waited for, and no others go out.
    pub(crate) stop: StopSign,
}

impl Sender {
    /// Sends a line until something becomes of it. `may_have_arrived` says that an earlier run may have sent it.
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
                // Whoever is there now came from here, as far as anybody can tell.
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
mod tests;
