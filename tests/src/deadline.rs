//! A timeout for tests that wait. A test that hangs fails, and its name is printed.

use std::process;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

/// Longer than any test takes on a busy machine.
const LIMIT: Duration = Duration::from_secs(300);

/// Ends the process after five minutes. Everything that a test can wait for holds a deadline.
#[derive(Debug)]
pub struct Deadline {
    /// Dropping it ends the wait.
    _alive: Sender<()>,
}

impl Deadline {
    /// Starts the five minutes for the test on this thread.
    pub fn start() -> Self {
        Self::after(LIMIT, |test| {
            eprintln!("test {test} has waited for {} s, so it will never end", LIMIT.as_secs());
            process::exit(101);
        })
    }

    fn after(limit: Duration, over: impl FnOnce(&str) + Send + 'static) -> Self {
        let (alive, ended) = mpsc::channel::<()>();
        // The test harness names threads after their tests.
        let test = thread::current().name().unwrap_or("?").to_owned();
        thread::spawn(move || {
            if ended.recv_timeout(limit) == Err(RecvTimeoutError::Timeout) {
                over(&test);
            }
        });
        Self { _alive: alive }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_that_hang_are_named() {
        let (said, heard) = mpsc::channel();
        let deadline = Deadline::after(Duration::ZERO, move |test| said.send(test.to_owned()).unwrap());
        let test = heard.recv_timeout(LIMIT).unwrap();
        assert!(test.ends_with("tests_that_hang_are_named"), "{test}");
        drop(deadline);
    }

    #[test]
    fn tests_that_end_in_time_pass() {
        let (said, heard) = mpsc::channel();
        drop(Deadline::after(LIMIT, move |test| said.send(test.to_owned()).unwrap()));
        // The sender is dropped with the thread.
        assert_eq!(heard.recv_timeout(LIMIT), Err(RecvTimeoutError::Disconnected));
    }
}
