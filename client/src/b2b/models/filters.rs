//! Filters of searches for organizations and members.

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
    /// The organizations with these ids.
    pub fn organization_ids(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("organization_ids", values)
    }

    /// The organizations with these names in URLs.
    pub fn organization_slugs(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("organization_slugs", values)
    }

    /// Organizations whose name is like this.
    pub fn organization_name_fuzzy(value: impl Into<String>) -> Self {
        Self::other("organization_name_fuzzy", value.into())
    }

    /// Organizations whose name in URLs is like this.
    pub fn organization_slug_fuzzy(value: impl Into<String>) -> Self {
        Self::other("organization_slug_fuzzy", value.into())
    }

    /// Organizations with a member who has one of these email addresses.
    pub fn member_emails(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("member_emails", values)
    }

    /// Organizations with a member who has an email address like this.
    pub fn member_email_fuzzy(value: impl Into<String>) -> Self {
        Self::other("member_email_fuzzy", value.into())
    }

    /// Organizations that allow one of these email domains.
    pub fn allowed_domains(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("allowed_domains", values)
    }

    /// Organizations that allow an email domain like this.
    pub fn allowed_domain_fuzzy(value: impl Into<String>) -> Self {
        Self::other("allowed_domain_fuzzy", value.into())
    }

    /// Organizations that one of these email domains belongs to.
    pub fn claimed_email_domains(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("claimed_email_domains", values)
    }

    /// Organizations with an SSO connection that can be used, or without.
    pub fn has_active_sso_connection(value: bool) -> Self {
        Self::other("has_active_sso_connection", value)
    }

    /// The organization with this SSO connection.
    pub fn sso_connection_id(value: impl Into<String>) -> Self {
        Self::other("sso_connection_id", value.into())
    }
}

impl MemberFilter {
    /// The members with these ids.
    pub fn member_ids(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("member_ids", values)
    }

    /// Members with one of these email addresses.
    pub fn member_emails(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("member_emails", values)
    }

    /// Members with an email address like this.
    pub fn member_email_fuzzy(value: impl Into<String>) -> Self {
        Self::other("member_email_fuzzy", value.into())
    }

    /// Members who can log in by any method of the organization, or cannot.
    pub fn member_is_breakglass(value: bool) -> Self {
        Self::other("member_is_breakglass", value)
    }

    /// Members who have come as far as one of these: `active`, `pending`, `invited` or `deleted`.
    pub fn statuses(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("statuses", values)
    }

    /// Members with one of these phone numbers, in E.164 form.
    pub fn member_phone_numbers(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("member_phone_numbers", values)
    }

    /// Members with a phone number like this.
    pub fn member_phone_number_fuzzy(value: impl Into<String>) -> Self {
        Self::other("member_phone_number_fuzzy", value.into())
    }
}
