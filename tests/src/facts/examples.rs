//! Values of the types in the facts, with a canary in each secret.

use serde_json::{Map, Value, json};

use super::text;
use crate::canaries;

/// The last words in the names of secrets. `code_challenge` is public by design.
pub const SECRET_ENDINGS: [&str; 13] = [
    "password", "passcode", "hash", "salt", "token", "jwt", "verifier", "secret", "code", "codes", "otp",
    "pin", "key",
];
/// Names with these endings that are not secret.
const NO_SECRETS: [&str; 4] = ["country_code", "include_refresh_token", "postal_code", "public_key"];
/// The prefix of the headers with a session.
const SESSION_HEADER: &str = "x-stytch-member-session";

/// Returns whether a parameter or a response field with this name is a secret.
pub fn is_secret(name: &str) -> bool {
    let ends_so = name.rsplit('_').next().is_some_and(|last| SECRET_ENDINGS.contains(&last));
    (ends_so && !NO_SECRETS.contains(&name)) || name.to_ascii_lowercase().starts_with(SESSION_HEADER)
}

/// Returns the string to send for a parameter.
pub(super) fn sent(name: &str) -> String {
    match name {
        "existing_password" => canaries::OLD_PASSWORD,
        "password" | "new_password" => canaries::PASSWORD,
        "hash" => canaries::HASH,
        "salt" => canaries::SALT,
        "prepend_salt" => canaries::PREPEND_SALT,
        "append_salt" => canaries::APPEND_SALT,
        "session_token" => canaries::SESSION_TOKEN,
        "session_jwt" => canaries::SESSION_JWT,
        "token" => canaries::RESET_TOKEN,
        "code_verifier" => canaries::CODE_VERIFIER,
        "project_id" => canaries::PROJECT_ID,
        "email" => "ada@example.com",
        // Long enough to be redacted in an error code. Shorter strings are not redacted there.
        _ if is_secret(name) => return format!("{}sent{}", canaries::MARK, name.replace('_', "")),
        _ => return format!("{name}-1"),
    }
    .to_owned()
}

/// Returns the string for a field of a response.
pub(super) fn received(name: &str) -> String {
    match name {
        "session_token" => canaries::RESPONSE_TOKEN.to_owned(),
        "session_jwt" => canaries::RESPONSE_JWT.to_owned(),
        _ if is_secret(name) => format!("{}responded{}", canaries::MARK, name.replace('_', "")),
        _ => format!("{name}-1"),
    }
}

/// Creates values of the types in the facts.
pub(super) struct Example {
    pub(super) types: &'static Map<String, Value>,
    /// Returns the string for a field with this name.
    pub(super) string: fn(&str) -> String,
}

impl Example {
    pub(super) fn field(&self, facts: &Value, depth: usize) -> Value {
        self.value(text(&facts["name"]), text(&facts["type"]), depth)
    }

    pub(super) fn value(&self, name: &str, ty: &str, depth: usize) -> Value {
        let inside = |kind: &str| ty.strip_prefix(kind).and_then(|rest| rest.strip_suffix('>'));
        if let Some(element) = inside("array<") {
            return json!([self.value(name, element, depth)]);
        }
        if let Some(value) = inside("map<") {
            return json!({"team": self.value(name, value, depth)});
        }
        match ty {
            "string" => (self.string)(name).into(),
            "integer" => 60.into(),
            "number" => 0.5.into(),
            "boolean" => true.into(),
            "datetime" => "2026-11-22T10:00:00Z".into(),
            "any" => "difference engine".into(),
            _ => self.named(ty.strip_prefix("enum ").unwrap_or(ty), depth),
        }
    }

    /// Returns a value of a named type: the first value of an enum, or an object with every field.
    fn named(&self, ty: &str, depth: usize) -> Value {
        // Deeper than any type of the facts. Stops at types that contain themselves.
        const DEEPEST: usize = 12;
        let facts = self
            .types
            .get(ty)
            .unwrap_or_else(|| panic!("tests/data/api/ has no type {ty} in `types`: add it"));
        if let Some(values) = facts["values"].as_array() {
            return values.first().cloned().unwrap_or_default();
        }
        let fields = facts["fields"].as_array().into_iter().flatten();
        let fields = fields.filter(|_| depth < DEEPEST);
        fields.map(|facts| (text(&facts["name"]).to_owned(), self.field(facts, depth + 1))).collect()
    }
}
