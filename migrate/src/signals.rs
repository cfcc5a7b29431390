//! Ctrl-C and SIGTERM.

use std::io;
use std::process;

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::exit::Exit;
use crate::send::StopSign;

/// Raises the flag at the first signal, and ends the program at the second. The journal allows this at any time.
///
/// If the program cannot listen to signals, they have their default effect.
pub(crate) fn watch(stop: StopSign, say: impl Fn(&str) + Send + 'static) {
    let Ok(mut signals) = Signals::new() else { return };
    tokio::spawn(async move {
        signals.next().await;
        say("stopping: waiting for the requests in flight; interrupt again to stop at once");
        stop.raise();
        signals.next().await;
        process::exit(Exit::Interrupted as i32);
    });
}

/// Returns the signals from now on. A signal that nobody waits for is kept for the next wait.
#[cfg(unix)]
struct Signals {
    interrupted: Signal,
    terminated: Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> io::Result<Self> {
        let (interrupted, terminated) = (SignalKind::interrupt(), SignalKind::terminate());
        Ok(Self { interrupted: signal(interrupted)?, terminated: signal(terminated)? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupted.recv() => {}
            _ = self.terminated.recv() => {}
        }
    }
}

#[cfg(windows)]
struct Signals(tokio::signal::windows::CtrlC);

#[cfg(windows)]
impl Signals {
    fn new() -> io::Result<Self> {
        tokio::signal::windows::ctrl_c().map(Self)
    }

    async fn next(&mut self) {
        let _ = self.0.recv().await;
    }
}
