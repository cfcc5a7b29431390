//! Discovery: a person first proves an address, and then chooses an organization.

pub(crate) mod exchange_intermediate_session;
pub(crate) mod organizations_create;
pub(crate) mod organizations_list;

pub(super) mod found;
