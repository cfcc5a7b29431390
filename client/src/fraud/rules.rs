//! Rules for devices and networks.

use std::borrow::Cow;

use declapi::{Timestamp, endpoint, open_enum, resource, response};

use super::Fraud;
use crate::HttpStatus;

/// Rules for devices and networks, from [`Fraud::rules`].
#[resource(on = Fraud)]
pub struct Rules;

/// Sets the rule for a device, a network or a country. Exactly one of its identifying fields must be set.
#[endpoint(post = "/v1/rules/set", response = SetResponse, on = Rules)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Set<'a> {
    /// The action. `NONE` deletes the rule, and `ALLOW` is rejected for a country.
    pub action: RuleAction,
    /// The id of the visitor.
    pub visitor_id: Option<Cow<'a, str>>,
    /// The id of the browser.
    pub browser_id: Option<Cow<'a, str>>,
    /// The fingerprint of the visitor.
    pub visitor_fingerprint: Option<Cow<'a, str>>,
    /// The fingerprint of the browser. Many browsers can have the same one.
    pub browser_fingerprint: Option<Cow<'a, str>>,
    /// The fingerprint of the hardware. Many devices can have the same one.
    pub hardware_fingerprint: Option<Cow<'a, str>>,
    /// The fingerprint of the network. Many devices can have the same one.
    pub network_fingerprint: Option<Cow<'a, str>>,
    /// The lifetime of the rule, in minutes. Default: unlimited.
    pub expires_in_minutes: Option<u32>,
    /// The description of the rule.
    pub description: Option<Cow<'a, str>>,
    /// An IP address, or a network in CIDR form with a prefix of 16 to 32.
    pub cidr_block: Option<Cow<'a, str>>,
    /// A country, as an ISO 3166-1 code of two letters.
    pub country_code: Option<Cow<'a, str>>,
    /// The number of an autonomous system: 0 to 4294967295.
    pub asn: Option<Cow<'a, str>>,
}

/// The response to [`Set`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SetResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The action.
    #[response(required)]
    pub action: RuleAction,
    /// The id of the visitor.
    pub visitor_id: Option<String>,
    /// The id of the browser.
    pub browser_id: Option<String>,
    /// The fingerprint of the visitor.
    pub visitor_fingerprint: Option<String>,
    /// The fingerprint of the browser. Many browsers can have the same one.
    pub browser_fingerprint: Option<String>,
    /// The fingerprint of the hardware. Many devices can have the same one.
    pub hardware_fingerprint: Option<String>,
    /// The fingerprint of the network. Many devices can have the same one.
    pub network_fingerprint: Option<String>,
    /// The time when the rule expires.
    #[response(lenient)]
    pub expires_at: Option<Timestamp>,
    /// The network, in CIDR form.
    pub cidr_block: Option<String>,
    /// The country.
    pub country_code: Option<String>,
    /// The number of the autonomous system.
    pub asn: Option<String>,
}

/// Lists the rules of the project.
#[endpoint(post = "/v1/rules/list", response = ListResponse, on = Rules, page(cursor = cursor), idempotent)]
#[derive(Clone)]
#[non_exhaustive]
pub struct List<'a> {
    /// The start of the page: the `next_cursor` of the previous page. Default: the first page.
    pub cursor: Option<Cow<'a, str>>,
    /// The maximum number of results: at most 100. Default: 10.
    pub limit: Option<u32>,
}

/// The response to [`List`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ListResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The start of the next page; empty on the last page.
    #[response(next)]
    pub next_cursor: String,
    /// The rules of this page.
    #[response(items)]
    pub rules: Vec<Rule>,
}

/// A rule for a device, a network or a country.
#[response]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Rule {
    /// The type of the identifying field.
    pub rule_type: RuleType,
    /// The action.
    pub action: RuleAction,
    /// The time when the rule was created.
    #[response(lenient)]
    pub created_at: Option<Timestamp>,
    /// The id of the visitor.
    pub visitor_id: Option<String>,
    /// The id of the browser.
    pub browser_id: Option<String>,
    /// The fingerprint of the visitor.
    pub visitor_fingerprint: Option<String>,
    /// The fingerprint of the browser. Many browsers can have the same one.
    pub browser_fingerprint: Option<String>,
    /// The fingerprint of the hardware. Many devices can have the same one.
    pub hardware_fingerprint: Option<String>,
    /// The fingerprint of the network. Many devices can have the same one.
    pub network_fingerprint: Option<String>,
    /// The network, in CIDR form.
    pub cidr_block: Option<String>,
    /// The country.
    pub country_code: Option<String>,
    /// The number of the autonomous system.
    pub asn: Option<String>,
    /// The description.
    pub description: Option<String>,
    /// The time when the rule expires.
    #[response(lenient)]
    pub expires_at: Option<Timestamp>,
    /// The time of the last change.
    #[response(lenient)]
    pub last_updated_at: Option<Timestamp>,
}

open_enum! {
    /// The action of a rule or an override.
    pub enum RuleAction {
        /// Allow the request.
        Allow = "ALLOW",
        /// Require another factor.
        Challenge = "CHALLENGE",
        /// Block the request.
        Block = "BLOCK",
        /// Delete the previous action.
        None = "NONE",
    }
}

open_enum! {
    /// The type of a rule: the value that it matches.
    pub enum RuleType {
        /// The id of the visitor.
        VisitorId = "VISITOR_ID",
        /// The id of the browser.
        BrowserId = "BROWSER_ID",
        /// The fingerprint of the visitor.
        VisitorFingerprint = "VISITOR_FINGERPRINT",
        /// The fingerprint of the browser.
        BrowserFingerprint = "BROWSER_FINGERPRINT",
        /// The fingerprint of the hardware.
        HardwareFingerprint = "HARDWARE_FINGERPRINT",
        /// The fingerprint of the network.
        NetworkFingerprint = "NETWORK_FINGERPRINT",
        /// The network.
        CidrBlock = "CIDR_BLOCK",
        /// The autonomous system.
        Asn = "ASN",
        /// The country.
        CountryCode = "COUNTRY_CODE",
    }
}
