//! The telemetry data of a device.

use declapi::{Timestamp, response};

/// The telemetry data of a device.
#[response]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Device {
    /// The id of the device.
    pub visitor_id: String,
    /// The times when the device was seen.
    pub visitor_id_details: Option<Sighting>,
    /// The address of the device.
    pub ip_address: Option<String>,
    /// The times when the address was seen.
    pub ip_address_details: Option<Sighting>,
    /// The city of the address.
    pub ip_geo_city: Option<String>,
    /// The region of the address.
    pub ip_geo_region: Option<String>,
    /// The country of the address.
    pub ip_geo_country: Option<String>,
    /// The times when the country was seen.
    pub ip_geo_country_details: Option<Sighting>,
}

/// The times when a property of a device was seen with the user.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sighting {
    /// Whether this was the first time.
    pub is_new: bool,
    /// The time when it was first seen.
    #[response(lenient)]
    pub first_seen_at: Option<Timestamp>,
    /// The time when it was last seen.
    #[response(lenient)]
    pub last_seen_at: Option<Timestamp>,
}
