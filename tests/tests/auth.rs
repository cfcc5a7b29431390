//! Credentials: in headers, in the query, named ones, and those of a provider that is asked again.

#[path = "auth/keys.rs"]
mod keys;
#[path = "auth/overlapping.rs"]
mod overlapping;
#[path = "auth/provider.rs"]
mod provider;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use declapi::http::{Request, Response, StatusCode};
use declapi::{Body, Client, ClientBuilder, Credentials, TransportError, endpoint};
use stytch_client_tests::clock::Clock;

const SECOND: Duration = Duration::from_secs(1);

/// Reads a value.
#[endpoint(get = "/things/{id}", response = u8)]
struct Read {
    id: u8,
}

/// Changes a value.
#[endpoint(post = "/things/{id}", response = u8)]
struct Change {
    id: u8,
}

/// The requests to a server: the URL, and the header `authorization`.
type Seen = Arc<Mutex<Vec<(String, String)>>>;

/// A client whose server accepts one token, and responds to all others with 401.
fn client(valid: impl Fn(&str) -> bool + Send + Sync + 'static) -> (ClientBuilder, Seen, Clock) {
    let (seen, clock) = (Seen::default(), Clock::skipping(SECOND));
    let builder =
        Client::builder("https://api.example.com").timer(clock.clone()).timeout(Duration::from_secs(3600));
    let noted = Arc::clone(&seen);
    let builder = builder.transport(move |request: Request<Body>| {
        let authorization = request.headers().get("authorization");
        let token = authorization.map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
        let is_valid = valid(&token);
        noted.lock().unwrap().push((request.uri().to_string(), token.clone()));
        async move { Ok::<_, TransportError>(response(is_valid, &token)) }
    });
    (builder, seen, clock)
}

fn response(is_valid: bool, token: &str) -> Response<Body> {
    let (status, body) = if is_valid {
        (StatusCode::OK, "7".to_owned())
    } else {
        (StatusCode::UNAUTHORIZED, format!(r#"{{"code":"expired","message":"`{token}` is no good"}}"#))
    };
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response
}

fn tokens(seen: &Seen) -> Vec<String> {
    seen.lock().unwrap().iter().map(|(_, token)| token.clone()).collect()
}

fn urls(seen: &Seen) -> Vec<String> {
    seen.lock().unwrap().iter().map(|(url, _)| url.clone()).collect()
}

/// Returns credentials that are valid for an hour.
fn for_an_hour(token: impl Into<String>) -> Credentials {
    Credentials::bearer(token).expires_in(Duration::from_secs(3600))
}
