//! Reading a response without a client: status, headers and bytes from any source.

use std::borrow::Cow;

use declapi::{ApiClient, ApiError, Body, Bytes, Client, ErrorKind, ResponseParts, client, endpoint, http};
use serde::Deserialize;

/// How parcels report errors.
#[derive(Debug, Deserialize)]
struct ParcelError {
    problem: String,
    explanation: String,
}

impl ApiError for ParcelError {
    fn is_error(response: &ResponseParts<'_>) -> bool {
        !response.status.is_success() || Self::read(response).is_some()
    }

    fn read(response: &ResponseParts<'_>) -> Option<Self> {
        response.json()
    }

    fn code(&self) -> Option<Cow<'_, str>> {
        Some(self.problem.as_str().into())
    }

    fn message(&self) -> Option<Cow<'_, str>> {
        Some(self.explanation.as_str().into())
    }
}

/// An API that tracks parcels.
#[client(base_url = "https://parcels.example.com", error = ParcelError)]
struct Parcels;

#[endpoint(post = "/parcels", response = u64, on = &Parcels)]
struct Ship<'a> {
    to: &'a str,
    #[endpoint(secret)]
    code: &'a str,
}

fn ship() -> Ship<'static> {
    Ship::builder().to("Ada").code("code-which-is-secret").build()
}

fn response(status: u16, body: &'static str) -> http::Response<bytes::Bytes> {
    http::Response::builder().status(status).body(body.into()).unwrap()
}

#[test]
fn a_success_is_read() {
    assert_eq!(Parcels::read(&ship(), response(201, "7")).unwrap(), 7);
}

#[test]
fn an_error_response_is_read_in_the_format_of_the_client() {
    let body = r#"{"problem":"no_such_street","explanation":"code-which-is-secret leads nowhere"}"#;
    let error = Parcels::read(&ship(), response(422, body)).unwrap_err();
    assert!(error.is("no_such_street"));
    assert_eq!(error.to_string(), "POST /parcels: API error 422 no_such_street: <redacted> leads nowhere");
    assert!(!format!("{error:?}").contains("code-which-is-secret"));
    // Every client reads the common formats.
    let error = Client::read(&ship(), response(422, r#"{"error":"wrong"}"#)).unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Api, Some(422)));
}

#[endpoint(get = "/labels/{id}", response = Bytes, on = &Parcels)]
struct ReadLabel {
    id: u64,
}

/// The content of a file is not an API error, with a client or without one.
#[tokio::test]
async fn a_file_is_no_error_of_the_api() {
    let body = r#"{"problem":"in a file","explanation":"of somebody's"}"#;
    let label = ReadLabel::builder().id(7).build();
    assert_eq!(&*Parcels::read(&label, response(200, body)).unwrap(), body.as_bytes());
    assert!(Parcels::read(&ship(), response(200, body)).unwrap_err().is("in a file"));
    let transport = move |_: http::Request<Body>| async move { Ok(http::Response::new(Body::from(body))) };
    let parcels = Parcels::builder().transport(transport).build().unwrap();
    assert_eq!(&*parcels.read_label().id(7).send().await.unwrap(), body.as_bytes());
    assert!(parcels.send(&ship()).await.unwrap_err().is("in a file"));
}

#[test]
fn an_unreadable_response_names_its_media_type() {
    let page = http::Response::builder().header("content-type", "text/html").body("<html>".into()).unwrap();
    let error = Parcels::read(&ship(), page).unwrap_err();
    assert!(error.to_string().contains("200 with an unreadable body (text/html)"), "{error}");
    let redirect =
        http::Response::builder().status(302).header("location", "https://elsewhere.example").body("".into());
    let error = Parcels::read(&ship(), redirect.unwrap()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect);
    let utf8 = "https://elsewhere.example/gr\u{f6}\u{df}e";
    let redirect = http::Response::builder().status(302).header("location", utf8).body("".into());
    let error = Parcels::read(&ship(), redirect.unwrap()).unwrap_err();
    assert!(error.to_string().contains("redirect to https://elsewhere.example,"), "{error}");
}
