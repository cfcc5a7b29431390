//! How risky an email address is.

use std::borrow::Cow;

use declapi::{endpoint, resource, response};

use super::Fraud;
use super::fingerprint::VerdictAction;
use crate::status;

/// How risky an email address is, from [`Fraud::email`].
#[resource(on = Fraud, name = email)]
pub struct EmailRisk;

/// Says how risky an email address is. Stytch enables it on request.
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
    /// The id of the call, which Stytch's support asks for.
    pub request_id: String,
    /// The HTTP status: the one in the body, or that of the response where the body has none.
    #[serde(default = "status::of_response", deserialize_with = "status::or_of_response")]
    pub status_code: u16,
    /// What is known of the address.
    pub address_information: Option<AddressInformation>,
    /// What is known of its domain.
    pub domain_information: Option<DomainInformation>,
    /// What to do about it.
    #[response(required)]
    pub action: VerdictAction,
    /// How risky it is: 0 to 100.
    pub risk_score: u32,
}

/// What is known of an email address.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct AddressInformation {
    /// Whether mails to it have come back.
    pub has_known_bounces: bool,
    /// Whether it is an address at all.
    pub has_valid_syntax: bool,
    /// Whether it seems to be that of a role, such as `info@`.
    pub is_suspected_role_address: bool,
    /// The address without what its owner can vary.
    pub normalized_email: String,
    /// How many characters of it seem to be random.
    pub tumbling_character_count: u32,
}

/// What is known of the domain of an email address.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DomainInformation {
    /// Whether it can receive mail.
    pub has_mx_or_a_record: bool,
    /// Whether its addresses are thrown away after use.
    pub is_disposable_domain: bool,
}
