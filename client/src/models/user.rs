//! Users in responses.

use declapi::{Timestamp, open_enum, response};

use crate::JsonObject;

/// A user, with all data that Stytch stores.
#[response]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct User {
    /// The id of the user.
    pub user_id: String,
    /// The email addresses.
    pub emails: Vec<Email>,
    /// Whether a first factor was verified.
    pub status: UserStatus,
    /// The phone numbers.
    pub phone_numbers: Vec<PhoneNumber>,
    /// The WebAuthn registrations.
    pub webauthn_registrations: Vec<WebauthnRegistration>,
    /// The OAuth registrations.
    pub providers: Vec<Provider>,
    /// The authenticator apps.
    pub totps: Vec<Totp>,
    /// The crypto wallets.
    pub crypto_wallets: Vec<CryptoWallet>,
    /// The biometric registrations.
    pub biometric_registrations: Vec<BiometricRegistration>,
    /// Whether logins of the user are blocked.
    pub is_locked: bool,
    /// The roles.
    pub roles: Vec<String>,
    /// The name.
    pub name: Option<UserName>,
    /// The time when the user was created.
    #[response(lenient)]
    pub created_at: Option<Timestamp>,
    /// The password. Only its id is included.
    pub password: Option<PasswordRecord>,
    /// Metadata that can only be written by a backend.
    pub trusted_metadata: Option<JsonObject>,
    /// Metadata that the user can edit.
    pub untrusted_metadata: Option<JsonObject>,
    /// Your own id for the user.
    pub external_id: Option<String>,
    /// The time when logins were blocked.
    #[response(lenient)]
    pub lock_created_at: Option<Timestamp>,
    /// The time when logins are possible again.
    #[response(lenient)]
    pub lock_expires_at: Option<Timestamp>,
}

open_enum! {
    /// The status of a user.
    pub enum UserStatus {
        /// A factor was verified.
        Active = "active",
        /// No factor was verified yet.
        Pending = "pending",
    }
}

/// An email address of a user.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Email {
    /// The id of the address.
    pub email_id: String,
    /// The address.
    pub email: String,
    /// Whether the user has proven that they own it.
    pub verified: bool,
}

/// A phone number of a user.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PhoneNumber {
    /// The id of the number.
    pub phone_id: String,
    /// The number, in E.164 form.
    pub phone_number: String,
    /// Whether the user has proven that they own it.
    pub verified: bool,
}

/// A WebAuthn registration of a user.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct WebauthnRegistration {
    /// The id of the registration.
    pub webauthn_registration_id: String,
    /// The domain.
    pub domain: String,
    /// The browser with which it was created.
    pub user_agent: String,
    /// Whether it was completed.
    pub verified: bool,
    /// The type of the authenticator.
    pub authenticator_type: AuthenticatorType,
    /// The name that the user has chosen.
    pub name: String,
}

open_enum! {
    /// The type of a WebAuthn authenticator.
    pub enum AuthenticatorType {
        /// A part of the device, for example a fingerprint reader.
        Platform = "platform",
        /// A separate device, for example a security key.
        CrossPlatform = "cross-platform",
    }
}

/// An OAuth registration of a user.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Provider {
    /// The identity provider, for example `Google`.
    pub provider_type: String,
    /// The user's id at the provider.
    pub provider_subject: String,
    /// The URL of the user's picture.
    pub profile_picture_url: String,
    /// The user's language at the provider.
    pub locale: String,
    /// The id of the registration.
    pub oauth_user_registration_id: String,
}

/// An authenticator app of a user.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Totp {
    /// The id of the registration.
    pub totp_id: String,
    /// Whether it was completed.
    pub verified: bool,
}

/// A crypto wallet of a user.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CryptoWallet {
    /// The id of the registration.
    pub crypto_wallet_id: String,
    /// The address of the wallet.
    pub crypto_wallet_address: String,
    /// The chain, for example `ethereum`.
    pub crypto_wallet_type: String,
    /// Whether the user has proven that they own it.
    pub verified: bool,
}

/// A biometric registration of a user.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct BiometricRegistration {
    /// The id of the registration.
    pub biometric_registration_id: String,
    /// Whether it was completed.
    pub verified: bool,
}

/// The name of a user in a response.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct UserName {
    /// The first name or names.
    pub first_name: String,
    /// The middle name or names.
    pub middle_name: String,
    /// The last name or names.
    pub last_name: String,
}

/// The record of a user's password.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PasswordRecord {
    /// The id of the password.
    pub password_id: String,
    /// Whether the user must change it before the next login.
    pub requires_reset: bool,
}
