//! The sockets: accepting connections, and stopping.

mod body;
mod connection;

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::{JoinHandle, JoinSet},
    time::{sleep, timeout},
};

use crate::{app::App, error::StartError};

/// How long requests under way may take to finish when the emulator stops.
const GRACE: Duration = Duration::from_secs(5);
/// How long to wait when the system has no more file descriptors, instead of asking for one in a tight loop.
const ACCEPT_PAUSE: Duration = Duration::from_millis(10);

/// An emulator that accepts connections.
pub(crate) struct Running {
    pub(crate) app: Arc<App>,
    pub(crate) base_url: String,
    stop: watch::Sender<bool>,
    accepting: JoinHandle<()>,
}

/// Binds the address and starts to accept.
///
/// # Errors
///
/// When the address cannot be bound.
pub(crate) async fn start(app: App, address: SocketAddr) -> Result<Running, StartError> {
    let bind_error = |source: io::Error| StartError::Bind { address, source };
    let listener = TcpListener::bind(address).await.map_err(bind_error)?;
    let bound = listener.local_addr().map_err(bind_error)?;
    let app = Arc::new(app);
    let (stop, stopping) = watch::channel(false);
    let accepting = tokio::spawn(accept(listener, Arc::clone(&app), stopping));
    Ok(Running { app, base_url: format!("http://{bound}"), stop, accepting })
}

impl Running {
    pub(crate) async fn shutdown(mut self) {
        self.stop.send_replace(true);
        // The accepting task ends by itself, at the latest when the grace is over; it cannot panic.
        let _ = (&mut self.accepting).await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// Accepts until told to stop. The connections belong to this task: when it is aborted, so are they.
async fn accept(listener: TcpListener, app: Arc<App>, mut stopping: watch::Receiver<bool>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(serve(stream, Arc::clone(&app), stopping.clone()));
                }
                Err(_) => sleep(ACCEPT_PAUSE).await,
            },
            Some(_) = connections.join_next() => {}
            _ = stopping.changed() => break,
        }
    }
    drop(listener);
    let finished = async { while connections.join_next().await.is_some() {} };
    let _ = timeout(GRACE, finished).await;
}

async fn serve(stream: TcpStream, app: Arc<App>, stopping: watch::Receiver<bool>) {
    // Without it a small answer may wait for the client's acknowledgement of the one before.
    let _ = stream.set_nodelay(true);
    connection::serve(stream, app, stopping).await;
}
