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

/// The chapters of declapi's guide whose programs need more than declapi.
#[cfg(doctest)]
mod guide {
    #[doc = include_str!("../../core/src/guide/testing.md")]
    mod testing {}

    #[doc = include_str!("../../core/src/guide/stubs.md")]
    mod stubs {}

    #[doc = include_str!("../../core/src/guide/recordings.md")]
    mod recordings {}

    #[doc = include_str!("../../core/src/guide/drift.md")]
    mod drift {}
}
