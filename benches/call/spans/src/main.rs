//! Calls with the feature `tracing`, without a subscriber and with one.

use declapi::{Client, endpoint};
use harness::Bench;
use harness::inputs::{EMAIL, MINUTES, PASSWORD, PROJECT_ID, SECRET};
use serde::Deserialize;
use tracing_subscriber::util::SubscriberInitExt;

/// The most secrets that are compared with a request id, `MOST_PARTS` of the runtime.
const COMPARED: usize = 32;

/// A request with secrets of 64 KiB, in one string and in a thousand.
#[endpoint(post = "/v1/passwords/migrate", response = Migrated)]
pub struct Many<'a> {
    /// One that is long.
    #[endpoint(secret)]
    pub hash: &'a str,
    /// Many that are short.
    #[endpoint(secret)]
    pub codes: &'a [String],
}

/// The fields that are read of the response.
#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only reading it is measured")]
pub struct Migrated {
    request_id: String,
}

fn main() {
    let bench = Bench::from_arguments();
    let stytch = stytch_client::Client::builder(PROJECT_ID, SECRET).base_url(Bench::url()).build();
    let stytch = stytch.expect("a client");
    let client = Client::builder(Bench::url()).bearer_auth(SECRET).build().expect("a client");
    let hash = "h".repeat(64 * 1024);
    let codes: Vec<String> = (0..1000).map(|number| format!("{number:0>64}")).collect();
    // With one more, the span has no request id.
    let short: Vec<String> = (0..COMPARED - 1).map(|number| format!("{number:0>8}")).collect();
    for subscriber in ["off", "on"] {
        if subscriber == "on" {
            tracing_subscriber::registry().init();
        }
        bench.call(&format!("{subscriber}/call-authenticate"), || {
            let call = stytch.passwords().authenticate().email(EMAIL).password(PASSWORD);
            call.session_duration_minutes(MINUTES).send()
        });
        bench.call(&format!("{subscriber}/call-many-secrets"), || client.many().hash(&hash).codes(&codes).send());
        bench.call(&format!("{subscriber}/call-short-secrets"), || client.many().hash("hunter2").codes(&short).send());
    }
}
