//! A line for every request.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;

/// Logs the path and leaves out the query, because the link of a mail has a token in it.
pub(super) async fn line(request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let response = next.run(request).await;
    tracing::info!("{method} {path} {}", response.status().as_u16());
    response
}
