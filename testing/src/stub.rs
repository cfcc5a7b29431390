//! Typed stubs in place of a server.

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

/// A transport that replies to the calls of a test, and keeps them.
///
/// Clones are the same stub: give one to each client. The first stub whose endpoint and condition fit takes a call, so
/// write the special ones first and [`any`](crate::any) last, as in a `match`.
///
/// A call that none takes fails: its error says what was requested and which stubs there are, it is not retried, and the
/// test fails when the original `Stub` is dropped, even if the test looks at no error.
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
    /// Whether this is no clone, so that a test fails when it is dropped.
    is_original: bool,
}

struct Shared {
    client: ClientInfo,
    stubs: Mutex<Vec<Arc<Entry>>>,
    calls: Mutex<Vec<Arc<Recorded>>>,
    unmatched: Mutex<Vec<String>>,
    timer: Mutex<Arc<dyn Timer>>,
    /// Whether a reply is delayed, which takes a timer.
    waits: AtomicBool,
}

/// Whether a stub takes a request to its endpoint.
type Condition = dyn Fn(&Arc<Recorded>) -> bool + Send + Sync;

/// What one `on` has said.
struct Entry {
    endpoint: String,
    info: &'static EndpointInfo,
    /// Where the test says it.
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
    /// Creates one without stubs, for clients whose declaration has no envelope.
    pub fn new() -> Self {
        Self::of::<Client>()
    }

    /// Creates one without stubs that reads replies as this client type does: out of its envelope, and with errors that
    /// are inside of a success.
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

    /// Takes the delays of replies from this timer. Default Tokio's, whose time a test can pause.
    pub fn with_timer(self, timer: impl Timer) -> Self {
        *lock(&self.shared.timer) = Arc::new(timer);
        self
    }

    /// Adds a stub for the calls of an endpoint for which the condition is true. It needs a reply.
    ///
    /// The condition looks at the fields of the endpoint, `|call| call.owner == "o"`, or at what was sent: see [`Call`].
    /// If it panics, the call fails.
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

    /// Returns the calls of an endpoint in the order of their arrival, those without a stub among them.
    pub fn calls<E: Endpoint + 'static>(&self) -> Vec<Call<E>> {
        let calls = lock(&self.shared.calls);
        calls.iter().filter(|request| request.info == E::INFO).map(Call::new).collect()
    }

    /// Returns what was said of calls that no stub took, and forgets it: the test then does not fail because of them.
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
            TransportError::rejected("no stub takes this call").with_message(message)
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

    /// The reply to a call, or what is to be said of it.
    fn find(&self, request: &Arc<Recorded>) -> Result<Reply, String> {
        // The conditions run without a lock: they may use the stub.
        let stubs = lock(&self.stubs).clone();
        let mut message = format!("no stub takes this call: {}", request.described());
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

/// What a panic says.
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
    /// Fails the test if a call had no stub.
    ///
    /// # Panics
    ///
    /// This is the original, a call had no stub, and the test has not failed already.
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

/// A stub that waits for its replies: see [`Stub::on`].
///
/// Several replies are a sequence: each is for one call, and the last one for all further calls.
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
    /// Adds a success: JSON, or a [`Reply`] for anything else.
    ///
    /// # Panics
    ///
    /// The endpoint cannot read it.
    #[track_caller]
    pub fn reply(self, reply: impl Into<Reply>) -> Self {
        let reply = reply.into();
        if reply.is_whole() {
            if let Err(error) = self.shared.client.read::<E>(reply.response()) {
                panic!(
                    "`{}` cannot read this reply: {error}; an error response is `.error(status, …)`, and a client with an \
                     envelope takes `Stub::of::<TheClient>()`",
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

    /// Adds a connection that breaks before a response has arrived: see [`Reply::broken`].
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
