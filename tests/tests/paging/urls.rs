//! Pages whose position is a URL, in a header or the body.

use declapi::{Credentials, ErrorKind, endpoint, response};
use serde_json::json;

use crate::{Log, all, client};

#[endpoint(get = "/linked", response = Vec<u32>, page(link))]
struct ByLink {
    #[endpoint(header = "x-key", secret)]
    key: Option<String>,
}

#[endpoint(get = "/urls", response = Urls, page(url))]
struct ByUrl;

#[endpoint(get = "{url}", response = Vec<u32>, page(link))]
struct Follow<'a> {
    url: &'a str,
}

/// A page that names the next one by its URL.
#[response]
#[derive(Debug)]
struct Urls {
    #[response(items)]
    results: Vec<u32>,
    #[response(next)]
    next: String,
}

fn link(target: &str) -> Vec<(&'static str, String)> {
    vec![("link", format!("</v1/linked?page=1>; rel=\"first\", <{target}>; rel=\"next\""))]
}

#[tokio::test]
async fn a_link_leads_to_the_next_page() {
    let log = Log::default();
    let reply = |line: &str| match line.trim() {
        "https://api.example.com/v1/linked" => (200, link("/v1/linked?page=2&x=%2F"), json!([1])),
        "https://api.example.com/v1/linked?page=2&x=%2F" => {
            (200, link("https://api.example.com/elsewhere?page=3"), json!([2]))
        }
        _ => (200, Vec::new(), json!([3])),
    };
    let client = client(&log, reply).build().unwrap();
    assert_eq!(all(client.by_link().items()).await, [1, 2, 3]);
    assert_eq!(log.take()[2], "https://api.example.com/elsewhere?page=3");
}

/// HTTP allows it, and without the link the list would end too early.
#[tokio::test]
async fn a_link_may_contain_utf8() {
    let log = Log::default();
    let reply = |line: &str| match line.trim() {
        "https://api.example.com/v1/linked" => {
            let next = "</v1/linked?q=gr\u{f6}\u{df}e>; rel=\"next\"; title=\"N\u{e4}chste\"";
            (200, vec![("link", next.to_owned())], json!([1]))
        }
        _ => (200, Vec::new(), json!([2])),
    };
    let client = client(&log, reply).build().unwrap();
    assert_eq!(all(client.by_link().items()).await, [1, 2]);
    assert_eq!(log.take()[1], "https://api.example.com/v1/linked?q=gr%C3%B6%C3%9Fe");
}

/// Many servers make the URL of the next page from the whole URL of the request.
#[tokio::test]
async fn credentials_that_a_server_repeats_are_sent_once_and_not_shown() {
    let next = "/v1/linked?api%20key=s3cret1&a%20b=c+d%26&token=s3cret2&page=2&api+key=s3cret1";
    let reply = move |line: &str| {
        let is_last = line.contains("page=2");
        (200, if is_last { Vec::new() } else { link(next) }, json!([1]))
    };
    let log = Log::default();
    let client = client(&log, reply).secret_query("api key", "s3cret1");
    let client = client.auth_provider(Credentials::query("token", "s3cret2")).build().unwrap();
    let mut pages = client.by_link().pages();
    pages.next().await.unwrap().unwrap();
    let shown = format!("{pages:?} {:?}", pages.position());
    assert!(shown.contains("https://api.example.com/v1/linked?…") && !shown.contains("s3cret"), "{shown}");
    pages.next().await.unwrap().unwrap();
    let base = "https://api.example.com/v1/linked?";
    assert_eq!(
        log.take(),
        [
            format!("{base}api%20key=s3cret1&token=s3cret2"),
            format!("{base}a%20b=c+d%26&page=2&api%20key=s3cret1&token=s3cret2")
        ]
    );
}

#[tokio::test]
async fn a_whole_url_can_be_the_first_page() {
    let log = Log::default();
    let reply = |line: &str| match line.trim() {
        "https://cdn.example.net/1" => (200, link("/2?page=2"), json!([1])),
        "https://cdn.example.net/2?page=2" => (200, link("https://api.example.com/v1/3"), json!([2])),
        _ => (200, Vec::new(), json!([3])),
    };
    let client = client(&log, reply).build().unwrap();
    assert_eq!(all(client.follow().url("https://cdn.example.net/1").items()).await, [1, 2, 3]);
    let sent = log.take();
    assert_eq!(
        sent[1..],
        ["anonymous https://cdn.example.net/2?page=2", "anonymous https://api.example.com/v1/3"]
    );
}

#[tokio::test]
async fn another_server_gets_no_credentials_and_no_fields() {
    let log = Log::default();
    let reply = |line: &str| match line.trim() {
        "https://api.example.com/v1/linked" => (200, link("https://cdn.example.net/2"), json!([1])),
        _ => (200, Vec::new(), json!([2])),
    };
    let client = client(&log, reply).build().unwrap();
    assert_eq!(all(client.by_link().items()).await, [1, 2]);
    assert_eq!(log.take()[1], "anonymous https://cdn.example.net/2");
    let mut items = client.by_link().key("key-which-is-secret".to_owned()).items();
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(
        error.to_string().contains("the next page is on another server, https://cdn.example.net"),
        "{error}"
    );
    assert!(items.next().await.is_none());
    assert_eq!(log.take().len(), 1);
}

#[tokio::test]
async fn a_url_in_the_body_leads_to_the_next_page() {
    let log = Log::default();
    let reply = |line: &str| {
        let next = if line.contains("page=2") { "" } else { "?page=2" };
        (200, Vec::new(), json!({"results": [1], "next": next}))
    };
    let client = client(&log, reply).build().unwrap();
    assert_eq!(all(client.by_url().items()).await, [1, 1]);
    assert_eq!(log.take(), ["https://api.example.com/v1/urls", "https://api.example.com/v1/urls?page=2"]);
    let plain = |_: &str| (200, Vec::new(), json!({"results": [1], "next": "http://api.example.com/2"}));
    let client = crate::client(&log, plain).build().unwrap();
    let mut pages = client.by_url().pages();
    pages.next().await.unwrap().unwrap();
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(error.to_string().contains("unencrypted"), "{error}");
}
