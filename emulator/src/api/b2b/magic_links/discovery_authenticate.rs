//! `POST /v1/b2b/magic_links/discovery/authenticate`: exchanges the token of a link for an intermediate session. The
//! organization is chosen later.

use hyper::Method;

use crate::{
    api::b2b::discovery::found,
    api_error::{ApiError, UNABLE_TO_AUTH_MAGIC_LINK},
    parameter::{Kind, optional, required},
    pkce::{VERIFIER_ERROR_TYPES, check_verifier},
    proof::{Intermediate, Purpose},
    route::{Access, Call, ResponseBody, Route},
    session::{Factor, Method as FactorMethod},
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/magic_links/discovery/authenticate",
    parameters: &[
        required("discovery_magic_links_token", Kind::Secret),
        optional("pkce_code_verifier", Kind::Secret),
    ],
    access: Access::Project,
    error_types: &[&[&UNABLE_TO_AUTH_MAGIC_LINK], VERIFIER_ERROR_TYPES],
    handler: authenticate,
};

fn authenticate(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let token = call.parameters.required("discovery_magic_links_token")?;
    let proof = state.proof(token).filter(|proof| proof.is_valid(call.now) && proof.user_id.is_empty());
    let Some((proof, Purpose::MagicLink(link))) = proof.map(|proof| (proof, &proof.purpose)) else {
        return Err((&UNABLE_TO_AUTH_MAGIC_LINK).into());
    };
    check_verifier(link.code_challenge.as_deref(), call.parameters.string("pkce_code_verifier"))?;
    let address = link.recipient.address.clone();
    let method = FactorMethod::MagicLink { email_id: String::new(), email_address: address.clone() };
    let intermediate = Intermediate::of(&address, vec![Factor::new(method, call.now)]);
    let change = Change { used_proofs: vec![proof.key.clone()], ..Change::default() };
    found::respond(call, &mut state, intermediate, change)
}
