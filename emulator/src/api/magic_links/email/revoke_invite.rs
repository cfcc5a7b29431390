//! `POST /v1/magic_links/email/revoke_invite`: makes the links of an invitation useless. The user stays pending.

use hyper::Method;

use crate::{
    api_error::{ApiError, EMAIL_NOT_FOUND, USER_NOT_FOUND},
    parameter::{Kind, required},
    proof::{Proof, Purpose},
    route::{Access, Call, ResponseBody, Route},
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/magic_links/email/revoke_invite",
    parameters: &[required("email", Kind::String)],
    access: Access::Project,
    error_types: &[&[&EMAIL_NOT_FOUND, &USER_NOT_FOUND]],
    handler: revoke,
};

fn revoke(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let user = state.user_by_email(call.parameters.required("email")?).ok_or(&EMAIL_NOT_FOUND)?;
    let is_invite = |proof: &&Proof| matches!(proof.purpose, Purpose::Invite(_)) && proof.is_valid(call.now);
    let invites: Vec<String> =
        state.proofs_of(&user.user_id).filter(is_invite).map(|proof| proof.key.clone()).collect();
    if invites.is_empty() {
        return Err(ApiError::new(&USER_NOT_FOUND, "The user with this address has no pending invite."));
    }
    state.commit(Change { used_proofs: invites, ..Change::default() }, call.now)?;
    Ok(ResponseBody::new())
}
