//! The content of errors: for API errors with all kinds of mistakes, and for other failures.

use std::error::Error as _;

use proptest::prelude::{ProptestConfig, any, prop, proptest};
use serde_json::{Value, json};
use stytch_client::passwords::StrengthCheckResponse;
use stytch_client::{Client, Error, ErrorKind, RetryPolicy, StytchError, error_type};
use stytch_client_tests::canaries::{API_SECRET, PROJECT_ID};
use stytch_client_tests::fixed_response::client_with;
use stytch_client_tests::server::{Act, ClosedPort, Server};

async fn check(client: &Client) -> Result<StrengthCheckResponse, Error> {
    client.passwords().strength_check().password("x").send().await
}

async fn rejected(status: u16, body: &Value) -> Error {
    check(&client_with(status, body.to_string())).await.unwrap_err()
}

fn whole() -> Value {
    json!({
        "status_code": 400,
        "request_id": "request-id-test-1",
        "error_type": "duplicate_email",
        "error_message": "A user with the specified email already exists.",
        "error_url": "https://stytch.com/docs/api/errors/400#duplicate_email",
        "error_details": {"where": "email"},
    })
}

#[tokio::test]
async fn an_api_error_says_it_all() {
    let error = rejected(400, &whole()).await;
    assert_eq!(
        error.to_string(),
        "POST /v1/passwords/strength_check: API error 400 duplicate_email: A user with the specified email \
         already exists, see https://stytch.com/docs/api/errors/400#duplicate_email [request-id-test-1]"
    );
    assert!(
        error.is("duplicate_email") && error.is(error_type::DUPLICATE_EMAIL) && !error.is("weak_password")
    );
    assert_eq!((error.kind(), error.status(), error.attempts()), (ErrorKind::Api, Some(400), 1));
    assert_eq!(error.message(), Some("A user with the specified email already exists."));
    let api: StytchError = error.api_error().unwrap();
    assert_eq!(Some(&*api.error_message), error.message());
    assert_eq!(Some(&*api.error_type), error.code());
    assert_eq!(api.error_url, "https://stytch.com/docs/api/errors/400#duplicate_email");
    assert_eq!(Some(&*api.request_id), error.request_id());
    assert_eq!(api.error_details, Some(json!({"where": "email"})));
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn every_known_type_and_any_other_one_can_be_asked_for() {
    for name in error_type::ALL.iter().chain(&["a_type_of_the_future"]) {
        let error = rejected(400, &json!({"error_type": name})).await;
        assert!(error.is(name), "{error}");
        assert_eq!(error.code(), Some(*name));
        assert_eq!(error.api_error::<StytchError>().unwrap().error_type, *name);
    }
}

#[tokio::test]
async fn the_http_status_overrides_the_body() {
    let mut body = whole();
    for other in [json!(404), json!(null), json!("404"), json!(-1), json!(70000), json!(4.5)] {
        body["status_code"] = other;
        let error = rejected(400, &body).await;
        assert_eq!((error.status(), error.code()), (Some(400), Some("duplicate_email")), "{body}");
        assert!(error.to_string().contains("API error 400 duplicate_email"), "{error}");
    }
}

/// Each field is missing, null, empty, or of another type. The error is still an API error with the same status.
#[tokio::test]
async fn no_field_is_needed() {
    let fields: Vec<String> = whole().as_object().unwrap().keys().cloned().collect();
    let odd = [json!(null), json!(""), json!(7), json!(true), json!([]), json!([null]), json!({"a": {}})];
    for field in &fields {
        for odd in odd.iter().map(Some).chain([None]) {
            let mut body = whole();
            match odd {
                Some(odd) => body[field] = odd.clone(),
                None => drop(body.as_object_mut().unwrap().remove(field)),
            }
            for status in [400, 401, 404, 429, 500, 503] {
                let error = rejected(status, &body).await;
                assert_eq!((error.kind(), error.status()), (ErrorKind::Api, Some(status)), "{body}: {error}");
                assert_eq!(error.is("duplicate_email"), field != "error_type", "{body}: {error}");
                assert_eq!(error.request_id().is_some(), field != "request_id", "{body}: {error}");
            }
        }
    }
}

#[tokio::test]
async fn the_oauth_form_is_read_as_well() {
    let body = json!({
        "status_code": 401,
        "request_id": "request-id-test-1",
        "error": "invalid_client",
        "error_description": "Client authentication failed.",
        "error_uri": "https://stytch.com/docs/errors",
    });
    let error = rejected(401, &body).await;
    assert!(error.is("invalid_client"));
    assert!(
        error.to_string().ends_with(
            "API error 401 invalid_client: Client authentication failed, see https://stytch.com/docs/errors \
             [request-id-test-1]"
        ),
        "{error}"
    );
    for half in [json!({"error": "invalid_client"}), json!({"error_description": "no"})] {
        assert_eq!(rejected(401, &half).await.kind(), ErrorKind::Api);
    }
}

/// Other bodies with such a status. The error has the status and the body.
#[tokio::test]
async fn other_errors_keep_their_status() {
    for body in
        ["", " ", "<html></html>", "{}", "[]", "null", "7", "\"text\"", "{\"error_type\":", "\u{0}\u{1}"]
    {
        for status in [400, 401, 403, 404, 413, 429, 500, 502, 503, 504, 599] {
            let error = check(&client_with(status, body)).await.unwrap_err();
            assert_eq!(
                (error.kind(), error.status()),
                (ErrorKind::Status, Some(status)),
                "{body:?}: {error}"
            );
            assert_eq!(error.body(), Some(body.as_bytes()));
            assert_eq!(error.is_retryable(), matches!(status, 429 | 500 | 502..=504), "{error}");
        }
    }
}

/// Each cause of an error adds information, and does not repeat another one.
fn no_line_is_printed_twice(error: &Error) {
    let mut said = vec![error.to_string()];
    let mut source = error.source();
    while let Some(error) = source {
        let says = error.to_string();
        assert!(
            !says.is_empty() && !said.iter().any(|said| said.contains(&says)),
            "{says:?} again, after {said:?}"
        );
        assert!(!said.iter().any(|said| says.contains(said.as_str())), "{says:?} repeats one of {said:?}");
        said.push(says);
        source = error.source();
    }
}

#[tokio::test]
async fn causes_add_information() {
    let client = |url: &str| {
        Client::builder(PROJECT_ID, API_SECRET).base_url(url).retries(RetryPolicy::never()).build()
    };
    let no_connection = check(&client(&ClosedPort::bind().url()).unwrap()).await.unwrap_err();
    let garbage = Server::start(vec![Act::Read, Act::Write(b"garbage\r\n\r\n".into())]);
    let no_http = check(&client(&garbage.url()).unwrap()).await.unwrap_err();
    let plain = Server::start(vec![Act::Await, Act::Write(b"HTTP/1.1 400 No\r\n\r\n".into())]);
    let no_tls = check(&client(&format!("https://{}", plain.address())).unwrap()).await.unwrap_err();
    let half =
        Server::start(vec![Act::Read, Act::Write(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{".into())]);
    let cut = check(&client(&half.url()).unwrap()).await.unwrap_err();
    let no_name = check(&client("https://no-such-host.invalid").unwrap()).await.unwrap_err();
    let no_url = client("no URL").unwrap_err();
    assert!(!no_connection.to_string().contains("certificate"), "{no_connection}");
    assert!(no_tls.to_string().contains("that this machine trusts its certificate"), "{no_tls}");
    for error in [no_connection, no_http, no_tls, cut, no_name, no_url] {
        assert!(error.source().is_some(), "{error}");
        no_line_is_printed_twice(&error);
    }
}

/// A readable line: one line, of limited length, without control characters.
fn is_a_line(error: &Error) {
    let line = error.to_string();
    assert!(line.len() < 6000 && line.chars().count() < 1700, "{} characters: {line}", line.chars().count());
    assert!(!line.chars().any(|character| character.is_control() || character == '\u{2028}'), "{line:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_with_any_status_make_a_line(status in 100_u16..=999, body in prop::collection::vec(any::<u8>(), 0..2000)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        // Random bytes are never the declared response.
        let error = runtime.block_on(check(&client_with(status, body.clone()))).unwrap_err();
        is_a_line(&error);
        assert_eq!(error.status(), Some(status));
        assert_eq!(error.kind() == ErrorKind::Decode, (200..300).contains(&status), "{error}");
    }

    #[test]
    fn any_strings_in_an_api_error_make_a_line(strings in prop::array::uniform4(any::<String>()), times in 1_usize..500) {
        let [error_type, message, url, request_id] = strings.map(|string| string.repeat(times));
        let body = json!({"error_type": error_type, "error_message": message, "error_url": url, "request_id": request_id});
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        is_a_line(&runtime.block_on(rejected(400, &body)));
    }
}
