//! The catalogue against Stytch's documentation.

use std::collections::BTreeSet;

use stytch_client::ENDPOINTS;
use stytch_client_tests::facts::{Operation, Parameter, is_secret};

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
        let documented: BTreeSet<_> = Operation::of(endpoint).parameters().into_iter().collect();
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
    let operations: Vec<_> = ENDPOINTS.iter().map(|endpoint| Operation::of(endpoint).name()).collect();
    let different: BTreeSet<_> = operations.iter().collect();
    assert_eq!(different.len(), operations.len(), "{operations:?}");
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
