//! rustify with derive_builder, as in its README.

use derive_builder::Builder;
use harness::Bench;
use harness::inputs::{EMAIL, HASH, MINUTES, PASSWORD, PROJECT_ID, SECRET};
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use rustify::Endpoint as _;
use rustify::clients::reqwest::Client;
use rustify_derive::Endpoint;
use types::lean::{AuthenticateResponse, MigrateResponse};

#[derive(Builder, Debug, Endpoint)]
#[endpoint(
    path = "v1/passwords/authenticate",
    method = "POST",
    response = "AuthenticateResponse",
    builder = "true"
)]
#[builder(setter(into, strip_option))]
struct Authenticate {
    email: String,
    password: String,
    #[builder(default)]
    session_token: Option<String>,
    #[builder(default)]
    session_duration_minutes: Option<u32>,
    #[builder(default)]
    session_jwt: Option<String>,
    #[builder(default)]
    session_custom_claims: Option<serde_json::Value>,
    #[builder(default)]
    telemetry_id: Option<String>,
}

#[derive(Builder, Debug, Endpoint)]
#[endpoint(path = "v1/passwords/migrate", method = "POST", response = "MigrateResponse", builder = "true")]
#[builder(setter(into, strip_option))]
struct Migrate {
    email: String,
    hash: String,
    hash_type: String,
    #[builder(default)]
    trusted_metadata: Option<serde_json::Value>,
    #[builder(default)]
    untrusted_metadata: Option<serde_json::Value>,
    #[builder(default)]
    set_email_verified: Option<bool>,
    #[builder(default)]
    phone_number: Option<String>,
    #[builder(default)]
    set_phone_number_verified: Option<bool>,
    #[builder(default)]
    external_id: Option<String>,
    #[builder(default)]
    roles: Option<Vec<String>>,
}

fn main() {
    let bench = Bench::from_arguments();
    let client = client();
    let build = |request: http::Request<Vec<u8>>| reqwest::Request::try_from(request).expect("a request");
    bench.plain("build-authenticate", || build(authenticate().request(&client.base).expect("a request")));
    bench.plain("build-migrate", || build(migrate().request(&client.base).expect("a request")));
    bench.call("call-authenticate", async || {
        authenticate().exec(&client).await.and_then(|response| response.parse()).expect("a response")
    });
    bench.call("call-migrate", async || {
        migrate().exec(&client).await.and_then(|response| response.parse()).expect("a response")
    });
}

fn client() -> Client {
    let credentials = harness::base64(&format!("{PROJECT_ID}:{SECRET}"));
    let mut authorization = HeaderValue::from_str(&format!("Basic {credentials}")).expect("a header");
    authorization.set_sensitive(true);
    let headers = HeaderMap::from_iter([(AUTHORIZATION, authorization)]);
    let http = reqwest::Client::builder().user_agent("by-hand/1.0").default_headers(headers);
    Client::new(&Bench::url(), http.build().expect("a client"))
}

fn authenticate() -> Authenticate {
    let mut builder = Authenticate::builder();
    builder.email(EMAIL).password(PASSWORD).session_duration_minutes(MINUTES).build().expect("all is set")
}

fn migrate() -> Migrate {
    let mut builder = Migrate::builder();
    builder.email(EMAIL).hash(HASH).hash_type("bcrypt").build().expect("all is set")
}
