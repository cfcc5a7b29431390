//! Options of a single call.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use declapi::{
    CallOptions, Caller, Client, ClientBuilder, Endpoint, Error, ErrorKind, JsonObject, Reader,
    ResponseFuture, RetryPolicy, client, endpoint, resource,
};
use serde::Deserialize;
use stytch_client_tests::clock::Clock;
use stytch_client_tests::noting::{Seen, noting, noting_each};
use stytch_client_tests::server::{Act, Server};

const SECOND: Duration = Duration::from_secs(1);

/// An API.
#[client(base_url = "https://api.example.com", header("x-version" = "1"), query("lang" = "en"))]
struct Api;

/// Notes.
#[resource(on = &Api)]
struct Notes;

/// Writes a note.
#[endpoint(post = "/notes/{id}", response = JsonObject, on = Notes, body("kind" = "plain"))]
struct Write<'a> {
    id: u8,
    text: &'a str,
    #[endpoint(query)]
    draft: Option<bool>,
    #[endpoint(header = "x-trace")]
    trace: Option<&'a str>,
}

/// Creates a report, which takes long.
#[endpoint(get = "/report", response = (), on = &Api, timeout = 120)]
struct Report;

/// Sends a body that is not an object.
#[endpoint(get = "/list", response = Vec<u8>, on = &Api)]
struct List;

/// Another type to read the response into.
#[derive(Debug, Deserialize, PartialEq)]
struct Ok {
    ok: bool,
}

fn api(seen: &Seen) -> ClientBuilder<Api> {
    Api::builder().transport(noting(seen, 200, r#"{"ok":true}"#))
}

fn options() -> CallOptions {
    CallOptions::new()
        .header("x-trace", "of the call")
        .header("X-Version", "2")
        .query("draft", false)
        .query("tags", vec!["a", "b"])
        .query("lang", None::<&str>)
        .body("text", "of the call")
        .body("kind", "rich")
        .body("more", [("a", 1)].into_iter().collect::<std::collections::BTreeMap<_, _>>())
}

fn write() -> Write<'static> {
    Write::builder().id(1).text("declared").draft(true).trace("declared").build()
}

const LINE: &str = "POST /notes/1?draft=false&tags=a&tags=b";
const BODY: &str = r#"{"text":"of the call","kind":"rich","more":{"a":1}}"#;

#[tokio::test]
async fn they_replace_declared_values_in_every_location() {
    let seen = Seen::default();
    let api = api(&seen).build().unwrap();
    let started = || api.notes().write().id(1).text("declared").draft(true).trace("declared");
    started().with_options(options()).send().await.unwrap();
    let ok: Ok = started().with_options(options()).send_as().await.unwrap();
    assert_eq!(ok, Ok { ok: true });
    api.notes().write().with_options(options()).id(1).text("").send().await.unwrap();
    api.send(&write().with_options(options())).await.unwrap();
    api.send_as::<Ok>(&write().with_options(options())).await.unwrap();
    assert_eq!(seen.all().len(), 5);
    for sent in seen.all() {
        assert_eq!((&*sent.line, &*sent.body), (LINE, BODY));
        assert_eq!(sent.headers(&["x-trace", "x-version"]), ["of the call", "2"]);
    }
}

#[test]
fn they_are_the_same_for_a_blocking_client() {
    let seen = Seen::default();
    let api = api(&seen).build_blocking().unwrap();
    api.notes().write().id(1).text("").with_options(options()).send().unwrap();
    api.notes().write().id(1).text("").with_options(options()).send_as::<Ok>().unwrap();
    api.send(&write().with_options(options())).unwrap();
    for sent in seen.all() {
        assert_eq!((&*sent.line, &*sent.body), (LINE, BODY));
    }
}

/// The inspected request is the one that is sent, except for the data of the client.
#[test]
fn a_request_shows_them() {
    let write = write();
    let request = write.with_options(options()).request().unwrap();
    assert_eq!(request.path(), LINE.trim_start_matches("POST "));
    assert_eq!(request.body(), Some(BODY.as_bytes()));
}

#[tokio::test]
async fn of_several_the_last_ones_count() {
    let seen = Seen::default();
    let api = api(&seen).build().unwrap();
    let [first, second] =
        ["1", "2"].map(|n| CallOptions::new().header("x-both", n).query(format!("q{n}"), n));
    let started = api.notes().write().id(1).text("t");
    let third = CallOptions::new().header("x-both", "3");
    started
        .with_options(first.clone())
        .with_options(second.clone())
        .with_options(third)
        .send()
        .await
        .unwrap();
    let write = write();
    api.send(&write.with_options(first).with_options(second.header("x-both", "3"))).await.unwrap();
    for sent in seen.all() {
        assert_eq!(sent.headers(&["x-both"]), ["3"]);
        assert!(sent.line.contains("q1=1&q2=2"), "{sent:?}");
    }
}

/// An endpoint without a body gets one.
#[tokio::test]
async fn a_body_field_makes_a_body() {
    let seen = Seen::default();
    let api = api(&seen).build().unwrap();
    api.send_as::<Ok>(&List.with_options(CallOptions::new().body("query", "all"))).await.unwrap();
    let sent = seen.last();
    assert_eq!((&*sent.line, &*sent.body), ("GET /list?lang=en", r#"{"query":"all"}"#));
    assert_eq!(sent.headers(&["content-type"]), ["application/json"]);
}

#[tokio::test]
async fn invalid_options_are_an_error_of_the_call() {
    let seen = Seen::default();
    let api = api(&seen).build().unwrap();
    let options = CallOptions::new().header("x-a", "1\r\nx-b: s3cret").body("later", 1);
    let error = api.notes().write().id(1).text("t").with_options(options).send().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Request, 0));
    assert_eq!(
        error.to_string(),
        "POST /notes/{id}: `x-a` cannot be sent: a header value cannot have line breaks or control characters"
    );
    assert!(seen.all().is_empty());
}

#[tokio::test]
async fn they_are_secret() {
    let seen = Seen::default();
    let repeated = r#"{"error":"header-s3cret query-s3cret body-s3cret key-s3cret are wrong"}"#;
    let api = Api::builder().transport(noting(&seen, 400, repeated)).build().unwrap();
    let options = CallOptions::new()
        .header("x-h", "header-s3cret")
        .query("q", "query-s3cret")
        .body("b", "body-s3cret")
        .idempotency_key("key-s3cret");
    let debug = format!("{options:?}");
    let builder = api.notes().write().id(1).text("t").with_options(options.clone());
    let more = format!("{builder:?} {:?}", write().with_options(options.clone()));
    let request = write().with_options(options).request().unwrap();
    let error = builder.send().await.unwrap_err();
    let shown = format!("{debug} {more} {request:?} {error} {error:?}");
    assert!(!shown.contains("s3cret") && shown.contains("are wrong"), "{shown}");
}

#[tokio::test]
async fn retries_are_those_of_the_call() {
    for (retries, attempts) in [(RetryPolicy::never(), 1), (RetryPolicy::default().with_max_attempts(5), 5)] {
        let seen = Seen::default();
        let clock = Clock::skipping(20 * SECOND);
        let api = Api::builder().transport(noting(&seen, 429, "")).timer(clock).timeout(3600 * SECOND);
        let started = api.build().unwrap();
        let options = CallOptions::new().retries(retries);
        let error = started.report().with_options(options).send().await.unwrap_err();
        assert_eq!((error.attempts(), seen.all().len()), (attempts, attempts as usize));
    }
}

/// The order of precedence: the timeout of the call, of a client for single calls, of the endpoint, of the client.
#[tokio::test]
async fn the_nearest_timeout_counts() {
    let (server, clock) = (Server::start(vec![Act::Read, Act::Stall]), Clock::standing());
    let api = Api::builder().base_url(server.url()).timer(clock.clone()).timeout(7 * SECOND).build().unwrap();
    let of_the_call = || CallOptions::new().timeout(3 * SECOND);
    let shorter = api.with_timeout(5 * SECOND);
    let calls: [(ResponseFuture<()>, u32); 5] = [
        (api.send_as(&List), 7),
        (api.report().send(), 120),
        (shorter.report().send(), 5),
        (api.report().with_options(of_the_call()).send(), 3),
        (shorter.report().with_options(of_the_call()).send(), 3),
    ];
    for (call, limit) in calls {
        let stalled = server.state().stalled;
        let time = async {
            server.until(|state| state.stalled > stalled).await;
            clock.advance((limit * SECOND).saturating_sub(Duration::from_millis(1)));
            assert_eq!(clock.sleepers(), 1, "{limit}");
            clock.advance(Duration::from_millis(1));
        };
        let (outcome, ()) = tokio::join!(call, time);
        let error = outcome.unwrap_err().to_string();
        assert!(error.contains(&format!("no response within {limit} s, ")), "{error}");
    }
}

#[test]
fn a_declared_timeout_is_described() {
    assert_eq!((Report::INFO.timeout, List::INFO.timeout), (Some(120 * SECOND), None));
}

/// A hand-written client with its own error type.
#[derive(Clone, Debug)]
struct Shop(Client);

struct ShopFuture<T>(ResponseFuture<T>);

impl<T> Future for ShopFuture<T> {
    type Output = Result<T, String>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(context).map_err(|error: Error| error.to_string())
    }
}

impl Caller for &Shop {
    type Output<T> = ShopFuture<T>;

    fn call_with<E: Endpoint, T>(self, endpoint: &E, reader: Reader<T>) -> ShopFuture<T> {
        ShopFuture(self.0.call_with(endpoint, reader))
    }
}

/// Buys an item.
#[endpoint(post = "/orders", response = ())]
struct Buy {
    article: u64,
}

#[tokio::test]
async fn a_hand_written_client_needs_no_code_for_them() {
    let seen = Seen::default();
    let transport = noting_each(&seen, |number| if number == 0 { (200, "") } else { (500, "") });
    let shop = Shop(Client::builder("https://api.example.com").transport(transport).build().unwrap());
    let options = CallOptions::new().body("gift", true);
    shop.buy().article(7).with_options(options.clone()).send().await.unwrap();
    assert_eq!(seen.last().body, r#"{"article":7,"gift":true}"#);
    let error: String = shop.buy().article(7).with_options(options).send().await.unwrap_err();
    assert!(error.starts_with("POST /orders: 500"), "{error}");
}
