//! Base URLs in every notation: accepted ones lead to the host that they name, and ambiguous ones are rejected.

#[path = "base_urls/proxies.rs"]
mod proxies;

use stytch_client::{Client, ErrorKind};
use stytch_client_tests::calls;
use stytch_client_tests::canaries::{API_SECRET, PROJECT_ID};
use stytch_client_tests::server::{Act, Server, success};

/// Every notation of the loopback address in a URL. Credentials never leave this machine.
#[tokio::test]
async fn loopback_is_loopback_however_it_is_spelt() {
    let call = calls::named("passwords.authenticate");
    let server = Server::start(vec![Act::Serve(success(call.response))]);
    let port = server.address().port();
    for url in [
        format!("http://127.0.0.1:{port}"),
        format!("HTTP://127.0.0.1:{port}/"),
        format!("http://0x7f.1:{port}"),
        format!("http://0x7f000001:{port}"),
        format!("http://2130706433:{port}"),
        format!("http://0177.0.0.1:{port}"),
        format!("http:\\\\127.0.0.1:{port}"),
        format!("  http://127.0.0.1:{port}\n"),
        format!("http://localhost:{port}"),
        format!("http://LOCALHOST:{port}"),
        // No name server is used for such a name, because it could return any address.
        format!("http://api.localhost:{port}"),
        format!("http://a.b.c.LocalHost:{port}"),
    ] {
        let client = calls::client_of(&*url).build();
        let client = client.unwrap_or_else(|error| panic!("{url:?}: {error}"));
        call.send(&client).await.unwrap_or_else(|error| panic!("{url:?}: {error:?}"));
    }
    assert_eq!(server.state().requests.len(), 12);
}

#[test]
fn ambiguous_loopback_names_are_rejected() {
    for url in [
        "http://localhost.",
        "http://api.localhost.",
        "http://localhost.example.com",
        "http://notlocalhost",
        "http://127.0.0.1.example.com",
        "http://0.0.0.0",
        "http://0",
        "http://[::]",
        "http://[::ffff:10.0.0.1]",
        "http://[::ffff:0.0.0.0]",
        "http://128.0.0.1",
        "http://\u{FF11}28.0.0.1",
        "http://loca\u{AD}lhost.example.com",
        "http://127.0.0.1@example.com",
        "http://localhost:80@example.com/",
        "http://example.com\\@127.0.0.1",
        "http://example.com#@127.0.0.1",
        "http://example.com?@127.0.0.1",
        "http:example.com",
        "http:///example.com",
        "//127.0.0.1",
        "file:///127.0.0.1",
        "data:127.0.0.1",
        "ws://127.0.0.1",
        "http://",
        "http://:80",
        "http://127.0.0.1:65536",
        "http://[::1",
        "http://[::1%25eth0]",
        "http://a b",
        "http://%00",
        "",
        " ",
    ] {
        match calls::client_of(url).build() {
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Config, "{url}");
                assert_eq!(error.to_string().lines().count(), 1, "{error}");
            }
            Ok(client) => panic!("{url} leads to {}", client.base_url()),
        }
    }
}

/// A path in the base URL is only a prefix, whatever it contains.
#[tokio::test]
async fn a_prefix_is_kept_as_it_is() {
    let call = calls::named("passwords.authenticate");
    let server = Server::start(vec![Act::Serve(success(call.response))]);
    for (prefix, sent) in [
        ("", ""),
        ("/", ""),
        ("/v9", "/v9"),
        ("/v9/", "/v9"),
        ("/v9//", "/v9"),
        ("/a/../b/./c", "/b/c"),
        ("/../../a", "/a"),
        ("/%2e%2e/a", "/a"),
        ("/a%2Fb", "/a%2Fb"),
        ("/a%3Fb%23c", "/a%3Fb%23c"),
        ("/a b/\u{e9}", "/a%20b/%C3%A9"),
        ("\\a\\b", "/a/b"),
        ("/a@b:c", "/a@b:c"),
        ("//example.com", "//example.com"),
    ] {
        let client = Client::builder(PROJECT_ID, API_SECRET).base_url(format!("{}{prefix}", server.url()));
        call.send(&client.build().unwrap()).await.unwrap();
        let headers = server.state().requests.pop().unwrap().headers;
        let line = headers.lines().next().unwrap();
        assert_eq!(line, format!("POST {sent}/v1/passwords/authenticate HTTP/1.1"), "{prefix}");
        assert!(headers.contains(&format!("host: {}\r\n", server.address())), "{prefix}: {headers}");
    }
}

/// Input cannot add a header, or end one early.
#[test]
fn control_characters_do_not_get_into_a_header() {
    for character in ["\r\n", "\n", "\0", "\u{7f}", "\u{1b}"] {
        let odd = format!("a{character}x: y");
        let plain = || declapi::Client::builder("https://api.example.com");
        for error in [
            Client::builder(odd.clone(), API_SECRET).build().unwrap_err(),
            Client::builder(PROJECT_ID, odd.clone()).build().unwrap_err(),
            Client::builder(PROJECT_ID, API_SECRET).user_agent(odd.clone()).build().unwrap_err(),
            Client::builder(PROJECT_ID, API_SECRET).header("x-a", odd.clone()).build().unwrap_err(),
            Client::builder(PROJECT_ID, API_SECRET).header(odd.clone(), "x").build().unwrap_err(),
            Client::builder(PROJECT_ID, API_SECRET).secret_header("x-a", odd.clone()).build().unwrap_err(),
            plain().bearer_auth(odd.clone()).build().unwrap_err(),
            plain().basic_auth(odd.clone(), "x").build().unwrap_err(),
            plain().basic_auth("x", odd.clone()).build().unwrap_err(),
        ] {
            assert_eq!(error.kind(), ErrorKind::Config, "{odd:?}: {error}");
            assert!(!error.to_string().contains(character), "{error:?}");
        }
    }
}
