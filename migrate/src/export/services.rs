//! Exports and import files of services: Auth0, Okta, Clerk, `WorkOS`.

use serde_json::Value;

use super::hash::{self, Credential, no_type};
use super::{Fields, User};
use crate::encoding::Encoding;
use crate::problem::Problem;

/// The export of password hashes from Auth0's support, or the file for its bulk import.
pub(super) fn auth0(record: &mut Fields, user: &mut User) {
    let object_id = record.inside("_id").and_then(|mut id| id.string("$oid"));
    let id = record.string("user_id").map(|id| if id.contains('|') { id } else { format!("auth0|{id}") });
    user.set("external_id", id.or_else(|| object_id.map(|id| format!("auth0|{id}"))));
    user.set("email", record.string("email"));
    user.set("set_email_verified", record.boolean("email_verified"));
    let names = (record.string("given_name"), record.string("family_name"));
    match names {
        (None, None) => user.full_name(record.string("name").filter(|name| !name.contains('@'))),
        (first, last) => user.name(first, last),
    }
    let phone = record.string("phone_number");
    let is_verified = record.boolean("phone_verified").filter(|_| phone.is_some());
    user.set("phone_number", phone);
    user.set("set_phone_number_verified", is_verified);
    user.metadata("trusted_metadata", record.object("app_metadata"));
    user.metadata("untrusted_metadata", record.object("user_metadata"));
    if record.boolean("blocked") == Some(true) {
        user.disabled("blocked");
    }
    let string = record.string("passwordHash").or_else(|| record.string("password_hash"));
    match record.inside("custom_password_hash") {
        Some(custom) => user.hash(custom_hash(custom)),
        None => user.password(string),
    }
    record.drop(&["tenant", "connection", "_tmp_is_unique", "version", "identifiers"]);
}

/// Auth0's description of a hash of another system.
fn custom_hash(mut custom: Fields) -> Result<Credential, Problem> {
    let unreadable = || Problem::new("invalid_hash", "`custom_password_hash` cannot be read");
    let algorithm = custom.string("algorithm").ok_or_else(unreadable)?;
    let mut hash = custom.inside("hash").ok_or_else(unreadable)?;
    let value = hash.string("value").ok_or_else(unreadable)?;
    if let Some(what) = (custom.inside("password"))
        .and_then(|mut password| password.string("encoding"))
        .filter(|encoding| encoding != "utf8")
    {
        return Err(no_type(&format!("passwords in {what}")));
    }
    if value.starts_with(['$', '{']) {
        return hash::read(&value);
    }
    let encoding = |of: &mut Fields| match of.string("encoding").as_deref() {
        Some("base64") => Encoding::Base64,
        Some("hex") => Encoding::Hex,
        _ => Encoding::Text,
    };
    let key = encoding(&mut hash).decode(&value).ok_or_else(unreadable)?;
    let no_salt = |what: &str| unusable_salt("custom_password_hash", what);
    let (salt, is_suffix) = match custom.take("salt") {
        Some(Value::Object(salt)) => {
            let mut salt = Fields::new(salt);
            let (encoding, value) = (encoding(&mut salt), salt.string("value"));
            let value = value.ok_or_else(|| no_salt("has no `value`"))?;
            let bytes = encoding.decode(&value).ok_or_else(|| no_salt(&format!("is not {encoding}")))?;
            (bytes, salt.string("position").as_deref() == Some("suffix"))
        }
        Some(_) => return Err(no_salt("has no `value`")),
        None => (Vec::new(), false),
    };
    let hash_type = match algorithm.as_str() {
        "md5" => "md_5",
        "sha1" => "sha_1",
        "sha512" => "sha_512",
        other => return Err(no_type(other)),
    };
    let (before, after) = if is_suffix { (Vec::new(), salt) } else { (salt, Vec::new()) };
    hash::salted_bytes(hash_type, key, before, after)
}

/// Without its salt, the API would accept the hash, and the user could not log in.
fn unusable_salt(whose: &str, what: &str) -> Problem {
    Problem::new("bad_request", format!("the salt of `{whose}` {what}: correct it"))
}

/// Users in the format of Okta's API, with imported hashes. Okta does not export hashes.
pub(super) fn okta(record: &mut Fields, user: &mut User) {
    user.set("external_id", record.string("id"));
    if let Some(mut profile) = record.inside("profile") {
        let login = profile.string("login");
        user.set("email", profile.string("email").or(login));
        user.name(profile.string("firstName"), profile.string("lastName"));
        user.set("name.middle_name", profile.string("middleName"));
        user.set("phone_number", profile.string("mobilePhone"));
        record.put_back("profile", profile);
    }
    let status = record.string("status");
    if status.is_some_and(|status| ["SUSPENDED", "DEPROVISIONED"].contains(&status.as_str())) {
        user.disabled("status");
    }
    let credentials = record.inside("credentials");
    let hash = credentials.and_then(|mut credentials| credentials.inside("password")?.inside("hash"));
    match hash {
        Some(hash) => user.hash(hash_of_okta(hash)),
        None => user.problems.push(Problem::new(
            "no_password",
            "Okta does not export password hashes: send this user an email to reset the password, or let the user log \
             in through Okta once more and create the password at Stytch then",
        )),
    }
    record.drop(&["_links", "type"]);
}

fn hash_of_okta(mut hash: Fields) -> Result<Credential, Problem> {
    let unreadable = || Problem::new("invalid_hash", "`credentials.password.hash` cannot be read");
    let algorithm = hash.string("algorithm").ok_or_else(unreadable)?;
    let value = hash.string("value").ok_or_else(unreadable)?;
    let salt = hash.string("salt");
    if algorithm == "BCRYPT" {
        let cost = hash.number("workFactor").filter(|cost| *cost < 100).ok_or_else(unreadable)?;
        let salt = salt.ok_or_else(unreadable)?;
        return hash::read(&format!("$2a${cost:02}${salt}{value}"));
    }
    let key = Encoding::Base64.decode(&value).ok_or_else(unreadable)?;
    let salt = match salt {
        Some(salt) => Encoding::Base64
            .decode(&salt)
            .ok_or_else(|| unusable_salt("credentials.password.hash", "is not base64"))?,
        None => Vec::new(),
    };
    let hash_type = match algorithm.as_str() {
        "MD5" => "md_5",
        "SHA-1" => "sha_1",
        "SHA-512" => "sha_512",
        "PBKDF2" => {
            let algorithm = match hash.string("digestAlgorithm").as_deref() {
                Some("SHA256_HMAC") => "sha256",
                Some("SHA512_HMAC") => "sha512",
                _ => return Err(no_type("PBKDF2 over SHA-1")),
            };
            return hash::pbkdf_2(algorithm, hash.number("iterationCount"), salt, Some(key));
        }
        other => return Err(no_type(other)),
    };
    let is_suffix = hash.string("saltOrder").as_deref() == Some("POSTFIX");
    let (before, after) = if is_suffix { (Vec::new(), salt) } else { (salt, Vec::new()) };
    hash::salted_bytes(hash_type, key, before, after)
}

/// The CSV file of Clerk's dashboard.
pub(super) fn clerk(record: &mut Fields, user: &mut User) {
    user.set("external_id", record.string("id"));
    user.name(record.string("first_name"), record.string("last_name"));
    let email = record.string("primary_email_address");
    let is_verified = is_listed(email.as_deref(), record.take("verified_email_addresses"));
    user.set("email", email);
    user.set("set_email_verified", Some(is_verified));
    let phone = record.string("primary_phone_number");
    let is_verified = is_listed(phone.as_deref(), record.take("verified_phone_numbers"));
    user.set("set_phone_number_verified", phone.as_ref().map(|_| is_verified));
    user.set("phone_number", phone);
    let hasher = record.string("password_hasher");
    match record.string("password_digest") {
        Some(digest) => user.hash(hash_of_clerk(hasher.as_deref(), &digest)),
        None => user.no_password(),
    }
}

/// Two hashers write strings that look like those of others.
fn hash_of_clerk(hasher: Option<&str>, digest: &str) -> Result<Credential, Problem> {
    match hasher {
        // Its salt is base64, and that of Django is text.
        Some("pbkdf2_sha256") => hash::read(&digest.replacen("pbkdf2_sha256$", "$pbkdf2-sha256$", 1)),
        Some("md5_phpass") => Err(no_type("phpass over MD5")),
        _ => hash::read(digest),
    }
}

/// Whether a list contains a value. The list is JSON, or a cell with several values.
fn is_listed(value: Option<&str>, list: Option<Value>) -> bool {
    let Some(value) = value else { return false };
    match list {
        Some(Value::Array(list)) => list.iter().any(|item| item.as_str() == Some(value)),
        Some(Value::String(cell)) if cell.trim_start().starts_with('[') => {
            serde_json::from_str::<Vec<String>>(&cell).is_ok_and(|list| list.iter().any(|item| item == value))
        }
        Some(Value::String(cell)) => cell.split([',', ';', '|', ' ']).any(|item| item == value),
        _ => false,
    }
}

/// Users in the format of the import of `WorkOS`.
pub(super) fn workos(record: &mut Fields, user: &mut User) {
    let (id, external_id) = (record.string("id"), record.string("external_id"));
    user.set("external_id", external_id.or(id));
    user.set("email", record.string("email"));
    user.name(record.string("first_name"), record.string("last_name"));
    user.set("set_email_verified", record.boolean("email_verified"));
    user.metadata("trusted_metadata", record.object("metadata"));
    user.password(record.string("password_hash"));
    record.drop(&["password_hash_type", "object"]);
}
