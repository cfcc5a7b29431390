//! The page at `/`, which shows the state of the emulator and changes it. It uses only the endpoints of
//! `/_emulator/…`, as tests do.

use bytes::Bytes;
use hyper::{
    Method, StatusCode,
    header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue},
};

use crate::http::Response;

/// Allows only the page's own files, no inline script or style, and no frame of another site around it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A file of the page.
struct Asset {
    path: &'static str,
    content_type: &'static str,
    text: &'static str,
}

/// Returns a part of the page's program.
const fn script(path: &'static str, text: &'static str) -> Asset {
    Asset { path, content_type: "text/javascript; charset=utf-8", text }
}

static ASSETS: [Asset; 7] = [
    Asset { path: "/", content_type: "text/html; charset=utf-8", text: include_str!("page/page.html") },
    Asset {
        path: "/_emulator/page.css",
        content_type: "text/css; charset=utf-8",
        text: include_str!("page/page.css"),
    },
    script("/_emulator/page.js", include_str!("page/page.js")),
    script("/_emulator/elements.js", include_str!("page/elements.js")),
    script("/_emulator/entries.js", include_str!("page/entries.js")),
    Asset { path: "/_emulator/icon.svg", content_type: "image/svg+xml", text: include_str!("page/icon.svg") },
    Asset { path: "/favicon.ico", content_type: "image/svg+xml", text: include_str!("page/icon.svg") },
];

/// Returns the file of the page that a request is for; `None` for other requests.
pub(crate) fn find(method: &Method, path: &str) -> Option<Response> {
    let asset = ASSETS.iter().find(|asset| asset.path == path)?;
    if !matches!(*method, Method::GET | Method::HEAD) {
        return None;
    }
    Some(Response {
        status: StatusCode::OK,
        headers: vec![
            (CONTENT_TYPE, HeaderValue::from_static(asset.content_type)),
            (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
            // A page that opens this one in a window cannot access it.
            (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
        ],
        body: Bytes::from_static(asset.text.as_bytes()),
        error_type: None,
    })
}
