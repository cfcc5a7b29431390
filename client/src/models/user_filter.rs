//! The filters of searches for users.

use serde_json::json;

use super::{UserFilter, UserStatus};
use crate::Timestamp;

impl UserFilter {
    /// Matches users who were created after this time.
    pub fn created_at_greater_than(time: Timestamp) -> Self {
        Self::other("created_at_greater_than", time.to_string())
    }

    /// Matches users who were created before this time.
    pub fn created_at_less_than(time: Timestamp) -> Self {
        Self::other("created_at_less_than", time.to_string())
    }

    /// Matches users who were created between these times.
    pub fn created_at_between(after: Timestamp, before: Timestamp) -> Self {
        let times = json!({"greater_than": after.to_string(), "less_than": before.to_string()});
        Self::other("created_at_between", times)
    }

    /// Matches users with this status.
    pub fn status(status: &UserStatus) -> Self {
        Self::other("status", status.as_str())
    }

    /// Matches users with a registration at one of these identity providers, for example `google`.
    pub fn oauth_provider(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("oauth_provider", values)
    }

    /// Matches the users with these ids.
    pub fn user_id(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("user_id", values)
    }

    /// Matches users with a similar full name.
    pub fn full_name_fuzzy(value: impl Into<String>) -> Self {
        Self::other("full_name_fuzzy", value.into())
    }

    /// Matches users with one of these phone numbers, in E.164 form.
    pub fn phone_number(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("phone_number", values)
    }

    /// Matches users who have a phone number with one of these ids.
    pub fn phone_id(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("phone_id", values)
    }

    /// Matches users with a verified phone number, or without one.
    pub fn phone_verified(value: bool) -> Self {
        Self::other("phone_verified", value)
    }

    /// Matches users with a similar phone number.
    pub fn phone_number_fuzzy(value: impl Into<String>) -> Self {
        Self::other("phone_number_fuzzy", value.into())
    }

    /// Matches users with one of these email addresses.
    pub fn email_address(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("email_address", values)
    }

    /// Matches users who have an email address with one of these ids.
    pub fn email_id(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("email_id", values)
    }

    /// Matches users with a verified email address, or without one.
    pub fn email_verified(value: bool) -> Self {
        Self::other("email_verified", value)
    }

    /// Matches users with a similar email address.
    pub fn email_address_fuzzy(value: impl Into<String>) -> Self {
        Self::other("email_address_fuzzy", value.into())
    }

    /// Matches users with a verified WebAuthn registration, or without one.
    pub fn webauthn_registration_verified(value: bool) -> Self {
        Self::other("webauthn_registration_verified", value)
    }

    /// Matches users who have a WebAuthn registration with one of these ids.
    pub fn webauthn_registration_id(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("webauthn_registration_id", values)
    }

    /// Matches users who have a crypto wallet with one of these ids.
    pub fn crypto_wallet_id(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("crypto_wallet_id", values)
    }

    /// Matches users who have a crypto wallet with one of these addresses.
    pub fn crypto_wallet_address(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("crypto_wallet_address", values)
    }

    /// Matches users with a verified crypto wallet, or without one.
    pub fn crypto_wallet_verified(value: bool) -> Self {
        Self::other("crypto_wallet_verified", value)
    }

    /// Matches users who have an authenticator app with one of these ids.
    pub fn totp_id(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("totp_id", values)
    }

    /// Matches users with a verified authenticator app, or without one.
    pub fn totp_verified(value: bool) -> Self {
        Self::other("totp_verified", value)
    }

    /// Matches users with a password, or without one.
    pub fn password_exists(value: bool) -> Self {
        Self::other("password_exists", value)
    }
}
