//! The risk of email addresses.

use std::borrow::Cow;

use declapi::{endpoint, resource, response};

use super::Fraud;
use super::fingerprint::VerdictAction;
use crate::HttpStatus;

/// The risk of email addresses, from [`Fraud::email`].
#[resource(on = Fraud, name = email)]
pub struct EmailRisk;

/// Returns the risk of an email address. Stytch enables this operation on request.
#[endpoint(post = "/v1/email/risk", response = RiskResponse, on = EmailRisk, idempotent)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Risk<'a> {
    /// The email address.
    pub email_address: Cow<'a, str>,
}

/// The response to [`Risk`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RiskResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The data about the address.
    pub address_information: Option<AddressInformation>,
    /// The data about its domain.
    pub domain_information: Option<DomainInformation>,
    /// The recommended action.
    #[response(required)]
    pub action: VerdictAction,
    /// The risk score: 0 to 100.
    pub risk_score: u32,
}

/// The data about an email address.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct AddressInformation {
    /// Whether mails to the address have bounced.
    pub has_known_bounces: bool,
    /// Whether the address is syntactically valid.
    pub has_valid_syntax: bool,
    /// Whether it seems to be the address of a role, for example `info@`.
    pub is_suspected_role_address: bool,
    /// The address without the parts that its owner can vary.
    pub normalized_email: String,
    /// The number of characters that seem to be random.
    pub tumbling_character_count: u32,
}

/// The data about the domain of an email address.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DomainInformation {
    /// Whether it can receive mail.
    pub has_mx_or_a_record: bool,
    /// Whether the domain provides disposable addresses.
    pub is_disposable_domain: bool,
}
