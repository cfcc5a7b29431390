//! Ctrl-C and SIGTERM.

use std::process;

use crate::exit::Exit;
use crate::say;
use crate::send::StopSign;

/// Raises the sign at the first signal, and ends the program at the second, which the journal allows at any time.
pub(crate) fn watch(stop: StopSign) {
    tokio::spawn(async move {
        signal().await;
        say::aside("stopping: waiting for what was sent; once more to end at once");
        stop.raise();
        signal().await;
        process::exit(Exit::Interrupted as i32);
    });
}

/// Returns at the next signal; never, where signals cannot be listened to.
async fn signal() {
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signals) => signals.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<Option<()>>();
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        _ = terminated => {}
        () = interrupted => {}
    }
}
