//! Tests for secrets in requests and responses of all formats: a recording never contains them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
// Documentation of the fields would only repeat their names.
#![allow(missing_docs)]

use declapi::http::{Request, Response};
use declapi::{Body, Endpoint, Secret, TransportError, client, endpoint, response};
use declapi_test::Recorder;

/// An API of sessions.
#[client(base_url = "https://api.example.com/v1")]
pub struct Api;

/// Records a call with a server that sends this response, and returns the recording. The call can then be replayed.
async fn record<E: Endpoint + Sync>(call: &E, content_type: &str, reply: impl AsRef<[u8]>) -> String {
    let (content_type, reply) = (content_type.to_owned(), reply.as_ref().to_vec());
    let serve = move |_: Request<Body>| {
        let mut response = Response::new(Body::from(reply.clone()));
        response.headers_mut().insert("content-type", content_type.parse().unwrap());
        async { Ok::<_, TransportError>(response) }
    };
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("api.json");
    let api = Api::builder().transport(Recorder::file(&path).through(serve)).build().unwrap();
    // Some of the responses do not match the declaration.
    let _ = api.send(call).await;
    let api = Api::builder().transport(Recorder::file(&path)).build().unwrap();
    if let Err(error) = api.send(call).await {
        assert!(!error.to_string().contains("not in"), "{error}");
    }
    std::fs::read_to_string(path).unwrap()
}

/// A session.
#[response]
#[derive(Debug)]
pub struct Session {
    pub id: u64,
    pub key: Option<Secret>,
}

/// Reads a session.
#[endpoint(get = "/session", response = Session, on = &Api)]
pub struct ReadSession;

/// Reads a picture.
#[endpoint(get = "/picture", response = declapi::Bytes, on = &Api)]
pub struct Picture;

#[tokio::test]
async fn responses_of_any_content_type_are_redacted() {
    let json = br#"{"id": 7, "key": "key-secret", "seen": "here"}"#.to_vec();
    let invalid = [&json[..json.len() - 2], b"\xFF\"}"].concat();
    for content_type in ["application/json", "text/plain", "text/html", "application/octet-stream"] {
        for body in [&json, &invalid] {
            let text = record(&ReadSession, content_type, body).await;
            assert!(!text.contains("-secret") && text.contains("here"), "{content_type}: {text}");
            assert!(!text.contains("base64"), "{content_type}: {text}");
        }
        let text = record(&ReadSession, content_type, "{\"key\": \"key-secret\"").await;
        assert!(!text.contains("-secret") && text.contains("\"<redacted>\""), "{content_type}: {text}");
    }
    // Without a secret, the text is as the server sent it.
    let text = record(&Picture, "text/plain", "{\"a\":  1.0}").await;
    assert!(text.contains(r#""text": "{\"a\":  1.0}""#), "{text}");
    assert!(record(&Picture, "text/plain", b"\xFF\xD8").await.contains("base64"));
}
