//! Recorded exchanges: a transport that asks the server once.

mod exchange;
mod tape;

use std::fmt;
use std::future::Future;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use declapi::{
    Body, Hook, HookFuture, Next, PreparedRequest, Stage, Transport, TransportError, TransportFuture,
};
use http::Response;

use self::tape::Tape;
use crate::call::{collect, whole_body};

/// A transport that records what a server responds into a file, and replays it from then on.
///
/// If there is no file, calls are sent, and the file is written anew after each of them. If there is one, nothing is sent,
/// and a call that was not recorded is an error that says what was asked: delete the file to record anew.
///
/// It is used in one of two ways:
///
/// - as a transport, `.transport(Recorder::file("tests/repos.json"))`: it sends with the built-in HTTP client, or with
///   another transport, see [`through`](Self::through);
/// - as a hook, `.hook(Recorder::file("tests/repos.json"))`: it sends with what the client has, its timeouts and proxies
///   included.
///
/// Requests are matched in any order, by method, path, query and body. If the same request was recorded several times, its
/// responses come in their order, and the last one again and again.
///
/// The file has no headers of requests. What else may be secret is redacted, in the file and where requests are matched:
/// credentials; fields that are marked as `secret`, or have the type [`Secret`](declapi::Secret), in requests and
/// responses; what no declaration describes, if it is called `token` or the like; and the same strings wherever a response
/// repeats them. A redacted string is `<redacted>`, and a redacted number is 0.
///
/// The body of a response is read whole before the client gets it, and replayed whole. A test needs a file of its own:
/// two recorders do not record into one.
///
/// ```
/// use declapi::{Body, Client, endpoint, http};
/// use declapi_test::Recorder;
///
/// /// Reads a note.
/// #[endpoint(get = "/notes/{id}", response = String)]
/// pub struct ReadNote {
///     /// The id of the note.
///     pub id: u64,
/// }
///
/// # async fn example(path: &std::path::Path) -> Result<(), declapi::Error> {
/// // Here, a closure plays the server.
/// let server = |_: http::Request<Body>| async { Ok(http::Response::new(Body::from("\"milk\""))) };
/// let record = Recorder::file(path).through(server);
/// let notes = Client::builder("https://api.example.com").transport(record).build()?;
/// assert_eq!(notes.read_note().id(7).send().await?, "milk");
///
/// // From now on, without a server.
/// let notes = Client::builder("https://api.example.com").transport(Recorder::file(path)).build()?;
/// assert_eq!(notes.read_note().id(7).send().await?, "milk");
/// assert!(notes.read_note().id(8).send().await.is_err());
/// # Ok(())
/// # }
/// # let directory = tempfile::tempdir().unwrap();
/// # let path = directory.path().join("notes.json");
/// # tokio::runtime::Runtime::new().unwrap().block_on(example(&path)).unwrap();
/// ```
#[derive(Clone)]
pub struct Recorder {
    tape: Arc<Mutex<Tape>>,
    transport: Option<Arc<dyn Transport>>,
}

impl Recorder {
    /// Creates one for a file. It replays if there is such a file now, and records if there is none.
    ///
    /// A file that cannot be read, or is no recording, is an error of each call.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self { tape: Arc::new(Mutex::new(Tape::open(path.into()))), transport: None }
    }

    /// Sets what sends the requests while it records, if it is used as a transport. Default: the built-in HTTP client,
    /// which takes the feature `reqwest`.
    pub fn through(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    fn tape(&self) -> MutexGuard<'_, Tape> {
        self.tape.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Replays a call, or sends and records it.
    async fn exchange<S>(
        &self,
        mut request: PreparedRequest,
        send: impl FnOnce(PreparedRequest) -> S,
    ) -> Result<Response<Body>, TransportError>
    where
        S: Future<Output = Result<Response<Body>, TransportError>>,
    {
        let body = whole_body(&mut request).await?;
        let (asked, replayed) = self.tape().ask(&request, &body);
        if let Some(replied) = replayed.map_err(rejected)? {
            request.progress.reach(Stage::Sent);
            return replied.response().map_err(rejected);
        }
        let info = request.info;
        let (parts, mut body) = send(request).await?.into_parts();
        let response = Response::from_parts(parts, collect(&mut body).await?);
        self.tape().record(info, asked, &response).map_err(rejected)?;
        Ok(response.map(Body::from))
    }
}

/// The error of a call that cannot be recorded or replayed; another attempt would fail in the same way.
fn rejected(message: String) -> TransportError {
    TransportError::rejected("a recorder fails this call").with_message(message)
}

impl Transport for Recorder {
    fn send(&self, request: PreparedRequest) -> TransportFuture {
        let this = self.clone();
        Box::pin(async move {
            this.exchange(request, |request| match &this.transport {
                Some(transport) => transport.send(request),
                None => built_in(request),
            })
            .await
        })
    }

    fn needs_tokio(&self) -> bool {
        self.tape().is_recording() && self.transport.as_ref().is_none_or(|transport| transport.needs_tokio())
    }
}

#[cfg(feature = "reqwest")]
fn built_in(request: PreparedRequest) -> TransportFuture {
    // A connection of its own for each call: nobody records often.
    match declapi::built_in_transport(request.url.as_str()) {
        Ok(transport) => transport.send(request),
        Err(error) => Box::pin(std::future::ready(Err(TransportError::rejected(error)))),
    }
}

#[cfg(not(feature = "reqwest"))]
fn built_in(_: PreparedRequest) -> TransportFuture {
    let message = "the recorder has nothing to send with: give it a transport with `Recorder::through`, use it as a \
                   hook, or enable the feature `reqwest` of `declapi-test`";
    Box::pin(std::future::ready(Err(rejected(message.to_owned()))))
}

impl Hook for Recorder {
    fn send<'a>(&'a self, request: PreparedRequest, next: Next<'a>) -> HookFuture<'a> {
        Box::pin(self.exchange(request, |request| next.send(request)))
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder").field("tape", &*self.tape()).finish_non_exhaustive()
    }
}
