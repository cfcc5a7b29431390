//! Ctrl-C and SIGTERM.

use std::io;
use std::process;

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::exit::Exit;
use crate::send::StopSign;

/// Raises the sign at the first signal, and ends the program at the second, which the journal allows at any time.
///
/// Where signals cannot be listened to, they do what they do by themselves.
pub(crate) fn watch(stop: StopSign, say: impl Fn(&str) + Send + 'static) {
    let Ok(mut signals) = Signals::new() else { return };
    tokio::spawn(async move {
        signals.next().await;
        say("stopping: waiting for what was sent; once more to end at once");
        stop.raise();
        signals.next().await;
        process::exit(Exit::Interrupted as i32);
    });
}

/// The signals from here on. One that comes while nobody waits is kept for the next who does.
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
