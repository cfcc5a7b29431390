//! Limits on the resources of clients.

use std::time::Duration;

/// Size limits and timeouts. They keep a client from using up memory or connections.
///
/// The defaults are far above the needs of a test suite. Lower them to test a client at a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct Limits {
    pub(crate) body_bytes: usize,
    pub(crate) head_deadline: Duration,
    pub(crate) body_deadline: Duration,
    pub(crate) write_deadline: Duration,
    pub(crate) connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 1 << 20,
            head_deadline: Duration::from_secs(30),
            body_deadline: Duration::from_secs(10),
            write_deadline: Duration::from_secs(10),
            connections: 256,
        }
    }
}

impl Limits {
    /// Sets the size limit of a request body, in bytes. By default 1 MiB.
    pub fn body_bytes(mut self, bytes: usize) -> Self {
        self.body_bytes = bytes;
        self
    }

    /// Sets the timeout for the request line and headers, and for idle connections. By default 30 seconds.
    pub fn head_deadline(mut self, deadline: Duration) -> Self {
        self.head_deadline = deadline;
        self
    }

    /// Sets the timeout for a request body. By default 10 seconds.
    pub fn body_deadline(mut self, deadline: Duration) -> Self {
        self.body_deadline = deadline;
        self
    }

    /// Sets how long a client may take to read the next part of a response. By default 10 seconds.
    pub fn write_deadline(mut self, deadline: Duration) -> Self {
        self.write_deadline = deadline;
        self
    }

    /// Sets how many connections can be open at the same time. By default 256; zero means one.
    ///
    /// At the limit, a new connection replaces the one that has been idle longest. If none is idle, it is rejected.
    pub fn connections(mut self, connections: usize) -> Self {
        self.connections = connections.max(1);
        self
    }
}
