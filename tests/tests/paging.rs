//! Lists with pages: every way to request the next page, async and blocking.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
// The names of the fields in these declarations need no documentation.
#![allow(missing_docs)]

#[path = "paging/shapes.rs"]
mod shapes;
#[path = "paging/urls.rs"]
mod urls;

use std::sync::{Arc, Mutex};

use declapi::{
    Body, CallOptions, Client, ErrorKind, Form, Page, Position, RetryPolicy, endpoint, http, response,
};
use serde_json::{Value, json};

/// A page of numbers, and the start of the next one.
#[response]
#[derive(Debug, PartialEq)]
struct Numbers {
    #[response(items)]
    results: Vec<u32>,
    #[response(next = cursor.next)]
    meta: Meta,
}

/// Metadata of a page.
#[response]
#[derive(Debug, Default, PartialEq)]
struct Meta {
    cursor: Cursor,
}

/// The cursor.
#[response]
#[derive(Debug, Default, PartialEq)]
struct Cursor {
    next: Option<String>,
}

#[endpoint(get = "/numbers", response = Numbers, page(cursor = after))]
struct ByCursor<'a> {
    #[serde(rename = "starting_after")]
    after: Option<&'a str>,
    limit: Option<u8>,
}

#[endpoint(post = "/search", response = Numbers, page(cursor = cursor), idempotent)]
struct Search<'a> {
    query: &'a str,
    cursor: Option<&'a str>,
}

#[endpoint(post = "/form", response = Numbers, page(cursor = cursor), body = Form)]
struct ByForm<'a> {
    query: &'a str,
    cursor: Option<&'a str>,
}

#[endpoint(get = "/paged", response = Vec<u32>, page(number = page))]
struct ByNumber {
    page: Option<u32>,
}

#[endpoint(get = "/paged0", response = Vec<u32>, page(number = page, first = 0))]
struct FromZero {
    page: Option<u32>,
}

#[endpoint(get = "/offset", response = Vec<u32>, page(offset = skip))]
struct ByOffset {
    skip: Option<u64>,
}

#[derive(Clone, Debug, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

type Reply = (u16, Vec<(&'static str, String)>, Value);

/// A client whose responses come from a function of the request.
fn client(log: &Log, reply: impl Fn(&str) -> Reply + Send + Sync + 'static) -> declapi::ClientBuilder {
    let (log, reply) = (log.clone(), Arc::new(reply));
    Client::builder("https://api.example.com/v1").bearer_auth("token").transport(
        move |request: http::Request<Body>| {
            let body = request.body().as_bytes().map(|body| String::from_utf8_lossy(body).into_owned());
            let line = format!("{} {}", request.uri(), body.unwrap_or_default());
            let auth = if request.headers().contains_key("authorization") { "" } else { "anonymous " };
            log.0.lock().unwrap().push(format!("{auth}{}", line.trim()));
            let (status, headers, json) = reply(&line);
            async move {
                let mut response = http::Response::builder().status(status);
                for (name, value) in headers {
                    response = response.header(name, value);
                }
                Ok(response.body(Body::from(json.to_string())).unwrap())
            }
        },
    )
}

fn page(results: &[u32], next: Option<&str>) -> Reply {
    (200, Vec::new(), json!({"results": results, "meta": {"cursor": {"next": next}}}))
}

/// Three pages. The second one is empty.
fn three(line: &str) -> Reply {
    match line {
        line if line.contains("=b") || line.contains("\"b\"") => page(&[], Some("c")),
        line if line.contains("=c") || line.contains("\"c\"") => page(&[3], None),
        _ => page(&[1, 2], Some("b")),
    }
}

async fn all<R: Page<Item = u32> + declapi::FromResponse>(mut items: declapi::Items<R>) -> Vec<u32> {
    let mut all = Vec::new();
    while let Some(item) = items.next().await {
        all.push(item.unwrap());
    }
    all
}

#[tokio::test]
async fn a_cursor_replaces_the_field_of_the_request() {
    let log = Log::default();
    let client = client(&log, three).build().unwrap();
    assert_eq!(all(client.by_cursor().limit(2).items()).await, [1, 2, 3]);
    let base = "https://api.example.com/v1/numbers?";
    assert_eq!(
        log.take(),
        [
            format!("{base}limit=2"),
            format!("{base}limit=2&starting_after=b"),
            format!("{base}limit=2&starting_after=c")
        ]
    );
    assert_eq!(all(client.by_cursor().after("a").items()).await, [1, 2, 3]);
    assert_eq!(log.take()[1..], [format!("{base}starting_after=b"), format!("{base}starting_after=c")]);
    assert_eq!(all(client.search().query("q").items()).await, [1, 2, 3]);
    let url = "https://api.example.com/v1/search";
    assert_eq!(
        log.take(),
        [
            format!("{url} {{\"query\":\"q\"}}"),
            format!("{url} {{\"query\":\"q\",\"cursor\":\"b\"}}"),
            format!("{url} {{\"query\":\"q\",\"cursor\":\"c\"}}")
        ]
    );
    assert_eq!(all(client.by_form().query("q").cursor("a").items()).await, [1, 2, 3]);
    assert_eq!(log.take()[2], "https://api.example.com/v1/form query=q&cursor=c");
}

#[tokio::test]
async fn a_position_is_plain_data_with_which_a_job_continues() {
    let log = Log::default();
    let client = client(&log, three).build().unwrap();
    let mut pages = client.by_cursor().pages();
    assert_eq!(pages.position(), None);
    assert_eq!(pages.next().await.unwrap().unwrap().results, [1, 2]);
    let stored = serde_json::to_string(pages.position().unwrap()).unwrap();
    assert_eq!(stored, "\"b\"");
    drop(pages);
    let position: Position = serde_json::from_str(&stored).unwrap();
    let mut pages = client.by_cursor().pages().starting_at(position);
    assert!(pages.next().await.unwrap().unwrap().results.is_empty());
    assert_eq!(pages.next().await.unwrap().unwrap().results, [3]);
    assert_eq!(pages.position(), None);
    assert!(pages.next().await.is_none());
    assert_eq!(log.take().len(), 3);
}

#[tokio::test]
async fn pages_and_items_are_counted_up_to_an_empty_page() {
    let log = Log::default();
    let reply = |line: &str| {
        let number = line.split_once('=').and_then(|(_, number)| number.trim().parse().ok());
        let results: &[u32] = match number {
            None => &[1, 2],
            // A short page is not the end.
            Some(2) => &[3],
            Some(3) => &[4, 5],
            Some(_) => &[],
        };
        (200, Vec::new(), json!(results))
    };
    let client = client(&log, reply).build().unwrap();
    let requested =
        || log.take().into_iter().map(|line| line.rsplit_once('/').unwrap().1.to_owned()).collect::<Vec<_>>();
    assert_eq!(all(client.by_number().items()).await, [1, 2, 3, 4, 5]);
    assert_eq!(requested(), ["paged", "paged?page=2", "paged?page=3", "paged?page=4"]);
    assert_eq!(all(client.by_number().page(3_u32).items()).await, [4, 5]);
    assert_eq!(requested(), ["paged?page=3", "paged?page=4"]);
    assert_eq!(all(client.from_zero().items()).await, [1, 2]);
    assert_eq!(requested(), ["paged0", "paged0?page=1"]);
    assert_eq!(all(client.by_offset().items()).await, [1, 2, 3, 4, 5]);
    assert_eq!(requested(), ["offset", "offset?skip=2", "offset?skip=3", "offset?skip=5"]);
}

#[tokio::test]
async fn a_position_that_does_not_move_is_an_error() {
    let log = Log::default();
    let client = client(&log, |_| page(&[1], Some("same"))).build().unwrap();
    let mut items = client.by_cursor().items();
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(
        error.to_string().starts_with("GET /numbers: the response names its own page as the next one"),
        "{error}"
    );
    assert!(items.next().await.is_none());
    assert_eq!(log.take().len(), 2);
}

#[tokio::test]
async fn each_page_is_retried_alone() {
    let log = Log::default();
    let failures = Arc::new(Mutex::new(1));
    let reply = move |line: &str| {
        let mut left = failures.lock().unwrap();
        if line.contains("\"b\"") && *left > 0 {
            *left -= 1;
            return (503, Vec::new(), json!({"message": "busy"}));
        }
        three(line)
    };
    let clock = stytch_client_tests::clock::Clock::skipping(std::time::Duration::from_secs(20));
    let client = client(&log, reply).timer(clock).build().unwrap();
    assert_eq!(all(client.search().query("q").items()).await, [1, 2, 3]);
    assert_eq!(log.take().len(), 4);
    // After an error, the position is that of the failed page.
    let client =
        self::client(
            &log,
            |line| if line.contains("=b") { (500, Vec::new(), json!({})) } else { three(line) },
        );
    let client = client.retries(RetryPolicy::never()).build().unwrap();
    let mut pages = client.by_cursor().pages();
    pages.next().await.unwrap().unwrap();
    assert_eq!(pages.next().await.unwrap().unwrap_err().status(), Some(500));
    assert_eq!(
        pages.position().map(|position| serde_json::to_string(position).unwrap()).as_deref(),
        Some("\"b\"")
    );
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn options_hold_for_every_page() {
    let log = Log::default();
    let client = client(&log, three).build().unwrap();
    let [one, other] = [false, true].map(|debug| CallOptions::new().query("debug", debug));
    let list = client.by_cursor().with_options(one).with_options(other);
    assert_eq!(all(list.items()).await, [1, 2, 3]);
    assert!(log.take().iter().all(|line| line.contains("debug=true")));
}

#[test]
fn a_blocking_client_gives_iterators() {
    let log = Log::default();
    let client = client(&log, three).build_blocking().unwrap();
    let items: Result<Vec<u32>, _> = client.by_cursor().items().collect();
    assert_eq!(items.unwrap(), [1, 2, 3]);
    let pages: Vec<usize> = client.by_cursor().pages().map(|page| page.unwrap().item_count()).collect();
    assert_eq!(pages, [2, 0, 1]);
}
