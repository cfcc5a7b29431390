//! Stytch's Project API.

use declapi::{endpoint, open_enum, resource, response};

use crate::{Client, status};

/// The project itself.
///
/// From [`Client::project`].
#[resource(on = &Client)]
pub struct Project;

/// Counts what the project has.
#[endpoint(get = "/v1/projects/metrics", response = MetricsResponse, on = Project, idempotent)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Metrics;

/// The response to [`Metrics`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct MetricsResponse {
    /// The id of the call, which Stytch's support asks for.
    pub request_id: String,
    /// The HTTP status: the one in the body, or that of the response where the body has none.
    #[serde(default = "status::of_response", deserialize_with = "status::or_of_response")]
    pub status_code: u16,
    /// The id of the project.
    pub project_id: String,
    /// The counts, one of each type.
    pub metrics: Vec<Metric>,
}

/// How many of something a project has.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Metric {
    /// What was counted.
    pub metric_type: MetricType,
    /// How many there are.
    pub count: u64,
}

open_enum! {
    /// What a project is counted by.
    pub enum MetricType {
        /// Not known.
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
