#![doc = include_str!("../README.md")]

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

#[cfg(test)]
mod support_table;
