//! Typed stubs that replace a server.

use std::any::Any;
use std::fmt;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, Location, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use declapi::{
    ApiClient, Body, Client, ClientInfo, Endpoint, EndpointInfo, PreparedRequest, Stage, Timer, TokioTimer,
    Transport, TransportError, TransportFuture,
};
use http::Response;
use serde_json::Value;

use crate::call::{Call, Recorded, endpoint_name};
use crate::reply::Reply;

/// A transport that replies to the calls of a test and records them.
///
/// Clones share their stubs, so each client can have a clone. The first stub whose endpoint and condition match replies
/// to a call. Write special stubs first and [`any`](crate::any) last, like in a `match`.
///
/// If no stub matches, the call fails and is not retried. Its error contains the request and the available stubs. The
/// test also fails when the original `Stub` is dropped, even if it ignores the error.
///
/// ```
/// use declapi::{Client, endpoint};
/// use declapi_test::{Stub, any};
/// use serde_json::json;
///
/// /// Reads a note.
/// #[endpoint(get = "/notes/{id}", response = String)]
/// pub struct ReadNote {
///     /// The id of the note.
///     pub id: u64,
/// }
///
/// # async fn example() -> Result<(), declapi::Error> {
/// let stub = Stub::new();
/// stub.on::<ReadNote>(|call| call.id == 7).reply(json!("milk"));
/// stub.on::<ReadNote>(any).error(404, json!({"error": "there is no such note"}));
///
/// let notes = Client::builder("https://api.example.com").transport(stub.clone()).build()?;
/// assert_eq!(notes.read_note().id(7).send().await?, "milk");
/// assert_eq!(notes.read_note().id(8).send().await.unwrap_err().status(), Some(404));
/// assert_eq!(stub.calls::<ReadNote>()[1].id, 8);
/// # Ok(())
/// # }
/// # tokio::runtime::Runtime::new().unwrap().block_on(example()).unwrap();
/// ```
pub struct Stub {
    shared: Arc<Shared>,
    /// Whether this is the original, which lets the test fail when it is dropped.
    is_original: bool,
}

struct Shared {
    client: ClientInfo,
    stubs: Mutex<Vec<Arc<Entry>>>,
    calls: Mutex<Vec<Arc<Recorded>>>,
    unmatched: Mutex<Vec<String>>,
    timer: Mutex<Arc<dyn Timer>>,
    /// Whether a reply is delayed, which requires a timer.
    waits: AtomicBool,
}

/// Returns whether a stub matches a request to its endpoint.
type Condition = dyn Fn(&Arc<Recorded>) -> bool + Send + Sync;

/// A stub that was added with `on`.
struct Entry {
    endpoint: String,
    info: &'static EndpointInfo,
    /// The location of `on` in the test.
    at: &'static Location<'static>,
    takes: Box<Condition>,
    replies: Mutex<Replies>,
}

#[derive(Default)]
struct Replies {
    all: Vec<Reply>,
    used: usize,
}

pub(crate) fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Stub {
    /// Creates a transport without stubs, for clients whose declaration has no envelope.
    pub fn new() -> Self {
        Self::of::<Client>()
    }

    /// Creates a transport without stubs for a client type. Replies are read with its envelope and its error format.
    pub fn of<C: ApiClient>() -> Self {
        let shared = Shared {
            client: C::INFO,
            stubs: Mutex::default(),
            calls: Mutex::default(),
            unmatched: Mutex::default(),
            timer: Mutex::new(Arc::new(TokioTimer)),
            waits: AtomicBool::new(false),
        };
        Self { shared: Arc::new(shared), is_original: true }
    }

    /// Sets the timer for delayed replies. Default: Tokio's timer, whose time a test can pause.
    pub fn with_timer(self, timer: impl Timer) -> Self {
        *lock(&self.shared.timer) = Arc::new(timer);
        self
    }

    /// Adds a stub for the calls of an endpoint for which the condition is true. Add a reply to it.
    ///
    /// The condition can use the fields of the endpoint, `|call| call.owner == "o"`, or the parts of the request: see
    /// [`Call`]. If it panics, the call fails.
    #[must_use = "a stub without a reply fails its calls"]
    #[track_caller]
    pub fn on<E: Endpoint + 'static>(
        &self,
        condition: impl Fn(&Call<E>) -> bool + Send + Sync + 'static,
    ) -> On<E> {
        let entry = Arc::new(Entry {
            endpoint: endpoint_name::<E>(),
            info: E::INFO,
            at: Location::caller(),
            takes: Box::new(move |request| condition(&Call::new(request))),
            replies: Mutex::default(),
        });
        lock(&self.shared.stubs).push(Arc::clone(&entry));
        On { shared: Arc::clone(&self.shared), entry, delay: None, endpoint: PhantomData }
    }

    /// Returns the calls of an endpoint in the order of their arrival, including calls without a matching stub.
    pub fn calls<E: Endpoint + 'static>(&self) -> Vec<Call<E>> {
        let calls = lock(&self.shared.calls);
        calls.iter().filter(|request| request.info == E::INFO).map(Call::new).collect()
    }

    /// Returns the messages of calls without a matching stub, and removes them. The test then does not fail because of
    /// them.
    pub fn take_unmatched(&self) -> Vec<String> {
        std::mem::take(&mut *lock(&self.shared.unmatched))
    }
}

impl Shared {
    async fn reply(&self, mut request: PreparedRequest) -> Result<Response<Body>, TransportError> {
        let recorded = Arc::new(Recorded::read(&mut request).await?);
        lock(&self.calls).push(Arc::clone(&recorded));
        let reply = self.find(&recorded).map_err(|message| {
            lock(&self.unmatched).push(message.clone());
            TransportError::rejected("no stub matches this call").with_message(message)
        })?;
        if reply.is_sent() {
            request.progress.reach(Stage::Sent);
        }
        if let Some(delay) = reply.delay() {
            let timer = Arc::clone(&lock(&self.timer));
            timer.sleep(delay).await;
        }
        reply.outcome()
    }

    /// Returns the reply to a call, or the message of its error.
    fn find(&self, request: &Arc<Recorded>) -> Result<Reply, String> {
        // The conditions run without a lock, because they may use the stub.
        let stubs = lock(&self.stubs).clone();
        let mut message = format!("no stub matches this call: {}", request.described());
        message.push_str(if stubs.is_empty() { "\n  there are no stubs" } else { "\n  the stubs are:" });
        for stub in &stubs {
            let why = if stub.info == request.info {
                match catch_unwind(AssertUnwindSafe(|| (stub.takes)(request))) {
                    Ok(true) => match lock(&stub.replies).next() {
                        Some(reply) => return Ok(reply),
                        None => "it has no reply: add `.reply(…)`".to_owned(),
                    },
                    Ok(false) => "its condition is false".to_owned(),
                    Err(panic) => format!("its condition panicked: {}", text(&*panic)),
                }
            } else {
                "another endpoint".to_owned()
            };
            let (info, at) = (stub.info, stub.at);
            message.push_str(&format!(
                "\n    {} {} ({}, {}:{}): {why}",
                info.method.as_str(),
                info.path,
                stub.endpoint,
                at.file(),
                at.line()
            ));
        }
        Err(message)
    }
}

/// Returns the message of a panic.
fn text(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("without a message")
}

impl Replies {
    fn next(&mut self) -> Option<Reply> {
        let reply = self.all.get(self.used).or(self.all.last()).cloned();
        self.used += 1;
        reply
    }
}

impl Transport for Stub {
    fn send(&self, request: PreparedRequest) -> TransportFuture {
        let shared = Arc::clone(&self.shared);
        Box::pin(async move { shared.reply(request).await })
    }

    fn needs_tokio(&self) -> bool {
        self.shared.waits.load(Ordering::Acquire) && lock(&self.shared.timer).needs_tokio()
    }
}

impl Clone for Stub {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared), is_original: false }
    }
}

impl Default for Stub {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Stub {
    /// Fails the test if a call had no matching stub.
    ///
    /// # Panics
    ///
    /// This is the original, a call had no matching stub, and the test has not failed already.
    fn drop(&mut self) {
        if self.is_original && !std::thread::panicking() {
            let unmatched = self.take_unmatched();
            assert!(unmatched.is_empty(), "{}", unmatched.join("\n"));
        }
    }
}

impl fmt::Debug for Stub {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stub")
            .field("stubs", &lock(&self.shared.stubs).len())
            .field("calls", &lock(&self.shared.calls).len())
            .finish_non_exhaustive()
    }
}

/// A stub to which replies are added: see [`Stub::on`].
///
/// Several replies are a sequence: each is for one call, and the last one is for all further calls.
///
/// ```
/// # use std::time::Duration;
/// # use declapi::endpoint;
/// # use declapi_test::{Stub, any};
/// # use serde_json::json;
/// # /// Reads the time.
/// # #[endpoint(get = "/now", response = u64)]
/// # pub struct Now;
/// let stub = Stub::new();
/// stub.on::<Now>(any).error(503, json!({})).broken().delay(Duration::from_secs(1)).reply(json!(7));
/// ```
pub struct On<E> {
    shared: Arc<Shared>,
    entry: Arc<Entry>,
    delay: Option<Duration>,
    endpoint: PhantomData<fn() -> E>,
}

impl<E: Endpoint> On<E> {
    /// Adds a success: JSON, or any other [`Reply`].
    ///
    /// # Panics
    ///
    /// The endpoint cannot read the reply.
    #[track_caller]
    pub fn reply(self, reply: impl Into<Reply>) -> Self {
        let reply = reply.into();
        if reply.is_whole() {
            if let Err(error) = self.shared.client.read::<E>(reply.response()) {
                panic!(
                    "`{}` cannot read this reply: {error}; for an error response use `.error(status, …)`, and for a \
                     client with an envelope use `Stub::of::<TheClient>()`",
                    self.entry.endpoint
                );
            }
        }
        self.add(reply)
    }

    /// Adds an error response of the API.
    ///
    /// # Panics
    ///
    /// The status is below 100 or above 999.
    #[track_caller]
    pub fn error(self, status: u16, body: impl Into<Value>) -> Self {
        self.add(Reply::json(&body.into()).status(status))
    }

    /// Adds a connection that is closed before a response has arrived: see [`Reply::broken`].
    pub fn broken(self) -> Self {
        self.add(Reply::broken())
    }

    /// Delays the next reply.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = Some(delay);
        self
    }
}

impl<E> On<E> {
    fn add(mut self, reply: Reply) -> Self {
        let reply = match self.delay.take() {
            Some(delay) => reply.delayed(delay),
            None => reply,
        };
        if reply.delay().is_some() {
            self.shared.waits.store(true, Ordering::Release);
        }
        lock(&self.entry.replies).all.push(reply);
        self
    }
}

impl<E> fmt::Debug for On<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("On").field("endpoint", &self.entry.endpoint).finish_non_exhaustive()
    }
}
