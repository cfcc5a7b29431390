//! Compares the catalogue with the facts of Stytch's API.

#[path = "catalogue/enums.rs"]
mod enums;
#[path = "catalogue/parameters.rs"]
mod parameters;
#[path = "catalogue/responses.rs"]
mod responses;

use declapi_check::Check;
use stytch_client::ENDPOINTS;
use stytch_client_tests::differences::Differences;
use stytch_client_tests::facts::{Operation, is_secret};
use stytch_client_tests::openapi;

/// The known differences from the facts, with their reasons.
const DECLARATIONS: &[(&str, &str, &str)] = &[
    ("*", "options.*_match_required", "each of the two can be asked for alone"),
    ("POST /v1/passwords/migrate", "*_salt", "a hash has a salt before the password, after it, or both"),
    ("POST /v1/passwords/migrate", "pbkdf_2_config.algorithm", "the default of Stytch is SHA-256"),
    ("POST /v1/b2b/passwords/migrate", "*_salt", "a hash has a salt before the password, after it, or both"),
    ("POST /v1/b2b/passwords/migrate", "pbkdf_2_config.algorithm", "the default of Stytch is SHA-256"),
    ("POST /v1/b2b/*", "organization_id", "all logins share one type, which has the fields of all of them"),
    ("POST /v1/b2b/*", "member_device", "all logins share one type, which has the fields of all of them"),
    ("POST /v1/b2b/*", "primary_required", "all logins share one type, which has the fields of all of them"),
    ("POST /v1/b2b/scim/*", "connection.*bearer_token_*", "a connection has the same type during a rotation"),
    ("POST /v1/b2b/sso/oidc/*", "warning", "creating and updating a connection have the same response type"),
    ("*/oauth2/introspect", "https://stytch.com/organization", "only the facts of the B2B API have it"),
    ("*", "connected_app.creation_method", "an app with a new secret has none, and is of the same type"),
    ("POST /v1/passwords/strength_check", "feedback.missing_*", "the documentation shows them here too"),
    ("POST /v1/passwords/strength_check", "feedback.has_*", "the documentation shows them here too"),
];

/// Operations, parameters and fields: names, locations, kinds, values of enums, and what is required.
#[test]
fn the_client_declares_the_documented_operations() {
    let check = declapi_check::openapi(&openapi::document(ENDPOINTS)).against(ENDPOINTS).complete();
    let allow = |check: Check, &(operation, field, reason): &_| check.allow(operation, field, reason);
    DECLARATIONS.iter().fold(check, allow).assert();
}

/// Methods whose names are not those of the SDKs.
const NAMES: &[(&str, &str)] = &[("*.get_jwks", "getters have no `get` in Rust")];

#[test]
fn methods_have_the_names_of_the_sdks() {
    let mut differences = Differences::new(NAMES);
    for endpoint in ENDPOINTS {
        let operation = Operation::of(endpoint).name();
        let name = operation.rsplit('.').next().unwrap_or_default();
        let words = name.split('_').map(|word| word[..1].to_uppercase() + &word[1..]);
        let expected = words.collect::<String>();
        // In a file with several resources, the name of the resource may be in front.
        if !endpoint.name.ends_with(&expected) {
            differences.note(&operation, &format!("is `{}` and not `{expected}`", endpoint.name));
        }
    }
    differences.check();
}

/// Operations that are sent without the credentials of the project, although the facts do not say so.
const CREDENTIALS: &[(&str, &str)] =
    &[("*sessions.get_jwks", "the keys are public, and the SDKs for Python and Node fetch them so")];

#[test]
fn hosts_and_credentials_are_as_documented() {
    let mut differences = Differences::new(CREDENTIALS);
    for endpoint in ENDPOINTS {
        let operation = Operation::of(endpoint);
        assert_eq!(endpoint.host().unwrap_or("api"), operation.host(), "{}", operation.name());
        if endpoint.auth().is_none() != operation.needs_credentials() {
            let sent = if endpoint.auth().is_none() { "is sent without" } else { "is sent with" };
            differences.note(&operation.name(), &format!("{sent} the credentials of the project"));
        }
    }
    differences.check();
}

/// POST operations that are retried, and operations that are not retried although the facts allow it.
const IDEMPOTENCE: &[(&str, &str)] = &[
    ("*sessions.revoke", "a session that was revoked twice is revoked"),
    ("users.revoke", "an app that was disconnected twice is disconnected"),
    ("b2b.organizations.members.connected_apps.revoke", "an app that was disconnected twice is disconnected"),
    ("users.exchange_primary_factor", "the second request would find the address taken"),
];

#[test]
fn retryable_operations_are_idempotent() {
    let mut differences = Differences::new(IDEMPOTENCE);
    for endpoint in ENDPOINTS {
        let operation = Operation::of(endpoint);
        if operation.is_idempotent() != endpoint.idempotent {
            let key = if endpoint.idempotent { "has" } else { "lacks" };
            differences.note(&operation.name(), &format!("{key} the key `idempotent`"));
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
