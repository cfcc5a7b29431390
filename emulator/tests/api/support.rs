//! A client that speaks plain JSON over HTTP, and knows nothing of the emulator but its documentation.

use reqwest::Method;
use serde_json::Value;
use stytch_emulator::{Emulator, EmulatorBuilder};

/// A running emulator, and a client with its credentials.
pub(crate) struct Peer {
    pub(crate) emulator: Emulator,
    http: reqwest::Client,
}

/// An answer: the HTTP status, and the body as JSON.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

pub(crate) const PASSWORD: &str = "correct horse battery staple";

impl Peer {
    pub(crate) async fn start() -> Self {
        Self::with(Emulator::builder().strict(true)).await
    }

    pub(crate) async fn with(builder: EmulatorBuilder) -> Self {
        Self {
            emulator: builder.start().await.expect("the emulator starts"),
            http: http_builder().build().expect("an HTTP client"),
        }
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Reply {
        let request = self.request(Method::POST, path).json(&body);
        reply(request).await
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.anonymous(method, path).basic_auth(self.emulator.project_id(), Some(self.emulator.secret()))
    }

    pub(crate) fn anonymous(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method, format!("{}{path}", self.emulator.base_url()))
    }
}

/// In a build of the whole workspace, reqwest has TLS in it and asks for cryptography even where none is used.
pub(crate) fn http_builder() -> reqwest::ClientBuilder {
    // A second installation fails, and changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
}

pub(crate) async fn reply(request: reqwest::RequestBuilder) -> Reply {
    let response = request.send().await.expect("an answer");
    let status = response.status().as_u16();
    let body: Value = response.json().await.expect("a JSON answer");
    Reply { status, body }
}

/// A JSON string as the text it holds.
#[track_caller]
pub(crate) fn text(value: &Value) -> String {
    value.as_str().expect("a string").to_owned()
}

impl Reply {
    /// The body of a success.
    #[track_caller]
    pub(crate) fn ok(self) -> Value {
        assert_eq!(self.status, 200, "{}", self.body);
        assert_eq!(self.body["status_code"], 200);
        let request_id = self.body["request_id"].as_str().expect("a request id");
        assert!(request_id.starts_with("request-id-test-"), "{request_id}");
        self.body
    }

    /// Checks that this is a refusal in Stytch's form, and gives its message.
    #[track_caller]
    pub(crate) fn refused(self, status: u16, error_type: &str) -> String {
        assert_eq!(
            (self.status, self.body["error_type"].as_str()),
            (status, Some(error_type)),
            "{}",
            self.body
        );
        assert_eq!(self.body["status_code"], status);
        assert_eq!(
            self.body["error_url"],
            format!("https://stytch.com/docs/api/errors/{status}#{error_type}")
        );
        assert!(self.body["request_id"].as_str().is_some_and(|id| id.starts_with("request-id-test-")));
        self.body["error_message"].as_str().expect("a message").to_owned()
    }
}
