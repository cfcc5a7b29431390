//! Lists with fields and responses of every shape.

use declapi::{NestedForm, Position, Response, client, endpoint, response};
use serde_json::json;

use crate::{Log, Reply, all, client as client_of};

/// A page that may omit the position of the next page.
#[response]
#[derive(Debug)]
struct List<T> {
    #[response(items)]
    #[serde(rename = "data")]
    list: Vec<T>,
    #[response(next = after)]
    paging: Option<Cursors>,
}

/// The start of the next page.
#[response]
#[derive(Debug, Default)]
struct Cursors {
    after: Option<u64>,
}

/// The same with conditional fields, which a hidden derive expands.
#[response]
#[derive(Debug)]
struct Conditional {
    #[response(items, required)]
    data: Vec<u32>,
    #[cfg(any(unix, not(unix)))]
    #[response(next)]
    next: u64,
    #[cfg(any())]
    #[response(next)]
    never: u64,
}

#[endpoint(get = "/header", response = List<u32>, page(cursor = after))]
struct InAHeader {
    #[endpoint(header = "x-after")]
    after: Option<u64>,
}

#[endpoint(post = "/nested", response = List<u32>, page(cursor = after), body = NestedForm)]
struct Nested {
    filter: Option<std::collections::BTreeMap<String, u8>>,
    after: Option<u64>,
}

#[endpoint(get = "/whole", response = Response<List<u32>>, page(cursor = after))]
struct WithHeaders {
    after: Option<u64>,
}

#[endpoint(get = "/conditional", response = Conditional, page(cursor = after))]
struct OfConditions<T> {
    after: Option<T>,
}

#[endpoint(post = "/required", response = Vec<u32>, page(number = page, first = 5))]
struct Required {
    page: u32,
}

/// Two pages, the second after 7.
fn two(line: &str) -> Reply {
    if line.contains('7') {
        return (200, vec![("x-total", "2".to_owned())], json!({"data": [2]}));
    }
    let first = json!({"data": [1], "paging": {"after": 7}, "next": 7});
    (200, vec![("x-total", "2".to_owned())], first)
}

#[tokio::test]
async fn a_cursor_may_be_a_number_anywhere() {
    let log = Log::default();
    let client = client_of(&log, two).build().unwrap();
    let filter = [("a".to_owned(), 1)];
    assert_eq!(all(client.nested().filter(filter).items()).await, [1, 2]);
    let url = "https://api.example.com/v1";
    assert_eq!(
        log.take(),
        [format!("{url}/nested filter%5Ba%5D=1"), format!("{url}/nested filter%5Ba%5D=1&after=7")]
    );
    let mut pages = client.with_headers().pages();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        assert_eq!((page.header("x-total"), page.value.list.len()), (Some("2"), 1));
    }
    assert_eq!(log.take(), [format!("{url}/whole"), format!("{url}/whole?after=7")]);
    assert_eq!(all(client.with_headers().items()).await, [1, 2]);
}

#[tokio::test]
async fn a_cursor_may_be_sent_in_a_header() {
    let log = Log::default();
    let sent = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let noted = std::sync::Arc::clone(&sent);
    let transport = move |request: declapi::http::Request<declapi::Body>| {
        let after = request.headers().get("x-after").map(|value| value.to_str().unwrap().to_owned());
        let (_, _, json) = two(after.as_deref().unwrap_or_default());
        noted.lock().unwrap().push(after);
        async move { Ok(declapi::http::Response::new(declapi::Body::from(json.to_string()))) }
    };
    let client = client_of(&log, two).transport(transport).build().unwrap();
    assert_eq!(all(client.in_a_header().items()).await, [1, 2]);
    assert_eq!(*sent.lock().unwrap(), [None, Some("7".to_owned())]);
}

#[tokio::test]
async fn a_page_may_have_conditions_and_an_endpoint_parameters() {
    let log = Log::default();
    let client = client_of(&log, two).build().unwrap();
    // The last page omits its cursor, which is then 0.
    assert_eq!(all(client.of_conditions::<u64>().items()).await, [1, 2]);
}

#[endpoint(post = "/form", response = Vec<u32>, page(offset = skip), body = declapi::Form)]
struct InAForm {
    skip: Option<u32>,
}

#[endpoint(get = "/number", response = Vec<u32>, page(number = page))]
struct NumberInAHeader {
    #[endpoint(header = "X-Page")]
    page: Option<u32>,
}

#[tokio::test]
async fn a_number_of_the_request_is_where_the_pages_begin() {
    let log = Log::default();
    let reply = |line: &str| (200, Vec::new(), if line.contains("10") { json!([]) } else { json!([1]) });
    let client = client_of(&log, reply).build().unwrap();
    assert_eq!(all(client.required().page(8).items()).await, [1, 1]);
    let url = "https://api.example.com/v1/required";
    assert_eq!(
        log.take(),
        [format!("{url} {{\"page\":8}}"), format!("{url} {{\"page\":9}}"), format!("{url} {{\"page\":10}}")]
    );
    assert_eq!(all(client.in_a_form().skip(8_u32).items()).await, [1, 1]);
    let url = "https://api.example.com/v1/form";
    assert_eq!(log.take(), [format!("{url} skip=8"), format!("{url} skip=9"), format!("{url} skip=10")]);
    let mut pages = client.number_in_a_header().page(8_u32).pages();
    pages.next().await.unwrap().unwrap();
    assert_eq!(pages.position(), Position::of(&9).as_ref());
}

/// An API with an envelope, and a cursor next to the envelope's content.
#[client(base_url = "https://api.example.com", envelope = "result")]
struct Wrapping;

#[endpoint(get = "/wrapped", response = List<u32>, page(cursor = after), on = &Wrapping)]
struct Wrapped {
    after: Option<u64>,
}

/// The complete response.
#[response]
#[derive(Debug)]
struct Whole {
    #[response(items)]
    result: Vec<u32>,
    #[response(next = after)]
    result_info: Cursors,
}

#[endpoint(get = "/beside", response = Whole, page(cursor = after), on = &Wrapping, envelope = "")]
struct Beside {
    after: Option<u64>,
}

#[tokio::test]
async fn a_cursor_may_be_in_the_envelope_or_beside_it() {
    let transport = |request: declapi::http::Request<declapi::Body>| async move {
        let is_last = request.uri().query().is_some();
        let json = match (request.uri().path(), is_last) {
            ("/wrapped", false) => json!({"result": {"data": [1], "paging": {"after": 7}}}),
            ("/wrapped", true) => json!({"result": {"data": [2]}}),
            (_, false) => json!({"result": [1], "result_info": {"after": 7}}),
            (_, true) => json!({"result": [2], "result_info": {}}),
        };
        Ok(declapi::http::Response::new(declapi::Body::from(json.to_string())))
    };
    let api = Wrapping::builder().transport(transport).build().unwrap();
    assert_eq!(all(api.wrapped().items()).await, [1, 2]);
    assert_eq!(all(api.beside().items()).await, [1, 2]);
}

/// A declared client type.
#[client(base_url = "https://api.example.com")]
struct Api;

#[endpoint(get = "/things", response = Vec<u32>, on = &Api, page(number = page))]
struct Things {
    page: Option<u32>,
}

#[tokio::test]
async fn a_declared_client_has_pages_too() {
    let transport = |request: declapi::http::Request<declapi::Body>| async move {
        let body = if request.uri().query().is_some() { "[]" } else { "[1]" };
        Ok(declapi::http::Response::new(declapi::Body::from(body)))
    };
    let api = Api::builder().transport(transport).build().unwrap();
    assert_eq!(all(api.things().items()).await, [1]);
    let shown = format!("{:?} {:?}", api.things().pages(), api.things().items());
    assert_eq!(shown, "Pages { position: None, .. } Items { position: None, .. }");
}
