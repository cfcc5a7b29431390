//! This project's client, with its default features.

use std::hint::black_box;

use harness::Bench;
use harness::inputs::{AUTHENTICATE, EMAIL, HASH, MIGRATE, MINUTES, PASSWORD, PROJECT_ID, SECRET};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use stytch_client::passwords::{Authenticate, AuthenticateResponse, HashType, Migrate, MigrateResponse};
use stytch_client::{Client, Endpoint};

/// The fields of the response that a login needs.
#[derive(Deserialize)]
#[expect(dead_code, reason = "what counts is that they are read")]
struct Login {
    request_id: String,
    user_id: String,
    session_token: String,
    session_jwt: String,
}

fn main() {
    let bench = Bench::from_arguments();
    bench.plain("client", || Client::builder(PROJECT_ID, SECRET).build().expect("a client"));
    bench.plain("decode-authenticate", || read::<AuthenticateResponse>(AUTHENTICATE));
    bench.plain("decode-migrate", || read::<MigrateResponse>(MIGRATE));
    bench.plain("decode-four-fields", || read::<Login>(AUTHENTICATE));
    bench.plain("plain-authenticate", || authenticate().request().expect("a request"));
    bench.plain("plain-migrate", || migrate().request().expect("a request"));

    let client = Client::builder(PROJECT_ID, SECRET).base_url(Bench::url()).build().expect("a client");
    bench.call("call-authenticate", || {
        client
            .passwords()
            .authenticate()
            .email(EMAIL)
            .password(PASSWORD)
            .session_duration_minutes(MINUTES)
            .send()
    });
    bench.call("call-migrate", || {
        client.passwords().migrate().email(EMAIL).hash(HASH).hash_type(HashType::Bcrypt).send()
    });
    bench.call("call-four-fields", || client.send_as::<Login>(&authenticate()));
}

/// Like the client, checks the UTF-8 of a response once, and not for each string.
fn read<T: DeserializeOwned>(response: &str) -> T {
    let text = std::str::from_utf8(black_box(response.as_bytes())).expect("text");
    declapi::from_json(text).expect("a response")
}

fn authenticate() -> Authenticate<'static> {
    Authenticate::builder().email(EMAIL).password(PASSWORD).session_duration_minutes(MINUTES).build()
}

fn migrate() -> Migrate<'static> {
    Migrate::builder().email(EMAIL).hash(HASH).hash_type(HashType::Bcrypt).build()
}
