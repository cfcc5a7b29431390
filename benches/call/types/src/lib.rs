//! What somebody without a crate for the API writes by hand.

pub mod full;
pub mod lean;
pub mod requests;

/// What a login needs of the answer.
#[derive(serde::Deserialize)]
pub struct Login {
    pub request_id: String,
    pub user_id: String,
    pub session_token: String,
    pub session_jwt: String,
}

/// What matters after a migration.
#[derive(serde::Deserialize)]
pub struct Migrated {
    pub request_id: String,
    pub user_id: String,
    pub email_id: String,
    pub user_created: bool,
}
