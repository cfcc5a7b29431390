//! Hosts on real connections.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use declapi::{ErrorKind, PreparedRequest, RetryPolicy, Transport, TransportFuture};
use stytch_client_tests::clock::Clock;
use stytch_client_tests::server::{Act, Received, Server, response, success};

use crate::Files;

/// Returns the requests that it received.
fn echo() -> Server {
    let echo: fn(&Received) -> Vec<u8> = |request| {
        let host =
            request.headers.lines().find(|line| line.to_lowercase().starts_with("host: ")).unwrap_or("");
        let authorization = request.headers.to_lowercase().contains("authorization");
        success(&format!("\"{} {host} {authorization}\"", request.headers.lines().next().unwrap()))
    };
    Server::start(vec![Act::Respond(echo)])
}

/// The built-in transport connects to each host in the right way.
#[tokio::test]
async fn the_built_in_transport_reaches_every_host() {
    let (api, uploads, cdn) = (echo(), echo(), echo());
    let port = uploads.address().port();
    let client = Files::builder().base_url(api.url()).bearer_auth("token");
    let client = client.host("uploads", format!("http://files.localhost:{port}/up")).build().unwrap();
    let said = |line: &str, host: &str, auth: bool| format!("{line} HTTP/1.1 host: {host} {auth}");
    for _ in 0..2 {
        let read = client.read().id(1).send().await.unwrap();
        assert_eq!(read, said("GET /files/1?tenant=t1", &api.address().to_string(), true));
        let uploaded = client.uploads().upload().name("a").send().await.unwrap();
        assert_eq!(uploaded, said("POST /up/files?tenant=t1", &format!("files.localhost:{port}"), false));
        let stored = client.store().url(&format!("{}/f?s=1", cdn.url())).text("t").send().await.unwrap();
        assert_eq!(stored, said("PUT /f?s=1", &cdn.address().to_string(), false));
    }
    assert_eq!((api.state().accepted, uploads.state().accepted, cdn.state().accepted), (1, 1, 1));
}

/// The errors contain the host of the call.
#[tokio::test]
async fn errors_name_the_right_host() {
    let nobody = {
        let server = Server::start(vec![]);
        server.url()
    };
    let redirecting = Server::start(vec![Act::Serve(response("302 Found", &["location: /elsewhere"], ""))]);
    let client = Files::builder().base_url("https://api.example.com").retries(RetryPolicy::never());
    let client = client.host("uploads", &*nobody).host("search", redirecting.url()).build().unwrap();
    let error = client.uploads().upload().name("a").send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert!(error.to_string().contains(&format!("no connection to {nobody}: ")), "{error}");
    let error = client.find().q("x").send().await.unwrap_err();
    assert!(error.to_string().contains("redirect to the same server"), "{error}");
}

/// Passes every request on, and does not say that this needs Tokio.
struct PassOn<T>(T);

impl<T: Transport> Transport for PassOn<T> {
    fn send(&self, request: PreparedRequest) -> TransportFuture {
        self.0.send(request)
    }
}

#[test]
fn an_http_client_without_a_runtime_is_an_error_and_not_a_panic() {
    let url = "http://127.0.0.1:1";
    let built_in = PassOn(declapi::built_in_transport(url).unwrap());
    let custom = PassOn(stytch_client_tests::http::client().build().unwrap());
    for builder in [Files::builder().transport(built_in), Files::builder().transport(custom)] {
        let client = builder.base_url(url).timer(Clock::standing()).build().unwrap();
        let mut call = pin!(client.read().id(1).send());
        let polled = call.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        let Poll::Ready(outcome) = polled else { panic!("it waits for nothing") };
        let error = outcome.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Request, 1), "{error}");
        assert!(error.to_string().contains("return `true` from `needs_tokio`"), "{error}");
    }
}
