//! Requests with a builder by typed-builder.

use harness::inputs::{EMAIL, HASH, MINUTES, PASSWORD};
use serde::Serialize;
use typed_builder::TypedBuilder;

#[derive(TypedBuilder, Serialize)]
pub struct Authenticate {
    #[builder(setter(into))]
    email: String,
    #[builder(setter(into))]
    password: String,
    #[builder(default, setter(strip_option))]
    #[serde(skip_serializing_if = "Option::is_none")]
    session_token: Option<String>,
    #[builder(default, setter(strip_option))]
    #[serde(skip_serializing_if = "Option::is_none")]
    session_duration_minutes: Option<u32>,
    #[builder(default, setter(strip_option))]
    #[serde(skip_serializing_if = "Option::is_none")]
    session_jwt: Option<String>,
    #[builder(default, setter(strip_option))]
    #[serde(skip_serializing_if = "Option::is_none")]
    session_custom_claims: Option<serde_json::Value>,
    #[builder(default, setter(strip_option))]
    #[serde(skip_serializing_if = "Option::is_none")]
    telemetry_id: Option<String>,
}

#[derive(TypedBuilder, Serialize)]
pub struct Migrate {
    #[builder(setter(into))]
    email: String,
    #[builder(setter(into))]
    hash: String,
    #[builder(setter(into))]
    hash_type: String,
    #[builder(default, setter(strip_option))]
    #[serde(skip_serializing_if = "Option::is_none")]
    trusted_metadata: Option<serde_json::Value>,
    #[builder(default, setter(strip_option))]
    #[serde(skip_serializing_if = "Option::is_none")]
    untrusted_metadata: Option<serde_json::Value>,
    #[builder(default, setter(strip_option))]
    #[serde(skip_serializing_if = "Option::is_none")]
    set_email_verified: Option<bool>,
    #[builder(default, setter(strip_option))]
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_number: Option<String>,
    #[builder(default, setter(strip_option))]
    #[serde(skip_serializing_if = "Option::is_none")]
    set_phone_number_verified: Option<bool>,
    #[builder(default, setter(strip_option))]
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id: Option<String>,
    #[builder(default, setter(strip_option))]
    #[serde(skip_serializing_if = "Option::is_none")]
    roles: Option<Vec<String>>,
}

pub fn authenticate() -> Authenticate {
    Authenticate::builder().email(EMAIL).password(PASSWORD).session_duration_minutes(MINUTES).build()
}

pub fn migrate() -> Migrate {
    Migrate::builder().email(EMAIL).hash(HASH).hash_type("bcrypt").build()
}
