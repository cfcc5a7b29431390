//! Proxies from the environment. The environment of a running process cannot be changed, so each case runs in a
//! separate process.

use std::process::{Command, ExitStatus};

use stytch_client::{Client, ClientBuilder, ErrorKind};
use stytch_client_tests::calls;
use stytch_client_tests::canaries::{API_SECRET, PROJECT_ID, found_in};
use stytch_client_tests::server::{Act, Server, response, success};
#[cfg(target_os = "linux")]
use stytch_client_tests::tls::Tls;

/// The server of a case that runs in a separate process.
const TARGET: &str = "STYTCH_CLIENT_TEST_TARGET";
const NAMES: [&str; 6] = ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];

fn rejected() -> Vec<u8> {
    response("403 Forbidden", &["connection: close"], "a proxy's page")
}

/// Runs one of the cases below, with the proxy in all environment variables for proxies.
async fn run(case: &str, target: &str, proxy: &Server) -> ExitStatus {
    status_of(command(case, target, &proxy.url())).await
}

fn command(case: &str, target: &str, proxy: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", &format!("proxies::{case}"), "--ignored"]).env(TARGET, target);
    for name in NAMES {
        command.env(name, proxy);
    }
    command.env_remove("NO_PROXY").env_remove("no_proxy").env_remove("REQUEST_METHOD");
    command
}

async fn status_of(mut command: Command) -> ExitStatus {
    tokio::task::spawn_blocking(move || command.output().unwrap().status).await.unwrap()
}

fn client() -> ClientBuilder {
    Client::builder(PROJECT_ID, API_SECRET).base_url(std::env::var(TARGET).unwrap())
}

#[tokio::test]
async fn loopback_is_never_proxied() {
    let call = calls::named("passwords.authenticate");
    let (proxy, server) = (
        Server::start(vec![Act::Serve(rejected())]),
        Server::start(vec![Act::Serve(success(call.response))]),
    );
    for host in ["127.0.0.1", "localhost", "api.localhost"] {
        let target = format!("http://{host}:{}", server.address().port());
        assert!(run("case_responded", &target, &proxy).await.success(), "{target}");
    }
    assert_eq!((proxy.state().accepted, server.state().requests.len()), (0, 3));
}

#[tokio::test]
async fn a_proxy_cannot_read_a_call_over_https() {
    let proxy = Server::start(vec![Act::Serve(rejected())]);
    assert!(run("case_no_tunnel", "https://api.example.com", &proxy).await.success());
    let requests = proxy.state().requests;
    assert!(!requests.is_empty(), "the proxy was not asked, so that it proves nothing");
    for request in requests {
        assert!(request.headers.starts_with("CONNECT api.example.com:443 "), "{}", request.headers);
        let all = format!("{}{}", request.headers, String::from_utf8_lossy(&request.body));
        assert_eq!(found_in(&all), None);
        assert!(!all.to_lowercase().contains("\r\nauthorization"), "{all}");
    }
}

/// On Linux, the client trusts the certificates in the file that `SSL_CERT_FILE` names.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_proxy_with_tls_serves_a_server_without() {
    let call = calls::named("passwords.authenticate");
    let (proxy, tls) = (Server::start(vec![Act::Serve(success(call.response))]), Tls::default());
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("proxy.pem");
    std::fs::write(&file, tls.pem()).unwrap();
    let mut command = command("case_plain", "http://api.example.com", &tls.before(proxy.address()).await);
    command.env("SSL_CERT_FILE", &file);
    assert!(status_of(command).await.success());
    let headers = &proxy.state().requests[0].headers;
    assert!(headers.starts_with("POST http://api.example.com/v1/passwords/authenticate "), "{headers}");
}

#[tokio::test]
async fn they_can_be_switched_off() {
    let proxy = Server::start(vec![Act::Serve(rejected())]);
    assert!(run("case_without_proxy", "https://api.invalid", &proxy).await.success());
    assert_eq!(proxy.state().accepted, 0);
}

#[tokio::test]
#[ignore = "run by the test above it, in a separate process"]
async fn case_responded() {
    calls::named("passwords.authenticate").send(&client().build().unwrap()).await.unwrap();
}

#[tokio::test]
#[ignore = "run by the test above it, in a separate process"]
async fn case_plain() {
    let client = client().allow_plain_http().build().unwrap();
    calls::named("passwords.authenticate").send(&client).await.unwrap();
}

#[tokio::test]
#[ignore = "run by the test above it, in a separate process"]
async fn case_no_tunnel() {
    let error = calls::named("passwords.authenticate").send(&client().build().unwrap()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "{error:?}");
    assert_eq!(found_in(&format!("{error} {error:?}")), None);
}

#[tokio::test]
#[ignore = "run by the test above it, in a separate process"]
async fn case_without_proxy() {
    let error =
        calls::named("passwords.authenticate").send(&client().no_proxy().build().unwrap()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "{error:?}");
}
