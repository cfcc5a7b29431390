//! `DELETE /v1/b2b/organizations/{organization_id}/members/{member_id}`: deletes a member with their sessions and
//! unused proofs. The member can be reactivated.

use hyper::Method;

use crate::{
    api::{
        b2b::{
            acting::{self, Actor},
            named,
        },
        shared::object,
    },
    api_error::ApiError,
    member::MemberStatus,
    route::{Access, Call, ResponseBody, Route},
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::DELETE,
    path: "/v1/b2b/organizations/{organization_id}/members/{member_id}",
    parameters: &[],
    access: Access::Member,
    error_types: &[named::ERROR_TYPES, acting::ERROR_TYPES],
    handler: delete,
};

fn delete(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let (organization, mut member) = named::member(call, &state)?;
    Actor::of(call, &state, &organization)?.may_with(&member, "delete")?;
    member.status = MemberStatus::Deleted;
    member.updated_at = call.now;
    let sessions = state.sessions_of(&member.member_id, call.now).map(|session| session.session_id.clone());
    let proofs = state.proofs_of(&member.member_id).map(|proof| proof.key.clone());
    let body = object([("member_id", member.member_id.as_str().into())]);
    let change = Change {
        ended_sessions: sessions.collect(),
        used_proofs: proofs.collect(),
        members: vec![member],
        ..Change::default()
    };
    state.commit(change, call.now)?;
    Ok(body)
}
