//! Problems of the official SDKs, with one test each. The name of a test says what the SDKs do. The test
//! checks that this client does not do it.
//!
//! Measured with the SDKs for Python 15.3, Node 14.2, Ruby 11.1, Go 18.1 and Rust 11.1. If a subject has a separate
//! file, that file tests every endpoint and every case. This file tests only the case that was observed.

use std::time::Duration;

use declapi::endpoint;
use serde_json::{Value, json};
use stytch_client::passwords::{Authenticate, EmailResetStart, HashType, Locale, Migrate, StrengthPolicy};
use stytch_client::{Client, ClientBuilder, Endpoint, Error, ErrorKind, Phase, StytchError};
use stytch_client_tests::calls;
use stytch_client_tests::canaries::{self, API_SECRET, PASSWORD, PROJECT_ID, found_in};
use stytch_client_tests::clock::Clock;
use stytch_client_tests::server::{Act, Server, response, success};

const MIB: usize = 1024 * 1024;

fn builder(server: &Server) -> ClientBuilder {
    calls::client_of(server.url())
}

async fn log_in(client: &Client) -> Result<stytch_client::passwords::AuthenticateResponse, Error> {
    client.passwords().authenticate().email("ada@example.com").password(PASSWORD).send().await
}

/// Starts a server that responds to every request with these bytes.
fn responding(bytes: Vec<u8>) -> Server {
    Server::start(vec![Act::Serve(bytes)])
}

fn body_of(request: &stytch_client::Request) -> Value {
    serde_json::from_slice(request.body().unwrap()).unwrap()
}

#[tokio::test]
async fn no_sdk_retries() {
    let server = responding(success(r#"{"user_id":"user-test-1"}"#));
    server.next([Act::Read, Act::Write(response("429 No", &["retry-after: 1", "connection: close"], ""))]);
    let client = builder(&server).timer(Clock::skipping(Duration::from_secs(1))).build().unwrap();
    assert_eq!(log_in(&client).await.unwrap().user_id, "user-test-1");
    assert_eq!(server.state().requests.len(), 2);
}

#[tokio::test]
async fn python_go_and_rust_have_no_timeout() {
    let (server, clock) = (Server::start(vec![Act::Read, Act::Stall]), Clock::standing());
    let client = builder(&server).timer(clock.clone()).build().unwrap();
    let time = async {
        server.until(|state| state.stalled == 1).await;
        clock.advance(Duration::from_secs(30));
    };
    let (outcome, ()) = tokio::join!(log_in(&client), time);
    assert_eq!(outcome.unwrap_err().phase(), Some(Phase::Waiting));
}

#[tokio::test]
async fn node_ignores_the_timeout_that_is_set() {
    let (server, clock) = (Server::start(vec![Act::Read, Act::Stall]), Clock::standing());
    let client = builder(&server).timer(clock.clone()).timeout(Duration::from_secs(3)).build().unwrap();
    let time = async {
        server.until(|state| state.stalled == 1).await;
        clock.advance(Duration::from_secs(3));
    };
    let (outcome, ()) = tokio::join!(log_in(&client), time);
    assert!(outcome.unwrap_err().to_string().contains("within 3 s"));
}

/// All SDKs except Ruby's.
#[tokio::test]
async fn a_307_or_308_sends_the_password_to_another_origin() {
    let elsewhere = responding(success(r#"{"user_id":"user-test-mallory"}"#));
    for kind in ["307 Temporary Redirect", "308 Permanent Redirect"] {
        let location = format!("location: {}/v1/passwords/authenticate", elsewhere.url());
        let server = responding(response(kind, &[&location], ""));
        let error = log_in(&builder(&server).build().unwrap()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Redirect, "{kind}: {error}");
    }
    assert_eq!(elsewhere.state().accepted, 0);
}

/// All SDKs except Ruby's.
#[tokio::test]
async fn the_response_of_another_host_is_used_for_the_login() {
    let elsewhere = responding(success(r#"{"user_id":"user-test-mallory"}"#));
    for kind in ["301 Moved Permanently", "302 Found", "303 See Other"] {
        let location = format!("location: {}/", elsewhere.url());
        let server = responding(response(kind, &[&location], ""));
        let error = log_in(&builder(&server).build().unwrap()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Redirect, "{kind}: {error}");
    }
    assert_eq!(elsewhere.state().accepted, 0);
}

#[tokio::test]
async fn all_sdks_read_responses_of_any_size() {
    let headers = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let chunk = [b"100000\r\n".as_slice(), &vec![b' '; MIB], b"\r\n"].concat();
    let server = Server::start(vec![Act::Read, Act::Write(headers.into()), Act::Flood(chunk, 200)]);
    let error = log_in(&builder(&server).build().unwrap()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge, "{error}");
    server.until_all_closed().await;
    assert!(server.state().flooded < 32 * MIB);
}

#[test]
fn all_sdks_send_a_password_unencrypted() {
    let error =
        Client::builder(PROJECT_ID, API_SECRET).base_url("http://api.example.com").build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.to_string().contains("unencrypted"), "{error}");
}

#[test]
fn rust_lets_a_url_replace_the_credentials() {
    let builder = Client::builder(PROJECT_ID, API_SECRET).base_url("https://mallory:pw@api.example.com");
    let error = builder.build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(!format!("{error} {error:?}").contains("mallory"), "{error}");
}

#[tokio::test]
async fn node_go_and_rust_lose_the_status_of_a_response_that_is_not_json() {
    for (status, page) in [(502, "<html><h1>Bad Gateway</h1></html>"), (503, "")] {
        let server = responding(response(&format!("{status} No"), &["content-type: text/html"], page));
        let error = log_in(&builder(&server).build().unwrap()).await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Status, Some(status)), "{error}");
        assert!(error.to_string().contains(&status.to_string()), "{error}");
    }
}

#[tokio::test]
async fn ruby_returns_errors_as_responses() {
    // The body has all required fields, so that only the status shows that it is an error.
    let body =
        json!({"user_id": "user-test-1", "status_code": 401, "error_type": "unauthorized_credentials"});
    let server = responding(response("401 Unauthorized", &[], &body.to_string()));
    let error = log_in(&builder(&server).build().unwrap()).await.unwrap_err();
    assert!(error.is("unauthorized_credentials"), "{error}");
}

/// The SDKs for Python and Rust.
#[tokio::test]
async fn a_response_with_a_new_enum_value_is_lost() {
    let server = responding(success(r#"{"valid_password":true,"strength_policy":"entropy"}"#));
    let client = builder(&server).build().unwrap();
    let checked = client.passwords().strength_check().password(PASSWORD).send().await.unwrap();
    assert_eq!(checked.strength_policy, StrengthPolicy::Other("entropy".to_owned()));
}

#[tokio::test]
async fn rust_loses_a_response_with_a_null_list() {
    let user = r#"{"user_id":"user-test-1","user":{"user_id":"user-test-1","emails":null,"roles":null}}"#;
    let server = responding(success(user));
    let login = log_in(&builder(&server).build().unwrap()).await.unwrap();
    assert!(login.user.unwrap().emails.is_empty());
}

#[tokio::test]
async fn rust_loses_an_error_without_an_error_url() {
    let server =
        responding(response("404 No", &[], r#"{"error_type":"email_not_found","error_message":"No."}"#));
    let error = log_in(&builder(&server).build().unwrap()).await.unwrap_err();
    assert!(error.is("email_not_found"), "{error}");
}

/// `canaries.rs` checks the log at TRACE.
#[test]
fn rust_shows_tokens_and_passwords() {
    let call = calls::named("passwords.authenticate");
    assert_eq!(found_in(&call.read(call.response).unwrap().shown), None);
    let request =
        Authenticate::builder().email("a").password(PASSWORD).session_jwt(canaries::SESSION_JWT).build();
    assert_eq!(found_in(&format!("{request:?} {request:#?} {:?}", request.request())), None);
}

#[tokio::test]
async fn node_keeps_the_password_in_its_errors() {
    let echo = json!({"error_type": "x", "error_message": PASSWORD, "error_details": {"you_sent": PASSWORD}});
    let server = responding(response("400 No", &[], &echo.to_string()));
    let error = log_in(&builder(&server).build().unwrap()).await.unwrap_err();
    assert_eq!(
        found_in(&format!("{error} {error:?} {error:#?} {:?}", error.api_error::<StytchError>())),
        None
    );
}

/// All SDKs except Go's.
#[tokio::test]
async fn the_prefix_of_a_base_url_is_dropped() {
    let server = responding(success(r#"{"user_id":"user-test-1"}"#));
    let client = Client::builder(PROJECT_ID, API_SECRET).base_url(format!("{}/stytch/proxy/", server.url()));
    log_in(&client.build().unwrap()).await.unwrap();
    let headers = server.state().requests.pop().unwrap().headers;
    assert!(headers.starts_with("POST /stytch/proxy/v1/passwords/authenticate HTTP/1.1\r\n"), "{headers}");
}

#[test]
fn rust_has_no_brazilian_portuguese() {
    let start = EmailResetStart::builder().email("ada@example.com").locale(Locale::PtBr).build();
    assert_eq!(body_of(&start.request().unwrap())["locale"], "pt-br");
}

/// A custom endpoint, because no password endpoint has an id in its path.
#[endpoint(delete = "/v1/users/{user_id}", response = ())]
struct DeleteUser<'a> {
    user_id: &'a str,
}

/// All SDKs, until 2025.
#[test]
fn an_id_can_lead_to_another_route() {
    let path =
        |id| DeleteUser::builder().user_id(id).build().request().map(|request| request.path().to_owned());
    assert_eq!(path("a/../b?c#d").unwrap(), "/v1/users/a%2F..%2Fb%3Fc%23d");
    assert_eq!(path("%2e%2e").unwrap(), "/v1/users/%252e%252e");
    for lost in ["", ".", ".."] {
        assert_eq!(path(lost).unwrap_err().kind(), ErrorKind::Request, "{lost}");
    }
}

#[test]
fn go_cannot_send_false() {
    let migrate = Migrate::builder().email("ada@example.com").hash("h").hash_type(HashType::Bcrypt);
    let migrate = migrate.set_email_verified(false).external_id("").roles([""; 0]).build();
    let body = body_of(&migrate.request().unwrap());
    assert_eq!(
        (&body["set_email_verified"], &body["external_id"], &body["roles"]),
        (&json!(false), &json!(""), &json!([]))
    );
}

#[test]
fn rust_sends_null_for_unset_parameters() {
    let login = Authenticate::builder().email("ada@example.com").password("x").build();
    assert_eq!(body_of(&login.request().unwrap()), json!({"email": "ada@example.com", "password": "x"}));
}
