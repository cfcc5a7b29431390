//! Requests that borrow their values and omit unset ones.

use serde::Serialize;

#[derive(Serialize, Default)]
pub struct Authenticate<'a> {
    pub email: &'a str,
    pub password: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_token: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_duration_minutes: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_jwt: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_custom_claims: Option<&'a serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub telemetry_id: Option<&'a str>,
}

/// Without the hash configurations, which are not written before they are needed.
#[derive(Serialize, Default)]
pub struct Migrate<'a> {
    pub email: &'a str,
    pub hash: &'a str,
    pub hash_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trusted_metadata: Option<&'a serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub untrusted_metadata: Option<&'a serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set_email_verified: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set_phone_number_verified: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roles: Option<&'a [&'a str]>,
}
