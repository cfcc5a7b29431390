//! Models of several resources: members, organizations, their sessions, and the types of their fields.
//!
//! Models of both APIs are in [`crate::models`].

mod filters;
mod login;
mod member;
mod organization;
pub(crate) mod organization_policy;
mod responses;
mod role_assignments;
mod scim_attributes;
mod scim_connection;
mod session;

pub use self::filters::*;
pub use self::login::*;
pub use self::member::*;
pub use self::organization::*;
pub use self::responses::*;
pub use self::role_assignments::*;
pub use self::scim_attributes::*;
pub use self::scim_connection::*;
pub use self::session::*;
