//! The operations that the emulator emulates.

use std::path::Path;

use reqwest::Method;
use serde_json::Value;
use stytch_emulator::Emulator;

/// Calls every operation in a file of facts on the emulator, and returns the names of those that it emulates.
pub(crate) async fn emulated(emulator: &Emulator, facts: &str) -> Vec<String> {
    // reqwest requires a provider even for plain HTTP.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = reqwest::Client::new();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/api").join(facts);
    let facts: Value = serde_json::from_slice(&std::fs::read(path).expect("the facts")).expect("JSON");
    let mut names = Vec::new();
    for operation in facts["operations"].as_array().expect("operations") {
        let text = |value: &Value| value.as_str().expect("a string").to_owned();
        let method: Method = text(&operation["method"]).parse().expect("a method");
        let url = format!("{}{}", emulator.base_url(), text(&operation["path"]).replace(['{', '}'], ""));
        let request = http.request(method, url).basic_auth(emulator.project_id(), Some(emulator.secret()));
        let response = request.send().await.expect("a response");
        let body: Value = serde_json::from_slice(&response.bytes().await.expect("a body")).expect("JSON");
        if body["error_type"] != "not_emulated" {
            let resource = operation["resource"].as_array().expect("a resource").iter().map(text);
            names.push(resource.chain([text(&operation["name"])]).collect::<Vec<_>>().join("."));
        }
    }
    names
}
