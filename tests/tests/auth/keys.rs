//! API keys that a client has from the start.

use declapi::{Credentials, ErrorKind};

use super::{Client, ReadExt, client, response, urls};

#[tokio::test]
async fn a_key_in_the_query_is_sent_with_every_call() {
    #[declapi::endpoint(get = "/search", response = u8)]
    struct Search<'a> {
        q: Option<&'a str>,
    }

    let (builder, seen, _) = client(|_| true);
    let client = builder.secret_query("api key", "a&b").secret_query("v", "2").build().unwrap();
    client.read().id(1).send().await.unwrap();
    client.search().q("x y").send().await.unwrap();
    client.search().send().await.unwrap();
    assert_eq!(
        urls(&seen),
        [
            "https://api.example.com/things/1?api%20key=a%26b&v=2",
            "https://api.example.com/search?q=x%20y&api%20key=a%26b&v=2",
            "https://api.example.com/search?api%20key=a%26b&v=2",
        ]
    );
}

/// The key is not visible, whatever the server does with the URL.
#[tokio::test]
async fn a_key_in_the_query_is_not_shown() {
    const KEY: &str = "query-key-0123456789";
    let builder = Client::builder("https://api.example.com").secret_query("key", KEY);
    assert!(!format!("{builder:?}").contains(KEY));
    let client = builder
        .transport(|request: declapi::http::Request<declapi::Body>| {
            let echo = response(false, &request.uri().to_string());
            async move { Ok(echo) }
        })
        .hook(Shown)
        .build()
        .unwrap();
    let error = client.read().id(1).send().await.unwrap_err();
    let shown = format!("{error} {error:?} {client:?}");
    assert!(shown.contains("/things/1?key=<redacted>"), "{shown}");
    assert!(!shown.contains(KEY), "{shown}");
}

/// Prints the request in every form.
struct Shown;

impl declapi::Hook for Shown {
    fn send<'a>(
        &'a self,
        request: declapi::PreparedRequest,
        next: declapi::Next<'a>,
    ) -> declapi::HookFuture<'a> {
        let shown = format!("{request:?}");
        assert!(shown.contains("/things/1") && !shown.contains("query-key"), "{shown}");
        next.send(request)
    }
}

#[test]
fn invalid_keys_are_found_when_the_client_is_built() {
    let builder = || Client::builder("https://api.example.com");
    for (builder, words) in [
        (builder().secret_query("key", ""), "the query parameter `key` is empty"),
        (builder().bearer_auth(""), "the token is empty"),
        // The server would get the first three bytes of each body.
        (
            builder().header("Content-Length", "3"),
            "the header `Content-Length` cannot be sent: the transport sets this header itself",
        ),
        (builder().secret_header("host", "a.example"), "the header `host` cannot be sent: the transport"),
        (
            builder().named_auth("admin", Credentials::header("transfer-encoding", "gzip")),
            "the credentials `admin`: the header `transfer-encoding` cannot be sent: the transport",
        ),
        (
            builder().named_auth("admin", Credentials::bearer("")),
            "the credentials `admin`: the token is empty",
        ),
        (
            builder().host("files", "http://files.example.com"),
            "the host `files`: the base URL http://files.example.com",
        ),
        (builder().host_with_auth("files", "files"), "the host `files`: the base URL is not a valid URL"),
    ] {
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.to_string().contains(words), "{error}");
    }
}
