//! Bodies and headers of every shape that a server may send by mistake or on purpose.

use std::error::Error as _;

use peak_alloc::PeakAlloc;
use serde_json::json;
use stytch_client::passwords::{AuthenticateResponse, StrengthCheckResponse};
use stytch_client::{Client, Error, ErrorKind, StytchError};
use stytch_client_tests::canaries::{API_SECRET, PROJECT_ID};
use stytch_client_tests::fixed_response::client_with;
use stytch_client_tests::server::{Act, Server, response};
use tokio::sync::Mutex;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// The tests of this file run one after the other, so that none measures the memory of another.
static TURN: Mutex<()> = Mutex::const_new(());

const MIB: usize = 1024 * 1024;

async fn check(client: &Client) -> Result<StrengthCheckResponse, Error> {
    client.passwords().strength_check().password("x").send().await
}

async fn log_in(client: &Client) -> Result<AuthenticateResponse, Error> {
    client.passwords().authenticate().email("ada@example.com").password("x").send().await
}

/// Characters that break a line, that control a terminal, or that change the direction of text or hide it.
fn is_unsafe(character: char) -> bool {
    let hides =
        matches!(character, '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{61C}');
    let turns = matches!(character, '\u{2028}'..='\u{202E}');
    character.is_control() || hides || turns || matches!(character, '\u{AD}' | '\u{E0000}'..='\u{E007F}')
}

fn is_a_safe_line(error: &Error) {
    let mut said = vec![error.to_string()];
    let mut source = error.source();
    while let Some(error) = source {
        said.push(error.to_string());
        source = error.source();
    }
    for line in said {
        assert!(!line.chars().any(is_unsafe), "{line:?}");
        assert!(line.chars().count() < 1700, "{} characters: {line:.300}", line.chars().count());
    }
}

const UNSAFE: &str =
    "a\u{202e}b\u{2028}c\u{200f}d\u{1b}[31me\u{feff}f\u{e0041}g\u{2066}h\u{61c}i\u{ad}j\0k\r\nl";

#[tokio::test]
async fn a_location_in_the_json_is_named_in_a_safe_line() {
    let _turn = TURN.lock().await;
    // The names in the path come from the server.
    for key in [UNSAFE.replace(['\0', '\r', '\n', '\u{1b}'], ""), "k".repeat(10_000)] {
        let nested = format!(r#"{{"{key}":"#).repeat(100);
        for body in [format!(r#"{{"{key}": tru"#), nested] {
            let error = check(&client_with(200, body)).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Decode);
            is_a_safe_line(&error);
        }
    }
}

/// The location is right for all line endings and for characters of several bytes.
#[tokio::test]
async fn a_location_is_found_in_json_of_many_lines() {
    let _turn = TURN.lock().await;
    let lines = [
        "{",
        "  \"user_id\": \"\u{e9}\u{1f600}\",",
        "  \"user\": {",
        "",
        "    \"emails\": [",
        "      {},",
        "      {\"verified\": 7}",
        "    ]",
        "  }",
        "}",
    ];
    for end in ["\n", "\r\n", "\n\n", "\n \n\t"] {
        let error = log_in(&client_with(200, lines.join(end))).await.unwrap_err();
        assert!(error.to_string().ends_with("at `user.emails[1].verified`: expected a boolean"), "{error}");
        let broken = lines.join(end).replace("{},", "{\"email\": \"\u{e9}\", oops},");
        let error = log_in(&client_with(200, broken)).await.unwrap_err();
        let line = 1 + 5 * end.matches('\n').count();
        assert!(error.to_string().contains("invalid JSON at `user.emails[0]"), "{error}");
        assert!(error.to_string().contains(&format!(", line {line} column ")), "{error}");
    }
}

/// A server that quotes the JSON of the request escapes some characters with a backslash.
#[tokio::test]
async fn a_secret_is_found_however_json_spells_it() {
    let _turn = TURN.lock().await;
    for character in ['\u{8}', '\u{c}', '\n', '\r', '\t', '"', '\\', '/', '\u{1}', '\u{7f}', '\u{e9}'] {
        let password = format!("kanarie-bird{character}kanarie-song");
        let client = {
            let quoted = json!({"password": password}).to_string();
            client_with(
                400,
                json!({"error_type": "x", "error_message": format!("bad: {quoted}")}).to_string(),
            )
        };
        let call = client.passwords().authenticate().email("ada@example.com").password(&*password);
        let error = call.send().await.unwrap_err();
        let said = format!("{error} {error:?}");
        assert!(!said.contains("kanarie") && said.contains("<redacted>"), "{character:?}: {said}");
    }
}

/// Deep nesting is cheap to send, so it must be cheap to describe.
#[tokio::test]
async fn nesting_without_end_costs_little() {
    let _turn = TURN.lock().await;
    for (start, rest) in [("{\"x\":", "["), ("", "["), ("{\"x\":", "{\"\":"), ("{\"x\":", "{\"k\":[")] {
        let body = format!("{start}{}", rest.repeat((4 * MIB - start.len()) / rest.len()));
        let client = client_with(200, body);
        MEMORY.reset_peak_usage();
        let before = MEMORY.current_usage();
        let error = check(&client).await.unwrap_err();
        let used = MEMORY.peak_usage() - before;
        assert_eq!(error.kind(), ErrorKind::Decode, "{start}{rest}");
        // The body contains it once more.
        assert!(used < 12 * MIB, "{start}{rest}: {used} bytes of memory");
        is_a_safe_line(&error);
    }
}

#[tokio::test]
async fn unsafe_characters_stay_out_of_the_line() {
    let _turn = TURN.lock().await;
    let rejection = json!({
        "error_type": UNSAFE, "error_message": UNSAFE, "error_url": UNSAFE, "request_id": UNSAFE,
    });
    let page = format!("<html>{UNSAFE}</html>");
    for body in [rejection.to_string(), page, json!({"message": UNSAFE}).to_string()] {
        is_a_safe_line(&check(&client_with(400, body)).await.unwrap_err());
    }
}

/// An API error with unusual details is still that API error.
#[tokio::test]
async fn odd_neighbours_hide_no_api_error() {
    let _turn = TURN.lock().await;
    let rejection = |fields: &str| {
        let known =
            r#""request_id":"request-id-test-1","error_type":"duplicate_email","error_message":"No.""#;
        format!("{{{known},{fields}}}").into_bytes()
    };
    let deep = format!(r#""error_details":{}1{}"#, "[".repeat(1000), "]".repeat(1000));
    for body in [
        rejection(&deep),
        rejection(r#""error_details":1e999"#),
        rejection(r#""error_details":"cut in the middle of a pair: \ud83d""#),
        rejection(r#""error_details":{"\ud83d":"\ude00"}"#),
        rejection(r#""error_details":null,"error_details":{"a":1}"#),
        [&b"\xEF\xBB\xBF"[..], &rejection(r#""a":1"#)].concat(),
        rejection(r#""error_details":"latin-?1""#)
            .iter()
            .map(|b| if *b == b'?' { 0xE9 } else { *b })
            .collect(),
    ] {
        let error = check(&client_with(400, body.clone())).await.unwrap_err();
        let body = String::from_utf8_lossy(&body).into_owned();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Api, Some(400)), "{error}: {body:.300}");
        assert!(error.is("duplicate_email"), "{body:.300}");
        assert_eq!(error.request_id(), Some("request-id-test-1"), "{body:.300}");
        is_a_safe_line(&error);
    }
    let error =
        check(&client_with(400, r#"{"error_type":"x","error_message":"smile \ud83d"}"#)).await.unwrap_err();
    assert_eq!(error.message(), Some("smile \u{fffd}"));
    assert_eq!(error.api_error::<StytchError>().unwrap().error_message, "smile \u{fffd}");
}

/// The content of a user's metadata must not prevent a login.
#[tokio::test]
async fn half_a_character_does_not_prevent_a_login() {
    let _turn = TURN.lock().await;
    for (metadata, read) in [
        (&br#"{"bio":"\ud83d"}"#[..], "\u{fffd}"),
        (&br#"{"bio":"\ude00\ud83d\ude00\\ud83d"}"#[..], "\u{fffd}\u{1f600}\\ud83d"),
        (&br#"{"bio":"\uD83D\uD83D\uDE00"}"#[..], "\u{fffd}\u{1f600}"),
        (&b"{\"bio\":\"\xE9\"}"[..], "\u{fffd}"),
    ] {
        let user = [br#"{"user_id":"user-test-1","user":{"untrusted_metadata":"#, metadata, b"}}"].concat();
        let login = log_in(&client_with(200, user)).await.unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(login.user.unwrap().untrusted_metadata.unwrap()["bio"], read);
    }
    let marked = [&b"\xEF\xBB\xBF"[..], br#"{"user_id":"user-test-1"}"#].concat();
    assert_eq!(log_in(&client_with(200, marked)).await.unwrap().user_id, "user-test-1");
}

/// A client of a server that sends these bytes.
async fn sent(bytes: Vec<u8>) -> Result<AuthenticateResponse, Error> {
    let server = Server::start(vec![Act::Read, Act::Write(bytes)]);
    log_in(&Client::builder(PROJECT_ID, API_SECRET).base_url(server.url()).build().unwrap()).await
}

#[tokio::test]
async fn old_and_odd_headers() {
    let _turn = TURN.lock().await;
    let body = r#"{"user_id":"user-test-1"}"#;
    for headers in [
        "HTTP/1.0 200 OK\r\n\r\n".to_owned(),
        format!("HTTP/1.0 200 OK\r\ncontent-length: {}\r\nconnection: keep-alive\r\n\r\n", body.len()),
        format!("HTTP/1.1 200\r\ncontent-length: {}\r\n\r\n", body.len()),
        format!("HTTP/1.1 200 OK\r\ncontent-length: {0}\r\ncontent-length: {0}\r\n\r\n", body.len()),
        format!(
            "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n",
            body.len()
        ),
        format!(
            "HTTP/1.1 299 Odd\r\nx-padding: {}\r\ncontent-length: {}\r\n\r\n",
            "x".repeat(30_000),
            body.len()
        ),
    ] {
        let login = sent(format!("{headers}{body}").into_bytes()).await;
        assert_eq!(login.unwrap_or_else(|error| panic!("{headers:.99}: {error:?}")).user_id, "user-test-1");
    }
    for (headers, kind, status) in [
        ("HTTP/1.1 204 No Content\r\n\r\n".to_owned(), ErrorKind::Decode, Some(204)),
        ("HTTP/1.1 205 Reset Content\r\ncontent-length: 0\r\n\r\n".to_owned(), ErrorKind::Decode, Some(205)),
        ("HTTP/1.1 304 Not Modified\r\n\r\n".to_owned(), ErrorKind::Status, Some(304)),
        ("HTTP/1.1 999 Odd\r\ncontent-length: 0\r\n\r\n".to_owned(), ErrorKind::Status, Some(999)),
        ("HTTP/1.1 099 Odd\r\ncontent-length: 0\r\n\r\n".to_owned(), ErrorKind::Protocol, None),
        (format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "x".repeat(MIB)), ErrorKind::Protocol, None),
        (format!("HTTP/1.1 200 OK\r\n{}\r\n", "x: y\r\n".repeat(5000)), ErrorKind::Protocol, None),
        ("HTTP/2.0 200 OK\r\n\r\n".to_owned(), ErrorKind::Protocol, None),
    ] {
        let error = sent(headers.clone().into_bytes()).await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (kind, status), "{headers:.99}: {error:?}");
        is_a_safe_line(&error);
    }
}

/// A server that compresses without a request for it: the login fails, and the error is readable.
#[tokio::test]
async fn compression_that_was_not_asked_for() {
    let _turn = TURN.lock().await;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut gzip, br#"{"user_id":"user-test-1"}"#).unwrap();
    let gzip = gzip.finish().unwrap();
    for (status, kind) in [("200 OK", ErrorKind::Decode), ("502 Bad Gateway", ErrorKind::Status)] {
        let headers =
            format!("HTTP/1.1 {status}\r\ncontent-encoding: br\r\ncontent-length: {}\r\n\r\n", gzip.len());
        let error = sent([headers.as_bytes(), &gzip].concat()).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{error:?}");
        is_a_safe_line(&error);
    }
    let error = sent(response("200 OK", &[], "")).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "POST /v1/passwords/authenticate: 200 with an empty body, where JSON was expected"
    );
}

/// A name is shortened to fit into the line. A part of a secret is secret too.
#[tokio::test]
async fn no_part_of_a_token_is_named() {
    let _turn = TURN.lock().await;
    let token = format!("kanarie{}", "t0ken".repeat(100));
    for body in [format!(r#"{{"{token}": tru"#), format!(r#"{{"a":{{"{token}x":[nul"#)] {
        let client = client_with(200, body);
        let call = client.passwords().authenticate().email("a").password("x").session_token(&*token);
        let error = call.send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
        assert!(!format!("{error} {error:?}").contains("kanarie"), "{error}");
    }
}
