//! Tests for the report of unknown parts of responses.

// Documentation of the fields would only repeat their names.
#![allow(missing_docs)]

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use declapi::http::{Request, Response};
use declapi::{Body, JsonLines, JsonObject, Secret, TransportError, client, endpoint, response};
use declapi_test::{Drift, Reply, Stub, any};
use http_body::Frame;
use serde_json::json;
use tokio::time::timeout;

declapi::open_enum! {
    /// The state of an item.
    pub enum State {
        /// The item is open.
        Open = "open",
    }
}

#[client(base_url = "https://api.example.com", envelope = "data.page")]
pub struct Api;

#[endpoint(get = "/items", response = Page, on = &Api)]
pub struct List;

#[endpoint(get = "/rest", response = Rest, envelope = "", on = &Api)]
pub struct ReadRest;

#[response]
#[derive(Debug)]
pub struct Page {
    pub items: Vec<Item>,
    pub by_name: BTreeMap<String, Item>,
    #[serde(flatten)]
    pub paging: Paging,
}

#[response]
#[derive(Debug)]
pub struct Paging {
    pub next: Option<String>,
}

#[response]
#[derive(Debug)]
pub struct Item {
    pub state: Option<State>,
    pub parent: Option<Box<Item>>,
    pub key: Option<Secret>,
}

#[response]
#[derive(Debug)]
pub struct Rest {
    pub id: u64,
    #[serde(flatten)]
    pub more: JsonObject,
}

#[tokio::test]
async fn finds_fields_and_values_once_for_each_endpoint() {
    let (stub, drift) = (Stub::of::<Api>(), Drift::of::<Api>());
    stub.on::<List>(any).reply(json!({"ok": true, "data": {"page": {
        "items": [{"state": "open"}, {"state": "stuck", "parent": {"colour": 1, "state": "stuck"}}, {"state": "stuck"}],
        "by_name": {"a": {"size": 7}, "b": {"size": 8, "key": "kanarie"}},
        "next": "2",
        "total": 3,
    }}}));
    stub.on::<ReadRest>(any).reply(json!({"id": 7, "anything": "goes"}));
    let api = Api::builder().transport(stub.clone()).hook(drift.clone()).build().unwrap();
    drift.assert_none();
    for _ in 0..2 {
        assert_eq!(api.list().send().await.unwrap().items.len(), 3);
        assert_eq!(api.read_rest().send().await.unwrap().id, 7);
    }
    let found: Vec<_> = drift.findings().into_iter().map(|finding| (finding.at, finding.value)).collect();
    let expected = [
        ("by_name.*.size", None),
        ("items[].parent.colour", None),
        ("items[].parent.state", Some("stuck")),
        ("items[].state", Some("stuck")),
        ("total", None),
    ];
    assert_eq!(found, expected.map(|(at, value)| (at.to_owned(), value.map(str::to_owned))));
    let panic = catch_unwind(AssertUnwindSafe(|| drift.assert_none())).unwrap_err();
    let said = panic.downcast_ref::<String>().unwrap();
    assert!(said.contains("GET /items (List): `total` is a field that no declaration names"), "{said}");
    assert!(!said.contains("kanarie"), "{said}");
}

#[tokio::test]
async fn errors_and_other_formats_are_not_changed() {
    let (stub, drift) = (Stub::new(), Drift::of::<Api>());
    stub.on::<ReadRest>(any).error(404, json!({"unknown": 1})).reply(Reply::text(r#"{"id": 7}"#));
    let api = Api::builder().transport(stub.clone()).hook(drift.clone()).build().unwrap();
    assert_eq!(api.read_rest().send().await.unwrap_err().status(), Some(404));
    assert_eq!(api.read_rest().send().await.unwrap().id, 7);
    drift.assert_none();
}

#[endpoint(get = "/watch", response = JsonLines<Item>, on = &Api)]
pub struct Watch;

/// A line, after which nothing arrives.
struct Endless(Option<Bytes>);

impl http_body::Body for Endless {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        self.0.take().map_or(Poll::Pending, |line| Poll::Ready(Some(Ok(Frame::data(line)))))
    }
}

#[tokio::test]
async fn an_endless_stream_is_not_read() {
    let serve = |_: Request<Body>| async {
        let mut response = Response::new(Body::wrap(Endless(Some("{\"state\": \"new\"}\n".into()))));
        response.headers_mut().insert("content-type", "application/json".parse().unwrap());
        Ok::<_, TransportError>(response)
    };
    let api = Api::builder().transport(serve).hook(Drift::of::<Api>()).build().unwrap();
    let watching = timeout(Duration::from_secs(5), api.watch().send()).await;
    let mut items = watching.unwrap().unwrap();
    assert!(items.next().await.unwrap().is_ok());
}
