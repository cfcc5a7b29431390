//! The order of hooks, other hosts, calls inside of hooks, and timeouts.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use declapi::http::{HeaderValue, Response};
use declapi::{Body, Client, Hook, HookFuture, Next, Phase, PreparedRequest, Timer, TransportError};
use stytch_client_tests::clock::Clock;
use stytch_client_tests::server::{Act, Server, success};

use crate::{Log, ReadNoteExt, client, entries};

/// Records when it sees the request and the response.
struct Around(&'static str, Log);

impl Hook for Around {
    fn send<'a>(&'a self, mut request: PreparedRequest, next: Next<'a>) -> HookFuture<'a> {
        Box::pin(async move {
            self.1.lock().unwrap().push(format!("{} out", self.0));
            request.headers.append("x-way", HeaderValue::from_static(self.0));
            let mut response = next.send(request).await?;
            self.1.lock().unwrap().push(format!("{} back", self.0));
            response.headers_mut().append("x-way", HeaderValue::from_static(self.0));
            Ok(response)
        })
    }
}

#[tokio::test]
async fn the_first_hook_is_the_outermost() {
    let (builder, _) = client(&[(400, r#"{"code":"no"}"#)]);
    let log = Log::default();
    let client = builder.hook(Around("one", Arc::clone(&log))).hook(Around("two", Arc::clone(&log)));
    let error = client.build().unwrap().read_note().id(1).send().await.unwrap_err();
    assert_eq!(entries(&log), ["one out", "two out", "two back", "one back"]);
    let way: Vec<_> = error.headers().unwrap().get_all("x-way").iter().collect();
    assert_eq!(way, ["two", "one"]);
    assert!(error.is("no"));
}

/// Sends every call to another server.
struct Elsewhere(String);

impl Hook for Elsewhere {
    fn send<'a>(&'a self, mut request: PreparedRequest, next: Next<'a>) -> HookFuture<'a> {
        request.url = format!("{}{}", self.0, request.url.path()).parse().unwrap();
        next.send(request)
    }
}

#[tokio::test]
async fn a_hook_may_lead_to_another_host() {
    let server = Server::start(vec![Act::Serve(success("\"here\""))]);
    let client = Client::builder("https://api.example.com").hook(Elsewhere(server.url())).build().unwrap();
    assert_eq!(client.read_note().id(1).send().await.unwrap(), "here");
    let headers = server.state().requests[0].headers.to_lowercase();
    assert!(headers.contains(&format!("host: {}", server.address())), "{headers}");
    assert!(!headers.contains("example.com"), "{headers}");
}

/// Waits before it passes a request on.
struct Slow(Clock);

impl Hook for Slow {
    fn send<'a>(&'a self, request: PreparedRequest, next: Next<'a>) -> HookFuture<'a> {
        Box::pin(async move {
            self.0.sleep(Duration::from_secs(3600)).await;
            next.send(request).await
        })
    }
}

#[tokio::test]
async fn a_slow_hook_counts_against_the_timeout() {
    let (builder, log) = client(&[(200, "\"late\"")]);
    let clock = Clock::standing();
    let client = builder.timer(clock.clone()).timeout(Duration::from_secs(5)).hook(Slow(clock.clone()));
    let client = client.build().unwrap();
    let call = tokio::spawn(client.read_note().id(1).send());
    clock.until_begun(2).await;
    clock.advance(Duration::from_secs(5));
    let error = call.await.unwrap().unwrap_err();
    assert_eq!((error.phase(), entries(&log).len()), (Some(Phase::Preparing), 0), "{error}");
    assert!(
        error.to_string().contains("waiting for the credentials or for a hook: nothing was sent"),
        "{error}"
    );
}

/// Replaces every response except that for note 2, with a call of the same client.
#[derive(Default)]
struct Replace(Arc<OnceLock<Client>>);

impl Hook for Replace {
    fn send<'a>(&'a self, request: PreparedRequest, next: Next<'a>) -> HookFuture<'a> {
        let is_inner = request.url.path() == "/notes/2";
        Box::pin(async move {
            let response = next.send(request).await?;
            if is_inner {
                return Ok(response);
            }
            drop(response);
            let other = self.0.get().unwrap().read_note().id(2).send().await;
            let other = other.map_err(TransportError::rejected)?;
            Ok(Response::new(Body::from(format!("\"{other}\""))))
        })
    }
}

/// The connection of a response is free as soon as a hook has dropped it.
#[tokio::test]
async fn a_hook_may_drop_a_response_and_make_another_call() {
    let server = Server::start(vec![Act::Serve(success("\"milk\""))]);
    let hook = Replace::default();
    let own_client = Arc::clone(&hook.0);
    let builder = Client::builder(server.url()).timer(Clock::standing()).max_connections(1).hook(hook);
    let client = own_client.get_or_init(|| builder.build().unwrap());
    assert_eq!(client.read_note().id(1).send().await.unwrap(), "milk");
    assert_eq!(server.state().requests.len(), 2);
}
