//! Requests with a builder by bon.

use bon::Builder;
use harness::inputs::{EMAIL, HASH, MINUTES, PASSWORD};
use serde::Serialize;

#[derive(Builder, Serialize)]
#[builder(on(String, into))]
pub struct Authenticate {
    email: String,
    password: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    session_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    session_duration_minutes: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    session_jwt: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    session_custom_claims: Option<serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    telemetry_id: Option<String>,
}

#[derive(Builder, Serialize)]
#[builder(on(String, into))]
pub struct Migrate {
    email: String,
    hash: String,
    hash_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    trusted_metadata: Option<serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    untrusted_metadata: Option<serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    set_email_verified: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    set_phone_number_verified: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    roles: Option<Vec<String>>,
}

pub fn authenticate() -> Authenticate {
    Authenticate::builder().email(EMAIL).password(PASSWORD).session_duration_minutes(MINUTES).build()
}

pub fn migrate() -> Migrate {
    Migrate::builder().email(EMAIL).hash(HASH).hash_type("bcrypt").build()
}
