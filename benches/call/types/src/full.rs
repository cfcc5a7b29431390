//! Responses with all documented fields. They accept nulls and missing fields, have typed times, and keep free-form
//! objects unchanged.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

fn null_too<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(from: D) -> Result<T, D::Error> {
    Option::deserialize(from).map(Option::unwrap_or_default)
}

#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct Email {
    #[serde(deserialize_with = "null_too")]
    pub email_id: String,
    #[serde(deserialize_with = "null_too")]
    pub email: String,
    #[serde(deserialize_with = "null_too")]
    pub verified: bool,
}

#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct PhoneNumber {
    #[serde(deserialize_with = "null_too")]
    pub phone_id: String,
    #[serde(deserialize_with = "null_too")]
    pub phone_number: String,
    #[serde(deserialize_with = "null_too")]
    pub verified: bool,
}

#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct WebauthnRegistration {
    #[serde(deserialize_with = "null_too")]
    pub webauthn_registration_id: String,
    #[serde(deserialize_with = "null_too")]
    pub domain: String,
    #[serde(deserialize_with = "null_too")]
    pub user_agent: String,
    #[serde(deserialize_with = "null_too")]
    pub verified: bool,
    #[serde(deserialize_with = "null_too")]
    pub authenticator_type: String,
    #[serde(deserialize_with = "null_too")]
    pub name: String,
}

#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct Provider {
    #[serde(deserialize_with = "null_too")]
    pub provider_type: String,
    #[serde(deserialize_with = "null_too")]
    pub provider_subject: String,
    #[serde(deserialize_with = "null_too")]
    pub profile_picture_url: String,
    #[serde(deserialize_with = "null_too")]
    pub locale: String,
    #[serde(deserialize_with = "null_too")]
    pub oauth_user_registration_id: String,
}

#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct Totp {
    #[serde(deserialize_with = "null_too")]
    pub totp_id: String,
    #[serde(deserialize_with = "null_too")]
    pub verified: bool,
}

#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct CryptoWallet {
    #[serde(deserialize_with = "null_too")]
    pub crypto_wallet_id: String,
    #[serde(deserialize_with = "null_too")]
    pub crypto_wallet_address: String,
    #[serde(deserialize_with = "null_too")]
    pub crypto_wallet_type: String,
    #[serde(deserialize_with = "null_too")]
    pub verified: bool,
}

#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct BiometricRegistration {
    #[serde(deserialize_with = "null_too")]
    pub biometric_registration_id: String,
    #[serde(deserialize_with = "null_too")]
    pub verified: bool,
}

#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct Name {
    #[serde(deserialize_with = "null_too")]
    pub first_name: String,
    #[serde(deserialize_with = "null_too")]
    pub middle_name: String,
    #[serde(deserialize_with = "null_too")]
    pub last_name: String,
}

#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct Password {
    #[serde(deserialize_with = "null_too")]
    pub password_id: String,
    #[serde(deserialize_with = "null_too")]
    pub requires_reset: bool,
}

#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct User {
    #[serde(deserialize_with = "null_too")]
    pub user_id: String,
    #[serde(deserialize_with = "null_too")]
    pub emails: Vec<Email>,
    #[serde(deserialize_with = "null_too")]
    pub status: String,
    #[serde(deserialize_with = "null_too")]
    pub phone_numbers: Vec<PhoneNumber>,
    #[serde(deserialize_with = "null_too")]
    pub webauthn_registrations: Vec<WebauthnRegistration>,
    #[serde(deserialize_with = "null_too")]
    pub providers: Vec<Provider>,
    #[serde(deserialize_with = "null_too")]
    pub totps: Vec<Totp>,
    #[serde(deserialize_with = "null_too")]
    pub crypto_wallets: Vec<CryptoWallet>,
    #[serde(deserialize_with = "null_too")]
    pub biometric_registrations: Vec<BiometricRegistration>,
    #[serde(deserialize_with = "null_too")]
    pub is_locked: bool,
    #[serde(deserialize_with = "null_too")]
    pub roles: Vec<String>,
    pub name: Option<Name>,
    pub created_at: Option<Timestamp>,
    pub password: Option<Password>,
    pub trusted_metadata: Option<Box<RawValue>>,
    pub untrusted_metadata: Option<Box<RawValue>>,
    pub external_id: Option<String>,
    pub lock_created_at: Option<Timestamp>,
    pub lock_expires_at: Option<Timestamp>,
}

#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct EmailFactor {
    #[serde(deserialize_with = "null_too")]
    pub email_id: String,
    #[serde(deserialize_with = "null_too")]
    pub email_address: String,
}

#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct PhoneNumberFactor {
    #[serde(deserialize_with = "null_too")]
    pub phone_id: String,
    #[serde(deserialize_with = "null_too")]
    pub phone_number: String,
}

#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct Factor {
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(deserialize_with = "null_too")]
    pub delivery_method: String,
    pub last_authenticated_at: Option<Timestamp>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    pub email_factor: Option<EmailFactor>,
    pub phone_number_factor: Option<PhoneNumberFactor>,
}

#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct Attributes {
    pub ip_address: Option<String>,
    pub user_agent: Option<String>,
}

#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct Session {
    #[serde(deserialize_with = "null_too")]
    pub session_id: String,
    #[serde(deserialize_with = "null_too")]
    pub user_id: String,
    #[serde(deserialize_with = "null_too")]
    pub authentication_factors: Vec<Factor>,
    #[serde(deserialize_with = "null_too")]
    pub roles: Vec<String>,
    pub started_at: Option<Timestamp>,
    pub last_accessed_at: Option<Timestamp>,
    pub expires_at: Option<Timestamp>,
    pub attributes: Option<Attributes>,
    pub custom_claims: Option<Box<RawValue>>,
}

#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct Seen {
    #[serde(deserialize_with = "null_too")]
    pub is_new: bool,
    pub first_seen_at: Option<Timestamp>,
    pub last_seen_at: Option<Timestamp>,
}

#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct Device {
    #[serde(deserialize_with = "null_too")]
    pub visitor_id: String,
    pub visitor_id_details: Option<Seen>,
    pub ip_address: Option<String>,
    pub ip_address_details: Option<Seen>,
    pub ip_geo_city: Option<String>,
    pub ip_geo_region: Option<String>,
    pub ip_geo_country: Option<String>,
    pub ip_geo_country_details: Option<Seen>,
}

#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct AuthenticateResponse {
    #[serde(deserialize_with = "null_too")]
    pub status_code: u16,
    #[serde(deserialize_with = "null_too")]
    pub request_id: String,
    #[serde(deserialize_with = "null_too")]
    pub user_id: String,
    #[serde(deserialize_with = "null_too")]
    pub session_token: String,
    #[serde(deserialize_with = "null_too")]
    pub session_jwt: String,
    #[serde(deserialize_with = "null_too")]
    pub user: User,
    pub session: Option<Session>,
    pub user_device: Option<Device>,
}

#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct MigrateResponse {
    #[serde(deserialize_with = "null_too")]
    pub status_code: u16,
    #[serde(deserialize_with = "null_too")]
    pub request_id: String,
    #[serde(deserialize_with = "null_too")]
    pub user_id: String,
    #[serde(deserialize_with = "null_too")]
    pub email_id: String,
    #[serde(deserialize_with = "null_too")]
    pub user_created: bool,
    #[serde(deserialize_with = "null_too")]
    pub user: User,
}
