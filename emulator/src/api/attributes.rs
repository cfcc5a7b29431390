//! The attributes of the user's device, as the caller sends them, and the check that they stay the same during a
//! flow.

use crate::{
    api_error::{ATTRIBUTE_MISMATCH, ApiError},
    parameter::{Kind, Parameter, optional},
    route::Call,
    session::Attributes,
};

pub(super) const ATTRIBUTES: Parameter = optional(
    "attributes",
    Kind::Object(&[optional("ip_address", Kind::String), optional("user_agent", Kind::String)]),
);

pub(super) const OPTIONS: Parameter = optional(
    "options",
    Kind::Object(&[
        optional("ip_match_required", Kind::Bool),
        optional("user_agent_match_required", Kind::Bool),
    ]),
);

/// Compares the attributes of the start with those of this request, if the options require it.
///
/// # Errors
///
/// `attribute_mismatch`.
pub(super) fn check(call: &Call<'_>, started: &Attributes) -> Result<(), ApiError> {
    let options = call.parameters.object("options").unwrap_or_default();
    let ended = Attributes::of(&call.parameters);
    let differ = |option, one: &str, other: &str| options.bool(option).unwrap_or(false) && one != other;
    if differ("ip_match_required", &started.ip_address, &ended.ip_address)
        || differ("user_agent_match_required", &started.user_agent, &ended.user_agent)
    {
        return Err((&ATTRIBUTE_MISMATCH).into());
    }
    Ok(())
}
