//! What sends a request and returns an answer.

mod outgoing;

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;

pub(crate) use self::outgoing::{Outgoing, Progress, Stage};

/// The future that a [`Transport`] returns.
pub type TransportFuture =
    Pin<Box<dyn Future<Output = Result<http::Response<Bytes>, TransportError>> + Send>>;

/// Sends one HTTP request: for tests without a network, and for other HTTP stacks.
///
/// A closure over a plain request is one:
///
/// ```
/// use stytch_client::{Client, http};
///
/// # async fn example() -> Result<(), stytch_client::Error> {
/// let client = Client::builder("project-test-1", "secret-test-1")
///     .transport(|request: http::Request<bytes::Bytes>| async move {
///         assert_eq!(request.uri().path(), "/v1/passwords/strength_check");
///         Ok(http::Response::new(r#"{"valid_password":true,"score":4}"#.into()))
///     })
///     .build()?;
/// let checked = client.passwords().strength_check().password("…").send().await?;
/// assert!(checked.valid_password);
/// # Ok(())
/// # }
/// # tokio::runtime::Runtime::new().unwrap().block_on(example()).unwrap();
/// ```
///
/// The request carries the credentials. A transport must not follow redirects: they would go along.
pub trait Transport: Send + Sync + 'static {
    /// Sends the request and reads the whole answer.
    fn send(&self, request: http::Request<Bytes>) -> TransportFuture;
}

impl<F, Answer> Transport for F
where
    F: Fn(http::Request<Bytes>) -> Answer + Send + Sync + 'static,
    Answer: Future<Output = Result<http::Response<Bytes>, TransportError>> + Send + 'static,
{
    fn send(&self, request: http::Request<Bytes>) -> TransportFuture {
        Box::pin(self(request))
    }
}

/// Why a [`Transport`] has no answer.
#[derive(Debug)]
pub struct TransportError {
    pub(crate) sent: bool,
    pub(crate) source: Box<dyn StdError + Send + Sync>,
}

impl TransportError {
    /// Nothing was sent, so any call may be tried again.
    pub fn not_sent(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { sent: false, source: source.into() }
    }

    /// Something may have been sent, so only idempotent calls may be tried again.
    pub fn unknown(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { sent: true, source: source.into() }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.sent { "the connection broke" } else { "nothing could be sent" })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}

/// The transport of one client.
#[derive(Clone)]
pub(crate) enum Wire {
    Reqwest(reqwest::Client),
    Own(Arc<dyn Transport>),
}

impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Reqwest(_) => "reqwest",
            Self::Own(_) => "own",
        })
    }
}
