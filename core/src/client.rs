//! Clients for async and blocking programs. A clone is cheap, and clones can be used from many threads.

#[cfg(feature = "blocking")]
mod blocking;
mod builder;
mod caller;
mod declared;
mod mode;
mod outgoing;
mod pages;
mod response_future;
mod undeclared;

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

#[cfg(feature = "blocking")]
pub use self::blocking::{Blocking, Iterate};
pub use self::builder::ClientBuilder;
pub use self::caller::{Caller, CallerWithOptions};
pub use self::declared::{ApiClient, ClientInfo};
pub use self::mode::{Async, Mode};
pub use self::pages::{Items, PageCaller, Pages};
pub use self::response_future::ResponseFuture;
pub use self::undeclared::RequestBuilder;
use crate::call::{Core, Options};
use crate::transport::timer::within;
use crate::{Endpoint, FromResponse, Reader, RetryPolicy};

/// A client of an HTTP API.
///
/// [`#[client]`](macro@crate::client) declares a client type for one API, which contains this type. Use this type
/// directly if an API needs no client type.
///
/// A clone shares connections and retry budget with the original and costs one reference count. Create one client and
/// clone it wherever you need it. `Debug` shows no credentials.
///
/// One client can be used from several Tokio runtimes, for example a static client in several tests. Each runtime has
/// separate connections. This is not true for an HTTP client that you pass to
/// [`http_client`](ClientBuilder::http_client): each of its connections closes when the runtime that opened it stops.
///
/// ```no_run
/// use declapi::{Client, endpoint};
///
/// /// Reads a user.
/// #[endpoint(get = "/users/{id}", response = String)]
/// pub struct GetUser {
///     /// The id of the user.
///     pub id: u64,
/// }
///
/// # async fn example() -> Result<(), declapi::Error> {
/// let client = Client::builder("https://api.example.com").bearer_auth("key-1").build()?;
/// let user = client.get_user().id(7).send().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client<M = Async> {
    core: Arc<Core>,
    options: Options,
    mode: M,
}

impl Client {
    /// Returns a builder for a client of the API at a URL. The client has no credentials until you set them.
    pub fn builder(base_url: impl Into<String>) -> ClientBuilder {
        ClientBuilder::new(()).base_url(base_url)
    }
}

impl<M: Mode> Client<M> {
    /// Sends a request that was built as a value.
    ///
    /// # Errors
    ///
    /// The API returned an error response, no readable response arrived, or the request could not be built.
    pub fn send<E: Endpoint>(&self, request: &E) -> M::Output<E::Response> {
        self.call(request)
    }

    /// Sends a request and reads the response as another type. That type can declare only the fields that you need.
    ///
    /// # Errors
    ///
    /// The same as [`send`](Self::send).
    pub fn send_as<T: FromResponse>(&self, request: &impl Endpoint) -> M::Output<T> {
        self.call_with(request, Reader::new())
    }

    /// Returns the same client with another timeout. The timeout is for a whole call, including retries.
    #[must_use]
    pub fn with_timeout(&self, timeout: Duration) -> Self {
        self.with_settings(Options { timeout: Some(timeout), is_timeout_of_calls: true, ..self.options })
    }

    /// Returns the same client with another retry policy. The two clients share the retry budget.
    #[must_use]
    pub fn with_retries(&self, retries: RetryPolicy) -> Self {
        self.with_settings(Options { retries, ..self.options })
    }

    fn with_settings(&self, options: Options) -> Self {
        Self { core: Arc::clone(&self.core), options, mode: self.mode.clone() }
    }

    /// Returns the base URL, to which every path is appended.
    pub fn base_url(&self) -> &str {
        self.core.main.base.as_str()
    }

    /// Returns the timeout of each call; `None` if there is none.
    pub fn timeout(&self) -> Option<Duration> {
        self.options.timeout
    }

    /// Returns the timer of this client.
    pub fn timer(&self) -> &dyn crate::Timer {
        &*self.core.timer
    }

    /// Runs a future with a timeout, measured by this client's timer. Returns `None` if the future times out.
    pub async fn within<F: Future>(&self, timeout: Option<Duration>, future: F) -> Option<F::Output> {
        within(timeout.map(|timeout| self.core.timer.timeout(timeout)), future).await
    }

    /// Returns an async client that shares everything with this one.
    pub fn to_async(&self) -> Client {
        Client { core: Arc::clone(&self.core), options: self.options, mode: Async }
    }
}

impl<M: Mode> Caller for &Client<M> {
    type Output<T> = M::Output<T>;

    fn call_with<E: Endpoint, T>(self, endpoint: &E, reader: Reader<T>) -> M::Output<T> {
        self.mode.wait(ResponseFuture::new(&self.core, self.options, reader, endpoint.request()))
    }
}

impl<M> fmt::Debug for Client<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.core.main.base.as_str())
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
