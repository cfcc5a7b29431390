//! The filters of searches for organizations and members.

use super::{Member, Organization};
use crate::models::Filter;

/// A filter of a search for organizations.
///
/// ```
/// use stytch_client::b2b::models::OrganizationFilter;
/// use stytch_client::models::SearchQuery;
///
/// let query = SearchQuery::all([
///     OrganizationFilter::allowed_domains(["example.com"]),
///     OrganizationFilter::has_active_sso_connection(true),
/// ]);
/// assert_eq!(query.operands.len(), 2);
/// ```
///
/// ```compile_fail,E0308
/// stytch_client::b2b::models::OrganizationFilter::has_active_sso_connection("true");
/// ```
pub type OrganizationFilter = Filter<Organization>;

/// A filter of a search for members.
///
/// ```compile_fail,E0277
/// stytch_client::b2b::models::MemberFilter::member_ids(7);
/// ```
pub type MemberFilter = Filter<Member>;

impl OrganizationFilter {
    /// Matches the organizations with these ids.
    pub fn organization_ids(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("organization_ids", values)
    }

    /// Matches the organizations with these names in URLs.
    pub fn organization_slugs(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("organization_slugs", values)
    }

    /// Matches organizations with a similar name.
    pub fn organization_name_fuzzy(value: impl Into<String>) -> Self {
        Self::other("organization_name_fuzzy", value.into())
    }

    /// Matches organizations with a similar name in URLs.
    pub fn organization_slug_fuzzy(value: impl Into<String>) -> Self {
        Self::other("organization_slug_fuzzy", value.into())
    }

    /// Matches organizations with a member who has one of these email addresses.
    pub fn member_emails(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("member_emails", values)
    }

    /// Matches organizations with a member who has a similar email address.
    pub fn member_email_fuzzy(value: impl Into<String>) -> Self {
        Self::other("member_email_fuzzy", value.into())
    }

    /// Matches organizations that allow one of these email domains.
    pub fn allowed_domains(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("allowed_domains", values)
    }

    /// Matches organizations that allow a similar email domain.
    pub fn allowed_domain_fuzzy(value: impl Into<String>) -> Self {
        Self::other("allowed_domain_fuzzy", value.into())
    }

    /// Matches organizations that have claimed one of these email domains.
    pub fn claimed_email_domains(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("claimed_email_domains", values)
    }

    /// Matches organizations with an active SSO connection, or without one.
    pub fn has_active_sso_connection(value: bool) -> Self {
        Self::other("has_active_sso_connection", value)
    }

    /// Matches the organization with this SSO connection.
    pub fn sso_connection_id(value: impl Into<String>) -> Self {
        Self::other("sso_connection_id", value.into())
    }
}

impl MemberFilter {
    /// Matches the members with these ids.
    pub fn member_ids(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("member_ids", values)
    }

    /// Matches members with one of these email addresses.
    pub fn member_emails(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("member_emails", values)
    }

    /// Matches members with a similar email address.
    pub fn member_email_fuzzy(value: impl Into<String>) -> Self {
        Self::other("member_email_fuzzy", value.into())
    }

    /// Matches members who can log in with any method, or those who cannot.
    pub fn member_is_breakglass(value: bool) -> Self {
        Self::other("member_is_breakglass", value)
    }

    /// Matches members with one of these statuses: `active`, `pending`, `invited` or `deleted`.
    pub fn statuses(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("statuses", values)
    }

    /// Matches members with one of these phone numbers, in E.164 form.
    pub fn member_phone_numbers(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("member_phone_numbers", values)
    }

    /// Matches members with a similar phone number.
    pub fn member_phone_number_fuzzy(value: impl Into<String>) -> Self {
        Self::other("member_phone_number_fuzzy", value.into())
    }
}
