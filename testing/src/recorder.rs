//! Records the exchanges with a server and replays them.

mod body;
mod exchange;
mod stream;
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

/// A transport that records the responses of a server in a file, and later replays them.
///
/// If the file does not exist, calls are sent and recorded. The file is written again after each call. If the file
/// exists, nothing is sent, and a call that was not recorded returns an error that describes the request. To record
/// again, delete the file.
///
/// Use it in one of two ways:
///
/// - as a transport, `.transport(Recorder::file("tests/repos.json"))`. It sends with the built-in HTTP client, or with
///   another transport, see [`through`](Self::through).
/// - as a hook, `.hook(Recorder::file("tests/repos.json"))`. It sends with the transport of the client, with its
///   timeouts and proxies.
///
/// Requests are matched by method, path, query and body, in any order. If the same request was recorded several times,
/// its responses are replayed in their order, and the last one is used for all further calls.
///
/// The file does not contain request headers. Secrets are redacted in the file and when requests are matched:
/// credentials, fields with `secret` or with the type [`Secret`](declapi::Secret) in requests and responses, undeclared
/// fields and keys in URLs with names like `token` or `apiKey`, also in JSON inside of a string, and the same values in any
/// part of a request or a response. A redacted string is `<redacted>`, a redacted number is 0, and a redacted boolean is
/// `false`. If a declaration has secrets but a body cannot be read, the whole body is `<redacted>`.
///
/// A `Secret` is recognized only as a field. If a whole response is one, as in `response = Secret`, the file contains it.
///
/// The body of a response is read completely before the client gets it, and is replayed in one chunk. Use a
/// separate file for each test: if two recorders record into the same file, one of them overwrites the
/// exchanges of the other.
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
/// // In this example, a closure replaces the server.
/// let server = |_: http::Request<Body>| async { Ok(http::Response::new(Body::from("\"milk\""))) };
/// let record = Recorder::file(path).through(server);
/// let notes = Client::builder("https://api.example.com").transport(record).build()?;
/// assert_eq!(notes.read_note().id(7).send().await?, "milk");
///
/// // From now on, no server is needed.
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
    /// Creates a recorder for a file. It replays if the file exists now, and records otherwise.
    ///
    /// If the file cannot be read or is not a recording, each call returns an error.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self { tape: Arc::new(Mutex::new(Tape::open(path.into()))), transport: None }
    }

    /// Sets the transport that sends the requests during recording, if the recorder is used as a transport. Default:
    /// the built-in HTTP client, which requires the feature `reqwest`.
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
        let (asked, replayed) = self.tape().look_up(&request, &body);
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

/// Returns the error of a call that cannot be recorded or replayed. Another attempt would fail in the same way.
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
    // Opens a separate connection for each call, because recording is rare.
    match declapi::built_in_transport(request.url.as_str()) {
        Ok(transport) => transport.send(request),
        Err(error) => Box::pin(std::future::ready(Err(TransportError::rejected(error)))),
    }
}

#[cfg(not(feature = "reqwest"))]
fn built_in(_: PreparedRequest) -> TransportFuture {
    let message = "the recorder has no transport: set one with `Recorder::through`, use the recorder as a hook, or \
                   enable the feature `reqwest` of `declapi-test`";
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
