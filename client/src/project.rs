//! Stytch's Project API.

use declapi::{endpoint, open_enum, resource, response};

use crate::{Client, HttpStatus};

/// The project itself.
///
/// From [`Client::project`].
#[resource(on = &Client)]
pub struct Project;

/// Returns statistics of the project.
#[endpoint(get = "/v1/projects/metrics", response = MetricsResponse, on = Project, idempotent)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Metrics;

/// The response to [`Metrics`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct MetricsResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the project.
    pub project_id: String,
    /// The metrics, one of each type.
    pub metrics: Vec<Metric>,
}

/// A metric of a project.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Metric {
    /// The type of the metric.
    pub metric_type: MetricType,
    /// The value.
    pub count: u64,
}

open_enum! {
    /// The type of a metric.
    pub enum MetricType {
        /// Unknown.
        Unknown = "UNKNOWN",
        /// Users.
        UserCount = "USER_COUNT",
        /// Organizations.
        OrganizationCount = "ORGANIZATION_COUNT",
        /// Members of organizations.
        MemberCount = "MEMBER_COUNT",
        /// M2M clients.
        M2mClientCount = "M2M_CLIENT_COUNT",
    }
}
