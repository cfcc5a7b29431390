#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[cfg(feature = "b2b")]
pub mod b2b;
mod cache;
mod client;
pub mod connected_app;
pub mod crypto_wallets;
pub mod debug;
mod error;
pub mod error_type;
pub mod fraud;
#[cfg(doc)]
pub mod guide;
pub mod idp;
pub mod impersonation;
#[cfg(feature = "rustls")]
mod jwt;
#[cfg(feature = "rustls")]
mod keys;
pub mod m2m;
pub mod magic_links;
pub mod models;
pub mod oauth;
pub mod otps;
pub mod passwords;
mod policy;
pub mod project;
mod project_state;
pub mod rbac;
pub mod sessions;
mod status;
pub mod totps;
pub mod users;
pub mod webauthn;

pub use declapi::{
    ApiError, Async, Body, Caller, Endpoint, EndpointInfo, Error, ErrorKind, FieldInfo, JsonObject, Location,
    Method, Mode, Phase, Request, ResponseFuture, RetryPolicy, Secret, Sleep, Timer, Timestamp, Transport,
    TransportError, TransportFuture, http,
};
#[cfg(feature = "arguments")]
pub use declapi::{ArgumentsError, FromArguments};

pub use crate::client::{Client, ClientBuilder};
pub use crate::error::StytchError;
#[cfg(feature = "rustls")]
pub use crate::jwt::{
    AuthenticateJwt, IdpAccessToken, JwtError, JwtProblem, M2mAccessToken, SessionJwt, TokenCheck,
    VerifiedIdpToken, VerifiedM2mToken, VerifiedSession,
};
#[cfg(feature = "rustls")]
pub use crate::keys::KeysError;
pub use crate::status::HttpStatus;

/// The client for programs without async. Its calls return results instead of futures.
///
/// ```no_run
/// fn main() -> Result<(), stytch_client::Error> {
///     let client = stytch_client::Client::builder("project-test-…", "secret-test-…").build_blocking()?;
///     let login = client.passwords().authenticate().email("ada@example.com").password("…").send()?;
///     println!("{}", login.user_id);
///     Ok(())
/// }
/// ```
#[cfg(feature = "blocking")]
pub mod blocking {
    /// A client whose calls block until the result is available: see [`declapi::Blocking`].
    pub type Client = crate::Client<declapi::Blocking>;
}

declapi::catalogue! {
    /// The metadata of every endpoint of this crate.
    ///
    /// ```
    /// let paths: Vec<_> = stytch_client::ENDPOINTS.iter().map(|endpoint| endpoint.path).collect();
    /// assert!(paths.contains(&"/v1/passwords/migrate"));
    /// ```
    pub const ENDPOINTS;

    /// Passes the types of all endpoints to a macro: see [`declapi::catalogue!`].
    ///
    /// ```
    /// use stytch_client::Endpoint;
    ///
    /// macro_rules! names {
    ///     ($($endpoint:ty,)*) => {
    ///         [$(<$endpoint as Endpoint>::INFO.name),*]
    ///     };
    /// }
    ///
    /// assert!(stytch_client::for_each_endpoint!(names).contains(&"Migrate"));
    /// ```
    macro_rules! for_each_endpoint;
}
