//! The export of a Keycloak realm with its users.

use serde_json::{Map, Value};

use super::hash::{self, Credential, no_type};
use super::{Fields, User};
use crate::encoding::Encoding;
use crate::problem::Problem;

/// Converts a user of the list `users`.
pub(super) fn user(record: &mut Fields, user: &mut User) {
    user.set("external_id", record.string("id"));
    user.set("email", record.string("email"));
    user.set("set_email_verified", record.boolean("emailVerified"));
    user.name(record.string("firstName"), record.string("lastName"));
    if record.boolean("enabled") == Some(false) {
        user.disabled("enabled");
    }
    if let Some(attributes) = record.object("attributes") {
        set_attributes(attributes, user);
    }
    let is_password = |credential: &Value| credential["type"] == "password";
    match record.list("credentials").into_iter().find(is_password) {
        Some(Value::Object(credential)) => user.hash(password(Fields::new(credential))),
        _ => user.no_password(),
    }
    record.drop(&["createdTimestamp", "totp", "disableableCredentialTypes", "notBefore", "requiredActions"]);
}

/// Attributes are lists of strings. A list of one string becomes that string. The export does not say whether users
/// may edit them, so they are not trusted.
fn set_attributes(attributes: Map<String, Value>, user: &mut User) {
    let single = |value: Value| match value {
        Value::Array(mut list) if list.len() == 1 => list.remove(0),
        value => value,
    };
    let mut attributes: Map<String, Value> =
        attributes.into_iter().map(|(name, value)| (name, single(value))).collect();
    // Several numbers stay an attribute.
    if let Some(number) = attributes.get("phoneNumber").and_then(Value::as_str) {
        user.set("phone_number", Some(number));
        attributes.remove("phoneNumber");
        let is_verified = attributes.remove("phoneNumberVerified").map(|is| is == "true" || is == true);
        user.set("set_phone_number_verified", is_verified);
    }
    user.metadata("untrusted_metadata", Some(attributes));
}

/// Reads the hash and its parameters, which are in two strings of JSON.
fn password(mut credential: Fields) -> Result<Credential, Problem> {
    let unreadable = || Problem::new("invalid_hash", "the credential of the type `password` cannot be read");
    let mut secret = credential.inside("secretData").ok_or_else(unreadable)?;
    let mut data = credential.inside("credentialData").ok_or_else(unreadable)?;
    let bytes =
        |text: Option<String>| text.and_then(|text| Encoding::Base64.decode(&text)).ok_or_else(unreadable);
    let (key, salt) = (bytes(secret.string("value"))?, bytes(secret.string("salt"))?);
    let iterations = data.number("hashIterations");
    match data.string("algorithm").as_deref() {
        Some("pbkdf2-sha256") => hash::pbkdf_2("sha256", iterations, salt, Some(key)),
        Some("pbkdf2-sha512") => hash::pbkdf_2("sha512", iterations, salt, Some(key)),
        Some("argon2") => {
            let mut parameters = data.inside("additionalParameters").ok_or_else(unreadable)?;
            argon_2(&mut parameters, iterations, salt, key).ok_or_else(unreadable)?
        }
        Some(other) => Err(no_type(other)),
        None => Err(unreadable()),
    }
}

/// Keycloak's parameters are lists of one string each.
fn argon_2(
    parameters: &mut Fields,
    passes: Option<u64>,
    salt: Vec<u8>,
    key: Vec<u8>,
) -> Option<Result<Credential, Problem>> {
    let mut first = |name| match parameters.list(name).into_iter().next() {
        Some(Value::String(text)) => Some(text),
        _ => None,
    };
    let (kind, memory, lanes) = (first("type")?, first("memory")?, first("parallelism")?);
    let version = match first("version").as_deref() {
        Some("1.0") => "",
        _ => "v=19$",
    };
    let name = match kind.as_str() {
        "id" => "argon2id",
        "i" => "argon2i",
        _ => return Some(Err(no_type("Argon2d"))),
    };
    let encoded = |bytes| Some(Encoding::Base64.encode(bytes)?.trim_end_matches('=').to_owned());
    let (salt, key) = (encoded(salt)?, encoded(key)?);
    Some(hash::read(&format!("${name}${version}m={memory},t={},p={lanes}${salt}${key}", passes?)))
}
