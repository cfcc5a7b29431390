//! The responses of every operation: each field is read, and may be missing only if the facts say so.

use std::collections::BTreeSet;

use serde_json::Value;
use stytch_client_tests::calls::{self, Call, Decoded};
use stytch_client_tests::differences::Differences;
use stytch_client_tests::facts::{Field, Operation};

/// A field in the response of one of the operations that have it.
struct Found {
    call: Call,
    field: Field,
}

impl Found {
    /// Every field of the facts. A field of a type is in the list once, because the same code reads it in each response.
    fn all() -> Vec<Self> {
        let mut seen = BTreeSet::new();
        let fields = |call: Call| {
            let fields = Operation::of(call.info).response_fields().into_iter();
            fields.map(move |field| Self { call, field })
        };
        calls::all().into_iter().flat_map(fields).filter(|found| seen.insert(found.name())).collect()
    }

    /// Its name in the lists of differences.
    fn name(&self) -> String {
        format!("{}.{}", self.field.owner, self.field.name)
    }

    /// Reads a complete response after a change.
    fn read(&self, change: impl FnOnce(&mut Value, &str)) -> serde_json::Result<Decoded> {
        let mut response = Operation::of(self.call.info).made_response();
        change(&mut response, &self.field.pointer);
        self.call.read(&response.to_string())
    }

    /// Whether the response has the field after it was read.
    fn is_kept(&self, read: &Decoded) -> bool {
        read.json.pointer(&self.field.pointer).is_some_and(|value| !value.is_null())
    }

    /// A time that cannot be read must not prevent a login, so every time is an `Option`.
    fn is_time(&self) -> bool {
        self.field.ty == "datetime"
    }
}

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
    let mut differences = Differences::new(OPTIONALITY);
    for found in Found::all() {
        // A response cannot be read without a required field, so the field is never missing.
        let is_option =
            found.read(remove).is_ok_and(|read| read.json.pointer(&found.field.pointer).is_none());
        let is_allowed = found.is_time() || is_option && found.field.is_object;
        if is_option != found.field.optional && !is_allowed {
            let how = if is_option { "is an `Option`" } else { "is not an `Option`" };
            differences.note(&found.name(), &format!("{how}, but the facts say otherwise"));
        }
    }
    differences.check();
}

fn remove(value: &mut Value, pointer: &str) {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    value.pointer_mut(parent).and_then(Value::as_object_mut).unwrap().remove(name);
}

/// A value of another type is an error, because the field has the type of the facts.
#[test]
fn a_value_of_another_type_is_an_error() {
    let mut differences = Differences::new(TYPES);
    for found in Found::all().into_iter().filter(|found| !found.is_time()) {
        let is_text = matches!(found.field.ty, "string" | "integer") || found.field.ty.starts_with("enum ");
        let wrong = if is_text { Value::Bool(true) } else { Value::from("wrong") };
        if found.read(|response, at| *response.pointer_mut(at).unwrap() = wrong.clone()).is_ok() {
            differences.note(&found.name(), &format!("is `{}`, and {wrong} is read", found.field.ty));
        }
    }
    differences.check();
}

/// Any other declaration would keep a string that is not a time, or reject the whole response.
#[test]
fn a_time_that_cannot_be_read_is_left_out() {
    let mut differences = Differences::new(&[]);
    for found in Found::all().into_iter().filter(Found::is_time) {
        let read = found.read(|response, at| *response.pointer_mut(at).unwrap() = "wrong".into());
        if !read.is_ok_and(|read| !found.is_kept(&read)) {
            differences
                .note(&found.name(), "is a time: declare it as `#[response(lenient)] Option<Timestamp>`");
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
