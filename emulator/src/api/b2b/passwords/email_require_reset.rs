//! `POST /v1/b2b/passwords/email/require_reset`: requires a reset of the password of an address. If only one member has
//! the address, the password is removed.

use hyper::Method;
use serde_json::Value;

use crate::{
    api::{
        b2b::{
            acting::{self, Actor},
            named::{self, EMAIL_ADDRESS},
        },
        shared::object,
    },
    api_error::{ApiError, MEMBER_NOT_FOUND},
    member::Member,
    parameter::{Kind, optional},
    route::{Access, Call, ResponseBody, Route},
    state::{Change, State},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/passwords/email/require_reset",
    parameters: &[
        EMAIL_ADDRESS,
        optional("organization_id", Kind::String),
        optional("member_id", Kind::String),
    ],
    access: Access::Member,
    error_types: &[named::ERROR_TYPES, acting::ERROR_TYPES],
    handler: require_reset,
};

fn require_reset(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    authorize(call, &state)?;
    let address = call.parameters.required("email_address")?;
    let mut members: Vec<Member> = state.members_with_address(address).cloned().collect();
    let body = match &mut members[..] {
        [] => return Err((&MEMBER_NOT_FOUND).into()),
        [only] => {
            only.password = None;
            named::body(state.organization(&only.organization_id).ok_or(&MEMBER_NOT_FOUND)?, only)
        }
        several => {
            for password in several.iter_mut().filter_map(|member| member.password.as_mut()) {
                password.requires_reset = true;
            }
            object(["member_id", "member", "organization"].map(|name| (name, Value::Null)))
        }
    };
    state.commit(Change { members, ..Change::default() }, call.now)?;
    Ok(body)
}

/// A request with a member's session must name the organization.
fn authorize(call: &Call<'_>, state: &State) -> Result<(), ApiError> {
    let is_member = call.acting.token.is_some() || call.acting.jwt.is_some();
    if !is_member && !call.parameters.has("organization_id") {
        return Ok(());
    }
    let organization = named::organization(call, state)?;
    let address = call.parameters.required("email_address")?;
    let member = match call.parameters.string("member_id") {
        Some(id) => state.member_called(&organization.organization_id, id),
        None => state.member_with_address(&organization.organization_id, address),
    };
    let member = member.filter(|member| member.holds(address)).ok_or(&MEMBER_NOT_FOUND)?;
    Actor::of(call, state, &organization)?.may_with(member, "update.info.delete.password")
}
