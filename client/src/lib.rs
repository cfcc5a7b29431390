#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

// The declarations below name the run time as a user's crate does.
extern crate self as stytch_client;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
#[cfg(feature = "blocking")]
pub mod blocking;
mod body;
mod builder;
mod call;
mod catalogue;
mod client;
mod endpoint;
mod error;
pub mod error_type;
mod exchange;
#[cfg(feature = "rustls")]
mod jwt;
mod mend;
mod open_enum;
pub mod passwords;
mod pending;
mod request;
mod response;
mod retry;
mod secret;
pub mod sessions;
mod text;
mod timer;
mod tls;
mod trace;
mod transport;
mod url_cache;

pub use http;
pub use jiff::Timestamp;
#[doc = include_str!("docs/endpoint.md")]
pub use stytch_client_macros::endpoint;
#[doc = include_str!("docs/object.md")]
pub use stytch_client_macros::object;
#[doc = include_str!("docs/resource.md")]
pub use stytch_client_macros::resource;
#[doc = include_str!("docs/response.md")]
pub use stytch_client_macros::response;

pub use crate::builder::ClientBuilder;
pub use crate::call::Caller;
pub use crate::catalogue::ENDPOINTS;
pub use crate::client::Client;
pub use crate::endpoint::{Endpoint, EndpointInfo, FieldInfo, Method, Place};
pub use crate::error::{ApiError, Error, ErrorKind, Phase};
#[cfg(feature = "rustls")]
pub use crate::jwt::{AuthenticateJwt, JwtProblem, VerifiedSession};
pub use crate::pending::Pending;
pub use crate::request::Request;
pub use crate::retry::RetryPolicy;
pub use crate::secret::Secret;
pub use crate::timer::Timer;
pub use crate::transport::{Transport, TransportError, TransportFuture};

/// A JSON object with any content: metadata and claims.
pub type JsonObject = serde_json::Map<String, serde_json::Value>;
