//! Clients for programs without async. They use the same declarations, and return results instead of futures.

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

/// The mode of clients whose calls block until the result is available.
///
/// Such a client has one thread for its connections, which its clones share. Many threads can make calls at the same
/// time.
///
/// Do not make calls from async code, where they would block the executor: they return an error there. Use an async
/// client instead. Calls work in `spawn_blocking` and `block_in_place`, where Tokio allows blocking.
#[derive(Clone)]
pub struct Blocking(Arc<Worker>);

/// The runtime that drives the connections.
struct Worker(Option<Runtime>);

impl Drop for Worker {
    fn drop(&mut self) {
        // Waiting for a runtime to shut down is not allowed in async code, and no task in it is important.
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
                "a blocking call in async code would block other tasks: use an async client, or make the call in \
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
    /// Returns a blocking client that shares settings and retry budget with this client.
    ///
    /// # Errors
    ///
    /// The thread for the connections cannot be started.
    pub fn to_blocking(&self) -> Result<Client<Blocking>, Error> {
        Ok(Client { core: Arc::clone(&self.core), options: self.options, mode: Blocking::start()? })
    }
}

impl Client<Blocking> {
    /// Runs a future to completion on this thread, with the runtime of this client.
    ///
    /// # Errors
    ///
    /// The call was made from async code.
    pub fn block_on<F: Future>(&self, future: F) -> Result<F::Output, Error> {
        self.mode.block_on(future)
    }

    /// Turns a stream into an iterator, for example a [`ByteStream`](crate::ByteStream),
    /// [`JsonLines`](crate::JsonLines) or [`Events`](crate::Events). In async code, the only item of the iterator is an
    /// error.
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

/// The iterator that [`Client::iterate`] returns.
pub struct Iterate<S> {
    /// `None` if the iterator was made in async code.
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

/// Polls a call on this thread. The worker thread drives the connections of the call.
///
/// `Runtime::block_on` would panic in async code that [`must_not_wait`] cannot detect, which is a task without a
/// budget.
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

/// Returns whether the caller is a future that is being polled.
///
/// Tokio does not say so directly, but each poll of a task has a budget: a limited number of steps. Where blocking is
/// allowed, the number of steps is not limited. So this function uses up the steps until none are left, and then gives
/// them back.
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
    // Each step restores the budget from before the step, so drop the first one last.
    while steps.pop().is_some() {}
    ends
}

impl fmt::Debug for Blocking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Blocking")
    }
}
