//! The reasons of verdicts, and their actions.

use std::borrow::Cow;

use declapi::{Timestamp, endpoint, resource, response};

use super::Fraud;
use super::fingerprint::VerdictAction;
use super::rules::RuleAction;
use crate::HttpStatus;

/// The reasons of verdicts, from [`Fraud::verdict_reasons`].
#[resource(on = Fraud)]
pub struct VerdictReasons;

/// Sets the action for a reason. `RULE_MATCH` is rejected.
#[endpoint(
    post = "/v1/verdict_reasons/override",
    response = OverrideResponse,
    on = VerdictReasons,
    name = r#override
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Override<'a> {
    /// The reason, for example `VIRTUAL_MACHINE`.
    pub verdict_reason: Cow<'a, str>,
    /// The action for the reason.
    pub override_action: RuleAction,
    /// A description of the override.
    pub override_description: Option<Cow<'a, str>>,
}

/// The response to [`Override`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct OverrideResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The reason with its new action.
    #[response(required)]
    pub verdict_reason_action: VerdictReasonAction,
}

/// Lists the reasons that can be overridden, with their actions.
#[endpoint(post = "/v1/verdict_reasons/list", response = ListResponse, on = VerdictReasons, idempotent)]
#[derive(Clone)]
#[non_exhaustive]
pub struct List {
    /// Whether to list only reasons that were overridden.
    pub overrides_only: Option<bool>,
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
    /// The reasons.
    pub verdict_reason_actions: Vec<VerdictReasonAction>,
}

/// A reason and its actions.
#[response]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct VerdictReasonAction {
    /// The reason.
    pub verdict_reason: String,
    /// The default action.
    pub default_action: VerdictAction,
    /// The action in this project.
    pub override_action: Option<VerdictAction>,
    /// The time when the override was created.
    #[response(lenient)]
    pub override_created_at: Option<Timestamp>,
    /// The description of the override.
    pub override_description: Option<String>,
}
