//! Users, as they are stored and as responses show them.

#![expect(
    clippy::struct_field_names,
    reason = "the names are Stytch's, and occur in responses and state files"
)]

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::{
    api_error::{ApiError, METADATA_TOO_LARGE, METADATA_TOO_MANY_KEYS},
    clock::{Moment, rfc3339},
    parameter::{Kind, Parameters, optional},
    password::Stored,
};

/// The size limit of a metadata object as JSON, after a merge.
const MAX_METADATA_BYTES: usize = 4096;
/// How many top-level keys a metadata object can have, after a merge.
const MAX_METADATA_KEYS: usize = 20;

/// `name`, with its three parts.
pub(crate) const NAME: Kind = Kind::Object(&[
    optional("first_name", Kind::String),
    optional("middle_name", Kind::String),
    optional("last_name", Kind::String),
]);

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct User {
    pub(crate) user_id: String,
    pub(crate) name: Name,
    pub(crate) emails: Vec<Email>,
    pub(crate) phone_numbers: Vec<PhoneNumber>,
    pub(crate) status: String,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) created_at: Moment,
    pub(crate) roles: Vec<String>,
    pub(crate) external_id: Option<String>,
    pub(crate) trusted_metadata: Map<String, Value>,
    pub(crate) untrusted_metadata: Map<String, Value>,
    pub(crate) password: Option<Password>,
}

#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Name {
    pub(crate) first_name: String,
    pub(crate) middle_name: String,
    pub(crate) last_name: String,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Email {
    pub(crate) email_id: String,
    pub(crate) email: String,
    pub(crate) verified: bool,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct PhoneNumber {
    pub(crate) phone_id: String,
    pub(crate) phone_number: String,
    pub(crate) verified: bool,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Password {
    pub(crate) password_id: String,
    pub(crate) requires_reset: bool,
    pub(crate) stored: Stored,
}

/// A value that only one user can have.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Identity {
    UserId(String),
    /// As [`address_key`] spells it.
    Email(String),
    PhoneNumber(String),
    ExternalId(String),
}

impl Identity {
    /// Returns the name of the parameter.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::UserId(_) => "user_id",
            Self::Email(_) => "email",
            Self::PhoneNumber(_) => "phone_number",
            Self::ExternalId(_) => "external_id",
        }
    }
}

impl User {
    /// Returns an active user with one email address and nothing else.
    pub(crate) fn new(user_id: String, email: Email, created_at: Moment) -> Self {
        Self {
            user_id,
            name: Name::default(),
            emails: vec![email],
            phone_numbers: Vec::new(),
            status: "active".to_owned(),
            created_at,
            roles: Vec::new(),
            external_id: None,
            trusted_metadata: Map::new(),
            untrusted_metadata: Map::new(),
            password: None,
        }
    }

    /// Sets the name and the metadata of a request, if it has them.
    ///
    /// # Errors
    ///
    /// `metadata_too_many_keys` and `metadata_too_large`.
    pub(crate) fn update(&mut self, parameters: &Parameters) -> Result<(), ApiError> {
        if let Some(name) = parameters.object("name") {
            self.name.update(&name);
        }
        for (name, metadata) in [
            ("trusted_metadata", &mut self.trusted_metadata),
            ("untrusted_metadata", &mut self.untrusted_metadata),
        ] {
            if let Some(update) = parameters.map(name) {
                merge(metadata, update);
                check_metadata(name, metadata)?;
            }
        }
        Ok(())
    }

    pub(crate) fn email(&self, address: &str) -> Option<&Email> {
        self.emails.iter().find(|email| same_address(&email.email, address))
    }

    pub(crate) fn identities(&self) -> impl Iterator<Item = Identity> {
        let emails = self.emails.iter().map(|email| Identity::Email(address_key(&email.email)));
        let phones = self.phone_numbers.iter().map(|phone| Identity::PhoneNumber(phone.phone_number.clone()));
        let external = self.external_id.iter().map(|id| Identity::ExternalId(id.clone()));
        std::iter::once(Identity::UserId(self.user_id.clone())).chain(emails).chain(phones).chain(external)
    }

    /// Returns the User object of a response.
    pub(crate) fn to_json(&self) -> Value {
        let password = self.password.as_ref().map(|password| {
            json!({ "password_id": password.password_id, "requires_reset": password.requires_reset })
        });
        json!({
            "user_id": self.user_id,
            "name": self.name,
            "emails": self.emails,
            "phone_numbers": self.phone_numbers,
            "status": self.status,
            "created_at": rfc3339(self.created_at),
            "roles": self.roles,
            "external_id": self.external_id,
            "trusted_metadata": self.trusted_metadata,
            "untrusted_metadata": self.untrusted_metadata,
            "password": password,
            "providers": [],
            "webauthn_registrations": [],
            "biometric_registrations": [],
            "totps": [],
            "crypto_wallets": [],
            "is_locked": false,
            "lock_created_at": null,
            "lock_expires_at": null,
        })
    }
}

impl Name {
    fn update(&mut self, given: &Parameters) {
        for (part, field) in [
            ("first_name", &mut self.first_name),
            ("middle_name", &mut self.middle_name),
            ("last_name", &mut self.last_name),
        ] {
            if let Some(text) = given.string(part) {
                text.clone_into(field);
            }
        }
    }
}

/// Merges as Stytch does: a key with a value is set, a key with null is deleted, and the others stay.
pub(crate) fn merge(into: &mut Map<String, Value>, update: &Map<String, Value>) {
    for (key, value) in update {
        if value.is_null() {
            into.remove(key);
        } else {
            into.insert(key.clone(), value.clone());
        }
    }
}

/// Checks a merged metadata object against the documented limits.
fn check_metadata(name: &str, metadata: &Map<String, Value>) -> Result<(), ApiError> {
    let keys = metadata.len();
    if keys > MAX_METADATA_KEYS {
        let message = format!("`{name}` would have {keys} top-level keys. The limit is {MAX_METADATA_KEYS}.");
        return Err(ApiError::new(&METADATA_TOO_MANY_KEYS, message));
    }
    let bytes = serde_json::to_string(metadata).map_or(0, |json| json.len());
    if bytes > MAX_METADATA_BYTES {
        let message =
            format!("`{name}` would have {bytes} bytes of JSON. The limit is {MAX_METADATA_BYTES}.");
        return Err(ApiError::new(&METADATA_TOO_LARGE, message));
    }
    Ok(())
}

/// Compares addresses without regard to case.
pub(crate) fn same_address(one: &str, other: &str) -> bool {
    address_key(one) == address_key(other)
}

/// Returns the spelling under which the emulator finds an address.
pub(crate) fn address_key(address: &str) -> String {
    address.to_lowercase()
}

/// Whether a string has the form `local@domain.tld`. Nothing else is checked.
pub(crate) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let clean = |part: &str| {
        !part.chars().any(|c| c.is_whitespace() || c.is_control() || "@<>(),;:\"[]\\".contains(c))
    };
    let dots = |part: &str| !part.starts_with('.') && !part.ends_with('.') && !part.contains("..");
    !local.is_empty()
        && text.len() <= 254
        && local.len() <= 64
        && domain.contains('.')
        && [local, domain].into_iter().all(|part| clean(part) && dots(part))
}

/// Whether a string can be an `external_id`: 1 to 128 ASCII letters, digits and `.`, `_`, `-`, `|`.
pub(crate) fn is_external_id(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || "._-|".contains(c);
    (1..=128).contains(&text.len()) && text.chars().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_email_addresses_are_accepted() {
        for good in ["ada@example.com", "a+b.c@sub.example.co", "Ünï@exämple.org"] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "",
            "ada",
            "ada@",
            "@example.com",
            "ada@example",
            "a b@example.com",
            "a@b@c.d",
            "a@b..c",
            ".a@b.c",
            "a@b.c.",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn merging_sets_deletes_and_keeps_keys() {
        let Value::Object(mut data) = json!({ "keep": 1, "drop": 2, "change": { "a": 1 } }) else {
            unreachable!()
        };
        let Value::Object(update) = json!({ "drop": null, "change": { "b": 2 }, "absent": null }) else {
            unreachable!()
        };
        merge(&mut data, &update);
        assert_eq!(Value::Object(data), json!({ "keep": 1, "change": { "b": 2 } }));
    }
}
