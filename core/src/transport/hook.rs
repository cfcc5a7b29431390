//! Hooks, which run between a client and its transport.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use http::Response;

use super::{Body, PreparedRequest, TransportError};

/// The future that a [`Hook`] returns.
pub type HookFuture<'a> = Pin<Box<dyn Future<Output = Result<Response<Body>, TransportError>> + Send + 'a>>;

/// A hook sees each attempt of each call: the finished request before it is sent, and the response when it arrives.
///
/// The request contains all data that is sent, including the credentials. It also has the metadata of the endpoint
/// ([`info`](PreparedRequest::info)) and the number of the [`attempt`](PreparedRequest::attempt). The response has
/// status and headers; its body has not been read yet. A hook may
///
/// - change the request before it passes it on, for example to add a signature or a `traceparent` header, or to use
///   another host. Mark secret headers as sensitive, so that errors do not quote them;
/// - return an error instead of passing the request on: [`TransportError::rejected`] ends the call, and
///   [`TransportError::not_sent`] lets the retry policy decide;
/// - return another response, for example from a cache or a recording. The client reads it like a response from the
///   server;
/// - inspect or change the response.
///
/// Use hooks for tasks that concern every call. Their time counts for the timeout of the call. The client handles
/// retries, delays and credentials: see [`RetryPolicy`](crate::RetryPolicy) and [`AuthProvider`](crate::AuthProvider).
/// To send requests in another way, implement [`Transport`](crate::Transport).
///
/// ```
/// use declapi::{Client, Hook, HookFuture, Next, PreparedRequest, TransportError, http};
///
/// /// Signs requests.
/// struct Sign {
///     key: String,
/// }
///
/// impl Hook for Sign {
///     fn send<'a>(&'a self, mut request: PreparedRequest, next: Next<'a>) -> HookFuture<'a> {
///         let text = format!("{} {}", request.method, request.url.path());
///         let body = request.body.as_bytes().map(|bytes| bytes.as_ref()).unwrap_or_default();
///         match http::HeaderValue::from_str(&signature(&self.key, text.as_bytes(), body)) {
///             Ok(mut signature) => {
///                 signature.set_sensitive(true);
///                 request.headers.insert("x-signature", signature);
///                 next.send(request)
///             }
///             Err(error) => Box::pin(async { Err(TransportError::rejected(error)) }),
///         }
///     }
/// }
/// # fn signature(key: &str, text: &[u8], body: &[u8]) -> String { format!("{key}{}{}", text.len(), body.len()) }
/// # fn example(key: String) -> Result<Client, declapi::Error> {
/// let client = Client::builder("https://api.example.com").hook(Sign { key }).build()?;
/// # Ok(client)
/// # }
/// ```
pub trait Hook: Send + Sync + 'static {
    /// Passes a request on with [`next.send(request)`](Next::send), and returns the response.
    ///
    /// To run code after the response, write `Box::pin(async move { … })` around `next.send(request).await`.
    fn send<'a>(&'a self, request: PreparedRequest, next: Next<'a>) -> HookFuture<'a>;
}

/// The remaining hooks after a [`Hook`], and the transport at the end.
pub struct Next<'a> {
    hooks: &'a [Box<dyn Hook>],
    transport: &'a (dyn Fn(PreparedRequest) -> HookFuture<'a> + Sync),
}

impl<'a> Next<'a> {
    pub(crate) fn new(
        hooks: &'a [Box<dyn Hook>],
        transport: &'a (dyn Fn(PreparedRequest) -> HookFuture<'a> + Sync),
    ) -> Self {
        Self { hooks, transport }
    }

    /// Passes a request on.
    ///
    /// The future returns the response as soon as its status and headers have arrived.
    pub fn send(self, request: PreparedRequest) -> HookFuture<'a> {
        match self.hooks.split_first() {
            Some((hook, hooks)) => hook.send(request, Self { hooks, ..self }),
            None => (self.transport)(request),
        }
    }
}

impl fmt::Debug for Next<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Next").field("hooks", &self.hooks.len()).finish_non_exhaustive()
    }
}
