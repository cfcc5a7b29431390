//! What the generated crates of the other contenders have in common: a boxed transport and an answer.

use std::future::Future;
use std::pin::Pin;

/// Whatever went wrong.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// The future of an answer's body.
pub type Answer = Pin<Box<dyn Future<Output = Result<Vec<u8>, Error>> + Send>>;

/// Sends bytes and gets bytes.
pub struct Client(pub Box<dyn Fn(&'static str, String, Vec<u8>) -> Answer + Send + Sync>);

impl Client {
    /// Sends one request.
    pub fn send(&self, method: &'static str, path: String, body: Vec<u8>) -> Answer {
        (self.0)(method, path, body)
    }
}

/// The answer to everything.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct Resp {
    pub request_id: String,
    pub status_code: u16,
}
