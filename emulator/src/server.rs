//! The sockets: accepting connections, and stopping.

mod body;
mod connection;
mod seats;

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
    task::{JoinHandle, JoinSet},
    time::{sleep, timeout},
};

use self::{connection::Desk, seats::Seats};
use crate::{app::App, error::StartError};

/// How long requests under way may take to finish when the emulator stops.
const GRACE: Duration = Duration::from_secs(5);
/// How long to wait when a connection cannot be accepted.
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
    Ok(Running { app, base_url: format!("http://{}", reachable(bound)), stop, accepting })
}

/// An address that a client on this machine can use: `0.0.0.0` is for listening only.
fn reachable(bound: SocketAddr) -> SocketAddr {
    match bound.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => SocketAddr::from((Ipv4Addr::LOCALHOST, bound.port())),
        IpAddr::V6(ip) if ip.is_unspecified() => SocketAddr::from((Ipv6Addr::LOCALHOST, bound.port())),
        _ => bound,
    }
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
    let seats = Arc::new(Seats::new(app.settings.limits.connections));
    let workers = Arc::new(Semaphore::new(workers()));
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let Ok((stream, _)) = accepted else {
                    // Most likely the system has no more file descriptors: one fewer, and a pause instead of a tight loop.
                    seats.evict();
                    sleep(ACCEPT_PAUSE).await;
                    continue;
                };
                if let Some(seat) = seats.take() {
                    let desk = Desk { app: Arc::clone(&app), workers: Arc::clone(&workers), seat };
                    connections.spawn(serve(stream, desk, stopping.clone()));
                }
            }
            Some(_) = connections.join_next() => {}
            _ = stopping.changed() => break,
        }
    }
    drop(listener);
    let finished = async { while connections.join_next().await.is_some() {} };
    let _ = timeout(GRACE, finished).await;
}

async fn serve(stream: TcpStream, desk: Desk, stopping: watch::Receiver<bool>) {
    // Without it a small answer may wait for the client's acknowledgement of the one before.
    let _ = stream.set_nodelay(true);
    connection::serve(stream, Arc::new(desk), stopping).await;
}

/// How many requests are worked on at once: hashing takes a processor, and up to 256 MiB.
fn workers() -> usize {
    std::thread::available_parallelism().map_or(2, |processors| processors.get().clamp(2, 8))
}
