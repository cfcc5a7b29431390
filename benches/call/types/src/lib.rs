//! Types that a developer without a crate for the API would write by hand.

pub mod full;
pub mod lean;
pub mod requests;

/// The fields of the response that a login needs.
#[derive(serde::Deserialize)]
pub struct Login {
    pub request_id: String,
    pub user_id: String,
    pub session_token: String,
    pub session_jwt: String,
}

/// The fields of the response that a migration needs.
#[derive(serde::Deserialize)]
pub struct Migrated {
    pub request_id: String,
    pub user_id: String,
    pub email_id: String,
    pub user_created: bool,
}
