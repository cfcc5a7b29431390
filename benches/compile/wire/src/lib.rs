//! Shared by the generated crates of the other contenders: a boxed transport and its future.

use std::future::Future;
use std::pin::Pin;

/// Any error.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// The future of a response's body.
pub type ResponseFuture = Pin<Box<dyn Future<Output = Result<Vec<u8>, Error>> + Send>>;

/// Sends bytes and gets bytes.
pub struct Client(pub Box<dyn Fn(&'static str, String, Vec<u8>) -> ResponseFuture + Send + Sync>);

impl Client {
    /// Sends one request.
    pub fn send(&self, method: &'static str, path: String, body: Vec<u8>) -> ResponseFuture {
        (self.0)(method, path, body)
    }
}

/// The response to everything.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct Resp {
    pub request_id: String,
    pub status_code: u16,
}
