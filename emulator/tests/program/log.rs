//! The lines that the program prints for its requests.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpStream},
    time::Duration,
};

use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use tokio::time::timeout;

use crate::support::{Program, user};

/// Checks that every line begins with a time of the last minutes, and that those of requests end with a duration.
/// Returns the text between them.
fn events(printed: &str) -> Vec<&str> {
    let event = |line| -> &str {
        let (time, event) = str::split_once(line, ' ').expect("a time and an event");
        let time = OffsetDateTime::parse(time, &Rfc3339).expect("a time");
        let age = OffsetDateTime::now_utc() - time;
        assert!(age.is_positive() && age.whole_minutes() < 10, "{line}");
        if !event.starts_with(['G', 'P']) {
            return event;
        }
        let (request, milliseconds) = event
            .strip_suffix(" ms")
            .and_then(|event| event.rsplit_once(' '))
            .unwrap_or_else(|| panic!("no duration in {line}"));
        assert!(milliseconds.parse::<u32>().is_ok_and(|milliseconds| milliseconds < 600_000), "{line}");
        request
    };
    printed.lines().map(event).collect()
}

fn connect(program: &Program) -> TcpStream {
    TcpStream::connect(program.base_url.strip_prefix("http://").expect("an address")).expect("a connection")
}

/// Sends bytes, and reads until the emulator closes the connection.
fn send(program: &Program, bytes: &[u8]) -> String {
    let mut stream = connect(program);
    // The emulator may close the connection before it has read everything.
    let _ = stream.write_all(bytes);
    let mut response = Vec::new();
    let _ = stream.read_to_end(&mut response);
    String::from_utf8_lossy(&response).into_owned()
}

#[tokio::test]
async fn it_prints_a_line_for_every_request_and_stops_on_a_signal() {
    for signal in ["INT", "TERM"] {
        let program = Program::start(&[]);
        assert_eq!(program.post("/v1/passwords", &user(1)).await.0, 200);
        assert_eq!(program.post("/v1/passwords", &user(1)).await.0, 400);
        program.signal(signal);
        let (code, printed) = program.rest();
        assert_eq!(code, Some(0));
        assert_eq!(events(&printed), ["POST /v1/passwords 200", "POST /v1/passwords 400 duplicate_email"]);
    }
}

#[tokio::test]
async fn messages_are_printed() {
    let program = Program::start(&[]);
    assert_eq!(program.post("/v1/passwords", &user(1)).await.0, 200);
    let start =
        json!({ "email": user(1)["email"], "reset_password_redirect_url": "https://app.example.com/reset" });
    assert_eq!(program.post("/v1/passwords/email/reset/start", &start).await.0, 200);
    let outbox = program.get("/_emulator/outbox").await;
    program.get("/_emulator/users").await;
    program.signal("INT");
    let (_, printed) = program.rest();
    let link = outbox["messages"][0]["link"].as_str().expect("a link");
    assert!(link.starts_with("https://app.example.com/reset?"), "{link}");
    let address = user(1)["email"].as_str().expect("an address").to_owned();
    assert_eq!(
        events(&printed),
        [
            "POST /v1/passwords 200".to_owned(),
            format!("sent to {address}: {link}"),
            "POST /v1/passwords/email/reset/start 200".to_owned(),
        ],
        "looking at the emulator is not logged"
    );
}

#[tokio::test]
async fn a_program_can_read_the_log() {
    let program = Program::start_with_json_log();
    assert_eq!(program.post("/v1/passwords", &user(1)).await.0, 200);
    assert_eq!(program.post("/v1/passwords", &user(1)).await.0, 400);
    let start = json!({ "email": user(1)["email"] });
    assert_eq!(program.post("/v1/passwords/email/reset/start", &start).await.0, 200);
    send(&program, b"GET\r\n\r\n");
    let token = program.get("/_emulator/outbox").await["messages"][0]["token"].clone();
    program.signal("INT");
    let (_, printed) = program.rest();
    let lines: Vec<Value> =
        printed.lines().map(|line| serde_json::from_str(line).expect("an object per line")).collect();
    let [created, rejected, sent, started, malformed] = &lines[..] else { panic!("{printed}") };
    for line in &lines {
        OffsetDateTime::parse(line["time"].as_str().expect("a time"), &Rfc3339).expect("a time");
    }
    assert_eq!(
        (&created["event"], &created["method"], &created["path"], &created["status"], &created["error_type"]),
        (&json!("request"), &json!("POST"), &json!("/v1/passwords"), &json!(200), &json!(null))
    );
    assert!(created["milliseconds"].is_u64(), "{created}");
    assert_eq!((&rejected["status"], &rejected["error_type"]), (&json!(400), &json!("duplicate_email")));
    assert_eq!((&sent["event"], &sent["to"], &sent["token"]), (&json!("sent"), &user(1)["email"], &token));
    assert_eq!((&started["status"], &started["outcome"]), (&json!(200), &json!("responded")));
    assert_eq!(malformed["event"], "rejected");
}

#[tokio::test]
async fn no_lines_are_printed_without_a_log() {
    let program = Program::start(&["--log", "none"]);
    assert_eq!(program.post("/v1/passwords", &user(1)).await.0, 200);
    program.signal("INT");
    assert_eq!(program.rest(), (Some(0), String::new()));
}

#[tokio::test]
async fn lines_are_short_and_contain_no_secrets() {
    let program = Program::start(&[]);
    let secret = "Zq7-in-a-password";
    let login = json!({ "email": "ada@example.com", "password": secret, "session_token": secret });
    assert_eq!(program.post("/v1/passwords/authenticate", &login).await.0, 404);
    assert_eq!(program.post(&format!("/v1/sessions?session_token={secret}"), &login).await.0, 405);
    assert_eq!(program.post(&format!("/{}", "x".repeat(60_000)), &login).await.0, 404);
    program.signal("INT");
    let (_, printed) = program.rest();
    let lines = events(&printed);
    assert_eq!(
        lines[..2],
        ["POST /v1/passwords/authenticate 404 email_not_found", "POST /v1/sessions 405 method_not_allowed"]
    );
    assert!(
        lines.len() == 3 && lines[2].starts_with("POST /xxx") && lines[2].ends_with("x… 404 route_not_found"),
        "{}",
        lines.len()
    );
    assert!(printed.len() < 500 && !printed.contains(secret));
}

#[tokio::test]
async fn malformed_requests_are_logged() {
    let program = Program::start(&[]);
    let many = format!("GET / HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(500));
    let long = format!("GET /{} HTTP/1.1\r\n\r\n", "a".repeat(100_000));
    let malformed =
        ["GET\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n", "\u{16}\u{3}\u{1}\r\n\r\n", &many, &long];
    for bytes in malformed {
        let response = send(&program, bytes.as_bytes());
        assert!(response.is_empty() || response.starts_with("HTTP/1.1 4"), "{response}");
    }
    let chunk = "POST /v1/passwords HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n";
    send(&program, chunk.as_bytes());
    program.signal("INT");
    let (_, printed) = program.rest();
    let lines = events(&printed);
    // A line can be printed after the client has seen the end of its connection.
    let (rejected, others): (Vec<&str>, Vec<&str>) =
        lines.into_iter().partition(|line| line.starts_with("rejected a malformed request: "));
    assert_eq!(
        (rejected.len(), others),
        (malformed.len(), vec!["POST /v1/passwords broken_body"]),
        "{printed}"
    );
}

#[tokio::test]
async fn abandoned_and_dropped_requests_are_logged() {
    let program = Program::start(&[]);
    for fault in [json!({ "kind": "latency", "delay_ms": 3_600_000 }), json!({ "kind": "drop" })] {
        assert_eq!(program.post("/_emulator/faults", &fault).await.0, 200);
    }
    let mut stream = connect(&program);
    let request = "POST /v1/passwords/strength_check HTTP/1.1\r\nhost: localhost\r\nexpect: 100-continue\r\n\
                   content-length: 2\r\n\r\n";
    stream.write_all(request.as_bytes()).expect("an open connection");
    let mut interim = [0; 25];
    stream.read_exact(&mut interim).expect("an interim response");
    stream.write_all(b"{}").expect("an open connection");
    // The next request gets the second fault only if the first one was taken.
    let first_is_taken = async {
        while program.get("/_emulator/faults").await["faults"].as_array().map(Vec::len) != Some(1) {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(60), first_is_taken).await.expect("the first fault is taken");
    stream.shutdown(Shutdown::Both).expect("an open connection");
    drop(stream);
    send(&program, b"POST /v1/passwords HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\n\r\n");
    program.signal("INT");
    let (_, printed) = program.rest();
    let lines: Vec<_> = events(&printed).into_iter().filter(|line| line.contains(" /v1/")).collect();
    let mut sorted = lines.clone();
    sorted.sort_unstable();
    assert_eq!(
        sorted,
        ["POST /v1/passwords dropped", "POST /v1/passwords/strength_check abandoned"],
        "{printed}"
    );
}

#[tokio::test]
async fn rejected_hosts_and_origins_are_logged() {
    let program = Program::start(&[]);
    send(&program, b"GET /_emulator/outbox HTTP/1.1\r\nhost: example.com\r\nconnection: close\r\n\r\n");
    send(
        &program,
        b"POST /_emulator/reset HTTP/1.1\r\nhost: localhost\r\norigin: null\r\nconnection: close\r\n\r\n",
    );
    program.signal("INT");
    let (_, printed) = program.rest();
    assert_eq!(
        events(&printed),
        ["GET /_emulator/outbox 403 foreign_host", "POST /_emulator/reset 403 foreign_origin"]
    );
}
