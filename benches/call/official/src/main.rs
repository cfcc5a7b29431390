//! The official crate, as in its README.

use harness::Bench;
use harness::inputs::{AUTHENTICATE, EMAIL, HASH, MIGRATE, MINUTES, PASSWORD, PROJECT_ID, SECRET};
use stytch::client::{Client, Vertical};
use stytch::consumer::passwords::{
    AuthenticateRequest, AuthenticateResponse, MigrateRequest, MigrateRequestHashType, MigrateResponse,
    Passwords,
};

fn main() {
    let bench = Bench::from_arguments();
    bench.plain("client", || stytch::consumer::client::Client::new(PROJECT_ID, SECRET));
    bench.plain("decode-authenticate", || {
        serde_json::from_slice::<AuthenticateResponse>(AUTHENTICATE.as_bytes()).expect("a response")
    });
    bench.plain("decode-migrate", || {
        serde_json::from_slice::<MigrateResponse>(MIGRATE.as_bytes()).expect("a response")
    });

    let url = format!("{}/", Bench::url()).parse().expect("a URL");
    let client = Client::new_with_base_url(PROJECT_ID, SECRET, url, Vertical::Consumer).expect("a client");
    bench.plain("build-authenticate", || build(&client, "/v1/passwords/authenticate", &authenticate()));
    bench.plain("build-migrate", || build(&client, "/v1/passwords/migrate", &migrate()));

    let passwords = Passwords::new(client);
    bench
        .call("call-authenticate", async || passwords.authenticate(authenticate()).await.expect("a response"));
    bench.call("call-migrate", async || passwords.migrate(migrate()).await.expect("a response"));
}

/// The part of `Client::send` before it sends. It cannot be called alone.
fn build(client: &Client, path: &str, body: &impl serde::Serialize) -> reqwest::Request {
    let path = String::from(path);
    let url = client.base_url.join(&path).expect("a URL");
    client.client.request(http::Method::POST, url).json(body).build().expect("a request")
}

fn authenticate() -> AuthenticateRequest {
    AuthenticateRequest {
        email: EMAIL.into(),
        password: PASSWORD.into(),
        session_duration_minutes: Some(MINUTES.cast_signed()),
        ..AuthenticateRequest::default()
    }
}

fn migrate() -> MigrateRequest {
    MigrateRequest {
        email: EMAIL.into(),
        hash: HASH.into(),
        hash_type: MigrateRequestHashType::Bcrypt,
        ..MigrateRequest::default()
    }
}
