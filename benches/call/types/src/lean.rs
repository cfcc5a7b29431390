//! Responses for a program that needs no metadata and no claims: strict, with times as strings.

use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub struct Email {
    pub email_id: String,
    pub email: String,
    pub verified: bool,
}

#[derive(Debug, Deserialize)]
pub struct PhoneNumber {
    pub phone_id: String,
    pub phone_number: String,
    pub verified: bool,
}

#[derive(Debug, Deserialize)]
pub struct WebauthnRegistration {
    pub webauthn_registration_id: String,
    pub domain: String,
    pub user_agent: String,
    pub verified: bool,
    pub authenticator_type: String,
    pub name: String,
}

#[derive(Debug, Deserialize)]
pub struct Provider {
    pub provider_type: String,
    pub provider_subject: String,
    pub profile_picture_url: String,
    pub locale: String,
    pub oauth_user_registration_id: String,
}

#[derive(Debug, Deserialize)]
pub struct Totp {
    pub totp_id: String,
    pub verified: bool,
}

#[derive(Debug, Deserialize)]
pub struct CryptoWallet {
    pub crypto_wallet_id: String,
    pub crypto_wallet_address: String,
    pub crypto_wallet_type: String,
    pub verified: bool,
}

#[derive(Debug, Deserialize)]
pub struct BiometricRegistration {
    pub biometric_registration_id: String,
    pub verified: bool,
}

#[derive(Debug, Deserialize)]
pub struct Name {
    pub first_name: String,
    pub middle_name: String,
    pub last_name: String,
}

#[derive(Debug, Deserialize)]
pub struct Password {
    pub password_id: String,
    pub requires_reset: bool,
}

#[derive(Debug, Deserialize)]
pub struct User {
    pub user_id: String,
    pub emails: Vec<Email>,
    pub status: String,
    pub phone_numbers: Vec<PhoneNumber>,
    pub webauthn_registrations: Vec<WebauthnRegistration>,
    pub providers: Vec<Provider>,
    pub totps: Vec<Totp>,
    pub crypto_wallets: Vec<CryptoWallet>,
    pub biometric_registrations: Vec<BiometricRegistration>,
    pub is_locked: bool,
    pub roles: Vec<String>,
    pub name: Option<Name>,
    pub created_at: Option<String>,
    pub password: Option<Password>,
    pub external_id: Option<String>,
    pub lock_created_at: Option<String>,
    pub lock_expires_at: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct EmailFactor {
    pub email_id: String,
    pub email_address: String,
}

#[derive(Debug, Deserialize)]
pub struct PhoneNumberFactor {
    pub phone_id: String,
    pub phone_number: String,
}

#[derive(Debug, Deserialize)]
pub struct Factor {
    #[serde(rename = "type")]
    pub kind: String,
    pub delivery_method: String,
    pub last_authenticated_at: Option<String>,
    pub created_at: Option<String>,
    pub updated_at: Option<String>,
    pub email_factor: Option<EmailFactor>,
    pub phone_number_factor: Option<PhoneNumberFactor>,
}

#[derive(Debug, Deserialize)]
pub struct Attributes {
    pub ip_address: Option<String>,
    pub user_agent: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct Session {
    pub session_id: String,
    pub user_id: String,
    pub authentication_factors: Vec<Factor>,
    pub roles: Vec<String>,
    pub started_at: Option<String>,
    pub last_accessed_at: Option<String>,
    pub expires_at: Option<String>,
    pub attributes: Option<Attributes>,
}

#[derive(Debug, Deserialize)]
pub struct Seen {
    pub is_new: bool,
    pub first_seen_at: Option<String>,
    pub last_seen_at: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct Device {
    pub visitor_id: String,
    pub visitor_id_details: Option<Seen>,
    pub ip_address: Option<String>,
    pub ip_address_details: Option<Seen>,
    pub ip_geo_city: Option<String>,
    pub ip_geo_region: Option<String>,
    pub ip_geo_country: Option<String>,
    pub ip_geo_country_details: Option<Seen>,
}

#[derive(Debug, Deserialize)]
pub struct AuthenticateResponse {
    pub status_code: u16,
    pub request_id: String,
    pub user_id: String,
    pub session_token: String,
    pub session_jwt: String,
    pub user: User,
    pub session: Option<Session>,
    pub user_device: Option<Device>,
}

#[derive(Debug, Deserialize)]
pub struct MigrateResponse {
    pub status_code: u16,
    pub request_id: String,
    pub user_id: String,
    pub email_id: String,
    pub user_created: bool,
    pub user: User,
}
