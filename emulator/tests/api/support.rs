//! A client that sends plain JSON over HTTP. It is written from the documentation of the emulator.

use std::time::{Duration, SystemTime};

use reqwest::Method;
use serde_json::Value;
use stytch_emulator::{Emulator, EmulatorBuilder};

/// A running emulator, and a client with its credentials.
pub(crate) struct Peer {
    pub(crate) emulator: Emulator,
    http: reqwest::Client,
}

/// A response: the HTTP status, and the body as JSON.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

pub(crate) const PASSWORD: &str = "correct horse battery staple";

/// 2026-01-01T00:00:00Z, for clocks that are stopped.
pub(crate) fn start() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_767_225_600)
}

impl Peer {
    /// Starts a strict emulator.
    pub(crate) async fn start() -> Self {
        Self::with(Emulator::builder().strict(true)).await
    }

    /// Starts an emulator with these settings.
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

    pub(crate) async fn put(&self, path: &str, body: Value) -> Reply {
        reply(self.request(Method::PUT, path).json(&body)).await
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        reply(self.request(Method::GET, path)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Reply {
        reply(self.request(Method::DELETE, path)).await
    }

    /// Creates a request with the credentials of the project.
    pub(crate) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.anonymous(method, path).basic_auth(self.emulator.project_id(), Some(self.emulator.secret()))
    }

    /// Creates a request without credentials.
    pub(crate) fn anonymous(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method, format!("{}{path}", self.emulator.base_url()))
    }
}

/// Returns the builder of an HTTP client.
///
/// In a build of the whole workspace, reqwest has TLS. It then requires a crypto provider, even if TLS is not
/// used.
pub(crate) fn http_builder() -> reqwest::ClientBuilder {
    // If a provider is installed already, this returns an error and has no effect.
    let _ = rustls::crypto::ring::default_provider().install_default();
    // If the emulator never responds, the test fails instead of waiting forever.
    reqwest::Client::builder().timeout(Duration::from_secs(300))
}

/// Sends a request, and returns the response.
pub(crate) async fn reply(request: reqwest::RequestBuilder) -> Reply {
    let response = request.send().await.expect("a response");
    let status = response.status().as_u16();
    let body: Value = response.json().await.expect("a JSON response");
    Reply { status, body }
}

/// Returns the content of a JSON string.
#[track_caller]
pub(crate) fn text(value: &Value) -> String {
    value.as_str().expect("a string").to_owned()
}

impl Reply {
    /// Checks that this is a success, and returns the body.
    #[track_caller]
    pub(crate) fn ok(self) -> Value {
        assert_eq!(self.status, 200, "{}", self.body);
        assert_eq!(self.body["status_code"], 200);
        let request_id = self.body["request_id"].as_str().expect("a request id");
        assert!(request_id.starts_with("request-id-test-"), "{request_id}");
        self.body
    }

    /// Checks that this is an API error in Stytch's form, and returns its message.
    #[track_caller]
    pub(crate) fn rejected(self, status: u16, error_type: &str) -> String {
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

/// Sends a request to the emulator itself.
pub(crate) async fn control(peer: &Peer, method: Method, path: &str, body: Option<Value>) -> Reply {
    let request = peer.anonymous(method, &format!("/_emulator/{path}"));
    reply(match body {
        Some(body) => request.json(&body),
        None => request,
    })
    .await
}
