//! Tests for secrets in URLs, names and values, and for requests that must be found again.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
// Documentation of the fields would only repeat their names.
#![allow(missing_docs)]

use std::path::{Path, PathBuf};

use std::sync::atomic::{AtomicU64, Ordering};

use declapi::http::{Request, Response};
use declapi::{Body, JsonObject, Transport, TransportError, client, endpoint, response};
use declapi_test::Recorder;
use serde_json::{Value, json};

/// An API.
#[client(base_url = "https://api.example.com/v1")]
pub struct Hub;

/// Reads anything.
#[endpoint(get = "/any", response = declapi::Response<declapi::Text>, on = &Hub)]
pub struct ReadAny;

fn file(directory: &Path) -> PathBuf {
    directory.join("hub.json")
}

/// Returns a server that sends a header and a body.
fn server(header: (&'static str, &'static str), body: impl Into<String>) -> impl Transport {
    let body = body.into();
    move |_: Request<Body>| {
        let mut response = Response::new(Body::from(body.clone()));
        response.headers_mut().insert(header.0, header.1.parse().unwrap());
        async { Ok::<_, TransportError>(response) }
    }
}

fn recording(path: &Path, server: impl Transport) -> Hub {
    Hub::builder()
        .bearer_auth("be&rer-secret")
        .transport(Recorder::file(path).through(server))
        .build()
        .unwrap()
}

fn replaying(path: &Path) -> Hub {
    Hub::builder().bearer_auth("none").transport(Recorder::file(path)).build().unwrap()
}

/// Records a response, and returns its header and its body as they are replayed.
async fn replayed(header: (&'static str, &'static str), body: impl Into<String>) -> (String, String) {
    let directory = tempfile::tempdir().unwrap();
    let path = file(directory.path());
    recording(&path, server(header, body)).send(&ReadAny).await.unwrap();
    let response = replaying(&path).send(&ReadAny).await.unwrap();
    let header = response.headers().get(header.0).unwrap().to_str().unwrap().to_owned();
    (header, response.value.0)
}

#[tokio::test]
async fn keys_in_urls_are_hidden_and_the_rest_is_kept() {
    for (text, hidden) in [
        (
            "<https://a.example/b?page=2&token=abc>; rel=\"next\", <https://a.example/b?token=x&page=1>; rel=\"prev\"",
            "<https://a.example/b?page=2&token=_>; rel=\"next\", <https://a.example/b?token=_&page=1>; rel=\"prev\"",
        ),
        ("</b?token=abc&page=2>; rel=\"next\"", "</b?token=_&page=2>; rel=\"next\""),
        ("/b#access_token=abc&scope=repo", "/b#access_token=_&scope=repo"),
        (
            "see https://a.example?sig=abc#part or '/c?x=1&X-Amz-Security-Token=abc'",
            "see https://a.example?sig=_#part or '/c?x=1&X-Amz-Security-Token=_'",
        ),
        (
            "https://a.example/?X-Goog-Signature=abc&X-Goog-Date=7",
            "https://a.example/?X-Goog-Signature=_&X-Goog-Date=7",
        ),
        ("https://a.example/?by%5Btoken%5D=abc&by[key]=x", "https://a.example/?by%5Btoken%5D=_&by[key]=x"),
        ("a token = b", "a token = b"),
        ("/x?q=be%26rer-secret", "/x?q=_"),
    ] {
        let expected = hidden
            .replace('_', "\0")
            .replace("access\0token", "access_token")
            .replace('\0', "%3Credacted%3E");
        let (header, body) = replayed(("link", text), text).await;
        assert_eq!(header, expected, "{text}");
        assert_eq!(body.replace("<redacted>", "%3Credacted%3E"), expected, "{text}");
    }
}

#[tokio::test]
async fn names_that_mean_a_secret_are_known_in_any_case() {
    let secret = [
        "accessToken",
        "access_token",
        "ACCESS_TOKEN",
        "accesstoken",
        "refreshToken",
        "clientSecret",
        "privateKey",
        "apiKey",
        "APIKey",
        "X-Api-Key",
        "userPassword",
        "webhookSignature",
        "hub_secret",
        "token",
        "db.password",
    ];
    let others =
        ["monkey", "keyboard", "key", "tokens", "tokenType", "publicKey", "public_key", "secretary", "id"];
    let object =
        |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), json!("a"))).collect::<JsonObject>();
    let (_, body) = replayed(("x-a", "b"), Value::from(object(&secret)).to_string()).await;
    let values: JsonObject = serde_json::from_str(&body).unwrap();
    for (name, value) in &values {
        assert_eq!(value, "<redacted>", "{name}");
    }
    assert_eq!(values.len(), secret.len());
    let plain = Value::from(object(&others)).to_string();
    assert_eq!(replayed(("x-a", "b"), plain.clone()).await.1, plain);
}

#[tokio::test]
async fn forms_in_responses_are_redacted() {
    for content_type in ["application/x-www-form-urlencoded", "text/plain"] {
        let form = "access_token=abc&scope=repo&refreshToken=x%20y";
        let (_, body) = replayed(("content-type", content_type), form).await;
        assert_eq!(body, "access_token=%3Credacted%3E&scope=repo&refreshToken=%3Credacted%3E");
    }
}

/// Returns a server that counts the requests.
fn counter() -> impl Transport {
    let count = AtomicU64::new(0);
    move |_: Request<Body>| {
        let number = count.fetch_add(1, Ordering::SeqCst).to_string();
        async { Ok::<_, TransportError>(Response::new(Body::from(number))) }
    }
}

/// Ends a session.
#[endpoint(delete = "/sessions/{id}", response = u64, on = &Hub)]
pub struct End<'a> {
    pub id: &'a str,
}

/// Starts a session.
#[endpoint(post = "/sessions", response = Started, on = &Hub)]
pub struct Start<'a> {
    pub user: &'a str,
    #[endpoint(secret)]
    pub force: Option<bool>,
    #[endpoint(secret)]
    pub code: Option<&'a str>,
}

/// A session.
#[response]
#[derive(Debug)]
pub struct Started {
    #[response(secret)]
    pub id: String,
    #[response(secret)]
    pub is_admin: Option<bool>,
    #[response(secret)]
    pub pin: Option<String>,
}

#[tokio::test]
async fn a_known_secret_in_a_path_is_hidden_and_found_again() {
    let directory = tempfile::tempdir().unwrap();
    let path = file(directory.path());
    let serve = |request: Request<Body>| async move {
        let is_start = request.method() == "POST";
        Ok::<_, TransportError>(Response::new(Body::from(if is_start {
            r#"{"id": "id+1/secret"}"#
        } else {
            "7"
        })))
    };
    for is_recording in [true, false] {
        let hub = if is_recording { recording(&path, serve) } else { replaying(&path) };
        let start = hub.start().user("ada").send().await.unwrap();
        assert_eq!(hub.end().id(&start.id).send().await.unwrap(), 7);
    }
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.contains("/sessions/<redacted>") && !text.contains("secret\""), "{text}");
}

/// Downloads a file.
#[endpoint(get = "{url}", response = u64, on = &Hub)]
pub struct Download<'a> {
    pub url: &'a str,
}

#[tokio::test]
async fn whole_urls_are_matched_without_their_keys() {
    let directory = tempfile::tempdir().unwrap();
    let path = file(directory.path());
    let hub = recording(&path, counter());
    let url =
        |name: &str, key: &str| format!("https://files.example.com/{name}?size=7&X-Amz-Signature={key}");
    for (name, number) in [("a", 0), ("b", 1)] {
        assert_eq!(hub.download().url(&url(name, "key-secret")).send().await.unwrap(), number);
    }
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(!text.contains("-secret") && text.contains("https://files.example.com/a"), "{text}");
    let hub = replaying(&path);
    for (name, number) in [("b", 1), ("a", 0)] {
        assert_eq!(hub.download().url(&url(name, "other")).send().await.unwrap(), number);
    }
    assert!(hub.download().url("https://files.example.com/c").send().await.is_err());
}

/// Lists items.
#[endpoint(get = "/items/{owner}", response = u64, on = &Hub)]
pub struct ListItems<'a> {
    pub owner: &'a str,
    #[endpoint(query)]
    pub filter: Option<&'a str>,
    #[endpoint(query)]
    pub sort: Option<&'a str>,
}

#[tokio::test]
async fn an_ordinary_value_may_equal_the_placeholder_of_a_credential() {
    let directory = tempfile::tempdir().unwrap();
    let path = file(directory.path());
    recording(&path, counter()).list_items().owner("none").filter("none").send().await.unwrap();
    let hub = replaying(&path);
    assert_eq!(hub.list_items().owner("none").filter("none").send().await.unwrap(), 0);
    // During the recording, the value was the real credential.
    let other = directory.path().join("other.json");
    let real = "be&rer-secret";
    recording(&other, counter()).list_items().owner("a").filter(real).send().await.unwrap();
    assert_eq!(replaying(&other).list_items().owner("a").filter("none").send().await.unwrap(), 0);
}

#[tokio::test]
async fn different_requests_with_the_same_characters_are_counted_separately() {
    let directory = tempfile::tempdir().unwrap();
    let path = file(directory.path());
    for is_recording in [true, false] {
        let hub = if is_recording { recording(&path, counter()) } else { replaying(&path) };
        let first = || hub.list_items().owner("a").filter("x&sort=y");
        let second = || hub.list_items().owner("a").filter("x").sort("y");
        assert_eq!(first().send().await.unwrap(), 0);
        assert_eq!(second().send().await.unwrap(), 1);
        assert_eq!(second().send().await.unwrap(), 2);
        assert_eq!(first().send().await.unwrap(), 3);
    }
}

#[tokio::test]
async fn secret_booleans_and_empty_strings_are_hidden() {
    let directory = tempfile::tempdir().unwrap();
    let path = file(directory.path());
    let hub = recording(&path, server(("x-a", "b"), r#"{"id": "", "is_admin": true, "pin": ""}"#));
    hub.start().user("ada").force(true).code("").send().await.unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(!text.contains("true") && !text.contains("\"\""), "{text}");
    let started = replaying(&path).start().user("ada").force(false).code("x").send().await.unwrap();
    assert_eq!((started.is_admin, started.pin.as_deref()), (Some(false), Some("<redacted>")));
}

/// Lists numbers.
#[endpoint(get = "/numbers", response = Vec<u64>, page(link), on = &Hub)]
pub struct ListNumbers;

#[test]
fn all_pages_are_replayed_if_their_urls_have_keys() {
    let directory = tempfile::tempdir().unwrap();
    let path = file(directory.path());
    let serve = |request: Request<Body>| async move {
        let number =
            request.uri().query().and_then(|query| query.strip_prefix("page=")?.get(..1)?.parse().ok());
        let number: u64 = number.unwrap_or(0);
        let mut response = Response::new(Body::from(format!("[{number}]")));
        if number < 3 {
            let next =
                format!("<https://api.example.com/v1/numbers?page={}&token=abc>; rel=\"next\"", number + 1);
            response.headers_mut().insert("link", next.parse().unwrap());
        }
        Ok::<_, TransportError>(response)
    };
    for is_recording in [true, false] {
        let recorder = Recorder::file(&path);
        let recorder = if is_recording { recorder.through(serve) } else { recorder };
        let hub = Hub::builder().bearer_auth("none").transport(recorder).build_blocking().unwrap();
        let numbers: Vec<u64> = hub.list_numbers().items().map(|number| number.unwrap()).collect();
        assert_eq!(numbers, [0, 1, 2, 3]);
    }
    assert!(!std::fs::read_to_string(path).unwrap().contains("abc"));
}
