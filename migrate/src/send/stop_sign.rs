//! A sign that everybody who waits can see.

use tokio::sync::watch;

/// Raised once, when the run is to end; copies are the same sign.
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
        // This holds a sender, so that waiting for it ends in no other way.
        let _ = self.0.subscribe().wait_for(|raised| *raised).await;
    }
}
