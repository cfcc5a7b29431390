//! Users, in storage and in responses.

#![expect(
    clippy::struct_field_names,
    reason = "the names are Stytch's, and occur in responses and state files"
)]

mod factors;
mod format;
mod metadata;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

pub(crate) use self::{
    factors::{
        BiometricRegistration, CryptoWallet, Factors, Lists, OAuthProvider, Totp, WebAuthnRegistration,
    },
    format::{address_key, is_email, is_external_id, same_address},
    metadata::{merge, merge_metadata},
};
use crate::{
    api_error::ApiError,
    clock::{Moment, rfc3339},
    parameter::{Kind, Parameters, optional},
    password::Stored,
    wallet,
};

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
    pub(crate) status: Status,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) created_at: Moment,
    pub(crate) roles: Vec<String>,
    pub(crate) external_id: Option<String>,
    pub(crate) trusted_metadata: Map<String, Value>,
    pub(crate) untrusted_metadata: Map<String, Value>,
    pub(crate) password: Option<Password>,
    #[serde(default, skip_serializing_if = "Factors::is_empty")]
    pub(crate) factors: Factors,
}

/// Whether a user has logged in since they were created as pending, such as by an invitation.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Status {
    Active,
    Pending,
}

impl Status {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Pending => "pending",
        }
    }
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
    /// One string, so that the identities of other kinds, of which every user has some, take no more memory.
    OAuthAccount(String),
    CryptoWallet(String),
}

impl Identity {
    /// The type of a provider, such as `Google`, and its id of an account.
    pub(crate) fn oauth_account(provider_type: &str, subject: &str) -> Self {
        Self::OAuthAccount(format!("{provider_type} {subject}"))
    }

    pub(crate) fn crypto_wallet(wallet_type: &str, address: &str) -> Self {
        Self::CryptoWallet(format!("{wallet_type} {}", wallet::address_key(wallet_type, address)))
    }

    /// Returns the name of the parameter.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::UserId(_) => "user_id",
            Self::Email(_) => "email",
            Self::PhoneNumber(_) => "phone_number",
            Self::ExternalId(_) => "external_id",
            Self::OAuthAccount(_) => "provider_subject",
            Self::CryptoWallet(_) => "crypto_wallet_address",
        }
    }
}

impl User {
    /// Returns an active user with only an id.
    pub(crate) fn new(user_id: String, created_at: Moment) -> Self {
        Self {
            user_id,
            name: Name::default(),
            emails: Vec::new(),
            phone_numbers: Vec::new(),
            status: Status::Active,
            created_at,
            roles: Vec::new(),
            external_id: None,
            trusted_metadata: Map::new(),
            untrusted_metadata: Map::new(),
            password: None,
            factors: Factors::default(),
        }
    }

    /// Frees the unused memory of lists. A list that something is added to has room for more.
    pub(crate) fn shrink(&mut self) {
        self.emails.shrink_to_fit();
        self.phone_numbers.shrink_to_fit();
        self.roles.shrink_to_fit();
        self.factors.shrink();
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
        merge_metadata(&mut self.trusted_metadata, parameters, "trusted_metadata")?;
        merge_metadata(&mut self.untrusted_metadata, parameters, "untrusted_metadata")
    }

    pub(crate) fn email(&self, address: &str) -> Option<&Email> {
        self.emails.iter().find(|email| same_address(&email.email, address))
    }

    pub(crate) fn identities(&self) -> impl Iterator<Item = Identity> {
        let emails = self.emails.iter().map(|email| Identity::Email(address_key(&email.email)));
        let phones = self.phone_numbers.iter().map(|phone| Identity::PhoneNumber(phone.phone_number.clone()));
        let external = self.external_id.iter().map(|id| Identity::ExternalId(id.clone()));
        let own = std::iter::once(Identity::UserId(self.user_id.clone()));
        own.chain(emails).chain(phones).chain(external).chain(self.factors.identities())
    }

    /// Returns the User object of a response.
    pub(crate) fn to_json(&self) -> Value {
        Value::Object(self.fields())
    }

    /// Returns the fields of the User object.
    pub(crate) fn fields(&self) -> Map<String, Value> {
        let password = self.password.as_ref().map(|password| {
            json!({ "password_id": password.password_id, "requires_reset": password.requires_reset })
        });
        let own = json!({
            "user_id": self.user_id,
            "name": self.name,
            "emails": self.emails,
            "phone_numbers": self.phone_numbers,
            "status": self.status.name(),
            "created_at": rfc3339(self.created_at),
            "roles": self.roles,
            "external_id": self.external_id,
            "trusted_metadata": self.trusted_metadata,
            "untrusted_metadata": self.untrusted_metadata,
            "password": password,
            "is_locked": false,
            "lock_created_at": null,
            "lock_expires_at": null,
        });
        [own, self.factors.to_json()].into_iter().filter_map(into_object).flatten().collect()
    }
}

fn into_object(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(fields) => Some(fields),
        _ => None,
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

    /// Returns the parts that are not empty, with a space between them.
    pub(crate) fn full(&self) -> String {
        let parts = [&self.first_name, &self.middle_name, &self.last_name];
        parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}
