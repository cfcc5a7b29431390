//! Typical hooks: a signature, a cache, a recorder, a circuit breaker, a trace.

#[path = "hooks/order.rs"]
mod order;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use declapi::http::{HeaderValue, Request, Response, StatusCode};
use declapi::{
    Body, Client, ClientBuilder, ErrorKind, Hook, HookFuture, Next, PreparedRequest, TransportError, endpoint,
};
use sha2::{Digest, Sha256};
use stytch_client_tests::clock::Clock;
use stytch_client_tests::server::{Act, Received, Server, response, success};

/// Reads a note.
#[endpoint(get = "/notes/{id}", response = String)]
struct ReadNote {
    id: u8,
}

/// Writes a note.
#[endpoint(post = "/notes", response = String, idempotent)]
struct WriteNote<'a> {
    text: &'a str,
    #[endpoint(query)]
    tag: Option<&'a str>,
}

/// The events that a hook sees, in order.
type Log = Arc<Mutex<Vec<String>>>;

fn entries(log: &Log) -> Vec<String> {
    log.lock().unwrap().clone()
}

/// A client whose server returns these responses in order, and records the requests.
fn client(responses: &'static [(u16, &'static str)]) -> (ClientBuilder, Log) {
    let log = Log::default();
    let noted = Arc::clone(&log);
    let builder = Client::builder("https://api.example.com").timer(Clock::skipping(Duration::from_secs(20)));
    let builder = builder.bearer_auth("token-0123456789").transport(move |request: Request<Body>| {
        let mut log = noted.lock().unwrap();
        let (status, body) = responses[log.len().min(responses.len() - 1)];
        log.push(format!("{} {}", request.method(), request.uri()));
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = StatusCode::from_u16(status).unwrap();
        async move { Ok::<_, TransportError>(response) }
    });
    (builder, log)
}

/// A signature over the whole request.
struct Sign;

fn signature(method: &str, target: &str, body: &[u8]) -> String {
    let digest = Sha256::digest([method.as_bytes(), b" ", target.as_bytes(), b"\n", body].concat());
    base64::Engine::encode(&base64::engine::general_purpose::STANDARD, digest)
}

impl Hook for Sign {
    fn send<'a>(&'a self, mut request: PreparedRequest, next: Next<'a>) -> HookFuture<'a> {
        let query = request.url.query().map(|query| format!("?{query}")).unwrap_or_default();
        let target = format!("{}{query}", request.url.path());
        let body = request.body.as_bytes().unwrap();
        let mut signature: HeaderValue = signature(request.method.as_str(), &target, body).parse().unwrap();
        signature.set_sensitive(true);
        request.headers.insert("x-signature", signature);
        next.send(request)
    }
}

/// The server computes the signature again from the bytes that arrived.
#[tokio::test]
async fn a_signature_is_made_of_the_bytes_that_are_sent() {
    let verify: fn(&Received) -> Vec<u8> = |request| {
        let line: Vec<&str> = request.headers.lines().next().unwrap().split(' ').collect();
        let expected = format!("x-signature: {}", signature(line[0], line[1], &request.body));
        let is_signed = request.headers.contains(&expected);
        if is_signed { success("\"signed\"") } else { response("403 Forbidden", &[], "") }
    };
    let server = Server::start(vec![Act::Respond(verify)]);
    let client = Client::builder(server.url()).secret_query("key", "k&k").hook(Sign).build().unwrap();
    assert_eq!(client.write_note().text("é\"").tag("a b").send().await.unwrap(), "signed");
    assert_eq!(client.write_note().text("").send().await.unwrap(), "signed");
    assert_eq!(client.read_note().id(7).send().await.unwrap(), "signed");
    assert_eq!(server.state().requests.len(), 3);
}

/// Adds a further token.
struct AddToken;

impl Hook for AddToken {
    fn send<'a>(&'a self, mut request: PreparedRequest, next: Next<'a>) -> HookFuture<'a> {
        let mut token = HeaderValue::from_static("Bearer kanarie-0123456789");
        token.set_sensitive(true);
        request.headers.insert("authorization", token);
        next.send(request)
    }
}

/// A secret that a hook adds is protected like the secrets of the client.
#[tokio::test]
async fn secrets_of_a_hook_are_not_quoted() {
    for (status, body) in [
        (401, r#"{"code":"bad_token","message":"the token `kanarie-0123456789` is no good"}"#),
        (200, r#"{"kanarie-0123456789":7}"#),
        (502, "<p>kanarie-0123456789</p>"),
    ] {
        let client = Client::builder("https://api.example.com").hook(AddToken).transport(
            move |request: Request<Body>| {
                assert_eq!(request.headers()["authorization"], "Bearer kanarie-0123456789");
                let mut response = Response::new(Body::from(body));
                *response.status_mut() = StatusCode::from_u16(status).unwrap();
                async { Ok::<_, TransportError>(response) }
            },
        );
        let error = client.build().unwrap().read_note().id(1).send().await.unwrap_err();
        assert!(!format!("{error} {error:?}").contains("kanarie"), "{error:?}");
    }
}

/// The cached responses to GET, by URL.
#[derive(Clone, Default)]
struct Cache(Arc<Mutex<HashMap<String, Vec<u8>>>>);

impl Hook for Cache {
    fn send<'a>(&'a self, request: PreparedRequest, next: Next<'a>) -> HookFuture<'a> {
        Box::pin(async move {
            if request.info.method != declapi::Method::Get {
                return next.send(request).await;
            }
            let url = request.url.to_string();
            if let Some(known) = self.0.lock().unwrap().get(&url) {
                return Ok(Response::new(known.clone().into()));
            }
            let (parts, mut body) = next.send(request).await?.into_parts();
            let mut whole = Vec::new();
            while let Some(piece) = body.chunk().await? {
                whole.extend_from_slice(&piece);
            }
            if parts.status.is_success() {
                self.0.lock().unwrap().insert(url, whole.clone());
            }
            Ok(Response::from_parts(parts, whole.into()))
        })
    }
}

#[tokio::test]
async fn a_cache_supplies_the_response() {
    let (builder, log) = client(&[(404, "{}"), (200, "\"milk\"")]);
    let client = builder.hook(Cache::default()).build().unwrap();
    assert_eq!(client.read_note().id(1).send().await.unwrap_err().status(), Some(404));
    for _ in 0..3 {
        assert_eq!(client.read_note().id(1).send().await.unwrap(), "milk");
    }
    client.write_note().text("a").send().await.unwrap();
    client.write_note().text("a").send().await.unwrap();
    let read = "GET https://api.example.com/notes/1";
    let write = "POST https://api.example.com/notes";
    assert_eq!(entries(&log), [read, read, write, write]);
}

/// A call that needs no connection does not wait for one.
#[tokio::test]
async fn a_supplied_response_needs_no_connection() {
    let server = Server::start(vec![Act::Serve(success("\"milk\""))]);
    let client = Client::builder(server.url()).max_connections(1).hook(Cache::default()).build().unwrap();
    assert_eq!(client.read_note().id(1).send().await.unwrap(), "milk");
    server.hold(true);
    let waiting = tokio::spawn(client.read_note().id(2).send());
    server.until(|state| state.requests.len() == 2).await;
    assert_eq!(client.read_note().id(1).send().await.unwrap(), "milk");
    server.hold(false);
    assert_eq!(waiting.await.unwrap().unwrap(), "milk");
}

/// The second call waits for the connection of the first, also with a hook in between.
#[tokio::test]
async fn the_number_of_connections_is_kept() {
    let server = Server::start(vec![Act::Serve(success("\"milk\""))]);
    let client = Client::builder(server.url()).max_connections(2).hook(Sign).build().unwrap();
    let calls: Vec<_> = (0..20).map(|id| tokio::spawn(client.read_note().id(id).send())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert!(server.state().most_open <= 2, "{:?}", server.state().most_open);
}

/// Records the state before and after each attempt.
struct Record(Log);

impl Hook for Record {
    fn send<'a>(&'a self, request: PreparedRequest, next: Next<'a>) -> HookFuture<'a> {
        Box::pin(async move {
            let before = format!("{} {} {}", request.info.name, request.info.path, request.attempt);
            let is_authorized = request.headers.contains_key("authorization");
            let response = next.send(request).await;
            let after = match &response {
                Ok(response) => response.status().to_string(),
                Err(error) => error.to_string(),
            };
            self.0.lock().unwrap().push(format!("{before} {is_authorized} -> {after}"));
            response
        })
    }
}

#[tokio::test]
async fn a_recorder_sees_each_attempt() {
    let (builder, _) = client(&[(503, ""), (429, ""), (200, "\"done\"")]);
    let log = Log::default();
    let client = builder.hook(Record(Arc::clone(&log))).build().unwrap();
    assert_eq!(client.write_note().text("a").send().await.unwrap(), "done");
    assert_eq!(
        entries(&log),
        [
            "WriteNote /notes 1 true -> 503 Service Unavailable",
            "WriteNote /notes 2 true -> 429 Too Many Requests",
            "WriteNote /notes 3 true -> 200 OK",
        ]
    );
}

#[tokio::test]
async fn a_recorder_sees_broken_connections() {
    let log = Log::default();
    let builder = Client::builder("https://api.example.com").timer(Clock::skipping(Duration::from_secs(20)));
    let client = builder
        .transport(|_: Request<Body>| async { Err(TransportError::not_sent("the cable is cut")) })
        .hook(Record(Arc::clone(&log)))
        .build()
        .unwrap();
    let error = client.read_note().id(1).send().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 3));
    assert_eq!(entries(&log).len(), 3);
    assert!(entries(&log)[2].contains("ReadNote /notes/{id} 3 false -> nothing could be sent"), "{log:?}");
}

/// Rejects calls for a minute after three failures in a row.
struct Breaker {
    clock: Clock,
    failures: Mutex<(u32, Duration)>,
}

impl Breaker {
    fn is_open(&self) -> bool {
        let (failures, last) = *self.failures.lock().unwrap();
        failures >= 3 && self.clock.passed() < last + Duration::from_secs(60)
    }

    fn note(&self, is_failure: bool) {
        let mut failures = self.failures.lock().unwrap();
        *failures = if is_failure { (failures.0 + 1, self.clock.passed()) } else { (0, Duration::ZERO) };
    }
}

impl Hook for Breaker {
    fn send<'a>(&'a self, request: PreparedRequest, next: Next<'a>) -> HookFuture<'a> {
        Box::pin(async move {
            if self.is_open() {
                let error = TransportError::rejected("three failures in a row");
                return Err(
                    error.with_message("the API is down, and is left alone for a minute; nothing was sent")
                );
            }
            let response = next.send(request).await;
            self.note(response.as_ref().map_or(true, |response| response.status().is_server_error()));
            response
        })
    }
}

#[tokio::test]
async fn a_circuit_breaker_rejects_calls() {
    let (builder, log) = client(&[(500, ""), (500, ""), (500, ""), (200, "\"up\"")]);
    let clock = Clock::skipping(Duration::from_secs(20));
    let breaker = Breaker { clock: clock.clone(), failures: Mutex::default() };
    let client = builder.timer(clock.clone()).hook(breaker).build().unwrap();
    let error = client.write_note().text("a").send().await.unwrap_err();
    assert_eq!((error.status(), error.attempts()), (Some(500), 3));
    let error = client.read_note().id(1).send().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts(), error.is_retryable()), (ErrorKind::Request, 1, false));
    assert!(error.to_string().contains("GET /notes/{id}: the API is down"), "{error}");
    assert_eq!(entries(&log).len(), 3);
    clock.advance(Duration::from_secs(60));
    assert_eq!(client.read_note().id(1).send().await.unwrap(), "up");
}

#[test]
fn a_blocking_client_has_hooks_too() {
    let (builder, log) = client(&[(200, "\"milk\"")]);
    let client = builder.hook(Cache::default()).build_blocking().unwrap();
    assert_eq!(client.read_note().id(1).send().unwrap(), "milk");
    assert_eq!(client.read_note().id(1).send().unwrap(), "milk");
    assert_eq!(entries(&log).len(), 1);
}

/// The description of the endpoint is in the extensions of the request and of the response.
#[tokio::test]
async fn the_description_travels_with_the_request() {
    let client = Client::builder("https://api.example.com").transport(|request: Request<Body>| async move {
        let info: &&'static declapi::EndpointInfo = request.extensions().get().unwrap();
        Ok(Response::new(format!("{:?}", info.path).into()))
    });
    assert_eq!(client.build().unwrap().read_note().id(1).send().await.unwrap(), "/notes/{id}");
}
