//! The faults, and the error of each.

use stytch_client::{ErrorKind, Phase};
use stytch_client_tests::server::{Act, response};

/// One way for a server to misbehave.
pub(crate) struct Fault {
    pub(crate) name: &'static str,
    pub(crate) script: fn() -> Vec<Act>,
    /// The expected kinds of error. Several if the progress of the client is not deterministic.
    pub(crate) kinds: &'static [ErrorKind],
    pub(crate) status: Option<u16>,
    /// Set if only the client's own timeout ends the call.
    pub(crate) phase: Option<Phase>,
}

const HEADERS: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
const HALF: &str = r#"{"request_id":"request-id-test-1","user_id":"us"#;
const BROKEN: &[ErrorKind] = &[ErrorKind::Connection];
const PROTOCOL: &[ErrorKind] = &[ErrorKind::Protocol];
/// A connection that is closed at once, before or after the request was begun.
const BROKEN_OR_NONE: &[ErrorKind] = &[ErrorKind::Connection, ErrorKind::Connect];

const fn breaks(name: &'static str, script: fn() -> Vec<Act>) -> Fault {
    Fault { name, script, kinds: BROKEN, status: None, phase: None }
}

/// A response that is not HTTP.
const fn babbles(name: &'static str, script: fn() -> Vec<Act>) -> Fault {
    Fault { kinds: PROTOCOL, ..breaks(name, script) }
}

const fn hangs(name: &'static str, script: fn() -> Vec<Act>, phase: Phase) -> Fault {
    let status = if let Phase::Reading = phase { Some(200) } else { None };
    Fault { name, script, kinds: &[ErrorKind::Timeout], status, phase: Some(phase) }
}

const fn responds(
    name: &'static str,
    script: fn() -> Vec<Act>,
    kind: &'static [ErrorKind],
    status: u16,
) -> Fault {
    Fault { name, script, kinds: kind, status: Some(status), phase: None }
}

pub(crate) const FAULTS: &[Fault] = &[
    Fault { kinds: BROKEN_OR_NONE, ..breaks("reset on arrival", || vec![Act::Reset]) },
    Fault { kinds: BROKEN_OR_NONE, ..breaks("closed on arrival", Vec::new) },
    hangs("nothing is read", || vec![Act::Await, Act::Stall], Phase::Waiting),
    breaks("reset within the request", || vec![Act::ReadBytes(10), Act::Reset]),
    hangs("there is no response", || vec![Act::Read, Act::Stall], Phase::Waiting),
    breaks("closed without a response", || vec![Act::Read]),
    breaks("reset without a response", || vec![Act::Read, Act::Reset]),
    breaks("half a status line", || after_reading(&["HTTP/1.1 2"])),
    babbles("a garbage status line", || after_reading(&["MOO/7 all is well\r\n\r\n"])),
    babbles("TLS where HTTP is expected", || {
        vec![Act::Read, Act::Write(b"\x15\x03\x01\x00\x02\x02\x46".into())]
    }),
    breaks("half of the headers", || after_reading(&[HEADERS, "x-half: "])),
    hangs("half of the headers, and a stall", || and_stall(after_reading(&[HEADERS])), Phase::Waiting),
    hangs(
        "promises only",
        || and_stall(after_reading(&["HTTP/1.1 100 Continue\r\n\r\n"; 3])),
        Phase::Waiting,
    ),
    babbles("headers without end", endless_headers),
    babbles("two lengths", || after_reading(&[HEADERS, "content-length: 2\r\ncontent-length: 3\r\n\r\n{}"])),
    babbles("a negative length", || after_reading(&[HEADERS, "content-length: -1\r\n\r\n{}"])),
    hangs("no body", || and_stall(after_reading(&[HEADERS, "content-length: 99\r\n\r\n"])), Phase::Reading),
    hangs("half a body, and a stall", half_a_body_and_stall, Phase::Reading),
    hangs("half a chunk", || and_stall(after_reading(&[HEADERS, CHUNKED, "ff\r\n", HALF])), Phase::Reading),
    responds("half a body", || after_reading(&[HEADERS, "content-length: 99\r\n\r\n", HALF]), BROKEN, 200),
    responds("half a body, and a reset", half_a_body_and_reset, BROKEN, 200),
    responds("no last chunk", || after_reading(&[HEADERS, CHUNKED, "2f\r\n", HALF, "\r\n"]), BROKEN, 200),
    responds("a garbage chunk", || after_reading(&[HEADERS, CHUNKED, "moo\r\n"]), DECODE, 200),
    responds(
        "a length that is too short",
        || after_reading(&[HEADERS, "content-length: 9\r\n\r\n", HALF]),
        DECODE,
        200,
    ),
    responds("HTML", || whole("200 OK", &["content-type: text/html"], "<html>hello</html>"), DECODE, 200),
    responds("half the JSON", || whole("200 OK", &[], HALF), DECODE, 200),
    responds(
        "JSON of another kind",
        || whole("200 OK", &[], r#"{"request_id":[],"status_code":"x"}"#),
        DECODE,
        200,
    ),
    responds("empty", || whole("200 OK", &[], ""), DECODE, 200),
    responds("no content", || after_reading(&["HTTP/1.1 204 No Content\r\n\r\n"]), DECODE, 204),
    responds("200 MiB", flood_with_length, &[ErrorKind::TooLarge], 200),
    responds("200 MiB in chunks", flood_in_chunks, &[ErrorKind::TooLarge], 200),
    responds("200 MiB until the end", flood_until_the_end, &[ErrorKind::TooLarge], 200),
    responds("200 MiB of an error", flood_of_an_error, STATUS, 400),
    responds(
        "an HTML 502",
        || whole("502 Bad Gateway", &["content-type: text/html"], "<h1>Bad Gateway</h1>"),
        STATUS,
        502,
    ),
    responds("an empty 503", || whole("503 Service Unavailable", &[], ""), STATUS, 503),
    responds(
        "half an error",
        || after_reading(&["HTTP/1.1 500 No\r\ncontent-length: 99\r\n\r\n", HALF]),
        STATUS,
        500,
    ),
    responds(
        "an upgrade",
        || after_reading(&["HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n"]),
        STATUS,
        101,
    ),
    responds("429", || whole("429 Too Many Requests", &[], TOO_MANY), &[ErrorKind::Api], 429),
    responds(
        "429 for a while",
        || whole("429 Too Many Requests", &["retry-after: 7"], TOO_MANY),
        &[ErrorKind::Api],
        429,
    ),
    responds("301", || elsewhere("301 Moved Permanently"), REDIRECT, 301),
    responds("302", || elsewhere("302 Found"), REDIRECT, 302),
    responds("303", || elsewhere("303 See Other"), REDIRECT, 303),
    responds("307", || elsewhere("307 Temporary Redirect"), REDIRECT, 307),
    responds("308", || elsewhere("308 Permanent Redirect"), REDIRECT, 308),
];

const DECODE: &[ErrorKind] = &[ErrorKind::Decode];
const STATUS: &[ErrorKind] = &[ErrorKind::Status];
const REDIRECT: &[ErrorKind] = &[ErrorKind::Redirect];
const CHUNKED: &str = "transfer-encoding: chunked\r\n\r\n";
const TOO_MANY: &str = r#"{"status_code":429,"error_type":"too_many_requests","error_message":"Slow down."}"#;

fn after_reading(parts: &[&str]) -> Vec<Act> {
    vec![Act::Read, Act::Write(parts.concat().into_bytes())]
}

fn whole(status: &str, headers: &[&str], body: &str) -> Vec<Act> {
    vec![Act::Read, Act::Write(response(status, headers, body))]
}

fn elsewhere(status: &str) -> Vec<Act> {
    whole(status, &["location: http://127.0.0.1:9/elsewhere"], "")
}

fn and_stall(mut script: Vec<Act>) -> Vec<Act> {
    script.push(Act::Stall);
    script
}

pub(crate) fn half_a_body_and_stall() -> Vec<Act> {
    and_stall(after_reading(&[HEADERS, "content-length: 99\r\n\r\n", HALF]))
}

fn half_a_body_and_reset() -> Vec<Act> {
    let mut script = after_reading(&[HEADERS, "content-length: 99\r\n\r\n", HALF]);
    script.push(Act::Reset);
    script
}

const PIECE: usize = 64 * 1024;
const PIECES: usize = 200 * 1024 * 1024 / PIECE;

fn flood(headers: &str, piece: Vec<u8>) -> Vec<Act> {
    vec![Act::Read, Act::Write([HEADERS, headers, "\r\n"].concat().into_bytes()), Act::Flood(piece, PIECES)]
}

fn flood_with_length() -> Vec<Act> {
    flood(&format!("content-length: {}\r\n", PIECE * PIECES), vec![b' '; PIECE])
}

fn flood_in_chunks() -> Vec<Act> {
    let chunk = [format!("{PIECE:x}\r\n").as_bytes(), &vec![b' '; PIECE], b"\r\n"].concat();
    flood("transfer-encoding: chunked\r\n", chunk)
}

fn flood_until_the_end() -> Vec<Act> {
    flood("connection: close\r\n", vec![b' '; PIECE])
}

fn flood_of_an_error() -> Vec<Act> {
    let headers = format!("HTTP/1.1 400 Bad Request\r\ncontent-length: {}\r\n\r\n", PIECE * PIECES);
    vec![Act::Read, Act::Write(headers.into_bytes()), Act::Flood(vec![b'x'; PIECE], PIECES)]
}

fn endless_headers() -> Vec<Act> {
    let header = [b"x-padding: ".as_slice(), &[b'x'; 1024], b"\r\n"].concat();
    vec![Act::Read, Act::Write(HEADERS.into()), Act::Flood(header, PIECES * PIECE / 1024)]
}
