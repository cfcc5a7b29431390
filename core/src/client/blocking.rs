//! The client for programs without async: the same declarations, answers instead of futures.
//!
//! ```no_run
//! fn main() -> Result<(), stytch_client::Error> {
//!     let client = stytch_client::Client::builder("project-test-…", "secret-test-…").build_blocking()?;
//!     let login = client.passwords().authenticate().email("ada@example.com").password("…").send()?;
//!     println!("{}", login.user_id);
//!     Ok(())
//! }
//! ```

use std::fmt;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;
use std::time::Duration;

use serde::de::DeserializeOwned;
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::coop;

use crate::call::Caller;
use crate::passwords::Passwords;
use crate::sessions::Sessions;
use crate::{ClientBuilder, Endpoint, Error, RetryPolicy};

/// A client whose calls wait for the answer.
///
/// It runs one thread of its own for the connections; a clone shares it. Calls may be made from any number of
/// threads at once, but not from inside async code, where waiting would stop everything else: there they return
/// an error, and [`Client`](crate::Client) is what to use. Where Tokio lets a task wait, in `spawn_blocking` and
/// `block_in_place`, they work.
#[derive(Clone)]
pub struct Client {
    client: crate::Client,
    worker: Arc<Worker>,
}

/// The runtime that drives the connections.
struct Worker(Option<Runtime>);

impl Drop for Worker {
    fn drop(&mut self) {
        // Waiting for a runtime to end is not allowed inside async code, and nothing in it is worth waiting for.
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

impl Client {
    /// Wraps an async client, whose settings and connections it shares.
    ///
    /// A connection is kept alive by the runtime that opened it. Where the async client has been used, and its runtime
    /// is not driven meanwhile (a `current_thread` runtime outside of `block_on`), a call here that picks up such a
    /// connection waits until its limit; and the connections opened here end with the last clone. A program that
    /// does both is better off with a client for each, this one from
    /// [`build_blocking`](crate::ClientBuilder::build_blocking).
    ///
    /// # Errors
    ///
    /// The thread for the connections cannot be started.
    pub fn new(client: crate::Client) -> Result<Self, Error> {
        let runtime =
            Builder::new_multi_thread().worker_threads(1).thread_name("stytch-client").enable_all().build();
        let runtime = runtime.map_err(|error| {
            Error::config("the thread for the connections cannot be started").with_source(error)
        })?;
        Ok(Self { client, worker: Arc::new(Worker(Some(runtime))) })
    }

    /// Passwords: sign-up, login, migration of hashes, and strength.
    pub fn passwords(&self) -> Passwords<&Self> {
        Passwords::new(self)
    }

    /// Sessions: who is logged in, and for how long.
    pub fn sessions(&self) -> Sessions<&Self> {
        Sessions::new(self)
    }

    /// Sends a request that was built as a value.
    ///
    /// # Errors
    ///
    /// The API refused, no usable answer came, the request could not be built, or the call was made from async
    /// code.
    pub fn send<E: Endpoint>(&self, request: &E) -> Result<E::Response, Error> {
        self.call(request)
    }

    /// Sends a request and reads the answer as a type of your own.
    ///
    /// # Errors
    ///
    /// The same as [`send`](Self::send).
    pub fn send_as<T: DeserializeOwned>(&self, request: &impl Endpoint) -> Result<T, Error> {
        self.call_as(request)
    }

    /// The same client with another limit for each call, retries included.
    #[must_use]
    pub fn with_timeout(&self, timeout: Duration) -> Self {
        Self { client: self.client.with_timeout(timeout), worker: Arc::clone(&self.worker) }
    }

    /// The same client with another retry policy; the budget stays shared.
    #[must_use]
    pub fn with_retries(&self, retries: RetryPolicy) -> Self {
        Self { client: self.client.with_retries(retries), worker: Arc::clone(&self.worker) }
    }

    #[cfg(feature = "rustls")]
    pub(crate) fn inner(&self) -> &crate::Client {
        &self.client
    }

    pub(crate) fn wait<T>(&self, call: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        if must_not_wait() {
            return Err(Error::config(
                "a blocking call from async code would stop everything else: use `stytch_client::Client` there, \
                 or call from `spawn_blocking`",
            ));
        }
        match &self.worker.0 {
            Some(runtime) => drive(runtime, call),
            None => Err(Error::config("the client is being dropped")),
        }
    }
}

/// Polls a call on this thread, while the worker drives what it waits for.
///
/// `Runtime::block_on` would panic in the one kind of async code that [`must_not_wait`] cannot tell: a task without
/// a budget.
fn drive<F: Future>(runtime: &Runtime, call: F) -> F::Output {
    let _entered = runtime.enter();
    let waker = Waker::from(Arc::new(Parked(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut call = pin!(call);
    loop {
        if let Poll::Ready(output) = call.as_mut().poll(&mut context) {
            return output;
        }
        std::thread::park();
    }
}

/// The thread that waits for a call.
struct Parked(Thread);

impl Wake for Parked {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Whether the caller is a future that is being polled.
///
/// Tokio has no question for that, but a budget: each poll of a task may take so many steps, and there is no end
/// to them where waiting is allowed. So steps are taken until there are no more, and given back.
fn must_not_wait() -> bool {
    if Handle::try_current().is_err() {
        return false;
    }
    let mut context = Context::from_waker(Waker::noop());
    let mut steps = Vec::new();
    let ends = (0..=u8::MAX).any(|_| match coop::poll_proceed(&mut context) {
        Poll::Ready(step) => {
            steps.push(step);
            false
        }
        Poll::Pending => true,
    });
    // Each step restores what was left before it, so the first one comes last.
    while steps.pop().is_some() {}
    ends
}

impl Caller for &Client {
    type Output<T> = Result<T, Error>;

    fn call_as<E: Endpoint, T: DeserializeOwned>(self, endpoint: &E) -> Result<T, Error> {
        self.wait((&self.client).call_as(endpoint))
    }
}

impl ClientBuilder {
    /// The client, for programs without async.
    ///
    /// # Errors
    ///
    /// The same as [`build`](Self::build), or the thread for the connections cannot be started.
    pub fn build_blocking(self) -> Result<Client, Error> {
        Client::new(self.build()?)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Client").field(&self.client).finish()
    }
}
