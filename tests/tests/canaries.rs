//! Puts canaries into every secret, and looks for them in all output.

#[path = "canaries/echo.rs"]
mod echo;
#[path = "canaries/log.rs"]
mod log;
#[path = "canaries/query.rs"]
mod query;

use std::error::Error as _;
use std::fmt::Debug;
use std::time::Duration;

use stytch_client::passwords::Authenticate;
use stytch_client::{Client, ClientBuilder, Error, ErrorKind, StytchError};
use stytch_client_tests::calls;
use stytch_client_tests::canaries::{self, API_SECRET, PROJECT_ID, found_in};
use stytch_client_tests::clock::Clock;
use stytch_client_tests::server::{Act, ClosedPort, Server, response, success};

use self::echo::{Echo, echo};

fn builder(url: &str) -> ClientBuilder {
    let clock = Clock::skipping(Duration::from_secs(20));
    calls::client_of(url).timer(clock).timeout(Duration::from_secs(3600))
}

fn nothing_in(what: &str, shown: &str) {
    if let Some(found) = found_in(shown) {
        panic!("{what} shows …{found}…");
    }
}

fn nothing_in_debug(what: &str, value: &impl Debug) {
    nothing_in(what, &format!("{value:?}"));
    nothing_in(what, &format!("{value:#?}"));
}

/// Returns all output of an error.
fn nothing_in_error(what: &str, error: &Error) {
    nothing_in_debug(what, error);
    nothing_in(what, &error.to_string());
    assert_eq!(error.to_string().lines().count(), 1, "{what}: {error}");
    let mut source = error.source();
    while let Some(error) = source {
        nothing_in(what, &format!("{error} {error:?}"));
        source = error.source();
    }
    nothing_in(what, &format!("{:?} {:?} {:?}", error.code(), error.message(), error.request_id()));
    let Some(api) = error.api_error::<StytchError>() else { return };
    nothing_in_debug(what, &api);
}

#[test]
fn requests_and_builders() {
    for call in calls::all() {
        let shown = call.shown();
        let has_secrets = call.info.fields().any(|field| field.secret);
        assert_eq!(shown[0].contains("redacted"), has_secrets, "{call:?}: {}", shown[0]);
        for shown in shown {
            nothing_in(call.name, &shown);
        }
    }
    nothing_in_debug("a builder", &Authenticate::builder().email("a").password(canaries::PASSWORD));
}

#[test]
fn responses() {
    for call in calls::all() {
        let read = call.read(call.response).unwrap();
        nothing_in(call.name, &read.shown);
        // The secrets are in the value: a program that serializes a response can read it again.
        let json = read.json.to_string();
        assert_eq!(json.contains(canaries::RESPONSE_TOKEN), call.response.contains(canaries::RESPONSE_TOKEN));
    }
}

#[tokio::test]
async fn clients() {
    let builder = builder("https://api.example.com");
    nothing_in_debug("the builder", &builder);
    let client = builder.build().unwrap();
    nothing_in_debug("the client", &client);
    nothing_in_debug(
        "a call",
        &client.passwords().authenticate().email("a").password(canaries::PASSWORD).send(),
    );
    nothing_in_debug("a resource", &client.passwords());
    nothing_in_debug("a JWT to verify", &client.sessions().authenticate_jwt(canaries::SESSION_JWT));
    nothing_in_debug("the runtime's client", client.inner());
    nothing_in_debug(
        "a blocking client",
        &self::builder("https://api.example.com").build_blocking().unwrap(),
    );
    nothing_in_debug("the runtime's blocking client", &client.inner().to_blocking().unwrap());
    nothing_in_debug(
        "a bearer's",
        &declapi::Client::builder("https://x.example").bearer_auth(canaries::SESSION_TOKEN),
    );
    nothing_in_debug(
        "a user's",
        &declapi::Client::builder("https://x.example").basic_auth("u", canaries::PASSWORD),
    );
}

#[test]
fn configurations_that_cannot_be() {
    let secret = |secret: &str| Client::builder(PROJECT_ID, secret.to_owned());
    let token = declapi::Client::builder("https://x.example").bearer_auth(canaries::OLD_PASSWORD);
    let error = token.build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config, "{error}");
    nothing_in_error("a token with a control character", &error);
    for (what, builder) in [
        ("a secret with a line break", secret(&format!("{API_SECRET}\n"))),
        ("a secret as project id", Client::builder(format!("a:{API_SECRET}"), API_SECRET)),
        ("a secret header", secret("s").secret_header("x-key", canaries::OLD_PASSWORD.to_owned() + "\n")),
        ("credentials in the URL", secret("s").base_url(format!("https://u:{}@x.example", canaries::HASH))),
        ("a query in the URL", secret("s").base_url(format!("https://x.example?{}", canaries::HASH))),
        ("a fragment in the URL", secret("s").base_url(format!("https://x.example#{}", canaries::HASH))),
        ("no URL", secret("s").base_url(canaries::PASSWORD)),
        ("a user agent", secret("s").user_agent(canaries::OLD_PASSWORD.to_owned() + "\n")),
    ] {
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config, "{what}: {error}");
        nothing_in_error(what, &error);
    }
}

/// A server or a proxy that repeats the request in its response: in every location, in every spelling.
#[tokio::test]
async fn errors_of_servers_that_echo() {
    log::listen();
    let mut kinds = std::collections::BTreeMap::<String, usize>::new();
    for call in calls::all() {
        for echo_of in Echo::all() {
            let server = Server::start(vec![Act::Respond(echo(echo_of))]);
            let client = builder(&server.url()).build().unwrap();
            let what = format!("{call:?} and a server that echoes in {echo_of:?}");
            let error = match call.send(&client).await {
                Err(error) => error,
                Ok(response) => panic!("{what}: {response}"),
            };
            nothing_in_error(&what, &error);
            *kinds.entry(format!("{:?}", error.kind())).or_default() += 1;
        }
    }
    for kind in ["Api", "Status", "Decode", "Redirect"] {
        assert!(kinds.contains_key(kind), "no echo was that kind of error: {kinds:?}");
    }
    log::nothing_in_it();
}

/// The same for a blocking client, in a separate thread.
#[test]
fn errors_and_responses_of_a_blocking_client() {
    log::listen();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let blocking = |server: &Server| builder(&server.url()).build_blocking().unwrap();
    for call in calls::all() {
        for echo_of in Echo::all() {
            let server = runtime.block_on(async { Server::start(vec![Act::Respond(echo(echo_of))]) });
            let error = call.send_blocking(&blocking(&server)).unwrap_err();
            nothing_in_error(&format!("{call:?}, blocking, {echo_of:?}"), &error);
            runtime.block_on(async { drop(server) });
        }
        let server = runtime.block_on(async { Server::start(vec![Act::Serve(success(call.response))]) });
        call.send_blocking(&blocking(&server)).unwrap();
        runtime.block_on(async { drop(server) });
    }
    log::nothing_in_it();
}
