//! A server inside the program, for several examples.

use std::io;

use axum::Router;
use tokio::net::TcpListener;

/// Serves a router on a free port of this machine until the program ends, and returns its URL.
///
/// # Errors
///
/// There is no free port.
pub async fn serve(router: Router) -> io::Result<String> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let url = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(url)
}
