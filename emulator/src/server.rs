//! The sockets: accepting connections, and stopping.

mod allowed_hosts;
mod body;
mod connection;
mod entry;
mod slots;
mod workers;

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use tokio::{
    net::{TcpListener, TcpStream, lookup_host},
    sync::watch,
    task::{JoinHandle, JoinSet},
    time::{sleep, timeout},
};

use self::{allowed_hosts::AllowedHosts, connection::Context, slots::Slots, workers::Workers};
use crate::{app::App, error::StartError, log::Event};

/// How long running requests may take when the emulator stops.
const GRACE: Duration = Duration::from_secs(5);
/// How long to wait if a connection cannot be accepted.
const ACCEPT_PAUSE: Duration = Duration::from_millis(10);

/// An emulator that accepts connections.
pub(crate) struct Running {
    pub(crate) app: Arc<App>,
    pub(crate) base_url: String,
    stop: watch::Sender<bool>,
    accepting: JoinHandle<()>,
}

/// Binds a port of a host, given by name or address, and starts to accept connections.
///
/// # Errors
///
/// If the host has no address, or none that can be bound.
pub(crate) async fn start(app: App, host: &str, port: u16) -> Result<Running, StartError> {
    let (listener, bound) = bind(host, port).await?;
    let app = Arc::new(app);
    let (stop, stopping) = watch::channel(false);
    let hosts = Arc::new(AllowedHosts::new(host, bound.ip()));
    let accepting = tokio::spawn(accept(listener, Arc::clone(&app), hosts, stopping));
    Ok(Running { app, base_url: format!("http://{}", reachable(bound)), stop, accepting })
}

async fn bind(host: &str, port: u16) -> Result<(TcpListener, SocketAddr), StartError> {
    let found = lookup_host((host, port)).await;
    let found = found.map_err(|error| {
        StartError::setting("host", format!("cannot find an address of `{host}`: {error}"))
    })?;
    let mut addresses: Vec<SocketAddr> = found.collect();
    // `localhost` often has ::1 as its first address, while clients are configured with 127.0.0.1.
    addresses.sort_by_key(SocketAddr::is_ipv6);
    let mut failure = StartError::setting("host", format!("`{host}` has no address"));
    for address in addresses {
        let listener = TcpListener::bind(address).await;
        match listener.and_then(|listener| Ok((listener.local_addr()?, listener))) {
            Ok((bound, listener)) => return Ok((listener, bound)),
            Err(source) => failure = StartError::Bind { address, source },
        }
    }
    Err(failure)
}

/// Returns an address that clients on this machine can use: `0.0.0.0` is only for listening.
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
        // The accepting task ends by itself, at the latest after the grace period; it cannot panic.
        let _ = (&mut self.accepting).await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// Accepts connections until the emulator stops. The connections belong to this task, and are aborted with it.
async fn accept(
    listener: TcpListener,
    app: Arc<App>,
    hosts: Arc<AllowedHosts>,
    mut stopping: watch::Receiver<bool>,
) {
    let max = app.settings.limits.connections;
    let slots = Arc::new(Slots::new(max));
    let workers = Arc::new(Workers::for_this_machine());
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let Ok((stream, _)) = accepted else {
                    // Most likely the system has no more file descriptors: close one connection, and do not loop
                    // tightly.
                    slots.evict();
                    sleep(ACCEPT_PAUSE).await;
                    continue;
                };
                if let Some(slot) = slots.take() {
                    let (app, workers, hosts) = (Arc::clone(&app), Arc::clone(&workers), Arc::clone(&hosts));
                    connections.spawn(serve(stream, Context { app, workers, hosts, slot }, stopping.clone()));
                } else if let Some(log) = &app.log {
                    let reason = format!("{max} others are busy");
                    log.print(&Event::Rejected { what: "a connection", reason: &reason });
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

async fn serve(stream: TcpStream, context: Context, stopping: watch::Receiver<bool>) {
    // Otherwise a small response may wait until the client acknowledges the one before.
    let _ = stream.set_nodelay(true);
    connection::serve(stream, Arc::new(context), stopping).await;
}
