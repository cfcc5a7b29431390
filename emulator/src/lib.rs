//! Stytch's Passwords API as a small local server, for tests and development.
//!
//! [`Emulator::start`] serves on a free port of `127.0.0.1`, inside the program that calls it. The binary of
//! this crate serves on a port of its own, for curl and for clients in other languages.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), stytch_emulator::StartError> {
//! let emulator = stytch_emulator::Emulator::start().await?;
//! println!("point a client at {}", emulator.base_url());
//! println!("with project id {}", emulator.project_id());
//! emulator.shutdown().await;
//! # Ok(())
//! # }
//! ```
//!
//! Passwords are hashed and scored, logins are verified and refusals carry Stytch's error bodies; nothing is
//! canned. It is a stand-in for tests, not a place for real people's passwords: it speaks plain HTTP, and its
//! Argon2id parameters are chosen for speed.

mod answer;
mod api;
mod app;
mod builder;
mod clock;
mod control;
mod credentials;
mod emulator;
mod error;
mod exchange;
mod fault;
mod ids;
mod limits;
mod log;
mod outbox;
mod parameter;
mod password;
mod phone;
mod record;
mod refusal;
mod reset_token;
mod route;
mod seed;
mod server;
mod session;
mod state;
mod strength;
mod user;

pub use builder::EmulatorBuilder;
pub use emulator::Emulator;
pub use error::StartError;
pub use fault::Fault;
pub use limits::Limits;
pub use outbox::Message;
pub use record::RecordedRequest;
pub use strength::{FeedbackForm, StrengthPolicy};
