//! Discovery: somebody proves an address first, and chooses an organization then.

pub(crate) mod exchange_intermediate_session;
pub(crate) mod organizations_create;
pub(crate) mod organizations_list;

pub(super) mod found;
