#![doc = include_str!("../README.md")]

mod api;
mod api_error;
mod app;
mod browser;
mod builder;
mod clock;
mod control;
mod credentials;
mod dispatch;
mod emulator;
mod error;
mod fault;
mod http;
mod ids;
mod jwt;
mod limits;
mod log;
mod m2m;
mod member;
mod oauth;
mod organization;
mod outbox;
mod page;
mod parameter;
mod password;
mod phone;
mod pkce;
mod proof;
mod rbac;
mod record;
mod redaction;
mod route;
mod routes;
mod seed;
mod server;
mod session;
mod siwe;
mod state;
mod strength;
mod totp;
mod user;
mod wallet;

pub use builder::EmulatorBuilder;
pub use emulator::Emulator;
pub use error::{ControlError, StartError};
pub use fault::Fault;
pub use limits::Limits;
pub use log::LogFormat;
pub use outbox::{Channel, Message, MessageKind};
pub use record::{Outcome, RecordedRequest};
pub use strength::{FeedbackForm, StrengthPolicy};

#[cfg(test)]
mod any_request;
#[cfg(test)]
mod facts;
#[cfg(test)]
mod support_table;
