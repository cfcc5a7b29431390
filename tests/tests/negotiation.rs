//! HTTP/2 with the built-in HTTP client: both sides agree on it in the TLS handshake, and calls then share a connection.
//!
//! On Linux, the client trusts the certificates in the file that `SSL_CERT_FILE` names. The environment of a running process
//! cannot be changed, so each client runs in a separate process.
#![cfg(target_os = "linux")]

use std::path::Path;
use std::process::Command;

use stytch_client::Client;
use stytch_client_tests::calls::{self, client_of};
use stytch_client_tests::http2::Http2Server;
use stytch_client_tests::server::{Act, Server, success};
use stytch_client_tests::tls::Tls;
use tokio::task::JoinSet;

/// The server of a case that runs in a separate process.
const TARGET: &str = "STYTCH_CLIENT_TEST_TARGET";
/// The number of calls at the same time.
const CALLS: usize = 100;
const OPERATION: &str = "passwords.authenticate";

/// Makes the calls of [`case_calls`] in a process that trusts the certificate.
async fn make_calls(tls: &Tls, url: &str) {
    let port = url.rsplit(':').next().unwrap();
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("certificate-{port}.pem"));
    std::fs::write(&file, tls.pem()).unwrap();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "case_calls", "--ignored"]).env(TARGET, url).env("SSL_CERT_FILE", &file);
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    std::fs::remove_file(file).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

/// Makes a call, which learns the version of HTTP, and then many at the same time.
#[tokio::test]
#[ignore = "run by the tests below, in a separate process"]
async fn case_calls() {
    let client: Client = client_of(std::env::var(TARGET).unwrap()).build().unwrap();
    let call = calls::named(OPERATION);
    call.send(&client).await.unwrap();
    let mut all: JoinSet<_> = (0..CALLS).map(|_| call.send(&client)).collect();
    while let Some(outcome) = all.join_next().await {
        outcome.unwrap().unwrap();
    }
}

#[tokio::test]
async fn calls_share_a_connection_if_the_server_prefers_http2() {
    for protocols in [&["h2"][..], &["h2", "http/1.1"]] {
        let server = Http2Server::start(calls::named(OPERATION).response, CALLS).await;
        let tls = Tls::offering(protocols);
        make_calls(&tls, &tls.before(server.address()).await).await;
        assert_eq!((server.calls(), server.connections()), (1 + CALLS, 1), "{protocols:?}");
    }
}

#[tokio::test]
async fn http1_is_used_otherwise() {
    for protocols in [&["http/1.1", "h2"][..], &["http/1.1"], &[]] {
        let server = Server::start(vec![Act::Serve(success(calls::named(OPERATION).response))]);
        let tls = Tls::offering(protocols);
        make_calls(&tls, &tls.before(server.address()).await).await;
        let requests = server.state().requests;
        assert_eq!(requests.len(), 1 + CALLS, "{protocols:?}");
        assert!(requests.iter().all(|request| request.headers.contains(" HTTP/1.1\r\n")), "{protocols:?}");
    }
}
