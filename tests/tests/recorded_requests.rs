//! Sends the recorded requests of Stytch's SDKs to a strict emulator. The emulator must know their parameters
//! and types. It may reject the values, because some recordings have values that no user would send.

use std::path::Path;
use std::time::Duration;

use reqwest::Method;
use serde_json::Value;
use stytch_emulator::Emulator;

/// Parts of messages about an unknown parameter, or about a wrong type.
const UNKNOWN: [&str; 4] = ["is not a known parameter", "is null", "is required.", "must be a list"];

fn cases(file: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let recorded: Value = serde_json::from_str(&text).unwrap();
    recorded["cases"].as_array().unwrap().clone()
}

/// Returns the requests of a case: one, or one for each SDK if they differ.
fn requests(case: &Value) -> Vec<&Value> {
    if case["disagree"] == true { vec![&case["python"], &case["node"]] } else { vec![case] }
}

struct Recorded {
    emulator: Emulator,
    http: reqwest::Client,
}

impl Recorded {
    /// Sends a request, and returns the status and the body of the response.
    async fn send(&self, case: &Value, request: &Value) -> (u16, Value) {
        let method: Method = case["method"].as_str().unwrap().parse().unwrap();
        let pairs: Vec<(String, String)> =
            serde_json::from_value(case.get("query").cloned().unwrap_or_default()).unwrap_or_default();
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        let url = format!("{}{}?{query}", self.emulator.base_url(), case["path"].as_str().unwrap());
        let mut sent = self.http.request(method, url);
        if request.get("authorization").is_none_or(|scheme| scheme == "basic") {
            sent = sent.basic_auth(self.emulator.project_id(), Some(self.emulator.secret()));
        }
        if let Some(form) = request.get("form") {
            let pairs: Vec<(String, String)> = serde_json::from_value(form.clone()).unwrap();
            let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
            sent = sent.header("content-type", "application/x-www-form-urlencoded").body(body);
        } else {
            sent = sent.header("content-type", "application/json");
            if !request["body"].is_null() {
                sent = sent.body(request["body"].to_string());
            }
        }
        let response = sent.send().await.unwrap();
        let status = response.status().as_u16();
        (status, serde_json::from_slice(&response.bytes().await.unwrap()).unwrap())
    }
}

/// Returns whether a response says that the emulator does not know a parameter or its type.
fn reports_unknown(response: &Value) -> bool {
    let text = |name: &str| response[name].as_str().unwrap_or_default().to_owned();
    let (error_type, message) =
        (text("error_type") + &text("error"), text("error_message") + &text("error_description"));
    let is_malformed = ["bad_request", "invalid_request"].contains(&error_type.as_str());
    let complains =
        UNKNOWN.iter().any(|complaint| message.contains(complaint)) || message.contains(", not a");
    (is_malformed && complains)
        || ["route_not_found", "method_not_allowed", "unsupported_media_type"].contains(&error_type.as_str())
}

#[tokio::test]
async fn a_strict_emulator_knows_every_parameter_of_recorded_requests() {
    // reqwest requires a provider even for plain HTTP.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let recorded = Recorded {
        emulator: Emulator::builder().strict(true).start().await.unwrap(),
        http: reqwest::Client::builder().timeout(Duration::from_secs(60)).build().unwrap(),
    };
    let (mut sent, mut faults) = (0, Vec::new());
    for case in ["passwords-wire.json", "consumer-wire.json", "b2b-wire.json"].into_iter().flat_map(cases) {
        for request in requests(&case) {
            let (status, response) = recorded.send(&case, request).await;
            if response["error_type"] == "not_emulated" {
                continue;
            }
            sent += 1;
            // Such a case omits a field that the types of the SDKs and Stytch require.
            let is_partial = case["partial"] == true;
            if status >= 500 || (!is_partial && reports_unknown(&response)) {
                faults.push(format!("{}: {status} {response}", case["id"]));
            }
        }
    }
    assert!(faults.is_empty(), "the emulator does not know these requests:\n{}", faults.join("\n"));
    assert!(sent > 1500, "only {sent} requests were for emulated endpoints");
}
