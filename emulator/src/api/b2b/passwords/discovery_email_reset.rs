//! `POST /v1/b2b/passwords/discovery/email/reset`: sets a new password for an address in all organizations, and starts
//! an intermediate session. All sessions of the members with the address end.

use hyper::Method;

use crate::{
    api::{b2b::discovery::found, passwords::new_password},
    api_error::{ApiError, UNABLE_TO_AUTH_PASSWORD_RESET_TOKEN},
    member::Member,
    parameter::{Kind, optional, required},
    pkce::{VERIFIER_ERROR_TYPES, check_verifier},
    proof::{Intermediate, Purpose},
    route::{Access, Call, ResponseBody, Route},
    session::{Factor, Method as FactorMethod},
    state::{Change, State},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/passwords/discovery/email/reset",
    parameters: &[
        required("password_reset_token", Kind::Secret),
        required("password", Kind::Secret),
        optional("pkce_code_verifier", Kind::Secret),
    ],
    access: Access::Project,
    error_types: &[&[&UNABLE_TO_AUTH_PASSWORD_RESET_TOKEN], VERIFIER_ERROR_TYPES, new_password::ERROR_TYPES],
    handler: reset,
};

fn reset(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let address = find_token(call, &call.app.state())?;
    let password = new_password::accept(call, &address, call.parameters.required("password")?)?;
    let mut state = call.app.state();
    // Checked again: another request may have used the token while the password was hashed.
    let address = find_token(call, &state)?;
    let renewed = |member: &Member| Member { password: Some(password.clone()), ..member.clone() };
    let members: Vec<Member> = state.members_with_address(&address).map(renewed).collect();
    let sessions = members.iter().flat_map(|member| state.sessions_of(&member.member_id, call.now));
    let ended_sessions = sessions.map(|session| session.session_id.clone()).collect();
    let method = FactorMethod::MagicLink { email_id: String::new(), email_address: address.clone() };
    let intermediate = Intermediate {
        password: Some(password),
        ..Intermediate::of(&address, vec![Factor::new(method, call.now)])
    };
    let used_proofs = vec![call.parameters.required("password_reset_token")?.to_owned()];
    let change = Change { members, ended_sessions, used_proofs, ..Change::default() };
    found::respond(call, &mut state, intermediate, change)
}

/// Returns the address to which the token of the request was sent.
fn find_token(call: &Call<'_>, state: &State) -> Result<String, ApiError> {
    let token = call.parameters.required("password_reset_token")?;
    let proof = state.proof(token).filter(|proof| proof.is_valid(call.now) && proof.user_id.is_empty());
    let Some(Purpose::ResetPassword(link)) = proof.map(|proof| &proof.purpose) else {
        return Err((&UNABLE_TO_AUTH_PASSWORD_RESET_TOKEN).into());
    };
    check_verifier(link.code_challenge.as_deref(), call.parameters.string("pkce_code_verifier"))?;
    Ok(link.recipient.address.clone())
}
