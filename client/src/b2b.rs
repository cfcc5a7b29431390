//! Stytch's B2B API: organizations, their members, and the logins of members.
//!
//! ```no_run
//! use stytch_client::b2b::{Client, models::LoginOutcome};
//!
//! # async fn example() -> Result<(), stytch_client::Error> {
//! let client = Client::builder("project-test-…", "secret-test-…").build()?;
//! let authenticate = client.passwords().authenticate().organization_id("acme");
//! let response = authenticate.email_address("ada@example.com").password("…").send().await?;
//! match response.login.outcome() {
//!     LoginOutcome::LoggedIn(session) => {
//!         // One of Ada's roles must allow it.
//!         let as_ada = client.acting_as(session);
//!         let invite = as_ada.magic_links().email().invite().organization_id("acme");
//!         invite.email_address("grace@example.com").send().await?;
//!     }
//!     LoginOutcome::Pending(pending) if pending.mfa_required.is_some() => println!("a second factor is required"),
//!     LoginOutcome::Pending(_) => println!("the organization requires another login method"),
//! }
//! # Ok(())
//! # }
//! ```

mod acting;
mod client;
pub mod discovery;
pub mod idp;
pub mod impersonation;
pub mod magic_links;
pub mod models;
pub mod oauth;
#[cfg(feature = "rustls")]
mod organization_policies;
pub mod organizations;
pub mod otps;
pub mod passwords;
pub mod rbac;
pub mod recovery_codes;
pub mod scim;
pub mod sessions;
pub mod sso;
pub mod totps;

pub use self::acting::{ActingSession, ActingToken, MemberClient};
pub use self::client::{Client, ClientBuilder};
#[cfg(feature = "rustls")]
pub(crate) use self::organization_policies::OrganizationPolicies;
#[cfg(feature = "rustls")]
pub use crate::jwt::{AuthenticateMemberJwt, MemberAccessToken, MemberSessionJwt, VerifiedMemberSession};

/// The client for programs without async. Its calls return results instead of futures.
#[cfg(feature = "blocking")]
pub mod blocking {
    /// A client whose calls block until the result is available: see [`declapi::Blocking`].
    pub type Client = super::Client<declapi::Blocking>;
}
