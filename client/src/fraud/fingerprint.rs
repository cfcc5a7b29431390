//! What telemetry knows of a device.

use std::borrow::Cow;

use declapi::{Timestamp, endpoint, object, open_enum, resource, response};

use super::Fraud;
use super::rules::RuleType;
use crate::{JsonObject, status};

/// What telemetry knows of a device, from [`Fraud::fingerprint`].
#[resource(on = Fraud)]
pub struct Fingerprint;

/// Looks up the fingerprints of a device, and what to do about it.
#[endpoint(post = "/v1/fingerprint/lookup", response = LookupResponse, on = Fingerprint, idempotent)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Lookup<'a> {
    /// The id of the fingerprint, from the browser.
    pub telemetry_id: Cow<'a, str>,
    /// Your own ids, to find the fingerprint by in the dashboard.
    pub external_metadata: Option<Metadata<'a>>,
}

/// The response to [`Lookup`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LookupResponse {
    /// The id of the call, which Stytch's support asks for.
    pub request_id: String,
    /// The HTTP status: the one in the body, or that of the response where the body has none.
    #[serde(default = "status::of_response", deserialize_with = "status::or_of_response")]
    pub status_code: u16,
    /// The id of the fingerprint.
    pub telemetry_id: String,
    /// What identifies the device.
    pub fingerprints: Option<Fingerprints>,
    /// What to do about it.
    #[response(required)]
    pub verdict: Verdict,
    /// What you have sent along.
    pub external_metadata: Option<MetadataResponse>,
    /// When the fingerprint was taken.
    #[response(lenient)]
    pub created_at: Option<Timestamp>,
    /// When it is forgotten.
    #[response(lenient)]
    pub expires_at: Option<Timestamp>,
    /// The network and the browser.
    pub properties: Option<Properties>,
    /// What was measured, if the project is enabled for it.
    pub raw_signals: Option<JsonObject>,
}

/// Your own ids of a fingerprint: each at most 65 characters, which are letters, digits or `_ - + . @`.
#[object]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Metadata<'a> {
    /// Your own id of the user.
    pub external_id: Option<Cow<'a, str>>,
    /// Your own id of the organization.
    pub organization_id: Option<Cow<'a, str>>,
    /// What the user was about to do.
    pub user_action: Option<Cow<'a, str>>,
}

/// Your own ids of a fingerprint.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct MetadataResponse {
    /// Your own id of the user.
    pub external_id: Option<String>,
    /// Your own id of the organization.
    pub organization_id: Option<String>,
    /// What the user was about to do.
    pub user_action: Option<String>,
}

/// What identifies a device, from what many have in common to what only one has.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fingerprints {
    /// The fingerprint of the network.
    pub network_fingerprint: String,
    /// The fingerprint of the hardware.
    pub hardware_fingerprint: String,
    /// The fingerprint of the browser.
    pub browser_fingerprint: String,
    /// The fingerprint of the visitor.
    pub visitor_fingerprint: String,
    /// The id of the visitor, which a cookie keeps.
    pub visitor_id: Option<String>,
    /// The id of the browser.
    pub browser_id: Option<String>,
}

/// What to do about a device.
#[response]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Verdict {
    /// What to do.
    pub action: VerdictAction,
    /// Why, such as `RULE_MATCH` or `VIRTUAL_MACHINE`.
    pub reasons: Vec<String>,
    /// The kind of device.
    pub detected_device_type: String,
    /// Whether the device is what it says that it is.
    pub is_authentic_device: bool,
    /// The reasons that have another action than their default.
    pub verdict_reason_overrides: Vec<VerdictReasonOverride>,
    /// The kind of rule that has matched.
    pub rule_match_type: Option<RuleType>,
    /// What the rule is for.
    pub rule_match_identifier: Option<String>,
}

/// A reason that has another action than its default.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct VerdictReasonOverride {
    /// The reason.
    pub verdict_reason: String,
    /// What to do for it.
    pub override_action: VerdictAction,
}

open_enum! {
    /// What to do about a device.
    pub enum VerdictAction {
        /// Let it through.
        Allow = "ALLOW",
        /// Ask for another factor.
        Challenge = "CHALLENGE",
        /// Reject it.
        Block = "BLOCK",
    }
}

/// The network and the browser of a device.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Properties {
    /// The network.
    pub network_properties: Option<NetworkProperties>,
    /// The browser.
    pub browser_properties: Option<BrowserProperties>,
}

/// The network of a device.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct NetworkProperties {
    /// The IP address.
    pub ip_address: String,
    /// The autonomous system.
    pub asn: Option<AsnProperties>,
    /// Where it is.
    pub ip_geolocation: Option<IpGeoProperties>,
    /// Whether it is a proxy.
    pub is_proxy: bool,
    /// Whether it is a VPN.
    pub is_vpn: bool,
}

/// An autonomous system.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct AsnProperties {
    /// The number.
    pub asn: String,
    /// The name.
    pub name: String,
    /// The network, in CIDR form.
    pub network: String,
}

/// Where an IP address is.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct IpGeoProperties {
    /// The city.
    pub city: String,
    /// The region.
    pub region: String,
    /// The country.
    pub country: String,
}

/// The browser of a device.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct BrowserProperties {
    /// What its header `User-Agent` says.
    pub user_agent: String,
}
