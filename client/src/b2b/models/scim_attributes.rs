//! The attributes of a member that an identity provider sends by SCIM (RFC 7643).

use declapi::response;

/// The attributes of a member that an identity provider sends by SCIM.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScimAttributes {
    /// The name with which the member logs in.
    pub user_name: String,
    /// The id at the identity provider.
    pub id: String,
    /// The id that the identity provider has given the member.
    pub external_id: String,
    /// Whether the member is active at the identity provider.
    pub active: bool,
    /// The groups that the member is in.
    pub groups: Vec<ScimUserGroup>,
    /// The name that users see.
    pub display_name: String,
    /// The nickname.
    pub nick_name: String,
    /// The URL of the member's page.
    pub profile_url: String,
    /// The kind of employment, for example `Contractor`.
    pub user_type: String,
    /// The job title.
    pub title: String,
    /// The language that the member prefers, for example `en-US`.
    pub preferred_language: String,
    /// The locale for the member's dates and numbers.
    pub locale: String,
    /// The time zone, for example `Europe/Paris`.
    pub timezone: String,
    /// The email addresses.
    pub emails: Vec<ScimValue>,
    /// The phone numbers.
    pub phone_numbers: Vec<ScimValue>,
    /// The postal addresses.
    pub addresses: Vec<ScimAddress>,
    /// The addresses of instant messengers.
    pub ims: Vec<ScimValue>,
    /// The URLs of pictures of the member.
    pub photos: Vec<ScimValue>,
    /// The entitlements.
    pub entitlements: Vec<ScimValue>,
    /// The roles at the identity provider.
    pub roles: Vec<ScimValue>,
    /// The certificates.
    pub x509certificates: Vec<ScimValue>,
    /// The name, in its parts.
    pub name: Option<ScimName>,
    /// The attributes of the employee.
    pub enterprise_extension: Option<ScimEnterpriseExtension>,
}

/// A value of which a member can have several, for example an email address.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScimValue {
    /// The value.
    pub value: String,
    /// The kind, for example `work`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether it is the primary one.
    pub primary: bool,
}

/// A postal address.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScimAddress {
    /// The complete address, in several lines.
    pub formatted: String,
    /// The street and the number.
    pub street_address: String,
    /// The city.
    pub locality: String,
    /// The state or region.
    pub region: String,
    /// The postal code.
    pub postal_code: String,
    /// The country, as a two-character code of ISO 3166-1.
    pub country: String,
    /// The kind, for example `work`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether it is the primary one.
    pub primary: bool,
}

/// The name of a member, in its parts.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScimName {
    /// The complete name.
    pub formatted: String,
    /// The last name or names.
    pub family_name: String,
    /// The first name or names.
    pub given_name: String,
    /// The middle name or names.
    pub middle_name: String,
    /// The title before the name, for example `Dr.`
    pub honorific_prefix: String,
    /// The addition after the name, for example `III`.
    pub honorific_suffix: String,
}

/// A group that a member is in.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScimUserGroup {
    /// The id of the group.
    pub value: String,
    /// The name of the group.
    pub display: String,
}

/// The attributes of an employee.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScimEnterpriseExtension {
    /// The number of the employee.
    pub employee_number: String,
    /// The cost center.
    pub cost_center: String,
    /// The division.
    pub division: String,
    /// The department.
    pub department: String,
    /// The organization.
    pub organization: String,
    /// The manager of the member.
    pub manager: Option<ScimManager>,
}

/// The manager of a member.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScimManager {
    /// The id of the manager.
    pub value: String,
    /// The URL of the manager.
    #[serde(rename = "ref")]
    pub reference: String,
    /// The name of the manager.
    pub display_name: String,
}
