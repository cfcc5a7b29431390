//! Tests for secrets in requests and responses of all formats: a recording never contains them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
// Documentation of the fields would only repeat their names.
#![allow(missing_docs)]

use std::collections::{BTreeMap, HashMap};

use declapi::http::{Request, Response};
use declapi::{
    Body, Endpoint, Events, Form, Hook, HookFuture, JsonLines, Multipart, MultipartRelated, NestedForm, Next,
    PreparedRequest, Secret, TransportError, Upload, client, endpoint, object, response,
};
use declapi_test::Recorder;

/// An API of sessions.
#[client(base_url = "https://api.example.com/v1")]
pub struct Api;

/// Records a call with a server that sends this response, and returns the recording. The call can then be replayed.
async fn record<E: Endpoint + Sync>(call: &E, content_type: &str, reply: impl AsRef<[u8]>) -> String {
    let (content_type, reply) = (content_type.to_owned(), reply.as_ref().to_vec());
    let serve = move |_: Request<Body>| {
        let mut response = Response::new(Body::from(reply.clone()));
        response.headers_mut().insert("content-type", content_type.parse().unwrap());
        async { Ok::<_, TransportError>(response) }
    };
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("api.json");
    let api = Api::builder().transport(Recorder::file(&path).through(serve)).build().unwrap();
    // Some of the responses do not match the declaration.
    let _ = api.send(call).await;
    let api = Api::builder().transport(Recorder::file(&path)).build().unwrap();
    if let Err(error) = api.send(call).await {
        assert!(!error.to_string().contains("not in"), "{error}");
    }
    std::fs::read_to_string(path).unwrap()
}

/// A session.
#[response]
#[derive(Debug)]
pub struct Session {
    pub id: u64,
    pub key: Option<Secret>,
}

/// Reads a session.
#[endpoint(get = "/session", response = Session, on = &Api)]
pub struct ReadSession;

/// Reads a picture.
#[endpoint(get = "/picture", response = declapi::Bytes, on = &Api)]
pub struct Picture;

#[tokio::test]
async fn responses_of_any_content_type_are_redacted() {
    let json = br#"{"id": 7, "key": "key-secret", "seen": "here"}"#.to_vec();
    let invalid = [&json[..json.len() - 2], b"\xFF\"}"].concat();
    for content_type in ["application/json", "text/plain", "text/html", "application/octet-stream"] {
        for body in [&json, &invalid] {
            let text = record(&ReadSession, content_type, body).await;
            assert!(!text.contains("-secret") && text.contains("here"), "{content_type}: {text}");
            assert!(!text.contains("base64"), "{content_type}: {text}");
        }
        let text = record(&ReadSession, content_type, "{\"key\": \"key-secret\"").await;
        assert!(!text.contains("-secret") && text.contains("\"<redacted>\""), "{content_type}: {text}");
    }
    // Without a secret, the text is as the server sent it.
    let text = record(&Picture, "text/plain", "{\"a\":  1.0}").await;
    assert!(text.contains(r#""text": "{\"a\":  1.0}""#), "{text}");
    assert!(record(&Picture, "text/plain", b"\xFF\xD8").await.contains("base64"));
    let text = record(&Picture, "text/plain", b"\xFF see /a?token=key-secret").await;
    assert!(!text.contains("base64") && !text.contains("-secret"), "{text}");
}

/// The device of a login.
#[object]
#[derive(Clone, Copy)]
pub struct Device<'a> {
    pub name: &'a str,
    #[object(secret)]
    pub serial: &'a str,
    #[object(secret)]
    pub pin: u32,
}

const DEVICE: Device<'static> = Device { name: "phone", serial: "se\"-secret", pin: 48213 };

type Rest = HashMap<&'static str, &'static str>;

const REST: [(&str, &str); 3] = [("x", "rest-value"), ("y", "se\"-secret"), ("z", "48213")];

/// Declares endpoints with the same fields and different formats.
macro_rules! endpoints {
    ($($name:ident { $($format:tt)* } { $($fields:tt)* })*) => {
        $(
            /// Sends a body.
            #[endpoint(post = "/send", response = (), on = &Api $($format)*)]
            struct $name { $($fields)* }
        )*
    };
}

endpoints! {
    FlatJson {} { pub a: u8, #[serde(flatten)] pub dev: Device<'static> }
    FlatForm { , body = Form } { pub a: u8, #[serde(flatten)] pub dev: Device<'static> }
    FlatParts { , body = Multipart } { pub a: u8, #[serde(flatten)] pub dev: Device<'static> }
    FlatQuery {} { pub a: u8, #[endpoint(query)] #[serde(flatten)] pub dev: Device<'static> }
    RestJson {} { pub a: u8, #[endpoint(secret)] #[serde(flatten)] pub rest: Rest }
    RestForm { , body = Form } { pub a: u8, #[endpoint(secret)] #[serde(flatten)] pub rest: Rest }
    RestQuery {} { pub a: u8, #[endpoint(query, secret)] #[serde(flatten)] pub rest: Rest }
    WholeJson {} { #[endpoint(whole_body)] pub dev: Device<'static> }
    WholeForm { , body = Form } { #[endpoint(whole_body)] pub dev: Device<'static> }
    WholeSecretForm { , body = Form } { #[endpoint(whole_body, secret)] pub rest: Rest }
    WholeNested { , body = NestedForm } { #[endpoint(whole_body)] pub dev: Device<'static> }
    WholeParts { , body = Multipart } { #[endpoint(whole_body)] pub dev: Device<'static> }
    WholeRelated { , body = MultipartRelated } { #[endpoint(whole_body)] pub dev: Device<'static> }
    DeepJson {} { pub a: u8, pub dev: Vec<Device<'static>> }
    DeepForm { , body = NestedForm } { pub a: u8, pub dev: Vec<Device<'static>> }
    DeepMapForm { , body = NestedForm } { pub a: u8, pub dev: BTreeMap<u8, Device<'static>> }
    DeepQuery {} { pub a: u8, #[endpoint(query(deep))] pub dev: Device<'static> }
    DeepParts { , body = Multipart } { pub a: u8, pub dev: Vec<Device<'static>> }
    DeepRelated { , body = MultipartRelated } { pub a: u8, pub dev: Device<'static> }
    OrderRelated { , body = MultipartRelated } {
        pub name: Option<&'static str>,
        #[endpoint(secret)] pub code: &'static str,
        pub tags: Vec<&'static str>,
        pub dev: Device<'static>,
    }
    Lines { , body = JsonLines } { #[endpoint(whole_body)] pub dev: Vec<Device<'static>> }
}

/// Records a call, and checks that there is no secret in the file.
async fn assert_hidden<E: Endpoint + Sync>(call: E, seen: &str) {
    // The server repeats the secrets.
    let text =
        record(&call, "application/json", r#"{"a": 48213, "b": "48213", "c": "x: se\"-secret"}"#).await;
    let name = std::any::type_name::<E>();
    for secret in ["-secret", "48213", "rest-value"] {
        assert!(!text.contains(secret), "{name}: {secret} in {text}");
    }
    assert!(text.contains(seen), "{name}: {seen} in {text}");
}

#[tokio::test]
async fn flattened_fields_are_redacted() {
    let rest = || Rest::from(REST);
    assert_hidden(FlatJson { a: 1, dev: DEVICE }, "\"phone\"").await;
    assert_hidden(FlatForm { a: 1, dev: DEVICE }, "name=phone").await;
    assert_hidden(FlatParts { a: 1, dev: DEVICE }, "phone").await;
    assert_hidden(FlatQuery { a: 1, dev: DEVICE }, "name=phone").await;
    assert_hidden(RestJson { a: 1, rest: rest() }, "\"a\": 1").await;
    assert_hidden(RestForm { a: 1, rest: rest() }, "a=1").await;
    assert_hidden(RestQuery { a: 1, rest: rest() }, "x=<redacted>").await;
}

#[tokio::test]
async fn whole_bodies_are_redacted() {
    let rest = Rest::from(REST);
    assert_hidden(WholeJson { dev: DEVICE }, "\"phone\"").await;
    assert_hidden(WholeForm { dev: DEVICE }, "name=phone").await;
    assert_hidden(WholeSecretForm { rest }, "x=<redacted>").await;
    assert_hidden(WholeNested { dev: DEVICE }, "name=phone").await;
    assert_hidden(WholeParts { dev: DEVICE }, "phone").await;
    assert_hidden(WholeRelated { dev: DEVICE }, "phone").await;
}

#[tokio::test]
async fn nested_fields_are_redacted_in_all_formats() {
    assert_hidden(DeepJson { a: 1, dev: vec![DEVICE] }, "\"phone\"").await;
    assert_hidden(DeepForm { a: 1, dev: vec![DEVICE] }, "dev[0][name]=phone").await;
    assert_hidden(DeepMapForm { a: 1, dev: [(7, DEVICE)].into() }, "dev[7][name]=phone").await;
    assert_hidden(DeepQuery { a: 1, dev: DEVICE }, "dev[name]=phone").await;
    assert_hidden(DeepParts { a: 1, dev: vec![DEVICE, DEVICE] }, "phone").await;
    assert_hidden(DeepRelated { a: 1, dev: DEVICE }, "phone").await;
    let order = OrderRelated { name: None, code: "rest-value", tags: vec!["a", "b"], dev: DEVICE };
    assert_hidden(order, "<redacted>").await;
    assert_hidden(Lines { dev: vec![DEVICE] }, "phone").await;
}

/// Looks for something.
#[endpoint(get = "/look", response = Found, on = &Api)]
struct Look {
    #[endpoint(header = "x-code", secret)]
    pub code: &'static str,
    #[serde(flatten)]
    pub more: Rest,
}

/// The result.
#[response]
#[derive(Debug)]
pub struct Found {
    #[response(required)]
    pub status: String,
}

#[tokio::test]
async fn names_of_entries_and_pairs_are_redacted() {
    let reply =
        r#"{"status": "here", "seen_by": {"code-secret-1": 1, "a code-secret-1": [{"code-secret-1": 2}]}}"#;
    let more = || Rest::from([("code-secret-1", "x"), ("y", "code-secret-1")]);
    let text = record(&Look { code: "code-secret-1", more: more() }, "application/json", reply).await;
    assert!(!text.contains("-secret"), "{text}");
    for seen in ["here", "<redacted>=x", "y=<redacted>", "\"a <redacted>\""] {
        assert!(text.contains(seen), "{seen} in {text}");
    }
    // A secret that equals the name of a declared field does not make the response unreadable.
    let text = record(&Look { code: "status", more: Rest::new() }, "application/json", reply).await;
    assert!(text.contains("\"status\": \"here\""), "{text}");
}

/// Sends an event, which is JSON inside of a form.
#[endpoint(post = "/event", body = Form, response = declapi::JsonObject, on = &Api)]
struct SendEvent {
    pub event: &'static str,
    pub kind: &'static str,
}

#[tokio::test]
async fn json_inside_of_a_string_is_redacted() {
    let inside = r#"{"api_key": "in\"ner-secret", "list": ["{\"token\": \"deep-secret\", \"seen\": 1}"]}"#;
    let reply =
        serde_json::json!({"event": inside, "log": "in\"ner-secret deep-secret", "text": "{\"a\":  1}"});
    let call = SendEvent { event: r#"{"token": "sent-secret"}"#, kind: "made" };
    let text = record(&call, "application/json", reply.to_string().replace("deep", "sent")).await;
    assert!(!text.contains("-secret"), "{text}");
    let text = record(&call, "application/json", reply.to_string()).await;
    assert!(!text.contains("-secret"), "{text}");
    // Other strings are as the server sent them.
    for seen in ["kind=made", "seen", r#"{\"a\":  1}"#] {
        assert!(text.contains(seen), "{seen} in {text}");
    }
}

/// Sends a file and a secret.
#[endpoint(post = "/file", body = Multipart, response = u64, on = &Api)]
pub struct SendFile<'a> {
    pub name: &'a str,
    #[endpoint(secret)]
    pub code: &'a str,
    pub file: Upload,
}

#[tokio::test]
async fn bodies_with_a_marked_field_differ_in_their_other_fields() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("api.json");
    let count = std::sync::atomic::AtomicUsize::new(0);
    let counting = move |_: Request<Body>| {
        let number = count.fetch_add(1, std::sync::atomic::Ordering::SeqCst).to_string();
        async { Ok::<_, TransportError>(Response::new(Body::from(number))) }
    };
    let send = |name, code| SendFile { name, code, file: Upload::bytes("content") };
    let api = Api::builder().transport(Recorder::file(&path).through(counting)).build().unwrap();
    for (name, number) in [("a", 0), ("b", 1)] {
        assert_eq!(api.send(&send(name, "code-secret")).await.unwrap(), number);
    }
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(!text.contains("-secret") && text.contains("content"), "{text}");
    let api = Api::builder().transport(Recorder::file(&path)).build().unwrap();
    for (name, number) in [("b", 1), ("a", 0)] {
        assert_eq!(api.send(&send(name, "other")).await.unwrap(), number);
    }
}

/// Follows the sessions.
#[endpoint(get = "/follow", response = Events<Session>, on = &Api)]
pub struct Follow;

#[tokio::test]
async fn events_are_redacted_also_if_their_data_has_several_lines() {
    let events = ": hi\n\nevent: a\ndata: {\"id\": 7,\ndata:\"key\": \"key-secret\"}\nid: 5\n\ndata: {\"key\": \n\ndata: {\"id\": 8, \"key\": \"other-secret\"}\n\ndata: {\"key\": \"cut-secret\n\ndata: [DONE]\n\n";
    for ends in ["\n", "\r\n", "\r"] {
        for content_type in ["text/event-stream", "text/plain"] {
            let text = record(&Follow, content_type, events.replace('\n', ends)).await;
            assert!(!text.contains("-secret"), "{ends:?} {text}");
            for seen in ["event: a", "id: 5", "[DONE]", r#"{\"id\":7,\"key\":\"<redacted>\"}"#] {
                assert!(text.contains(seen), "{ends:?} {seen} in {text}");
            }
        }
    }
}

#[tokio::test]
async fn a_body_that_a_hook_wraps_is_redacted() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("api.json");
    let serve = |_: Request<Body>| async { Ok::<_, TransportError>(Response::new(Body::from("7"))) };
    let api = Api::builder().transport(Recorder::file(&path).through(serve)).hook(Wrap).build().unwrap();
    api.send(&SendCode { code: "code-secret", count: 1 }).await.unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(!text.contains("-secret") && text.contains("data"), "{text}");
}

/// Sends a code.
#[endpoint(post = "/code", response = u64, on = &Api)]
pub struct SendCode<'a> {
    #[endpoint(secret)]
    pub code: &'a str,
    pub count: u8,
}

struct Wrap;

impl Hook for Wrap {
    fn send<'a>(&'a self, mut request: PreparedRequest, next: Next<'a>) -> HookFuture<'a> {
        let body = request.body.as_bytes().map(|body| String::from_utf8_lossy(body).into_owned());
        request.body = Body::from(format!("{{\"data\":{}}}", body.unwrap_or_default()));
        Box::pin(next.send(request))
    }
}
