//! The telemetry data of devices.

use std::borrow::Cow;

use declapi::{Timestamp, endpoint, object, open_enum, resource, response};

use super::Fraud;
use super::rules::RuleType;
use crate::{HttpStatus, JsonObject};

/// The telemetry data of devices, from [`Fraud::fingerprint`].
#[resource(on = Fraud)]
pub struct Fingerprint;

/// Looks up the fingerprints of a device and the recommended action.
#[endpoint(post = "/v1/fingerprint/lookup", response = LookupResponse, on = Fingerprint, idempotent)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Lookup<'a> {
    /// The id of the fingerprint, from the browser.
    pub telemetry_id: Cow<'a, str>,
    /// Your own ids, with which you can find the fingerprint in the dashboard.
    pub external_metadata: Option<Metadata<'a>>,
}

/// The response to [`Lookup`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LookupResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the fingerprint.
    pub telemetry_id: String,
    /// The fingerprints of the device.
    pub fingerprints: Option<Fingerprints>,
    /// The verdict about the device.
    #[response(required)]
    pub verdict: Verdict,
    /// The ids that you have sent.
    pub external_metadata: Option<MetadataResponse>,
    /// The time when the fingerprint was taken.
    #[response(lenient)]
    pub created_at: Option<Timestamp>,
    /// The time when the fingerprint is deleted.
    #[response(lenient)]
    pub expires_at: Option<Timestamp>,
    /// The network and the browser.
    pub properties: Option<Properties>,
    /// The raw measurements, if the project is enabled for them.
    pub raw_signals: Option<JsonObject>,
}

/// Your own ids of a fingerprint. Each has at most 65 characters: letters, digits or `_ - + . @`.
#[object]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Metadata<'a> {
    /// Your own id of the user.
    pub external_id: Option<Cow<'a, str>>,
    /// Your own id of the organization.
    pub organization_id: Option<Cow<'a, str>>,
    /// The action that the user was about to take.
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
    /// The action that the user was about to take.
    pub user_action: Option<String>,
}

/// The fingerprints of a device, from the most common to the most specific one.
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
    /// The id of the visitor, which is stored in a cookie.
    pub visitor_id: Option<String>,
    /// The id of the browser.
    pub browser_id: Option<String>,
}

/// The verdict about a device.
#[response]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Verdict {
    /// The recommended action.
    pub action: VerdictAction,
    /// The reasons, for example `RULE_MATCH` or `VIRTUAL_MACHINE`.
    pub reasons: Vec<String>,
    /// The kind of device.
    pub detected_device_type: String,
    /// Whether the device is really what it claims to be.
    pub is_authentic_device: bool,
    /// The reasons whose action was overridden.
    pub verdict_reason_overrides: Vec<VerdictReasonOverride>,
    /// The type of the rule that has matched.
    pub rule_match_type: Option<RuleType>,
    /// The value that the rule has matched.
    pub rule_match_identifier: Option<String>,
}

/// A reason whose action was overridden.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct VerdictReasonOverride {
    /// The reason.
    pub verdict_reason: String,
    /// The action for the reason.
    pub override_action: VerdictAction,
}

open_enum! {
    /// The recommended action for a device.
    pub enum VerdictAction {
        /// Allow the request.
        Allow = "ALLOW",
        /// Require another factor.
        Challenge = "CHALLENGE",
        /// Block the request.
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
    /// The location of the IP address.
    pub ip_geolocation: Option<IpGeoProperties>,
    /// Whether the IP address belongs to a proxy.
    pub is_proxy: bool,
    /// Whether the IP address belongs to a VPN.
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

/// The location of an IP address.
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
    /// The `User-Agent` header of the browser.
    pub user_agent: String,
}
