//! A flag that all tasks can wait for.

use tokio::sync::watch;

/// Raised once, when the run has to end. Copies share the flag.
#[derive(Clone, Debug)]
pub(crate) struct StopSign(watch::Sender<bool>);

impl StopSign {
    pub(crate) fn new() -> Self {
        Self(watch::Sender::new(false))
    }

    pub(crate) fn raise(&self) {
        self.0.send_replace(true);
    }

    /// Returns when it is raised.
    pub(crate) async fn raised(&self) {
        // This value contains a sender, so that the wait cannot end in another way.
        let _ = self.0.subscribe().wait_for(|raised| *raised).await;
    }
}
