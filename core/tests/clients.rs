//! Tests client types: they have what the declaration says, and nothing that belongs to another API.

use std::sync::{Arc, Mutex};

use declapi::http::{Request, Response};
use declapi::{ApiClient, Body, ClientBuilder, Endpoint, Form, Text, Transport, client, endpoint, resource};

/// A service for visits.
#[client(base_url = "https://api.example.com/v2/", header("x-api-version" = "3"), header("accept" = "application/vnd.x+json"))]
struct Visits;

/// Sessions. Other APIs use this name too.
#[resource(on = &Visits)]
struct Sessions;

/// Ends a session.
#[endpoint(post = "/me/sessions/{id}/revoke", response = (), on = Sessions)]
struct Revoke<'a> {
    id: &'a str,
}

/// Reads the state of the service.
#[endpoint(get = "/health", response = String, on = &Visits)]
struct Health;

type Seen = Arc<Mutex<Vec<String>>>;

/// Returns a server that records its requests.
fn noting(seen: &Seen, body: &'static str) -> impl Transport {
    let seen = Arc::clone(seen);
    move |request: Request<Body>| {
        let mut lines = vec![format!("{} {}", request.method(), request.uri())];
        lines.extend(
            request.headers().iter().map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())),
        );
        seen.lock().unwrap().extend(lines);
        async move { Ok(Response::new(Body::from(body))) }
    }
}

fn visits(seen: &Seen) -> ClientBuilder<Visits> {
    Visits::builder().transport(noting(seen, "\"up\""))
}

#[tokio::test]
async fn every_call_uses_the_declaration() {
    let seen = Seen::default();
    let visits = visits(&seen).bearer_auth("key-1").header("x-more", "1").build().unwrap();
    assert_eq!(visits.health().send().await.unwrap(), "up");
    let seen = seen.lock().unwrap().join("\n");
    for line in [
        "GET https://api.example.com/v2/health",
        "x-api-version: 3",
        "accept: application/vnd.x+json",
        "x-more: 1",
        "authorization: Bearer key-1",
        concat!("user-agent: declapi/", env!("CARGO_PKG_VERSION")),
    ] {
        assert!(seen.lines().any(|seen| seen == line), "{line} is not in\n{seen}");
    }
}

#[tokio::test]
async fn a_resource_may_have_any_name() {
    let seen = Seen::default();
    visits(&seen).build().unwrap().sessions().revoke().id("s/1").send().await.unwrap();
    assert_eq!(seen.lock().unwrap()[0], "POST https://api.example.com/v2/me/sessions/s%2F1/revoke");
}

#[tokio::test]
async fn a_program_can_override_the_declaration() {
    let seen = Seen::default();
    let builder = visits(&seen).base_url("https://other.example.com").header("X-API-Version", "4");
    let visits = builder.user_agent("mine/1.0").build().unwrap();
    visits.health().send().await.unwrap();
    let seen = seen.lock().unwrap().join("\n");
    assert!(
        seen.contains("GET https://other.example.com/health") && seen.contains("user-agent: mine/1.0"),
        "{seen}"
    );
    assert!(seen.contains("x-api-version: 4") && !seen.contains("x-api-version: 3"), "{seen}");
}

#[tokio::test]
async fn an_api_key_in_a_header_is_a_secret() {
    let echo = |request: Request<Body>| {
        let key = request.headers()["x-key"].clone();
        assert!(key.is_sensitive());
        async move {
            let body = format!(r#"{{"code":"no","message":"unknown key {}"}}"#, key.to_str().unwrap());
            Ok(Response::builder().status(401).body(Body::from(body)).unwrap())
        }
    };
    let client = Visits::builder().secret_header("x-key", "k3y-k3y-k3y").transport(echo).build().unwrap();
    let error = client.health().send().await.unwrap_err();
    assert_eq!(error.message(), Some("unknown key <redacted>"));
    assert!(!format!("{error} {error:?} {client:?}").contains("k3y"), "{error:?}");
}

/// An API with its own media type.
#[client(
    base_url = "https://api.example.com",
    header("accept" = "application/vnd.x+json"),
    header("content-type" = "application/vnd.x+json"),
    header("x-api-version" = "3")
)]
struct Typed;

/// Renames a thing, with a form, and returns its name.
#[endpoint(post = "/form", response = Text, body = Form, on = &Typed)]
struct Rename<'a> {
    name: &'a str,
}

/// Saves a thing.
#[endpoint(put = "/things", response = (), on = &Typed)]
struct Save<'a> {
    name: &'a str,
}

/// Reads a thing.
#[endpoint(get = "/things", response = (), on = &Typed)]
struct Load;

/// Reads a thing of another server.
#[endpoint(get = "{url}", response = (), on = &Typed)]
struct Follow<'a> {
    url: &'a str,
}

/// Checks that a request without a client is the same as that of a client.
async fn check_same(endpoint: &impl Endpoint) {
    let seen = Seen::default();
    let typed = Typed::builder().transport(noting(&seen, "")).build().unwrap();
    let _ = typed.send(endpoint).await;
    let mut sent = std::mem::take(&mut *seen.lock().unwrap());
    let request = Typed::http_request(endpoint).unwrap();
    let mut built = vec![format!("{} {}", request.method(), request.uri())];
    built
        .extend(request.headers().iter().map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())));
    sent.sort_unstable();
    built.sort_unstable();
    assert_eq!(built, sent);
}

#[tokio::test]
async fn a_request_without_a_client_is_the_same() {
    check_same(&Rename { name: "a b" }).await;
    check_same(&Save { name: "a b" }).await;
    check_same(&Load).await;
    check_same(&Follow { url: "https://elsewhere.example/a" }).await;
}

#[test]
fn values_that_cannot_be_sent_are_builder_errors() {
    for (builder, word) in [
        (Visits::builder().header("a b", "1"), "`a b`"),
        (Visits::builder().header("x-a", "1\r\nx-b: 2"), "`x-a`"),
        (Visits::builder().secret_header("x-key", "k\n"), "`x-key`"),
        (Visits::builder().user_agent("a\nb"), "user agent"),
        (Visits::builder().base_url("ftp://a"), "scheme"),
        (Visits::builder().bearer_auth(""), "token is empty"),
    ] {
        let error = builder.build().unwrap_err().to_string();
        assert!(error.contains(word), "{error}");
    }
}

#[test]
fn debug_shows_no_credentials() {
    let builder = Visits::builder().bearer_auth("s3cret").base_url("https://u:s3cret@a.example");
    assert!(!format!("{builder:?}").contains("s3cret"));
    let client = Visits::builder().basic_auth("user", "s3cret").build().unwrap();
    let shown = format!("{client:?} {:?}", client.sessions());
    assert!(
        shown.starts_with("Visits { base_url: \"https://api.example.com/v2/\"") && !shown.contains("s3cret"),
        "{shown}"
    );
}

/// A client with fields.
#[client]
struct Files {
    account: Arc<str>,
}

impl Files {
    fn builder(account: &str) -> ClientBuilder<Self> {
        Self::builder_with(account.into())
    }
}

impl<Mode> Files<Mode> {
    fn account(&self) -> &str {
        &self.account
    }
}

#[test]
fn a_client_can_have_fields() {
    let files = Files::builder("a1").base_url("https://files.example.com").build().unwrap();
    let clone = files.with_timeout(std::time::Duration::from_secs(1));
    assert_eq!((files.account(), clone.account()), ("a1", "a1"));
    assert!(Arc::ptr_eq(&files.account, &clone.account));
    let error = Files::builder("a1").build().unwrap_err();
    assert!(error.to_string().contains("no base URL"), "{error}");
}

#[cfg(feature = "blocking")]
mod blocking {
    use super::*;

    #[test]
    fn one_declaration_serves_programs_without_async_too() {
        let seen = Seen::default();
        let visits: Visits<declapi::Blocking> = visits(&seen).build_blocking().unwrap();
        assert_eq!(visits.health().send().unwrap(), "up");
        visits.sessions().revoke().id("s").send().unwrap();
        assert_eq!(visits.send_as::<String>(&Health::builder().build()).unwrap(), "up");
        assert_eq!(seen.lock().unwrap().iter().filter(|line| line.contains("https://")).count(), 3);
    }

    #[test]
    fn fields_of_a_client_exist_in_both_modes() {
        let files = Files::builder("a1").base_url("https://files.example.com").build_blocking().unwrap();
        assert_eq!(files.account(), "a1");
    }
}
