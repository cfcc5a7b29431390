//! Redirects are not followed, and no part of a call is sent to their target.

use stytch_client::{Client, ErrorKind, Location, RetryPolicy};
use stytch_client_tests::calls::{self, Call};
use stytch_client_tests::canaries;
use stytch_client_tests::http;
use stytch_client_tests::server::{Act, Server, response, success};

const KINDS: [&str; 5] = [
    "301 Moved Permanently",
    "302 Found",
    "303 See Other",
    "307 Temporary Redirect",
    "308 Permanent Redirect",
];

fn redirecting(kind: &str, location: &str) -> Server {
    let location = format!("location: {location}");
    Server::start(vec![Act::Serve(response(kind, &[&location], "<html>moved</html>"))])
}

fn client(server: &Server) -> Client {
    calls::client_of(server.url()).build().unwrap()
}

/// A server that would accept any request as a login.
fn eager(call: &Call) -> Server {
    Server::start(vec![Act::Serve(success(call.response))])
}

#[tokio::test]
async fn none_is_followed() {
    for call in calls::of_each_shape() {
        let elsewhere = eager(&call);
        for kind in KINDS {
            let secret_path = format!("{}/v1/moved/secret-path?token=secret-query#secret", elsewhere.url());
            let server = redirecting(kind, &secret_path);
            let error = call.send(&client(&server)).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Redirect, "{call:?}: {error:?}");
            assert_eq!(error.status(), kind[..3].parse().ok(), "{call:?}");
            assert!(!error.is_retryable());
            let shown = format!("{error} {error:?}");
            assert!(shown.contains(&elsewhere.url()), "{shown}");
            assert!(!shown.contains("secret-"), "{shown}");
            assert_eq!(server.state().requests.len(), 1, "{call:?}");
        }
        assert_eq!(elsewhere.state().accepted, 0, "{call:?}");
    }
}

/// The error contains the target in any notation, and no secrets.
#[tokio::test]
async fn every_way_to_write_a_location() {
    let call = calls::named("passwords.authenticate");
    let token = canaries::SESSION_TOKEN.trim_end_matches("_-");
    for (location, named) in [
        ("/v1/elsewhere?secret-query".to_owned(), "redirect to the same server,"),
        ("//elsewhere.example/secret-path".to_owned(), "redirect to http://elsewhere.example,"),
        (
            "https://user:secret-pw@elsewhere.example:8443/secret-path".to_owned(),
            "to https://elsewhere.example:8443,",
        ),
        ("data:text/plain,secret-data".to_owned(), "to an invalid URL,"),
        ("javascript:secret()".to_owned(), "to an invalid URL,"),
        ("http://[secret".to_owned(), "to nowhere,"),
        (String::new(), "redirect to the same server,"),
        (format!("https://{}.elsewhere.example/", canaries::SESSION_TOKEN), "to "),
        (format!("https://elsewhere.example/{token}?{token}#{token}"), "to https://elsewhere.example,"),
    ] {
        let server = redirecting("302 Found", &location);
        let error = call.send(&client(&server)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Redirect, "{location}: {error:?}");
        let shown = format!("{error} {error:?}");
        assert!(error.to_string().contains(named), "{location}: {error}");
        assert!(!shown.contains("secret"), "{location}: {shown}");
        assert_eq!(canaries::found_in(&shown), None, "{location}");
        assert_eq!(error.to_string().lines().count(), 1, "{error}");
    }
}

#[tokio::test]
async fn without_a_location_there_is_nowhere_to_go() {
    let call = calls::named("passwords.create");
    for (status, kind, word) in [
        ("301 Moved Permanently", ErrorKind::Redirect, "to nowhere,"),
        ("300 Multiple Choices", ErrorKind::Status, "300 with a response that is not in the API's format"),
        ("304 Not Modified", ErrorKind::Status, "304 with a response that is not in the API's format"),
    ] {
        let server = Server::start(vec![Act::Serve(response(status, &[], ""))]);
        let error = call.send(&client(&server)).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.to_string().contains(word), "{error}");
    }
}

/// A custom HTTP client may follow redirects. It has no body to send to the target, and the target's response is not
/// used as the API's.
#[tokio::test]
async fn a_client_that_follows_redirects_has_no_body_to_send() {
    for call in calls::of_each_shape() {
        for kind in KINDS {
            let elsewhere = eager(&call);
            let server = redirecting(kind, &format!("{}/v1/elsewhere", elsewhere.url()));
            let client = calls::client_of(server.url());
            let client = client.http_client(http::client().build().unwrap()).build().unwrap();
            let error = call.send(&client).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Redirect, "{call:?} {kind}: {error:?}");
            for request in elsewhere.state().requests {
                let headers = request.headers.lines().filter(|header| !is_declared(&call, header));
                let headers = headers.collect::<Vec<_>>().join("\n");
                let request = format!("{headers}\n{}", String::from_utf8_lossy(&request.body));
                assert_eq!(canaries::found_in(&request), None, "{call:?} {kind}: {request}");
                assert!(!request.contains("ada@example.com"), "{call:?} {kind}: {request}");
            }
        }
    }
}

/// Returns whether an endpoint declares a header. reqwest sends such headers to the target, as `http_client` documents.
fn is_declared(call: &Call, header: &str) -> bool {
    let name = header.split(':').next().unwrap_or_default();
    call.info
        .fields()
        .any(|field| field.location == Location::Header && field.name.eq_ignore_ascii_case(name))
}

/// The target of the redirect may not exist. The first server may have carried out the call anyway.
#[tokio::test]
async fn a_redirect_to_an_unreachable_server_is_not_retried() {
    let nobody = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}/", listener.local_addr().unwrap())
    };
    for call in calls::of_each_shape() {
        let server = redirecting("303 See Other", &nobody);
        let client = calls::client_of(server.url());
        let client = client.http_client(http::client().build().unwrap()).build().unwrap();
        let error = call.send(&client).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Redirect, 1), "{call:?}: {error:?}");
        assert!(!error.is_connect(), "it was sent: {error:?}");
        assert_eq!(server.state().requests.len(), 1, "{call:?}");
    }
}

#[tokio::test]
async fn a_client_that_runs_in_circles_says_so() {
    let call = calls::named("sessions.revoke");
    let server = redirecting("302 Found", "/v1/sessions/revoke");
    let client = calls::client_of(server.url());
    let client = client.http_client(http::client().build().unwrap()).build().unwrap();
    let error = call.send(&client).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Redirect, 1), "{error:?}");
    assert!(error.to_string().contains("redirect::Policy::none()"), "{error}");
}

/// An HTTP client may have its own retries. Without a body to send again, it cannot retry.
#[tokio::test]
async fn a_client_with_its_own_retries_does_not_retry_a_login() {
    let call = calls::named("passwords.create");
    let server = Server::start(vec![Act::Serve(response("503 Service Unavailable", &[], ""))]);
    let retries =
        reqwest::retry::for_host("127.0.0.1").max_retries_per_request(5).classify_fn(|attempt| match attempt
            .status()
        {
            Some(status) if status.is_server_error() => attempt.retryable(),
            _ => attempt.success(),
        });
    let client = calls::client_of(server.url()).retries(RetryPolicy::never());
    let client = client.http_client(http::client().retry(retries).build().unwrap()).build().unwrap();
    let error = call.send(&client).await.unwrap_err();
    assert_eq!(error.status(), Some(503), "{error:?}");
    assert_eq!(server.state().requests.len(), 1);
}
