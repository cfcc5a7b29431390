//! Tests the properties, `Display` and `Debug` of errors in each situation.

use std::error::Error as _;
use std::time::Duration;

use declapi::http::{Request, Response};
use declapi::{
    Body, Client, Error, ErrorKind, Phase, PreparedRequest, RetryPolicy, Sleep, Stage, Timer, Transport,
    TransportError, TransportErrorKind, TransportFuture, endpoint,
};

/// Reads a thing.
#[endpoint(get = "/things/{id}", response = String)]
struct GetThing<'a> {
    id: &'a str,
}

/// A timer whose timeouts and delays end immediately.
struct Impatient;

impl Timer for Impatient {
    fn now(&self) -> std::time::Instant {
        std::time::Instant::now()
    }

    fn sleep(&self, _: Duration) -> Sleep {
        Sleep::new(std::future::ready(()))
    }
}

/// A transport that reaches a stage and then never completes.
struct Stuck(Stage);

impl Transport for Stuck {
    fn send(&self, request: PreparedRequest) -> TransportFuture {
        request.progress.reach(self.0);
        Box::pin(std::future::pending())
    }
}

async fn called(transport: impl Transport) -> Error {
    let client =
        Client::builder("https://api.example.com").transport(transport).retries(RetryPolicy::never());
    client.build().unwrap().get_thing().id("1").send().await.unwrap_err()
}

async fn error_of_response(status: u16, body: &'static str) -> Error {
    called(move |_: Request<Body>| async move {
        Ok(Response::builder().status(status).header("x-request-id", "id-1").body(Body::from(body)).unwrap())
    })
    .await
}

async fn failed(kind: TransportErrorKind) -> Error {
    called(move |_: Request<Body>| async move { Err(TransportError::new(kind, "the reason")) }).await
}

async fn timed_out(stage: Stage) -> Error {
    let client = Client::builder("https://api.example.com").transport(Stuck(stage)).timer(Impatient);
    client.build().unwrap().get_thing().id("1").send().await.unwrap_err()
}

/// Returns the kind, whether it is a timeout, whether nothing was sent, and whether the call may succeed later.
fn classified(error: &Error) -> (ErrorKind, bool, bool, bool) {
    (error.kind(), error.is_timeout(), error.is_connect(), error.is_retryable())
}

#[tokio::test]
async fn each_situation_has_a_kind() {
    for (error, kind, is_connect, is_retryable) in [
        (error_of_response(400, r#"{"code":"no"}"#).await, ErrorKind::Api, false, false),
        (error_of_response(503, r#"{"code":"no"}"#).await, ErrorKind::Api, false, true),
        (error_of_response(502, "<html>").await, ErrorKind::Status, false, true),
        (error_of_response(404, "").await, ErrorKind::Status, false, false),
        (error_of_response(307, "").await, ErrorKind::Redirect, false, false),
        (error_of_response(200, "7").await, ErrorKind::Decode, false, false),
        (failed(TransportErrorKind::NotSent).await, ErrorKind::Connect, true, true),
        (failed(TransportErrorKind::Unreachable).await, ErrorKind::Connect, true, false),
        (failed(TransportErrorKind::Unknown).await, ErrorKind::Connection, false, true),
        (failed(TransportErrorKind::Rejected).await, ErrorKind::Request, false, false),
        (failed(TransportErrorKind::InvalidResponse).await, ErrorKind::Protocol, false, false),
        (failed(TransportErrorKind::Redirected).await, ErrorKind::Redirect, false, false),
    ] {
        assert_eq!(classified(&error), (kind, false, is_connect, is_retryable), "{error}");
        assert_eq!((error.phase(), error.attempts()), (None, 1), "{error}");
        assert_eq!(error.endpoint().map(|info| info.path), Some("/things/{id}"));
    }
    let error = Client::builder("https://api.example.com").build().unwrap().get_thing().id("..").send().await;
    let error = error.unwrap_err();
    assert_eq!(classified(&error), (ErrorKind::Request, false, false, false), "{error}");
    assert_eq!(error.attempts(), 0);
    let error = Client::builder("nowhere").build().unwrap_err();
    assert_eq!(classified(&error), (ErrorKind::Config, false, false, false), "{error}");
    assert!(error.endpoint().is_none());
}

#[tokio::test]
async fn a_timeout_names_the_phase() {
    for (stage, phase, is_connect, doing) in [
        (Stage::Connecting, Phase::Connecting, true, "connecting: nothing was sent"),
        (
            Stage::Sent,
            Phase::Waiting,
            false,
            "waiting for the response: the server may have received the request",
        ),
        (Stage::Reading, Phase::Reading, false, "reading the response: the server has received the request"),
    ] {
        let error = timed_out(stage).await;
        assert_eq!(classified(&error), (ErrorKind::Timeout, true, is_connect, true), "{error}");
        assert_eq!(error.phase(), Some(phase));
        assert!(error.to_string().contains(&format!("no response within 30 s, {doing}")), "{error}");
    }
}

#[tokio::test]
async fn a_transport_can_have_its_own_timeouts() {
    let slow = |_: Request<Body>| async move {
        Err(TransportError::unknown("slow").with_timeout(Some(Duration::from_millis(1500))))
    };
    let error = called(slow).await;
    assert_eq!(
        (classified(&error), error.phase()),
        ((ErrorKind::Timeout, true, false, true), Some(Phase::Waiting))
    );
    assert!(error.to_string().contains("within 1.5 s"), "{error}");
}

#[tokio::test]
async fn a_transport_can_set_the_message() {
    let error = called(|_: Request<Body>| async move {
        Err(TransportError::not_sent("x").with_message("the tunnel is closed: open it"))
    });
    assert!(error.await.to_string().ends_with("the tunnel is closed: open it"));
}

#[tokio::test]
async fn debug_contains_display_and_more() {
    let error =
        error_of_response(402, r#"{"code":"card_declined","message":"Your card was declined."}"#).await;
    assert_eq!(
        error.to_string(),
        "GET /things/{id}: API error 402 card_declined: Your card was declined. [id-1]"
    );
    let shown = format!("{error:?}");
    for part in [
        "kind: Api",
        "message: \"API error 402 card_declined: Your card was declined.\"",
        "endpoint: GET /things/{id}",
        "attempts: 1",
        "status: 402",
        "code: \"card_declined\"",
        "request_id: \"id-1\"",
        "body_bytes: 60",
    ] {
        assert!(shown.contains(part), "{part} is not in {shown}");
    }
    let error = failed(TransportErrorKind::Unknown).await;
    assert_eq!(error.source().map(ToString::to_string).as_deref(), Some("the reason"));
    assert!(format!("{error:?}").contains("source: \"the reason\""), "{error:?}");
}
