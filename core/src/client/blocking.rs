//! Clients for programs without async: the same declarations, results instead of futures.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;

use futures_core::Stream;
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::coop;

use super::mode::sealed::Sealed;
use super::{Async, Client, Items, Mode, Pages, ResponseFuture};
use crate::{Error, Paged};

/// The mode of clients whose calls wait for the result.
///
/// Such a client runs one thread of its own for its connections; its clones share it. Calls may be made from any number
/// of threads at once, but not from inside async code, where waiting would stop everything else: there they return an
/// error, and an async client is what to use. Where Tokio lets a task wait, in `spawn_blocking` and `block_in_place`,
/// they work.
#[derive(Clone)]
pub struct Blocking(Arc<Worker>);

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

impl Blocking {
    pub(crate) fn start() -> Result<Self, Error> {
        let runtime =
            Builder::new_multi_thread().worker_threads(1).thread_name("declapi").enable_all().build();
        let runtime = runtime.map_err(|error| {
            Error::config("the thread for the connections cannot be started").with_source(error)
        })?;
        Ok(Self(Arc::new(Worker(Some(runtime)))))
    }

    pub(super) fn block_on<F: Future>(&self, future: F) -> Result<F::Output, Error> {
        if must_not_wait() {
            return Err(Error::config(
                "a blocking call from async code would stop everything else: use an async client there, or call from \
                 `spawn_blocking`",
            ));
        }
        match &self.0.0 {
            Some(runtime) => Ok(drive(runtime, future)),
            None => Err(Error::config("the client is being dropped")),
        }
    }
}

impl Sealed for Blocking {}

impl Mode for Blocking {
    type Output<T> = Result<T, Error>;
    type Items<E: Paged> = Items<E::Response, Self>;

    fn wait<T>(&self, call: ResponseFuture<T>) -> Result<T, Error> {
        self.block_on(call)?
    }

    fn items<E: Paged>(pages: Pages<E::Response, Self>) -> Items<E::Response, Self> {
        pages.into_items()
    }
}

impl Client<Async> {
    /// Returns a blocking client that shares settings and retry budget with this one.
    ///
    /// # Errors
    ///
    /// The thread for the connections cannot be started.
    pub fn to_blocking(&self) -> Result<Client<Blocking>, Error> {
        Ok(Client { core: Arc::clone(&self.core), options: self.options, mode: Blocking::start()? })
    }
}

impl Client<Blocking> {
    /// Runs a future to its end, on this thread and with the runtime of this client.
    ///
    /// # Errors
    ///
    /// The call was made from async code.
    pub fn block_on<F: Future>(&self, future: F) -> Result<F::Output, Error> {
        self.mode.block_on(future)
    }

    /// Makes an iterator of a stream, such as a [`ByteStream`](crate::ByteStream), [`JsonLines`](crate::JsonLines) or
    /// [`Events`](crate::Events). In async code, its only item is an error.
    ///
    /// ```no_run
    /// use declapi::{Blocking, Client, Error, JsonLines, endpoint};
    ///
    /// /// Follows a log.
    /// #[endpoint(get = "/log", response = JsonLines<String>)]
    /// pub struct FollowLog;
    ///
    /// # fn example(client: Client<Blocking>) -> Result<(), Error> {
    /// let lines = client.follow_log().send()?;
    /// for line in client.iterate(lines) {
    ///     println!("{}", line?);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn iterate<S, T>(&self, stream: S) -> Iterate<S>
    where
        S: Stream<Item = Result<T, Error>> + Unpin,
    {
        Iterate { stream: Some(stream), mode: self.mode.clone() }
    }
}

/// A stream as an iterator, as [`Client::iterate`] makes it.
pub struct Iterate<S> {
    /// `None` after a call from async code.
    stream: Option<S>,
    mode: Blocking,
}

impl<S, T> Iterator for Iterate<S>
where
    S: Stream<Item = Result<T, Error>> + Unpin,
{
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let stream = self.stream.as_mut()?;
        let item = self.mode.block_on(poll_fn(|context| Pin::new(&mut *stream).poll_next(context)));
        item.unwrap_or_else(|error| {
            self.stream = None;
            Some(Err(error))
        })
    }
}

impl<S> fmt::Debug for Iterate<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Iterate").finish_non_exhaustive()
    }
}

/// Polls a call on this thread, while the worker drives what it waits for.
///
/// `Runtime::block_on` would panic in the one kind of async code that [`must_not_wait`] cannot recognize: a task
/// without a budget.
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
/// Tokio does not tell, but it has a budget: each poll of a task may take so many steps, and where waiting is allowed
/// there is no end to them. So steps are taken until there are no more, and given back.
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

impl fmt::Debug for Blocking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Blocking")
    }
}
