//! How far one attempt has come: whether nothing was sent, or the request may have arrived.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

/// How far one attempt has come.
///
/// The difference between [`Connecting`](Self::Connecting) and [`Sent`](Self::Sent) decides whether a retry can do
/// harm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
#[repr(u8)]
pub enum Stage {
    /// It waits for the credentials or for a hook. Nothing was sent.
    Preparing,
    /// It waits for one of the client's connections.
    Queued,
    /// It waits until a connection is established. Nothing was sent.
    Connecting,
    /// A connection has begun to write the request, so it may have arrived.
    Sent,
    /// Status and headers of the response have arrived.
    Reading,
}

impl Stage {
    const ALL: [Self; 5] = [Self::Preparing, Self::Queued, Self::Connecting, Self::Sent, Self::Reading];
}

/// The stage of one attempt, shared by the call and by whatever sends the request.
///
/// A stage is never left for an earlier one. Each attempt has its own `Progress`, so that what remains of an earlier
/// attempt changes nothing.
#[derive(Clone)]
pub struct Progress(Arc<AtomicU8>);

impl Progress {
    pub(crate) fn new() -> Self {
        Self(Arc::new(AtomicU8::new(Stage::Preparing as u8)))
    }

    /// Notes that the attempt has come to this stage.
    pub fn reach(&self, stage: Stage) {
        self.0.fetch_max(stage as u8, Ordering::AcqRel);
    }

    /// Returns the latest stage that was noted.
    pub fn stage(&self) -> Stage {
        let stage = usize::from(self.0.load(Ordering::Acquire));
        // Only stages are ever stored.
        Stage::ALL.get(stage).copied().unwrap_or(Stage::Sent)
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
    fn a_stage_is_only_left_for_a_later_one() {
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
    fn an_earlier_attempt_changes_nothing() {
        let (first, second) = (Progress::new(), Progress::new());
        first.reach(Stage::Sent);
        assert_eq!(second.stage(), Stage::Preparing);
    }
}
