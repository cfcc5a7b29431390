//! Types that several resources use: users, sessions, and their parts.
//!
//! Types of requests borrow their data and have a builder: [`Name`], [`Attributes`]. Types of responses own their data
//! and are read tolerantly: [`UserName`], [`SessionAttributes`].

mod attributes;
mod connected_app;
mod device;
mod factor;
mod factor_kinds;
mod locale;
mod m2m_client;
mod name;
pub(crate) mod rbac_policy;
mod responses;
mod scopes;
mod search;
mod session;
mod token;
mod user;
mod user_filter;

pub use self::attributes::*;
pub use self::connected_app::*;
pub use self::device::*;
pub(crate) use self::factor::without_nulls;
pub use self::factor::*;
pub use self::factor_kinds::*;
pub use self::locale::*;
pub use self::m2m_client::*;
pub use self::name::*;
pub use self::responses::*;
pub use self::scopes::*;
pub use self::search::*;
pub use self::session::*;
pub use self::token::TokenOrganization;
pub(crate) use self::token::unless_empty;
pub use self::user::*;
