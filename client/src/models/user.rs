//! A user, as responses show one.

use declapi::{Timestamp, open_enum, response};

use crate::JsonObject;

/// A user, with all that Stytch keeps of one.
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
    /// Whether logins are blocked.
    pub is_locked: bool,
    /// The roles.
    pub roles: Vec<String>,
    /// The name.
    pub name: Option<UserName>,
    /// When the user was created.
    #[response(lenient)]
    pub created_at: Option<Timestamp>,
    /// The password, of which nothing is shown but its id.
    pub password: Option<PasswordRecord>,
    /// Metadata that only servers can write.
    pub trusted_metadata: Option<JsonObject>,
    /// Metadata that the user can edit.
    pub untrusted_metadata: Option<JsonObject>,
    /// The id that you have given the user.
    pub external_id: Option<String>,
    /// When logins were blocked.
    #[response(lenient)]
    pub lock_created_at: Option<Timestamp>,
    /// When logins will be possible again.
    #[response(lenient)]
    pub lock_expires_at: Option<Timestamp>,
}

open_enum! {
    /// How far a user has come.
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
    /// Whether the user has proven to own it.
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
    /// Whether the user has proven to own it.
    pub verified: bool,
}

/// A WebAuthn registration of a user.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct WebauthnRegistration {
    /// The id of the registration.
    pub webauthn_registration_id: String,
    /// The domain it is for.
    pub domain: String,
    /// The browser it was made with.
    pub user_agent: String,
    /// Whether it was completed.
    pub verified: bool,
    /// Whether it is a part of the device.
    pub authenticator_type: AuthenticatorType,
    /// The name that the user gave it.
    pub name: String,
}

open_enum! {
    /// Where a WebAuthn authenticator is.
    pub enum AuthenticatorType {
        /// In the device, such as a fingerprint reader.
        Platform = "platform",
        /// Beside it, such as a security key.
        CrossPlatform = "cross-platform",
    }
}

/// An OAuth registration of a user.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Provider {
    /// The identity provider, such as `Google`.
    pub provider_type: String,
    /// The user's id there.
    pub provider_subject: String,
    /// Where the user's picture is.
    pub profile_picture_url: String,
    /// The user's language there.
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
    /// The chain, such as `ethereum`.
    pub crypto_wallet_type: String,
    /// Whether the user has proven to own it.
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

/// The name of a user, as a response has it.
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

/// That a user has a password.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PasswordRecord {
    /// The id of the password.
    pub password_id: String,
    /// Whether it has to be changed before the next login.
    pub requires_reset: bool,
}
