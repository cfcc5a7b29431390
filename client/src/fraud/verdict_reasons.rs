//! The reasons of verdicts, and what they lead to.

use std::borrow::Cow;

use declapi::{Timestamp, endpoint, resource, response};

use super::Fraud;
use super::fingerprint::VerdictAction;
use super::rules::RuleAction;
use crate::status;

/// The reasons of verdicts, from [`Fraud::verdict_reasons`].
#[resource(on = Fraud)]
pub struct VerdictReasons;

/// Sets what is done for a reason. `RULE_MATCH` is rejected.
#[endpoint(
    post = "/v1/verdict_reasons/override",
    response = OverrideResponse,
    on = VerdictReasons,
    name = r#override
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Override<'a> {
    /// The reason, such as `VIRTUAL_MACHINE`.
    pub verdict_reason: Cow<'a, str>,
    /// What is done for it.
    pub override_action: RuleAction,
    /// Why.
    pub override_description: Option<Cow<'a, str>>,
}

/// The response to [`Override`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct OverrideResponse {
    /// The id of the call, which Stytch's support asks for.
    pub request_id: String,
    /// The HTTP status: the one in the body, or that of the response where the body has none.
    #[serde(default = "status::of_response", deserialize_with = "status::or_of_response")]
    pub status_code: u16,
    /// What is done for the reason now.
    #[response(required)]
    pub verdict_reason_action: VerdictReasonAction,
}

/// Lists the reasons that can be overridden, and what is done for them.
#[endpoint(post = "/v1/verdict_reasons/list", response = ListResponse, on = VerdictReasons, idempotent)]
#[derive(Clone)]
#[non_exhaustive]
pub struct List {
    /// Whether only those are listed that were overridden.
    pub overrides_only: Option<bool>,
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
    /// The reasons.
    pub verdict_reason_actions: Vec<VerdictReasonAction>,
}

/// A reason, and what is done for it.
#[response]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct VerdictReasonAction {
    /// The reason.
    pub verdict_reason: String,
    /// What is done for it by default.
    pub default_action: VerdictAction,
    /// What is done for it in this project.
    pub override_action: Option<VerdictAction>,
    /// Since when.
    #[response(lenient)]
    pub override_created_at: Option<Timestamp>,
    /// Why.
    pub override_description: Option<String>,
}
