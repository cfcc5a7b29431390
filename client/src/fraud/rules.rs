//! Rules for devices and networks.

use std::borrow::Cow;

use declapi::{Timestamp, endpoint, open_enum, resource, response};

use super::Fraud;
use crate::status;

/// Rules for devices and networks, from [`Fraud::rules`].
#[resource(on = Fraud)]
pub struct Rules;

/// Sets the rule for a device, a network or a country: exactly one of what identifies them is needed.
#[endpoint(post = "/v1/rules/set", response = SetResponse, on = Rules)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Set<'a> {
    /// What a lookup says for it. `NONE` deletes the rule, and `ALLOW` is rejected for a country.
    pub action: RuleAction,
    /// The id of the visitor.
    pub visitor_id: Option<Cow<'a, str>>,
    /// The id of the browser.
    pub browser_id: Option<Cow<'a, str>>,
    /// The fingerprint of the visitor.
    pub visitor_fingerprint: Option<Cow<'a, str>>,
    /// The fingerprint of the browser, which many may have.
    pub browser_fingerprint: Option<Cow<'a, str>>,
    /// The fingerprint of the hardware, which many may have.
    pub hardware_fingerprint: Option<Cow<'a, str>>,
    /// The fingerprint of the network, which many may have.
    pub network_fingerprint: Option<Cow<'a, str>>,
    /// How many minutes the rule is kept; for ever when unset.
    pub expires_in_minutes: Option<u32>,
    /// What the rule is for.
    pub description: Option<Cow<'a, str>>,
    /// An IP address, or a network in CIDR form with a prefix of 16 to 32.
    pub cidr_block: Option<Cow<'a, str>>,
    /// A country, by its ISO 3166-1 code of two letters.
    pub country_code: Option<Cow<'a, str>>,
    /// The number of an autonomous system: 0 to 4294967295.
    pub asn: Option<Cow<'a, str>>,
}

/// The response to [`Set`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SetResponse {
    /// The id of the call, which Stytch's support asks for.
    pub request_id: String,
    /// The HTTP status: the one in the body, or that of the response where the body has none.
    #[serde(default = "status::of_response", deserialize_with = "status::or_of_response")]
    pub status_code: u16,
    /// What a lookup says for it.
    #[response(required)]
    pub action: RuleAction,
    /// The id of the visitor.
    pub visitor_id: Option<String>,
    /// The id of the browser.
    pub browser_id: Option<String>,
    /// The fingerprint of the visitor.
    pub visitor_fingerprint: Option<String>,
    /// The fingerprint of the browser, which many may have.
    pub browser_fingerprint: Option<String>,
    /// The fingerprint of the hardware, which many may have.
    pub hardware_fingerprint: Option<String>,
    /// The fingerprint of the network, which many may have.
    pub network_fingerprint: Option<String>,
    /// When the rule ends.
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
    /// Where the page begins: the `next_cursor` of the page before. The first page when unset.
    pub cursor: Option<Cow<'a, str>>,
    /// How many to return at most: up to 100, 10 when unset.
    pub limit: Option<u32>,
}

/// The response to [`List`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ListResponse {
    /// The id of the call, which Stytch's support asks for.
    pub request_id: String,
    /// The HTTP status: the one in the body, or that of the response where the body has none.
    #[serde(default = "status::of_response", deserialize_with = "status::or_of_response")]
    pub status_code: u16,
    /// Where the next page begins; empty on the last one.
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
    /// What it looks at.
    pub rule_type: RuleType,
    /// What a lookup says for it.
    pub action: RuleAction,
    /// When it was set.
    #[response(lenient)]
    pub created_at: Option<Timestamp>,
    /// The id of the visitor.
    pub visitor_id: Option<String>,
    /// The id of the browser.
    pub browser_id: Option<String>,
    /// The fingerprint of the visitor.
    pub visitor_fingerprint: Option<String>,
    /// The fingerprint of the browser, which many may have.
    pub browser_fingerprint: Option<String>,
    /// The fingerprint of the hardware, which many may have.
    pub hardware_fingerprint: Option<String>,
    /// The fingerprint of the network, which many may have.
    pub network_fingerprint: Option<String>,
    /// The network, in CIDR form.
    pub cidr_block: Option<String>,
    /// The country.
    pub country_code: Option<String>,
    /// The number of the autonomous system.
    pub asn: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// When it ends.
    #[response(lenient)]
    pub expires_at: Option<Timestamp>,
    /// When it was last changed.
    #[response(lenient)]
    pub last_updated_at: Option<Timestamp>,
}

open_enum! {
    /// What a rule or an override says.
    pub enum RuleAction {
        /// Let it through.
        Allow = "ALLOW",
        /// Ask for another factor.
        Challenge = "CHALLENGE",
        /// Reject it.
        Block = "BLOCK",
        /// Nothing: what was said before is deleted.
        None = "NONE",
    }
}

open_enum! {
    /// What a rule looks at.
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
