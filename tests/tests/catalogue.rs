//! Compares the catalogue with the facts of Stytch's API.

#[path = "catalogue/differences.rs"]
mod differences;
#[path = "catalogue/enums.rs"]
mod enums;
#[path = "catalogue/parameters.rs"]
mod parameters;
#[path = "catalogue/responses.rs"]
mod responses;

use std::collections::BTreeSet;

use stytch_client::ENDPOINTS;
use stytch_client_tests::facts::{Operation, Parameter, is_secret};

use self::differences::Differences;

#[test]
fn declares_what_stytch_documents() {
    for endpoint in ENDPOINTS {
        let declared: BTreeSet<_> = endpoint
            .fields()
            .map(|field| Parameter {
                name: field.name.to_owned(),
                place: field.location.as_str().to_owned(),
                required: field.required,
            })
            .collect();
        let operation = Operation::of(endpoint);
        // The SDKs take the project id of the client, and so does ours: see `Client::project_id`.
        let of_the_client = operation.placeholders_of_the_client().into_iter();
        let of_the_client = of_the_client.map(|name| Parameter {
            name: name.to_owned(),
            place: "path".to_owned(),
            required: true,
        });
        let documented: BTreeSet<_> = operation.parameters().into_iter().chain(of_the_client).collect();
        assert_eq!(
            declared,
            documented,
            "{} {}: declared, and in tests/data/api/",
            endpoint.method.as_str(),
            endpoint.path
        );
    }
}

#[test]
fn every_operation_is_declared_once() {
    let mut declared: Vec<_> = ENDPOINTS.iter().map(|endpoint| Operation::of(endpoint).name()).collect();
    let mut documented: Vec<_> = Operation::all().into_iter().map(Operation::name).collect();
    declared.sort();
    documented.sort();
    assert_eq!(declared, documented);
}

/// Operations that are sent without the credentials of the project, although the facts do not say so.
const CREDENTIALS: &[(&str, &str)] =
    &[("sessions.get_jwks", "the keys are public, and the SDKs for Python and Node fetch them so")];

#[test]
fn hosts_and_credentials_are_those_of_the_facts() {
    let mut differences = Differences::new(CREDENTIALS);
    for endpoint in ENDPOINTS {
        let operation = Operation::of(endpoint);
        assert_eq!(endpoint.host().unwrap_or("api"), operation.host(), "{}", operation.name());
        if endpoint.auth().is_none() != operation.needs_credentials() {
            differences.note(&operation.name(), "differs in whether it has credentials");
        }
    }
    differences.check();
}

/// POST operations that are retried, and operations that are not retried although the facts allow it.
const IDEMPOTENCE: &[(&str, &str)] = &[
    ("sessions.revoke", "a session that was revoked twice is revoked"),
    ("users.revoke", "an app that was disconnected twice is disconnected"),
    ("users.exchange_primary_factor", "the second request would find the address taken"),
];

#[test]
fn retryable_operations_are_idempotent() {
    let mut differences = Differences::new(IDEMPOTENCE);
    for endpoint in ENDPOINTS {
        let operation = Operation::of(endpoint);
        if operation.is_idempotent() != endpoint.idempotent {
            differences.note(&operation.name(), "differs in whether it can be repeated");
        }
    }
    differences.check();
}

#[test]
fn every_password_hash_and_token_is_secret() {
    for endpoint in ENDPOINTS {
        for field in endpoint.fields() {
            assert!(
                field.secret || !is_secret(field.name),
                "{} {}: its name says that it is a secret, so put `#[endpoint(secret)]` on it",
                endpoint.path,
                field.name
            );
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
