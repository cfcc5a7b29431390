//! Requests without a declaration: `client.request`, and endpoints that are implemented by hand.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use declapi::http::{Request, Response, StatusCode};
use declapi::{
    Auth, Body, Bytes, CallOptions, Client, Endpoint, EndpointInfo, ErrorKind, JsonLines, Method, Parts,
    Reader, TransportError, Upload, client, response,
};
use serde_json::{Value, json};
use stytch_client_tests::clock::Clock;

#[client(base_url = "https://api.example.com/v2", header("x-version" = "3"), query("tenant" = "t"))]
struct Api;

#[response]
#[derive(Debug, PartialEq)]
struct Label {
    #[response(required)]
    id: u64,
    name: String,
}

/// A client whose server returns these responses in order, and the requests.
fn api(responses: Vec<(u16, &'static str)>) -> (Api, Arc<Mutex<Vec<String>>>, Clock) {
    let (seen, clock) = (Arc::new(Mutex::new(Vec::new())), Clock::skipping(Duration::from_secs(20)));
    let noted = Arc::clone(&seen);
    let transport = move |request: Request<Body>| {
        let mut noted = noted.lock().unwrap();
        let (status, body) = responses[noted.len().min(responses.len() - 1)];
        let header = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        let headers = ["authorization", "x-version", "x-own", "content-type"].map(header);
        let headers: Vec<String> = headers.into_iter().flatten().collect();
        let sent = request.body().as_bytes().map(|body| String::from_utf8_lossy(body).into_owned());
        let line = format!("{} {}", request.method(), request.uri());
        noted.push(format!(
            "{line} [{}] {}",
            headers.join(", "),
            sent.unwrap_or_else(|| "stream".to_owned())
        ));
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = StatusCode::from_u16(status).unwrap();
        async { Ok::<_, TransportError>(response) }
    };
    let builder = Api::builder().bearer_auth("token").transport(transport).timer(clock.clone());
    (builder.build().unwrap(), seen, clock)
}

fn seen(seen: &Arc<Mutex<Vec<String>>>) -> Vec<String> {
    std::mem::take(&mut *seen.lock().unwrap())
}

#[tokio::test]
async fn everything_can_be_said() {
    let (api, noted, _) = api(vec![(200, r#"{"id":7,"name":"new"}"#)]);
    let request = api.request(Method::Post, "/projects/{project}/labels/{rest*}").path("project", "a/b");
    let request =
        request.path("rest", "c/d e").query("dry run", true).query("ids", vec![1, 2]).header("X-Own", "own");
    let label: Label = request.json(&json!({"n": 1.5, "name": "new"})).send().await.unwrap();
    assert_eq!(label, Label { id: 7, name: "new".to_owned() });
    let url = "https://api.example.com/v2/projects/a%2Fb/labels/c/d%20e?dry%20run=true&ids=1&ids=2&tenant=t";
    let rest = r#"[Bearer token, 3, own, application/json] {"n":1.5,"name":"new"}"#;
    assert_eq!(seen(&noted), [format!("POST {url} {rest}")]);
    // With every type that a response can be read into.
    let text = api.request(Method::Get, "/a").send::<declapi::Text>().await.unwrap();
    assert!(text.0.starts_with("{\"id\""));
    api.request(Method::Delete, "/a").send::<()>().await.unwrap();
    let value: Value = api.request(Method::Patch, "/a").json(&[1, 2]).send().await.unwrap();
    assert_eq!(value["id"], 7);
    let all = "[Bearer token, 3";
    assert_eq!(
        seen(&noted),
        [
            format!("GET https://api.example.com/v2/a?tenant=t {all}] "),
            format!("DELETE https://api.example.com/v2/a?tenant=t {all}] "),
            format!("PATCH https://api.example.com/v2/a?tenant=t {all}, application/json] [1,2]"),
        ]
    );
}

#[tokio::test]
async fn any_body_can_be_sent() {
    let (api, noted, _) = api(vec![(200, "{}")]);
    let put = || api.request(Method::Put, "/file");
    put().body("text/csv", "a,b\n").send::<()>().await.unwrap();
    put().body_as::<JsonLines>(&[json!({"a": 1}), json!(2)]).send::<()>().await.unwrap();
    put().body_as::<Bytes>(&Upload::bytes("raw").media_type("image/png")).send::<()>().await.unwrap();
    put().json("text").with_options(CallOptions::new().header("x-own", "own")).send::<()>().await.unwrap();
    put().json(&json!({"a": 1})).with_options(CallOptions::new().body("b", 2)).send::<()>().await.unwrap();
    let start = "PUT https://api.example.com/v2/file?tenant=t [Bearer token, 3";
    assert_eq!(
        seen(&noted),
        [
            format!("{start}, text/csv] a,b\n"),
            format!("{start}, application/x-ndjson] {{\"a\":1}}\n2\n"),
            format!("{start}, image/png] raw"),
            format!("{start}, own, application/json] \"text\""),
            format!("{start}, application/json] {{\"a\":1,\"b\":2}}"),
        ]
    );
}

/// Errors, retries and timeouts are those of a declared call.
#[tokio::test]
async fn it_fails_as_a_declared_call_does() {
    let (api, noted, clock) =
        api(vec![(429, ""), (400, r#"{"code":"bad_name","message":"`kanarie` is taken"}"#)]);
    let request = api.request(Method::Post, "/labels/{id}").path("id", 7).json(&json!({"name": "kanarie"}));
    let error = request.send::<Label>().await.unwrap_err();
    assert!(error.is("bad_name"));
    assert_eq!((error.status(), error.attempts(), clock.waits().len()), (Some(400), 2, 1));
    let shown = format!("{error} {error:?}");
    assert!(shown.starts_with("POST /labels/{id}: API error 400 bad_name: `<redacted>` is taken"), "{shown}");
    assert!(!shown.contains("kanarie"), "{shown}");
    let info = error.endpoint().unwrap();
    assert_eq!((info.name, info.path, info.idempotent), ("undeclared", "/labels/{id}", false));
    seen(&noted);

    let (api, noted, _) = self::api(vec![(500, ""), (500, ""), (200, r#"{"id":1}"#)]);
    assert_eq!(api.request(Method::Get, "/a").send::<Label>().await.unwrap_err().attempts(), 1);
    assert_eq!(api.request(Method::Get, "/a").idempotent().send::<Label>().await.unwrap().id, 1);
    let error = api.request(Method::Get, "/a").send::<String>().await.unwrap_err();
    assert_eq!((error.kind(), seen(&noted).len()), (ErrorKind::Decode, 4), "{error}");
}

#[tokio::test]
async fn invalid_values_are_an_error() {
    let (api, noted, _) = api(vec![(200, "{}")]);
    let post = || api.request(Method::Post, "/a/{id}");
    for (request, words) in [
        (post(), "`id` cannot be sent: it has no value"),
        (post().path("id", ""), "`id` cannot be sent: empty would lead to another route"),
        (post().path("id", vec![1]), "`id` cannot be sent: a list in a path cannot be written as text"),
        (post().path("id", 1).header("a b", "c"), "`a b` cannot be sent: this is not a valid header name"),
        (
            post().path("id", 1).header("host", "c"),
            "`host` cannot be sent: the transport sets this header itself",
        ),
        (
            post().path("id", 1).query("q", json!({"a": 1})),
            "`q` cannot be sent: a map cannot be a single value",
        ),
        (post().path("id", 1).body("a\n", "b"), "this media type has characters"),
        (post().path("id", 1).body_as::<declapi::Text>(&vec![1]), "a body of text is one string"),
        (api.request(Method::Get, "a"), "`path` cannot be sent: it does not begin with a slash"),
    ] {
        let built = request.build().unwrap_err().to_string();
        let error = request.send::<()>().await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Request, 0), "{error}");
        assert!(error.to_string().contains(words) && built == error.to_string(), "{error}");
    }
    assert!(seen(&noted).is_empty());
}

/// An absolute URL is requested without credentials, as with a declaration.
#[tokio::test]
async fn a_whole_url_is_sent_alone() {
    let (api, noted, _) = api(vec![(200, "{}")]);
    let url = "https://cdn.example.com/next?page=2";
    api.request(Method::Get, "{url}").path("url", url).query("size", 9).send::<()>().await.unwrap();
    assert_eq!(seen(&noted), ["GET https://cdn.example.com/next?page=2&size=9 [] "]);
}

#[tokio::test]
async fn a_request_can_be_looked_at() {
    let (api, ..) = api(vec![(200, "{}")]);
    let request =
        api.request(Method::Post, "/a").json(&json!({"name": "kanarie"})).header("x-key", "kanarie");
    assert!(!format!("{request:?} {:?}", request.build()).contains("kanarie"));
    let curl = request.build().unwrap().to_curl();
    assert!(curl.starts_with("curl -X POST \"$BASE_URL\"'/a' \\\n  -H 'x-key: <redacted>'"), "{curl}");
    assert!(curl.ends_with(r#"--data-raw '{"name":"<redacted>"}'"#), "{curl}");
    let raw = api.request(Method::Post, "/a").body("text/plain", "kanarie").build().unwrap().to_curl();
    assert!(raw.ends_with("--data-binary '@body'"), "{raw}");
}

#[test]
fn a_blocking_client_has_it_too() {
    let client = Client::builder("https://api.example.com").transport(|request: Request<Body>| {
        let path = format!("{:?}", request.uri().path());
        async move { Ok(Response::new(path.into())) }
    });
    let client = client.build_blocking().unwrap();
    let path: String = client.request(Method::Get, "/a/{b}").path("b", "c").send().unwrap();
    assert_eq!(path, "/a/c");
}

/// An endpoint that uses only public items.
struct Copy<'a> {
    from: &'a str,
    labels: Vec<(&'static str, &'a str)>,
    text: Option<&'a str>,
    key: Option<&'a str>,
}

impl Endpoint for Copy<'_> {
    type Response = Label;

    const READER: Reader<Label> = Reader::new();
    const INFO: &'static EndpointInfo = &EndpointInfo::of("Copy", Method::Post, "/labels/{from}/copy")
        .with_idempotent()
        .with_docs("Copies a label.")
        .with_auth(Auth::None);

    fn write(&self, to: &mut Parts) {
        to.path("from", self.from);
        for (name, value) in &self.labels {
            to.query(name, value);
        }
        to.header_opt("X-Own", &self.key);
        to.secret().body_opt("text", &self.text);
    }
}

#[tokio::test]
async fn an_endpoint_by_hand_is_an_endpoint() {
    let (api, noted, _) = api(vec![(500, ""), (200, r#"{"id":1}"#)]);
    let copy =
        Copy { from: "a/b", labels: vec![("x", "1"), ("y", "2")], text: Some("kanarie"), key: Some("own") };
    assert_eq!(api.send(&copy).await.unwrap().id, 1);
    let line = "POST https://api.example.com/v2/labels/a%2Fb/copy?x=1&y=2&tenant=t [3, own, application/json] \
                {\"text\":\"kanarie\"}";
    assert_eq!(seen(&noted), [line, line]);
    let shown = format!("{:?} {}", copy.request().unwrap(), copy.request().unwrap().to_curl());
    assert!(!shown.contains("kanarie"), "{shown}");
    // Without a field, there is no body.
    let copy = Copy { text: None, ..copy };
    assert_eq!(copy.request().unwrap().body(), None);
    assert_eq!((Copy::INFO.docs, Copy::INFO.auth()), ("Copies a label.", Some(Auth::None)));
}

/// Mistakes that the macro would find are errors of the request. None causes a panic.
#[test]
fn mistakes_by_hand_are_errors() {
    type Write = fn(&mut Parts);

    struct Wrong(Write);

    impl Endpoint for Wrong {
        type Response = ();

        const READER: Reader<()> = Reader::new();
        const INFO: &'static EndpointInfo = &EndpointInfo::of("Wrong", Method::Post, "/{a}/{b}");

        fn write(&self, to: &mut Parts) {
            (self.0)(to);
        }
    }

    for (write, words) in [
        ((|to| to.path("a", "1")) as Write, "a placeholder has no value"),
        (|_| {}, "a placeholder has no value"),
        (
            |to| ["a", "b", "c"].into_iter().for_each(|name| to.path(name, "1")),
            "`c` cannot be sent: the path has no placeholder for it",
        ),
        (
            |to| {
                to.path("a", "1");
                to.path("b", "1");
                to.header("a b", "1");
            },
            "`a b` cannot be sent: this is not a valid header name",
        ),
    ] {
        let error = Wrong(write).request().unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
    }
}
