//! Hooks: what stands between a client and its transport.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use http::Response;

use super::{Body, PreparedRequest, TransportError};

/// The future that a [`Hook`] returns.
pub type HookFuture<'a> = Pin<Box<dyn Future<Output = Result<Response<Body>, TransportError>> + Send + 'a>>;

/// Sees each attempt of each call: the finished request on its way out, and the response on its way back.
///
/// The request has everything that is sent, the credentials among it, the description of the endpoint
/// ([`info`](PreparedRequest::info)) and the number of the [`attempt`](PreparedRequest::attempt). The response has status
/// and headers; its body has not been read. A hook may
///
/// - change the request before it passes it on, for a signature, `traceparent`, or another host. Mark a header as
///   sensitive if it is secret, so that no error quotes it;
/// - return an error in place of passing it on: [`TransportError::rejected`] ends the call, and
///   [`TransportError::not_sent`] lets the retry policy decide;
/// - return a response of its own, from a cache or a recording. It is read as if a server had sent it;
/// - look at the response, or change it.
///
/// Hooks are for what concerns every call. What they do counts against the timeout of the call. Retries, their waits
/// and the credentials are the client's: see [`RetryPolicy`](crate::RetryPolicy) and
/// [`AuthProvider`](crate::AuthProvider). Whatever sends requests in another way is a [`Transport`](crate::Transport).
///
/// ```
/// use declapi::{Client, Hook, HookFuture, Next, PreparedRequest, TransportError, http};
///
/// /// Signs what is sent.
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
    /// What happens after it is written as `Box::pin(async move { … })` around `next.send(request).await`.
    fn send<'a>(&'a self, request: PreparedRequest, next: Next<'a>) -> HookFuture<'a>;
}

/// What comes after a [`Hook`]: further hooks, and at the end the transport.
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
