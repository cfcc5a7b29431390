//! This project's client, with its default features.

use harness::Bench;
use harness::inputs::{AUTHENTICATE, EMAIL, HASH, MIGRATE, MINUTES, PASSWORD, PROJECT_ID, SECRET};
use serde::Deserialize;
use stytch_client::passwords::{Authenticate, AuthenticateResponse, HashType, Migrate, MigrateResponse};
use stytch_client::{Client, Endpoint};

/// What a login needs of the answer.
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
    bench.plain("decode-authenticate", || {
        serde_json::from_slice::<AuthenticateResponse>(AUTHENTICATE.as_bytes()).expect("an answer")
    });
    bench.plain("decode-migrate", || {
        serde_json::from_slice::<MigrateResponse>(MIGRATE.as_bytes()).expect("an answer")
    });
    bench.plain("decode-four-fields", || {
        serde_json::from_slice::<Login>(AUTHENTICATE.as_bytes()).expect("an answer")
    });
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

fn authenticate() -> Authenticate<'static> {
    Authenticate::builder().email(EMAIL).password(PASSWORD).session_duration_minutes(MINUTES).build()
}

fn migrate() -> Migrate<'static> {
    Migrate::builder().email(EMAIL).hash(HASH).hash_type(HashType::Bcrypt).build()
}
