//! Unusual values in a response do not prevent a login, and are not lost.

use std::time::Duration;

use serde_json::{Number, Value};
use stytch_client::passwords::AuthenticateResponse;
use stytch_client::{ErrorKind, JsonObject};
use stytch_client_tests::fixed_response::client_with;

/// The response to a login with these metadata.
async fn log_in(metadata: &str) -> JsonObject {
    let body = format!(
        r#"{{"status_code":200,"user_id":"user-test-1","user":{{"trusted_metadata":{metadata},"untrusted_metadata":{{"plan":"pro"}}}},"session_token":"t"}}"#
    );
    let login = response(200, body).await;
    assert_eq!((login.user_id.as_str(), login.session_token.unwrap().secret()), ("user-test-1", "t"));
    let user = login.user.unwrap();
    assert_eq!(user.untrusted_metadata.unwrap()["plan"], "pro");
    user.trusted_metadata.unwrap()
}

async fn response(status: u16, body: impl Into<Vec<u8>>) -> AuthenticateResponse {
    let client = client_with(status, body);
    let call = client.passwords().authenticate().email("ada@example.com").password("x").send();
    let login =
        tokio::time::timeout(Duration::from_secs(60), call).await.expect("a response within a minute");
    login.unwrap_or_else(|error| panic!("{error}"))
}

/// Whether `serde_json` keeps any number, because another crate enables `arbitrary_precision`.
fn keeps_numbers() -> bool {
    serde_json::from_str::<Number>("1e400").is_ok()
}

#[tokio::test]
async fn numbers_keep_their_digits() {
    let huge = "9".repeat(5_000);
    for number in [
        "0",
        "-0",
        "7",
        "0.1",
        "1.5e300",
        "9007199254740993",
        "18446744073709551615",
        "-9223372036854775808",
        "18446744073709551616",
        "-9223372036854775809",
        "123456789012345678901234567890",
        "1e400",
        "-1e400",
        &huge,
    ] {
        for (before, after) in [("", ""), ("[", "]"), ("[[0, ", " ]]"), (r#"{"18446744073709551616":"#, "}")]
        {
            let metadata =
                log_in(&format!(r#"{{"a":1,"n":{before}{number}{after},"z":"18446744073709551616"}}"#)).await;
            let kept = metadata["n"].to_string();
            // A number that `serde_json` cannot represent becomes a string. Signs and zeros have the format of
            // `serde_json`.
            let kept = kept.replace(['"', '+', ' '], "").replace(".0", "");
            let sent = format!("{before}{number}{after}").replace(['"', ' '], "");
            assert_eq!(kept, sent, "{number:.99}");
            assert_eq!(
                (&metadata["a"], &metadata["z"]),
                (&Value::from(1), &Value::from("18446744073709551616"))
            );
        }
    }
}

#[tokio::test]
async fn small_numbers_stay_numbers() {
    let metadata =
        log_in(r#"{"u":18446744073709551615,"i":-9223372036854775808,"f":0.5,"big":18446744073709551616}"#)
            .await;
    assert_eq!(metadata["u"].as_u64(), Some(u64::MAX));
    assert_eq!(metadata["i"].as_i64(), Some(i64::MIN));
    assert_eq!(metadata["f"].as_f64(), Some(0.5));
    assert_eq!(metadata["big"].is_number(), keeps_numbers());
}

fn nested(open: &str, inner: &str, close: &str, depth: usize) -> String {
    format!("{}{inner}{}", open.repeat(depth), close.repeat(depth))
}

/// A level of nesting costs a user two bytes. Reading, copying, comparing, printing and dropping must not overflow
/// the stack of a Tokio thread, which has two MiB.
#[test]
fn metadata_may_be_nested_without_end() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let reading = runtime.spawn(async {
        for depth in [100, 120, 124, 125, 126, 127, 128, 200, 5_000, 1_000_000] {
            for (open, close) in [("[", "]"), ("[0,", "]"), (r#"{"k":"#, "}"), ("[ [\n", "]\t]")] {
                let deep =
                    nested(open, "\"\\\"deepest\"", close, depth.min(3_000_000 / (open.len() + close.len())));
                let metadata = log_in(&format!(r#"{{"deep":{deep},"next":7}}"#)).await;
                assert_eq!(metadata["next"], 7);
                let (copy, text) = (metadata.clone(), format!("{metadata:?}"));
                assert_eq!(metadata, copy);
                assert!(text.contains("deepest"), "{depth} {open}");
                let brackets = |text: &str| text.matches(['[', '{']).count();
                assert_eq!(brackets(&metadata["deep"].to_string()), brackets(&deep), "{depth} {open}");
            }
        }
    });
    runtime.block_on(reading).unwrap();
}

/// A response that is not JSON is an error at any depth.
#[tokio::test]
async fn invalid_json_is_not_a_login() {
    for broken in [
        nested("[", "", "]", 200).replace("[]", "[1,]"),
        nested("[", "1 2", "]", 10),
        "[".repeat(500),
        "1e".into(),
    ] {
        let body = format!(r#"{{"user_id":"u","user":{{"trusted_metadata":{{"a":{broken}}}}}}}"#);
        let client = client_with(200, body);
        let error = client.passwords().authenticate().email("a").password("x").send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
    }
}

#[tokio::test]
async fn a_status_code_is_no_reason_to_fail() {
    let status = async |status, field: &str| {
        response(status, format!(r#"{{{field}"user_id":"user-test-1"}}"#)).await.status_code
    };
    for spelt in ["200", "200.0", "2e2", "\"200\""] {
        assert_eq!(status(201, &format!(r#""status_code":{spelt},"#)).await, 200, "{spelt}");
    }
    for odd in ["65536", "-1", "200.5", "1e400", "null", "\"\"", "\"-1\"", "18446744073709551616"] {
        assert_eq!(status(201, &format!(r#""status_code":{odd},"#)).await, 201, "{odd}");
    }
    assert_eq!(status(200, "").await, 200);
    assert_eq!(status(299, "").await, 299);
}

/// Outside of a call, the only status is the one in the text.
#[test]
fn a_stored_response_has_the_status_that_it_was_stored_with() {
    let read = |json: &str| serde_json::from_str::<AuthenticateResponse>(json).unwrap();
    let stored = serde_json::to_string(&read(r#"{"status_code":201,"user_id":"user-test-1"}"#)).unwrap();
    assert_eq!(read(&stored).status_code, 201);
    assert_eq!(read(r#"{"user_id":"u"}"#).status_code, 0);
}
