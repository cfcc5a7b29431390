//! What an error says, of refusals in every state of disrepair.

use std::error::Error as _;

use proptest::prelude::{ProptestConfig, any, prop, proptest};
use serde_json::{Value, json};
use stytch_client::passwords::StrengthCheckResponse;
use stytch_client::{Client, Error, ErrorKind, RetryPolicy, error_type};
use stytch_client_tests::canaries::{API_SECRET, PROJECT_ID};
use stytch_client_tests::server::{Act, Refusing, Server};
use stytch_client_tests::told::told;

async fn check(client: &Client) -> Result<StrengthCheckResponse, Error> {
    client.passwords().strength_check().password("x").send().await
}

async fn refused(status: u16, body: &Value) -> Error {
    check(&told(status, body.to_string())).await.unwrap_err()
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
async fn a_refusal_says_it_all() {
    let error = refused(400, &whole()).await;
    assert_eq!(
        error.to_string(),
        "POST /v1/passwords/strength_check: refused with 400 duplicate_email: A user with the specified email \
         already exists, see https://stytch.com/docs/api/errors/400#duplicate_email [request-id-test-1]"
    );
    assert!(
        error.is("duplicate_email") && error.is(error_type::DUPLICATE_EMAIL) && !error.is("weak_password")
    );
    assert_eq!((error.kind(), error.status(), error.attempts()), (ErrorKind::Api, Some(400), 1));
    let api = error.api().unwrap();
    assert_eq!(api.message, "A user with the specified email already exists.");
    assert_eq!(api.details, Some(json!({"where": "email"})));
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn every_known_type_and_any_other_one_can_be_asked_for() {
    for name in error_type::ALL.iter().chain(&["a_type_of_the_future"]) {
        let error = refused(400, &json!({"error_type": name})).await;
        assert!(error.is(name), "{error}");
        assert_eq!(error.api().unwrap().error_type, *name);
    }
}

#[tokio::test]
async fn the_body_may_state_another_status() {
    let mut body = whole();
    body["status_code"] = 404.into();
    let error = refused(400, &body).await;
    assert_eq!((error.status(), error.api().unwrap().status_code), (Some(400), 404));
    for odd in [json!(null), json!("404"), json!(-1), json!(70000), json!(4.5)] {
        body["status_code"] = odd;
        let error = refused(400, &body).await;
        assert_eq!((error.status(), error.api().unwrap().status_code), (Some(400), 400));
    }
}

/// Each member missing, null, empty, or something else altogether: it stays a refusal, of the same status.
#[tokio::test]
async fn no_member_is_needed() {
    let members: Vec<String> = whole().as_object().unwrap().keys().cloned().collect();
    let odd = [json!(null), json!(""), json!(7), json!(true), json!([]), json!([null]), json!({"a": {}})];
    for member in &members {
        for odd in odd.iter().map(Some).chain([None]) {
            let mut body = whole();
            match odd {
                Some(odd) => body[member] = odd.clone(),
                None => drop(body.as_object_mut().unwrap().remove(member)),
            }
            for status in [400, 401, 404, 429, 500, 503] {
                let error = refused(status, &body).await;
                assert_eq!((error.kind(), error.status()), (ErrorKind::Api, Some(status)), "{body}: {error}");
                assert_eq!(error.is("duplicate_email"), member != "error_type", "{body}: {error}");
                assert_eq!(error.request_id().is_some(), member != "request_id", "{body}: {error}");
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
    let error = refused(401, &body).await;
    assert!(error.is("invalid_client"));
    assert!(
        error.to_string().ends_with(
            "refused with 401 invalid_client: Client authentication failed, see https://stytch.com/docs/errors \
             [request-id-test-1]"
        ),
        "{error}"
    );
    for half in [json!({"error": "invalid_client"}), json!({"error_description": "no"})] {
        assert_eq!(refused(401, &half).await.kind(), ErrorKind::Api);
    }
}

/// Whatever else comes with such a status: the status is known, and the body at hand.
#[tokio::test]
async fn what_is_no_refusal_keeps_its_status() {
    for body in
        ["", " ", "<html></html>", "{}", "[]", "null", "7", "\"text\"", "{\"error_type\":", "\u{0}\u{1}"]
    {
        for status in [400, 401, 403, 404, 413, 429, 500, 502, 503, 504, 599] {
            let error = check(&told(status, body)).await.unwrap_err();
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

/// An error's causes add to what it says, and none says what another one has said.
fn nothing_is_said_twice(error: &Error) {
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
async fn causes_add_to_what_is_said() {
    let client = |url: &str| {
        Client::builder(PROJECT_ID, API_SECRET).base_url(url).retries(RetryPolicy::never()).build()
    };
    let refusing = check(&client(&Refusing::bind().url()).unwrap()).await.unwrap_err();
    let garbage = Server::start(vec![Act::Read, Act::Write(b"garbage\r\n\r\n".into())]);
    let no_http = check(&client(&garbage.url()).unwrap()).await.unwrap_err();
    let plain = Server::start(vec![Act::Await, Act::Write(b"HTTP/1.1 400 No\r\n\r\n".into())]);
    let no_tls = check(&client(&format!("https://{}", plain.address())).unwrap()).await.unwrap_err();
    let half =
        Server::start(vec![Act::Read, Act::Write(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{".into())]);
    let cut = check(&client(&half.url()).unwrap()).await.unwrap_err();
    let no_name = check(&client("https://no-such-host.invalid").unwrap()).await.unwrap_err();
    let no_url = client("no URL").unwrap_err();
    assert!(!refusing.to_string().contains("certificate"), "{refusing}");
    assert!(no_tls.to_string().contains("the certificate one that this machine trusts"), "{no_tls}");
    for error in [refusing, no_http, no_tls, cut, no_name, no_url] {
        assert!(error.source().is_some(), "{error}");
        nothing_is_said_twice(&error);
    }
}

/// A line that a person can read: one, of bounded length, without what a terminal would obey.
fn is_a_line(error: &Error) {
    let line = error.to_string();
    assert!(line.len() < 6000 && line.chars().count() < 1700, "{} letters: {line}", line.chars().count());
    assert!(!line.chars().any(|letter| letter.is_control() || letter == '\u{2028}'), "{line:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_with_any_status_make_a_line(status in 100_u16..=999, body in prop::collection::vec(any::<u8>(), 0..2000)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        // Random bytes are no answer to anything.
        let error = runtime.block_on(check(&told(status, body.clone()))).unwrap_err();
        is_a_line(&error);
        assert_eq!(error.status(), Some(status));
        assert_eq!(error.kind() == ErrorKind::Decode, (200..300).contains(&status), "{error}");
    }

    #[test]
    fn any_texts_in_a_refusal_make_a_line(texts in prop::array::uniform4(any::<String>()), times in 1_usize..500) {
        let [error_type, message, url, request_id] = texts.map(|text| text.repeat(times));
        let body = json!({"error_type": error_type, "error_message": message, "error_url": url, "request_id": request_id});
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        is_a_line(&runtime.block_on(refused(400, &body)));
    }
}
