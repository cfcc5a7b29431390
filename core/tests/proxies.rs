//! Tests that errors mention the proxy if it does not work.
#![cfg(feature = "ring")]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::Command;

use declapi::{Client, RetryPolicy, endpoint};

/// Reads things.
#[endpoint(get = "/things", response = ())]
struct GetThings;

/// The child process that [`called`] starts, because the environment is read when a client is built.
#[test]
fn child() {
    let Ok(base_url) = std::env::var("DECLAPI_TEST_BASE_URL") else { return };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let client =
            Client::builder(base_url).allow_plain_http().retries(RetryPolicy::never()).build().unwrap();
        let error = client.get_things().send().await.unwrap_err();
        println!("ERROR {error} | retryable {}", error.is_retryable());
    });
}

/// Returns the error of a program with this proxy in its environment.
fn called(base_url: &str, variable: &str, proxy: &str) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "child", "--nocapture", "--test-threads=1"]);
    for name in [
        "HTTP_PROXY",
        "http_proxy",
        "HTTPS_PROXY",
        "https_proxy",
        "ALL_PROXY",
        "all_proxy",
        "NO_PROXY",
        "no_proxy",
    ] {
        command.env_remove(name);
    }
    let output = command.env("DECLAPI_TEST_BASE_URL", base_url).env(variable, proxy).output().unwrap();
    let output = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = output.lines().find_map(|line| line.split_once("ERROR ").map(|(_, error)| error.to_owned()));
    line.unwrap_or_else(|| panic!("no error in\n{output}"))
}

/// Returns the address of a proxy that sends the same response to all requests.
fn proxy(response: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            let mut connection = connection.unwrap();
            let _ = connection.read(&mut [0; 4096]);
            let _ = connection.write_all(response.as_bytes());
        }
    });
    format!("http://{address}")
}

#[test]
fn a_proxy_that_rejects_is_named() {
    for response in [
        "HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n",
        "SSH-2.0\r\n",
    ] {
        let said = called("https://api.example.com", "HTTPS_PROXY", &proxy(response));
        assert!(said.contains("proxy") && said.contains("HTTPS_PROXY"), "{response}: {said}");
    }
}

#[test]
fn an_unreachable_proxy_is_named() {
    let said = called("https://api.example.com", "https_proxy", "http://127.0.0.1:1");
    assert!(said.contains("proxy from `https_proxy`") && said.contains("no_proxy()"), "{said}");
}

#[test]
fn a_kind_of_proxy_that_is_not_supported_is_named() {
    let said = called("https://api.example.com", "ALL_PROXY", "socks5://127.0.0.1:1");
    assert!(said.contains("proxy") && said.contains("ALL_PROXY"), "{said}");
}

#[test]
fn a_proxy_for_plain_http_that_requires_credentials_is_named() {
    let wants = proxy("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n");
    let said = called("http://api.example.com", "HTTP_PROXY", &wants);
    assert!(said.contains("407") && said.contains("proxy requires credentials"), "{said}");
}

#[test]
fn the_credentials_of_a_proxy_are_not_shown() {
    let wants = proxy("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n");
    let with_credentials = wants.replace("http://", "http://user:s3cret@");
    let said = called("https://api.example.com", "HTTPS_PROXY", &with_credentials);
    assert!(said.contains("proxy") && !said.contains("s3cret"), "{said}");
}
