//! The catalogue against Stytch's documentation, and against the sources.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;
use stytch_client::{ENDPOINTS, EndpointInfo, Location};

fn documented() -> BTreeMap<String, Vec<String>> {
    let facts: Value = serde_json::from_str(include_str!("../data/parameters.json")).unwrap();
    serde_json::from_value(facts["endpoints"].clone()).unwrap()
}

fn declared(endpoint: &EndpointInfo) -> (String, Vec<String>) {
    let parameters = endpoint.fields();
    let parameters =
        parameters.map(|field| format!("{}{}", field.name, if field.required { "*" } else { "" }));
    (format!("{} {}", endpoint.method.as_str(), endpoint.path), parameters.collect())
}

#[test]
fn declares_what_stytch_documents() {
    let (declared, documented): (BTreeMap<_, _>, _) =
        (ENDPOINTS.iter().map(|endpoint| declared(endpoint)).collect(), documented());
    for (endpoint, parameters) in &declared {
        let facts = documented.get(endpoint);
        assert_eq!(Some(parameters), facts, "{endpoint}: declared, and in tests/data/parameters.json");
    }
    assert_eq!(
        declared.len(),
        documented.len(),
        "tests/data/parameters.json has endpoints that are not declared"
    );
}

/// The last words of names that are secrets. `code_challenge` is made to be seen.
const SECRET_ENDINGS: [&str; 11] =
    ["password", "passcode", "hash", "token", "jwt", "verifier", "secret", "code", "otp", "pin", "key"];

#[test]
fn every_password_hash_and_token_is_secret() {
    for endpoint in ENDPOINTS {
        for field in endpoint.fields() {
            let is_secret = field.name.rsplit('_').next().is_some_and(|last| SECRET_ENDINGS.contains(&last));
            assert!(
                field.secret || !is_secret,
                "{} {}: its name says that it is a secret, so put `#[endpoint(secret)]` on it",
                endpoint.path,
                field.name
            );
        }
    }
}

#[test]
fn places_follow_method_and_path() {
    for endpoint in ENDPOINTS {
        for field in endpoint.fields() {
            let expected =
                match (endpoint.method.as_str(), endpoint.path.contains(&format!("{{{}}}", field.name))) {
                    (_, true) => Location::Path,
                    ("GET", false) => Location::Query,
                    _ => Location::Body,
                };
            assert_eq!(field.location, expected, "{} {}", endpoint.path, field.name);
        }
    }
}

#[test]
fn everything_is_documented() {
    for endpoint in ENDPOINTS {
        assert!(!endpoint.docs.is_empty(), "{}", endpoint.path);
        for field in endpoint.fields() {
            assert!(!field.docs.is_empty(), "{} {}", endpoint.path, field.name);
        }
    }
}

/// The catalogue is a list by hand: this is what keeps it whole.
#[test]
fn lists_every_declaration() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../client/src");
    let declarations: usize = ["passwords", "sessions"]
        .iter()
        .flat_map(|folder| fs::read_dir(sources.join(folder)).unwrap())
        .map(|file| fs::read_to_string(file.unwrap().path()).unwrap())
        .map(|source| source.lines().filter(|line| line.starts_with("#[endpoint(")).count())
        .sum();
    assert_eq!(ENDPOINTS.len(), declarations, "client/src/catalogue.rs, and what client/src/ declares");
}
