//! Tests that secrets of a request are not shown if a server repeats them.

use std::collections::BTreeMap;

use declapi::http::{Request, Response};
use declapi::{Body, CallOptions, Client, Credentials, Endpoint, Error, RetryPolicy, endpoint, object};

/// Returns a client whose server puts the decoded request into the message of an error.
fn echoing() -> Client {
    let echo = |request: Request<Body>| {
        let query = request.uri().query().unwrap_or_default().replace("%20", " ");
        let headers = request.headers().values().filter_map(|value| value.to_str().ok());
        let headers: Vec<_> = headers.map(str::to_owned).collect();
        let body = String::from_utf8(request.body().as_bytes().unwrap().to_vec()).unwrap();
        let message = format!("[{query}] [{body}] {headers:?}");
        let error = serde_json::json!({ "code": "echo", "message": message });
        async move { Ok(Response::builder().status(400).body(Body::from(error.to_string())).unwrap()) }
    };
    let client = Client::builder("https://api.example.com").bearer_auth("t0ken-t0ken");
    client.transport(echo).retries(RetryPolicy::never()).build().unwrap()
}

/// Returns all output of an error.
async fn shown(request: &impl Endpoint) -> String {
    let error: Error = echoing().send_as::<()>(request).await.unwrap_err();
    assert!(error.is("echo"));
    format!("{error} {error:?} {:?}", error.message())
}

/// Logs in.
#[endpoint(post = "/login", response = ())]
struct Login<'a> {
    email: &'a str,
    #[endpoint(secret)]
    password: &'a str,
    #[endpoint(secret)]
    hint: Option<&'a str>,
    nick: Option<&'a str>,
    #[endpoint(secret)]
    code: Option<u32>,
    #[endpoint(secret)]
    rounds: Option<u8>,
    device: Option<Device<'a>>,
    #[endpoint(secret, query)]
    ticket: Option<&'a str>,
    #[endpoint(query)]
    page: Option<&'a str>,
    #[endpoint(header = "x-key")]
    key: Option<&'a str>,
    #[serde(flatten)]
    more: Option<BTreeMap<&'a str, &'a str>>,
}

/// A device.
#[object]
struct Device<'a> {
    #[object(secret)]
    serial: Option<&'a str>,
    model: Option<&'a str>,
}

#[tokio::test]
async fn each_location_has_its_secrets() {
    let device = Device::builder().serial("s3rial-1").model("m0del-one").build();
    let login = Login::builder().email("ada@example.com").password("hunter2 \"x\"").hint("my h1nt!!");
    let login =
        login.nick("ada").code(483_921).rounds(12).device(device).ticket("t1cket t1cket").page("seven");
    let shown = shown(&login.key("k3y-k3y-k3y").more([("extra", "un-named-one")]).build()).await;
    for secret in ["hunter2", "h1nt", "483921", "s3rial", "t1cket", "k3y", "un-named", "t0ken", "m0del"] {
        assert!(!shown.contains(secret), "{secret} is in {shown}");
    }
    // Values that are not secret stay readable, for example a number of rounds or a page.
    for open in ["ada@example.com", "seven", "12", "nick"] {
        assert!(shown.contains(open), "{open} is not in {shown}");
    }
}

/// An optional secret that is not set does not mark the next field.
#[tokio::test]
async fn an_unset_secret_does_not_mark_other_fields() {
    let login = Login::builder().email("ada@example.com").password("hunter2-hunter2").nick("nickname-one");
    let shown = shown(&login.page("page-number-seven").build()).await;
    assert!(shown.contains("nickname-one") && shown.contains("page-number-seven"), "{shown}");
    assert!(!shown.contains("hunter2"), "{shown}");
}

/// Searches, with a token in the query.
#[endpoint(get = "/keys", response = ())]
struct Keys<'a> {
    #[endpoint(secret, query)]
    token: Vec<&'a str>,
    page: u32,
    #[serde(flatten)]
    more: BTreeMap<&'a str, &'a str>,
}

#[tokio::test]
async fn every_value_of_a_secret_list_is_secret() {
    let keys =
        Keys::builder().token(["to ken-one", "to ken-two"]).page(72).more([("x key", "un named")]).build();
    let shown = shown(&keys).await;
    assert!(
        !shown.contains("ken-one") && !shown.contains("ken-two") && !shown.contains("un named"),
        "{shown}"
    );
    assert!(shown.contains("72") && shown.contains("x key"), "{shown}");
}

/// A server repeats the last word of each header: a key without its scheme. Headers can contain UTF-8.
#[tokio::test]
async fn a_key_in_a_header_is_secret_without_its_scheme_and_in_any_script() {
    let echo = |request: Request<Body>| {
        let values = request.headers().values().map(|value| String::from_utf8_lossy(value.as_bytes()));
        let words: Vec<_> = values.filter_map(|value| value.rsplit(' ').next().map(str::to_owned)).collect();
        let error = serde_json::json!({ "code": "echo", "message": words.join(" | ") });
        async move { Ok(Response::builder().status(400).body(Body::from(error.to_string())).unwrap()) }
    };
    let client = Client::builder("https://api.example.com")
        .header("authorization", "Token t0ken-t0ken")
        .secret_header("x-secret", "Key schl\u{fc}ssel")
        .auth_provider(Credentials::header("x-provided", "Key pr0vided"))
        .transport(echo)
        .build()
        .unwrap();
    let login =
        client.login().email("ada@example.com").password("hunter2 \"x\"").key("gehe\u{ed}m-gehe\u{ed}m");
    let options = CallOptions::new().header("proxy-authorization", "Key 0ption-key");
    let error = login.with_options(options).send().await.unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(shown.contains("application/json | "), "{shown}");
    for secret in ["t0ken", "schl\u{fc}ssel", "pr0vided", "gehe\u{ed}m", "0ption"] {
        assert!(!shown.contains(secret), "{secret} is in {shown}");
    }
}

/// A server repeats a password as the id of the call.
#[tokio::test]
async fn a_request_id_that_repeats_a_secret_is_dropped() {
    let echo = |request: Request<Body>| {
        let body: serde_json::Value = serde_json::from_slice(request.body().as_bytes().unwrap()).unwrap();
        let error = serde_json::json!({ "code": "no", "request_id": format!("id-{}", body["password"].as_str().unwrap()) });
        async move { Ok(Response::builder().status(400).body(Body::from(error.to_string())).unwrap()) }
    };
    let client = Client::builder("https://api.example.com").transport(echo).build().unwrap();
    let error = client.login().email("ada@example.com").password("tr0ub4dor").send().await.unwrap_err();
    assert_eq!(error.request_id(), None);
}
