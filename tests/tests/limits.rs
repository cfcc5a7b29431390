//! How much of a response is read, and how much memory that takes.

use std::io::Write;
use std::sync::LazyLock;

use declapi::Endpoint;
use flate2::Compression;
use flate2::write::GzEncoder;
use peak_alloc::PeakAlloc;
use stytch_client::passwords::StrengthCheckResponse;
use stytch_client::{Client, ClientBuilder, Error, ErrorKind, http};
use stytch_client_tests::canaries::{API_SECRET, PROJECT_ID};
use stytch_client_tests::http::client as unpacking;
use stytch_client_tests::server::{Act, Server, response};
use tokio::sync::Mutex;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// The tests of this file run one after the other, so that none measures the memory of another.
static TURN: Mutex<()> = Mutex::const_new(());

const MIB: usize = 1024 * 1024;
const PIECE: usize = 64 * 1024;
const PIECES: usize = 200 * MIB / PIECE;

fn builder(server: &Server) -> ClientBuilder {
    Client::builder(PROJECT_ID, API_SECRET).base_url(server.url())
}

async fn check(client: &Client) -> Result<StrengthCheckResponse, Error> {
    client.passwords().strength_check().password("x").send().await
}

/// A success of exactly this length.
fn body_of(length: usize) -> String {
    let start = r#"{"valid_password":true,"request_id":"request-id-test-1","padding":""#;
    format!("{start}{}\"}}", "x".repeat(length - start.len() - 2))
}

fn chunked(body: &str) -> Vec<u8> {
    let mut bytes = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    for chunk in body.as_bytes().chunks(1000) {
        bytes.extend(format!("{:x}\r\n", chunk.len()).into_bytes());
        bytes.extend(chunk);
        bytes.extend(b"\r\n");
    }
    bytes.extend(b"0\r\n\r\n");
    bytes
}

/// The memory and the bytes that a client takes of 200 MiB. They may be at most a few times its size limit.
async fn offer_200_mib(header: &str, piece: Vec<u8>) {
    let server = Server::start(vec![]);
    let headers = format!("HTTP/1.1 200 OK\r\n{header}\r\n\r\n");
    server.next([Act::Read, Act::Write(headers.into_bytes()), Act::Flood(piece, PIECES)]);
    let client = builder(&server).build().unwrap();
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    let error = check(&client).await.unwrap_err();
    let used = MEMORY.peak_usage() - before;
    assert_eq!((error.kind(), error.status()), (ErrorKind::TooLarge, Some(200)), "{error:?}");
    assert!(error.to_string().contains("4194304 bytes"), "{error}");
    // The buffer doubles as it grows, and both buffers exist while it is copied.
    assert!(used < 16 * MIB, "{header}: {used} bytes of memory");
    server.until_all_closed().await;
    let flooded = server.state().flooded;
    // The other bytes that the server wrote were in the buffers of both sockets.
    assert!(flooded < 32 * MIB, "{header}: {flooded} bytes were taken");
}

#[tokio::test]
async fn of_200_mib_a_few_are_taken() {
    let _turn = TURN.lock().await;
    let chunk = [format!("{PIECE:x}\r\n").as_bytes(), &vec![b' '; PIECE], b"\r\n"].concat();
    offer_200_mib(&format!("content-length: {}", PIECE * PIECES), vec![b' '; PIECE]).await;
    offer_200_mib("transfer-encoding: chunked", chunk).await;
    offer_200_mib("connection: close", vec![b' '; PIECE]).await;
}

#[tokio::test]
async fn the_limit_is_exact() {
    let _turn = TURN.lock().await;
    for limit in [200, 4096, 100_000, 4 * MIB] {
        for (length, fits) in [(limit - 1, true), (limit, true), (limit + 1, false)] {
            let body = body_of(length);
            for bytes in [response("200 OK", &[], &body), chunked(&body)] {
                let server = Server::start(vec![Act::Serve(bytes)]);
                let client = builder(&server).max_response_bytes(limit).build().unwrap();
                let outcome = check(&client).await;
                assert_eq!(outcome.is_ok(), fits, "{length} of {limit}: {outcome:?}");
                if let Err(error) = outcome {
                    assert_eq!(error.kind(), ErrorKind::TooLarge);
                    assert_eq!(error.attempts(), 1, "an idempotent call was retried without a reason");
                    assert_eq!(error.request_id(), Some("request-id-test-1"));
                }
            }
        }
    }
}

#[tokio::test]
async fn the_limit_applies_to_a_custom_transport() {
    let _turn = TURN.lock().await;
    for (length, fits) in [(1000, true), (1001, false)] {
        let client = Client::builder(PROJECT_ID, API_SECRET)
            .max_response_bytes(1000)
            .transport(move |_| async move { Ok(http::Response::new(body_of(length).into())) })
            .build()
            .unwrap();
        let outcome = check(&client).await;
        assert_eq!(outcome.is_ok(), fits, "{outcome:?}");
    }
}

/// Spaces, compressed with gzip to a thousandth of their length.
fn bomb(length: usize) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    let piece = vec![b' '; PIECE];
    (0..length / PIECE).for_each(|_| gzip.write_all(&piece).unwrap());
    gzip.finish().unwrap()
}

static BOMB: LazyLock<Vec<u8>> = LazyLock::new(|| bomb(200 * MIB));

/// The size limit counts unpacked bytes, and stops the decompression.
#[tokio::test]
async fn a_decompression_bomb_is_not_unpacked() {
    let _turn = TURN.lock().await;
    assert!(BOMB.len() < 2 * MIB, "{} bytes would be over the limit as they are", BOMB.len());
    let headers =
        format!("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n", BOMB.len());
    let server = Server::start(vec![Act::Serve([headers.as_bytes(), &BOMB].concat())]);
    let client = builder(&server).http_client(unpacking().build().unwrap()).build().unwrap();
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    let error = check(&client).await.unwrap_err();
    let used = MEMORY.peak_usage() - before;
    assert_eq!(error.kind(), ErrorKind::TooLarge, "{error:?}");
    assert!(used < 20 * MIB, "{used} bytes of memory");
}

/// The size limit is exact for unpacked bytes.
#[tokio::test]
async fn the_limit_is_exact_for_unpacked_bytes() {
    let _turn = TURN.lock().await;
    let limit = 100_000;
    for (length, fits) in [(limit - 1, true), (limit, true), (limit + 1, false)] {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(body_of(length).as_bytes()).unwrap();
        let gzip = gzip.finish().unwrap();
        let headers =
            format!("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n", gzip.len());
        let server = Server::start(vec![Act::Serve([headers.as_bytes(), &gzip].concat())]);
        let http = unpacking().build().unwrap();
        let client = builder(&server).max_response_bytes(limit).http_client(http).build().unwrap();
        let outcome = check(&client).await;
        assert_eq!(outcome.is_ok(), fits, "{length}: {outcome:?}");
        assert!(outcome.err().is_none_or(|error| error.kind() == ErrorKind::TooLarge));
    }
}

#[tokio::test]
async fn a_broken_compression_is_no_broken_connection() {
    let _turn = TURN.lock().await;
    let bytes = response("200 OK", &["content-encoding: gzip"], "this is no gzip");
    let server = Server::start(vec![Act::Serve(bytes)]);
    let client = builder(&server).http_client(unpacking().build().unwrap()).build().unwrap();
    let error = check(&client).await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Decode, Some(200)), "{error:?}");
    assert!(error.to_string().contains("compression"), "{error}");
}

/// An error response is read up to 64 KiB, whatever the size limit of successes.
#[tokio::test]
async fn error_responses_have_a_separate_size_limit() {
    let _turn = TURN.lock().await;
    let rejection = |length: usize| {
        let start =
            r#"{"status_code":400,"request_id":"request-id-test-1","error_type":"x","error_message":""#;
        format!("{start}{}\"}}", "y".repeat(length - start.len() - 2))
    };
    for (length, kind) in [(1000, ErrorKind::Api), (65536, ErrorKind::Api), (65537, ErrorKind::Status)] {
        let server = Server::start(vec![Act::Serve(response("400 Bad Request", &[], &rejection(length)))]);
        let client = builder(&server).max_response_bytes(10).build().unwrap();
        let error = check(&client).await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (kind, Some(400)), "{length}: {error}");
        assert_eq!(error.request_id(), Some("request-id-test-1"), "{length}");
        assert_eq!(error.body().map(<[u8]>::len), Some(length.min(65536)));
        assert!(error.to_string().len() < 800, "a line is for people: {error}");
    }
}

/// Writes a whole body, in a format or in JSON.
macro_rules! whole_bodies {
    ($($name:ident($ty:ty) $(, $format:ident = $of:ty)?;)*) => {
        $(#[declapi::endpoint(post = "/body", response = (), $($format = $of)?)]
        struct $name {
            #[endpoint(whole_body)]
            body: $ty,
        })*
    };
}

whole_bodies! {
    PutBytes(Vec<u8>), body = declapi::Bytes;
    PutText(String), body = declapi::Text;
    PutLines(Vec<String>), body = declapi::JsonLines;
    PutJson(Vec<String>);
}

/// Returns the maximum memory that is used to build a request.
fn needed(request: &impl Endpoint) -> usize {
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    let request = request.request().unwrap();
    assert!(request.body().unwrap().len() >= 16 * MIB);
    MEMORY.peak_usage() - before
}

#[tokio::test]
async fn a_large_body_is_written_once() {
    let _turn = TURN.lock().await;
    let lines = || vec!["x".repeat(1000); 17_000];
    // A growing buffer is twice as large as its content, and the previous buffer still exists for a moment.
    let bound = 64 * MIB;
    for needed in [
        needed(&PutBytes { body: vec![7; 16 * MIB] }),
        needed(&PutText { body: "x".repeat(16 * MIB) }),
        needed(&PutLines { body: lines() }),
        needed(&PutJson { body: lines() }),
    ] {
        assert!(needed < bound, "{} MiB", needed / MIB);
    }
}
