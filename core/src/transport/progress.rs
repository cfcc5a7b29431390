//! The progress of an attempt.

use std::fmt;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, OnceLock};

use super::TransportError;

/// The progress of an attempt.
///
/// The difference between [`Connecting`](Self::Connecting) and [`Sent`](Self::Sent) decides whether a retry is safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
#[repr(u8)]
pub enum Stage {
    /// The attempt waits for the credentials or for a hook. Nothing was sent.
    Preparing,
    /// The attempt waits for a free connection of the client.
    Queued,
    /// The attempt waits until a connection is established. Nothing was sent.
    Connecting,
    /// A connection has begun to write the request, so the server may have received it.
    Sent,
    /// The status and the headers of the response have arrived.
    Reading,
}

impl Stage {
    const ALL: [Self; 5] = [Self::Preparing, Self::Queued, Self::Connecting, Self::Sent, Self::Reading];
}

/// The progress of an attempt, which the call and the transport share.
///
/// It never goes back to an earlier stage. Each attempt has its own `Progress`, so the rest of an earlier attempt
/// cannot change it.
#[derive(Clone)]
pub struct Progress(Arc<Shared>);

struct Shared {
    stage: AtomicU8,
    /// The message of the error of the request's body.
    body_error: OnceLock<String>,
}

impl Progress {
    pub(crate) fn new() -> Self {
        let stage = AtomicU8::new(Stage::Preparing as u8);
        Self(Arc::new(Shared { stage, body_error: OnceLock::new() }))
    }

    /// Reports that the attempt has reached a stage.
    pub fn reach(&self, stage: Stage) {
        self.0.stage.fetch_max(stage as u8, Ordering::AcqRel);
    }

    /// Returns the latest stage.
    pub fn stage(&self) -> Stage {
        let stage = usize::from(self.0.stage.load(Ordering::Acquire));
        // Only valid stages are stored.
        Stage::ALL.get(stage).copied().unwrap_or(Stage::Sent)
    }

    /// Stores the error of the request's body. hyper does not return it to the caller of an HTTP/2 request.
    #[cfg_attr(not(feature = "reqwest"), allow(dead_code))]
    pub(super) fn body_failed(&self, error: &TransportError) {
        self.0.body_error.get_or_init(|| error.to_string());
    }

    /// Returns the message of the error of the request's body.
    #[cfg_attr(not(feature = "reqwest"), allow(dead_code))]
    pub(super) fn body_error(&self) -> Option<String> {
        self.0.body_error.get().cloned()
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Progress").field(&self.stage()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_never_goes_back() {
        let progress = Progress::new();
        assert_eq!(progress.stage(), Stage::Preparing);
        for stage in Stage::ALL {
            let shared = progress.clone();
            shared.reach(stage);
            assert_eq!(progress.stage(), stage);
            progress.reach(Stage::Preparing);
            assert_eq!(progress.stage(), stage);
        }
    }

    #[test]
    fn an_earlier_attempt_has_no_effect() {
        let (first, second) = (Progress::new(), Progress::new());
        first.reach(Stage::Sent);
        assert_eq!(second.stage(), Stage::Preparing);
    }
}
