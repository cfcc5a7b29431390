//! Tests for secrets in URLs, names and values, and for requests that must be found again.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
// Documentation of the fields would only repeat their names.
#![allow(missing_docs)]

use std::path::{Path, PathBuf};

use declapi::http::{Request, Response};
use declapi::{Body, JsonObject, Transport, TransportError, client, endpoint};
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
