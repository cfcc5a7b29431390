//! All combinations of field locations, body formats and response types.
//!
//! Every endpoint has a field in the path, the query and a header, and a body of each format: one body from fields,
//! if the format supports that, and one body from a whole field. Each of these is declared with every response type.

use std::sync::{Arc, Mutex};

use declapi::{
    ApiClient, Body, BodyError, BodyFormat, BodyWriter, ByteStream, Bytes, CallOptions, Client, Endpoint,
    Events, Form, JsonLines, Multipart, MultipartRelated, NestedForm, Response, Text, Upload, endpoint, http,
    response,
};
use serde::Serialize;

/// A JSON response.
#[response]
#[derive(Debug)]
struct Item {
    #[response(required)]
    id: u8,
}

/// The fields of the body as one struct.
#[derive(Clone, Copy, Debug, Serialize)]
struct Pair {
    a: u8,
    b: &'static str,
}

/// A format of another crate.
#[derive(Debug)]
struct Shouted;

impl BodyFormat for Shouted {
    const CONTENT_TYPE: &'static str = "application/x-shouted";

    fn write<T: Serialize + ?Sized>(value: &T, to: &mut BodyWriter) -> Result<(), BodyError> {
        let json = serde_json::to_string(value)?;
        std::io::Write::write_all(to, json.to_uppercase().as_bytes())?;
        Ok(())
    }
}

/// A response that the test can compare.
trait Shown: Sized {
    /// The response of the server.
    const BODY: &'static str = r#"{"id":7}"#;

    /// The expected value.
    const ACCEPT: &'static str = "application/json";

    async fn shown(self) -> String;
}

impl Shown for Item {
    async fn shown(self) -> String {
        self.id.to_string()
    }
}

impl Shown for () {
    async fn shown(self) -> String {
        "()".to_owned()
    }
}

impl Shown for Bytes {
    const ACCEPT: &'static str = "*/*";

    async fn shown(self) -> String {
        String::from_utf8_lossy(&self).into_owned()
    }
}

impl Shown for Text {
    const ACCEPT: &'static str = "*/*";

    async fn shown(self) -> String {
        self.0
    }
}

impl Shown for ByteStream {
    const ACCEPT: &'static str = "*/*";

    async fn shown(mut self) -> String {
        let mut all = Vec::new();
        while let Some(piece) = self.next().await {
            all.extend_from_slice(&piece.unwrap());
        }
        String::from_utf8(all).unwrap()
    }
}

impl Shown for JsonLines<Item> {
    const BODY: &'static str = "{\"id\":7}\n{\"id\":8}\n";
    const ACCEPT: &'static str = "application/x-ndjson, application/jsonl, application/json";

    async fn shown(mut self) -> String {
        let mut all = String::new();
        while let Some(item) = self.next().await {
            all += &item.unwrap().shown().await;
        }
        all
    }
}

impl Shown for Events<Item> {
    const BODY: &'static str = "data: {\"id\":7}\n\ndata: {\"id\":8}\n\n";
    const ACCEPT: &'static str = "text/event-stream";

    async fn shown(mut self) -> String {
        let mut all = String::new();
        while let Some(event) = self.next().await {
            all += &event.unwrap().data.shown().await;
        }
        all
    }
}

impl<T: Shown> Shown for Response<T> {
    const BODY: &'static str = T::BODY;
    const ACCEPT: &'static str = T::ACCEPT;

    async fn shown(self) -> String {
        let start = format!("{} {} ", self.status().as_u16(), self.header("x-a").unwrap_or_default());
        start + &self.value.shown().await
    }
}

impl<T: Shown> Shown for Option<T> {
    const BODY: &'static str = T::BODY;
    const ACCEPT: &'static str = T::ACCEPT;

    async fn shown(self) -> String {
        match self {
            Some(value) => format!("Some({})", value.shown().await),
            None => "None".to_owned(),
        }
    }
}

/// A module with an endpoint for every response type. All of them send the same request.
macro_rules! endpoints {
    ($($module:ident [$($format:ty)?] { $($field:tt)* } ($($set:tt)*) => $kind:literal $body:literal;)*) => {
        $(
            mod $module {
                use super::*;

                endpoints! { @each [$($format)?] { $($field)* }
                    OfItem: Item => "7",
                    OfUnit: () => "()",
                    OfBytes: Bytes => "{\"id\":7}",
                    OfText: Text => "{\"id\":7}",
                    OfStream: ByteStream => "{\"id\":7}",
                    OfLines: JsonLines<Item> => "78",
                    OfEvents: Events<Item> => "78",
                    OfItemBeside: Response<Item> => "200 b 7",
                    OfTextBeside: Response<Text> => "200 b {\"id\":7}",
                    OfEventsBeside: Response<Events<Item>> => "200 b 78",
                    OfOptionalItem: Option<Item> => "Some(7)",
                    OfOptionalUnit: Option<()> => "Some(())",
                    OfOptionalBytes: Option<Bytes> => "Some({\"id\":7})",
                    OfOptionalStream: Option<ByteStream> => "Some({\"id\":7})",
                    OfOptionalLines: Option<JsonLines<Item>> => "Some(78)",
                    OfOptionalEventsBeside: Option<Response<Events<Item>>> => "Some(200 b 78)",
                    OfOptionalItemBeside: Response<Option<Item>> => "200 b Some(7)",
                }

                #[tokio::test]
                async fn is_combined_with_every_response() {
                    endpoints! { @check ($($set)*) $kind $body;
                        OfItem OfUnit OfBytes OfText OfStream OfLines OfEvents OfItemBeside OfTextBeside OfEventsBeside
                        OfOptionalItem OfOptionalUnit OfOptionalBytes OfOptionalStream OfOptionalLines
                        OfOptionalEventsBeside OfOptionalItemBeside
                    }
                }
            }
        )*
    };
    (@each $format:tt $fields:tt $($name:ident: $response:ty => $shown:literal,)*) => {
        $(endpoints! { @one $format $fields $name $response => $shown })*
    };
    (@one [$($format:ty)?] { $($field:tt)* } $name:ident $response:ty => $shown:literal) => {
        #[endpoint(put = "/a/{path}", response = $response, idempotent $(, body = $format)?)]
        struct $name {
            path: &'static str,
            #[endpoint(query)]
            query: Option<Vec<u8>>,
            #[endpoint(header = "x-header", secret)]
            header: &'static str,
            $($field)*
        }

        impl $name {
            const SHOWN: &'static str = $shown;
        }
    };
    (@check $set:tt $kind:literal $body:literal; $($name:ident)*) => {
        $(endpoints! { @send $set $kind $body; $name })*
    };
    (@send ($($set:tt)*) $kind:literal $body:literal; $name:ident) => {
        let request = $name::builder().path("a/b").query([1, 2]).header("h")$($set)*.build();
        check(&request, $name::SHOWN, $kind, $body).await;
    };
}

endpoints! {
    json_of_fields [] { a: u8, b: &'static str, } (.a(1).b("x"))
        => "application/json" r#"{"a":1,"b":"x"}"#;
    json_as_a_whole [] { #[endpoint(whole_body)] whole: Pair, } (.whole(PAIR))
        => "application/json" r#"{"a":1,"b":"x"}"#;
    form_of_fields [Form] { a: u8, b: &'static str, } (.a(1).b("x"))
        => "application/x-www-form-urlencoded" "a=1&b=x";
    form_as_a_whole [Form] { #[endpoint(whole_body)] whole: Option<Pair>, } (.whole(PAIR))
        => "application/x-www-form-urlencoded" "a=1&b=x";
    nested_form_of_fields [NestedForm] { a: u8, b: Vec<&'static str>, } (.a(1).b(["x"]))
        => "application/x-www-form-urlencoded" "a=1&b%5B0%5D=x";
    nested_form_as_a_whole [NestedForm] { #[endpoint(whole_body)] whole: Pair, } (.whole(PAIR))
        => "application/x-www-form-urlencoded" "a=1&b=x";
    parts_of_fields [Multipart] { a: u8, b: Upload, } (.a(1).b(Upload::bytes("x")))
        => "multipart/form-data; boundary=B"
        "--B|content-disposition: form-data; name=\"a\"||1|\
         --B|content-disposition: form-data; name=\"b\"; filename=\"file\"|content-type: application/octet-stream||x|--B--|";
    parts_as_a_whole [Multipart] { #[endpoint(whole_body)] whole: Pair, } (.whole(PAIR))
        => "multipart/form-data; boundary=B"
        "--B|content-disposition: form-data; name=\"a\"||1|--B|content-disposition: form-data; name=\"b\"||x|--B--|";
    related_of_fields [MultipartRelated] { a: u8, b: Upload, } (.a(1).b(Upload::bytes("x").media_type("a/b")))
        => "multipart/related; boundary=B"
        "--B|content-type: application/json||1|--B|content-type: a/b||x|--B--|";
    related_as_a_whole [MultipartRelated] { #[endpoint(whole_body)] whole: Pair, } (.whole(PAIR))
        => "multipart/related; boundary=B"
        "--B|content-type: application/json||1|--B|content-type: application/json||\"x\"|--B--|";
    bytes_as_a_whole [Bytes] { #[endpoint(whole_body)] whole: Vec<u8>, } (.whole(*b"xyz"))
        => "application/octet-stream" "xyz";
    upload_as_a_whole [Bytes] { #[endpoint(whole_body)] whole: Upload, } (.whole(Upload::bytes("xyz").media_type("a/b")))
        => "a/b" "xyz";
    text_as_a_whole [Text] { #[endpoint(whole_body)] whole: &'static str, } (.whole("x \"y\""))
        => "text/plain; charset=utf-8" "x \"y\"";
    lines_as_a_whole [JsonLines] { #[endpoint(whole_body)] whole: Vec<Pair>, } (.whole([PAIR, PAIR]))
        => "application/x-ndjson" "{\"a\":1,\"b\":\"x\"}\n{\"a\":1,\"b\":\"x\"}\n";
    own_of_fields [Shouted] { a: u8, b: &'static str, } (.a(1).b("x"))
        => "application/x-shouted" r#"{"A":1,"B":"X"}"#;
    own_as_a_whole [Shouted] { #[endpoint(whole_body)] whole: Pair, } (.whole(PAIR))
        => "application/x-shouted" r#"{"A":1,"B":"X"}"#;
}

const PAIR: Pair = Pair { a: 1, b: "x" };

/// A request as a transport gets it: the request line, some headers, and the body.
type Sent = Arc<Mutex<Vec<(String, Vec<String>, String)>>>;

/// A client that records requests, and responds with a body.
fn client(sent: &Sent, body: &'static str) -> Client {
    let sent = Arc::clone(sent);
    let transport = move |request: http::Request<Body>| {
        let sent = Arc::clone(&sent);
        async move {
            let (parts, body_sent) = request.into_parts();
            let content = http_body_util::BodyExt::collect(body_sent).await?.to_bytes();
            let header =
                |name| parts.headers.get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
            let headers = ["accept", "x-header", "x-option", "content-type"].map(header).to_vec();
            let line = format!("{} {}", parts.method, parts.uri);
            let content = String::from_utf8_lossy(&content).into_owned();
            sent.lock().unwrap().push((line, headers, content));
            Ok(received(body))
        }
    };
    Client::builder("https://api.example.com").transport(transport).build().unwrap()
}

fn received<B: From<&'static str>>(body: &'static str) -> http::Response<B> {
    http::Response::builder().header("x-a", "b").body(body.into()).unwrap()
}

/// Sends a request in each way. Also reads its response without a client.
async fn check<E: Endpoint>(endpoint: &E, shown: &str, kind: &str, body: &str)
where
    E::Response: Shown,
{
    let sent = Sent::default();
    let client = client(&sent, E::Response::BODY);
    assert_eq!(client.send(endpoint).await.unwrap().shown().await, shown);
    let with_options = endpoint.with_options(CallOptions::new().header("x-option", "1"));
    assert_eq!(client.send(&with_options).await.unwrap().shown().await, shown);
    assert_eq!(Client::read(endpoint, received(E::Response::BODY)).unwrap().shown().await, shown);
    let sent = std::mem::take(&mut *sent.lock().unwrap());
    for ((line, headers, content), option) in sent.into_iter().zip(["", "1"]) {
        assert_eq!(line, "PUT https://api.example.com/a/a%2Fb?query=1&query=2");
        assert_eq!(headers[..3], [E::Response::ACCEPT, "h", option]);
        let boundary = headers[3].split_once("boundary=").map(|(_, boundary)| boundary);
        let readable = |text: &str| match boundary {
            Some(boundary) => text.replace(boundary, "B").replace("\r\n", "|"),
            None => text.to_owned(),
        };
        assert_eq!((&*readable(&headers[3]), &*readable(&content)), (kind, body));
    }
}
