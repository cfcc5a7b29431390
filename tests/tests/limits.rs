//! How much of an answer is read, and what that costs, however it comes.

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
use stytch_client_tests::server::{Act, Server, answer};
use tokio::sync::Mutex;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// The tests of this file take turns, so that none measures another one's memory.
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

/// What a client takes of 200 MiB, in memory and over the wire; it may not be more than a few times its limit.
async fn offer_200_mib(header: &str, piece: Vec<u8>) {
    let server = Server::start(vec![]);
    let head = format!("HTTP/1.1 200 OK\r\n{header}\r\n\r\n");
    server.next([Act::Read, Act::Write(head.into_bytes()), Act::Flood(piece, PIECES)]);
    let client = builder(&server).build().unwrap();
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    let error = check(&client).await.unwrap_err();
    let used = MEMORY.peak_usage() - before;
    assert_eq!((error.kind(), error.status()), (ErrorKind::TooLarge, Some(200)), "{error:?}");
    assert!(error.to_string().contains("4194304 bytes"), "{error}");
    // The buffer doubles as it grows, and is there twice while it does.
    assert!(used < 16 * MIB, "{header}: {used} bytes of memory");
    server.until_all_closed().await;
    let flooded = server.state().flooded;
    // The rest of what the server got rid of was on its way, in the buffers of both sockets.
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
            for bytes in [answer("200 OK", &[], &body), chunked(&body)] {
                let server = Server::start(vec![Act::Serve(bytes)]);
                let client = builder(&server).max_response_bytes(limit).build().unwrap();
                let outcome = check(&client).await;
                assert_eq!(outcome.is_ok(), fits, "{length} of {limit}: {outcome:?}");
                if let Err(error) = outcome {
                    assert_eq!(error.kind(), ErrorKind::TooLarge);
                    assert_eq!(error.attempts(), 1, "an idempotent call was repeated for nothing");
                    assert_eq!(error.request_id(), Some("request-id-test-1"));
                }
            }
        }
    }
}

#[tokio::test]
async fn the_limit_holds_for_a_transport_of_ones_own() {
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

/// Spaces, as gzip; a thousandth of the length.
fn bomb(length: usize) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    let piece = vec![b' '; PIECE];
    (0..length / PIECE).for_each(|_| gzip.write_all(&piece).unwrap());
    gzip.finish().unwrap()
}

static BOMB: LazyLock<Vec<u8>> = LazyLock::new(|| bomb(200 * MIB));

/// The limit counts what comes out of a decompressor, and stops it.
#[tokio::test]
async fn a_bomb_is_not_unpacked() {
    let _turn = TURN.lock().await;
    assert!(BOMB.len() < 2 * MIB, "{} bytes would be over the limit as they are", BOMB.len());
    let head = format!("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n", BOMB.len());
    let server = Server::start(vec![Act::Serve([head.as_bytes(), &BOMB].concat())]);
    let client = builder(&server).http_client(unpacking().build().unwrap()).build().unwrap();
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    let error = check(&client).await.unwrap_err();
    let used = MEMORY.peak_usage() - before;
    assert_eq!(error.kind(), ErrorKind::TooLarge, "{error:?}");
    assert!(used < 20 * MIB, "{used} bytes of memory");
}

/// What counts is what comes out of it, to the byte.
#[tokio::test]
async fn the_limit_is_exact_for_what_is_unpacked() {
    let _turn = TURN.lock().await;
    let limit = 100_000;
    for (length, fits) in [(limit - 1, true), (limit, true), (limit + 1, false)] {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(body_of(length).as_bytes()).unwrap();
        let gzip = gzip.finish().unwrap();
        let head =
            format!("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n", gzip.len());
        let server = Server::start(vec![Act::Serve([head.as_bytes(), &gzip].concat())]);
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
    let bytes = answer("200 OK", &["content-encoding: gzip"], "this is no gzip");
    let server = Server::start(vec![Act::Serve(bytes)]);
    let client = builder(&server).http_client(unpacking().build().unwrap()).build().unwrap();
    let error = check(&client).await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Decode, Some(200)), "{error:?}");
    assert!(error.to_string().contains("compression"), "{error}");
}

/// A refusal is read up to 64 KiB, whatever successes may have.
#[tokio::test]
async fn refusals_have_a_limit_of_their_own() {
    let _turn = TURN.lock().await;
    let refusal = |length: usize| {
        let start =
            r#"{"status_code":400,"request_id":"request-id-test-1","error_type":"x","error_message":""#;
        format!("{start}{}\"}}", "y".repeat(length - start.len() - 2))
    };
    for (length, kind) in [(1000, ErrorKind::Api), (65536, ErrorKind::Api), (65537, ErrorKind::Status)] {
        let server = Server::start(vec![Act::Serve(answer("400 Bad Request", &[], &refusal(length)))]);
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

/// How much memory it takes at most to build a request.
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
    // A buffer that grows is twice as large as its content, and there for a moment beside the one before.
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
