//! How much the emulator puts up with.

use std::time::Duration;

/// How much the emulator puts up with, so that no client can make it grow or wait without end.
///
/// The defaults are far above what a test suite needs; tests of what happens at a limit lower it.
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
    /// What the body of a request may weigh, in bytes. By default 1 MiB.
    pub fn body_bytes(mut self, bytes: usize) -> Self {
        self.body_bytes = bytes;
        self
    }

    /// How long a client may take over the head of a request, and how long a connection may be idle. By default 30
    /// seconds.
    pub fn head_deadline(mut self, deadline: Duration) -> Self {
        self.head_deadline = deadline;
        self
    }

    /// How long a client may take over the body of a request. By default 10 seconds.
    pub fn body_deadline(mut self, deadline: Duration) -> Self {
        self.body_deadline = deadline;
        self
    }

    /// How long a client may take before it reads the next piece of an answer. By default 10 seconds.
    pub fn write_deadline(mut self, deadline: Duration) -> Self {
        self.write_deadline = deadline;
        self
    }

    /// How many connections may be open at once. By default 256; zero is taken for one.
    ///
    /// One more makes the connection that has been idle longest give way; when none is idle, the newcomer is turned
    /// away.
    pub fn connections(mut self, connections: usize) -> Self {
        self.connections = connections.max(1);
        self
    }
}
