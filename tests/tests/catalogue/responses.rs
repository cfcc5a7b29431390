//! The responses of every operation: each field is read, and may be missing only if the facts say so.

use std::collections::BTreeSet;

use serde_json::Value;
use stytch_client_tests::calls;
use stytch_client_tests::differences::Differences;
use stytch_client_tests::facts::{Field, Operation};

#[test]
fn every_field_is_read_and_kept() {
    for call in calls::all() {
        let documented = Operation::of(call.info).made_response();
        let read = call.read(&documented.to_string()).unwrap_or_else(|error| panic!("{call:?}: {error}"));
        assert_eq!(read.json, documented, "{call:?}");
    }
}

const OPTIONALITY: &[(&str, &str)] = &[
    ("*.session_token", "an empty string stands for none"),
    ("*.session_jwt", "an empty string stands for none"),
    ("*.intermediate_session_token", "an empty string stands for none"),
    ("*.oauth.ProviderValues.*_token", "an empty string stands for none"),
    ("b2b.impersonation.authenticate.organization_id", BESIDE_THE_ORGANIZATION),
    ("b2b.magic_links.authenticate.organization_id", BESIDE_THE_ORGANIZATION),
    ("b2b.oauth.authenticate.organization_id", BESIDE_THE_ORGANIZATION),
    ("b2b.otps.email.authenticate.organization_id", BESIDE_THE_ORGANIZATION),
    ("b2b.passwords.authenticate.organization_id", BESIDE_THE_ORGANIZATION),
    ("b2b.passwords.email.reset.organization_id", BESIDE_THE_ORGANIZATION),
    ("b2b.sso.authenticate.organization_id", BESIDE_THE_ORGANIZATION),
    ("b2b.scim.SCIMConnection*.*bearer_token_last_four", "it is the same type as a connection with a token"),
    ("b2b.passwords.LudsFeedback.*", "it is the same type as in the consumer API"),
    ("*.creation_method", "a response with a new secret has none, and the app is the same type"),
    (
        "consumer.connected_apps.ConnectedAppWithNextClientSecret.client_secret_last_four",
        "it is the same type as an app without a secret",
    ),
    ("consumer.passwords.LUDSRequirements.*", "the documentation shows them as null"),
    ("consumer.sessions.*OAuth*Factor.*", "kept unchanged: see `AuthenticationFactor::oauth_factor`"),
    ("m2m.token.request_id", "an empty string stands for none"),
    ("m2m.token.status_code", "it is that of the response then"),
    ("consumer.users.Name.*_name", "an empty string stands for none"),
    ("consumer.sessions.JWK.*", "RFC 7517 lets a key go without them"),
];

const BESIDE_THE_ORGANIZATION: &str = "it is the same type as a login whose id is only in the organization";

/// A field that the facts promise must not be an `Option`, and every other field must be one. An object may always be
/// an `Option`, because a missing object has no default.
#[test]
fn optional_fields_are_options() {
    let (mut differences, mut seen) = (Differences::new(OPTIONALITY), BTreeSet::new());
    for call in calls::all() {
        let operation = Operation::of(call.info);
        for field in operation.response_fields() {
            let what = format!("{}.{}", field.owner, field.name);
            if !seen.insert(what.clone()) {
                continue;
            }
            let mut response = operation.made_response();
            remove(&mut response, &field.pointer);
            // A response cannot be read without a required field, so the field is never missing.
            let read = call.read(&response.to_string());
            let is_option = read.is_ok_and(|read| read.json.pointer(&field.pointer).is_none());
            if is_option != field.optional && !is_time(&field) && !(is_option && field.is_object) {
                differences.note(&what, if is_option { "is an option" } else { "is no option" });
            }
        }
    }
    differences.check();
}

fn remove(value: &mut Value, pointer: &str) {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    value.pointer_mut(parent).and_then(Value::as_object_mut).unwrap().remove(name);
}

/// A time that cannot be read must not prevent a login, so every time is an `Option`.
fn is_time(field: &Field) -> bool {
    field.ty == "datetime"
}

/// A value of another type is an error, because the field has the type of the facts.
#[test]
fn a_value_of_another_type_is_an_error() {
    let mut seen = BTreeSet::new();
    let mut differences = Differences::new(TYPES);
    for call in calls::all() {
        let operation = Operation::of(call.info);
        for field in operation.response_fields() {
            let what = format!("{}.{}", field.owner, field.name);
            if !seen.insert(what.clone()) {
                continue;
            }
            let mut response = operation.made_response();
            let wrong = if matches!(field.ty, "string" | "integer") || field.ty.starts_with("enum ") {
                Value::Bool(true)
            } else {
                Value::from("wrong")
            };
            *response.pointer_mut(&field.pointer).unwrap() = wrong;
            if call.read(&response.to_string()).is_ok() && !is_time(&field) {
                differences.note(&what, "is read from another type");
            }
        }
    }
    differences.check();
}

const TYPES: &[(&str, &str)] = &[
    ("consumer.sessions.JWK.*", "a key that cannot be read is left out"),
    ("*.session_token", "a login is worth more than a token that cannot be read"),
    ("*.session_jwt", "a login is worth more than a token that cannot be read"),
    ("*.intermediate_session_token", "a login is worth more than a token that cannot be read"),
    ("*.oauth.ProviderValues.*_token", "a login is worth more than a token that cannot be read"),
    ("consumer.sessions.*OAuth*Factor.*", "kept unchanged: see `AuthenticationFactor::oauth_factor`"),
    (
        "consumer.sessions.AuthenticationFactor.*_oauth*_factor",
        "kept unchanged: see `AuthenticationFactor::oauth_factor`",
    ),
];
