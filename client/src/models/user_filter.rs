//! What users are searched by.

use serde_json::json;

use super::{UserFilter, UserStatus};
use crate::Timestamp;

impl UserFilter {
    /// Users who were created after this time.
    pub fn created_at_greater_than(time: Timestamp) -> Self {
        Self::other("created_at_greater_than", time.to_string())
    }

    /// Users who were created before this time.
    pub fn created_at_less_than(time: Timestamp) -> Self {
        Self::other("created_at_less_than", time.to_string())
    }

    /// Users who were created between these times.
    pub fn created_at_between(after: Timestamp, before: Timestamp) -> Self {
        let times = json!({"greater_than": after.to_string(), "less_than": before.to_string()});
        Self::other("created_at_between", times)
    }

    /// Users who have come this far.
    pub fn status(status: &UserStatus) -> Self {
        Self::other("status", status.as_str())
    }

    /// Users with a registration at one of these identity providers, such as `google`.
    pub fn oauth_provider(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("oauth_provider", values)
    }

    /// The users with these ids.
    pub fn user_id(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("user_id", values)
    }

    /// Users whose full name is like this.
    pub fn full_name_fuzzy(value: impl Into<String>) -> Self {
        Self::other("full_name_fuzzy", value.into())
    }

    /// Users with one of these phone numbers, in E.164 form.
    pub fn phone_number(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("phone_number", values)
    }

    /// Users with a phone number of one of these ids.
    pub fn phone_id(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("phone_id", values)
    }

    /// Users who have proven to own a phone number, or have not.
    pub fn phone_verified(value: bool) -> Self {
        Self::other("phone_verified", value)
    }

    /// Users with a phone number like this.
    pub fn phone_number_fuzzy(value: impl Into<String>) -> Self {
        Self::other("phone_number_fuzzy", value.into())
    }

    /// Users with one of these email addresses.
    pub fn email_address(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("email_address", values)
    }

    /// Users with an email address of one of these ids.
    pub fn email_id(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("email_id", values)
    }

    /// Users who have proven to own an email address, or have not.
    pub fn email_verified(value: bool) -> Self {
        Self::other("email_verified", value)
    }

    /// Users with an email address like this.
    pub fn email_address_fuzzy(value: impl Into<String>) -> Self {
        Self::other("email_address_fuzzy", value.into())
    }

    /// Users who have completed a WebAuthn registration, or have not.
    pub fn webauthn_registration_verified(value: bool) -> Self {
        Self::other("webauthn_registration_verified", value)
    }

    /// Users with a WebAuthn registration of one of these ids.
    pub fn webauthn_registration_id(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("webauthn_registration_id", values)
    }

    /// Users with a crypto wallet of one of these ids.
    pub fn crypto_wallet_id(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("crypto_wallet_id", values)
    }

    /// Users with a crypto wallet of one of these addresses.
    pub fn crypto_wallet_address(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("crypto_wallet_address", values)
    }

    /// Users who have proven to own a crypto wallet, or have not.
    pub fn crypto_wallet_verified(value: bool) -> Self {
        Self::other("crypto_wallet_verified", value)
    }

    /// Users with an authenticator app of one of these ids.
    pub fn totp_id(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("totp_id", values)
    }

    /// Users who have completed the registration of an authenticator app, or have not.
    pub fn totp_verified(value: bool) -> Self {
        Self::other("totp_verified", value)
    }

    /// Users with a password, or without.
    pub fn password_exists(value: bool) -> Self {
        Self::other("password_exists", value)
    }
}
