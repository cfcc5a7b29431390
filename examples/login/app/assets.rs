//! The files that pages link to.

use std::sync::Arc;

use axum::Router;
use axum::http::header;
use axum::routing::{MethodRouter, get};

use super::App;

pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/assets/style.css", file("text/css; charset=utf-8", include_str!("assets/style.css")))
        .route(
            "/assets/strength.js",
            file("text/javascript; charset=utf-8", include_str!("assets/strength.js")),
        )
        .route("/assets/icon.svg", file("image/svg+xml", include_str!("assets/icon.svg")))
}

fn file(content_type: &'static str, text: &'static str) -> MethodRouter<Arc<App>> {
    get(([(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, "no-cache")], text))
}
