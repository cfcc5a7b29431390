//! What is said when time has run out.

use std::time::Duration;

use super::{Error, ErrorKind, Phase};

impl Error {
    /// `limit` is `None` where it is not the client's own.
    pub(crate) fn timeout(phase: Phase, limit: Option<Duration>) -> Self {
        let (doing, hint) = match phase {
            Phase::Queued => (
                "waiting for a free connection",
                "nothing was sent; send less at once, or raise `max_connections`",
            ),
            Phase::Connecting => ("connecting", "nothing was sent; check the network, or raise the limit"),
            Phase::Waiting => ("waiting for the answer", "the request may have arrived; raise the limit"),
            Phase::Reading => ("reading the answer", "the request has arrived; raise the limit"),
        };
        Self::out_of_time(phase, limit, doing, hint)
    }

    /// The keys of session JWTs were still being fetched, for this call and for others.
    #[cfg(feature = "rustls")]
    pub(crate) fn timeout_of_keys(limit: Option<Duration>) -> Self {
        let doing = "waiting for the project's keys, which are still being fetched";
        Self::out_of_time(Phase::Queued, limit, doing, "check the network, or raise the limit")
    }

    fn out_of_time(phase: Phase, limit: Option<Duration>, doing: &str, hint: &str) -> Self {
        let within = limit.map_or_else(
            || "the limit of the HTTP client that was handed in, or of the system".to_owned(),
            |limit| format!("{limit:?}"),
        );
        let mut error = Self::new(ErrorKind::Timeout, format!("no answer within {within}, {doing}: {hint}"));
        error.0.phase = Some(phase);
        error
    }
}
