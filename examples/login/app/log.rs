//! Logs every request.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;

/// Logs the path without the query, because the link in an email has a token in its query.
pub(super) async fn line(request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let response = next.run(request).await;
    tracing::info!("{method} {path} {}", response.status().as_u16());
    response
}
