//! `GET /v1/projects/metrics`: the counts of a project.

use hyper::Method;
use serde_json::{Value, json};

use crate::{
    api::shared::object,
    api_error::ApiError,
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::GET,
    path: "/v1/projects/metrics",
    parameters: &[],
    access: Access::Project,
    error_types: &[],
    handler: metrics,
};

#[expect(clippy::unnecessary_wraps, reason = "the signature of every endpoint")]
fn metrics(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let state = call.app.state();
    let counts = [
        ("USER_COUNT", state.users().count()),
        ("ORGANIZATION_COUNT", state.organizations().count()),
        ("MEMBER_COUNT", state.members().filter(|member| !member.is_deleted()).count()),
        ("M2M_CLIENT_COUNT", state.m2m_clients().count()),
    ];
    let metric = |(name, count)| json!({ "metric_type": name, "count": count });
    let metrics: Vec<Value> = counts.into_iter().map(metric).collect();
    let project_id = call.app.settings.credentials.project_id.as_str();
    Ok(object([("project_id", project_id.into()), ("metrics", metrics.into())]))
}
