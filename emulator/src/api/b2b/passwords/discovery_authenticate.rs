//! `POST /v1/b2b/passwords/discovery/authenticate`: exchanges an address and a password for an intermediate session.
//! The organization is chosen later.

use hyper::Method;

use super::entered;
use crate::{
    api::b2b::{discovery::found, named::EMAIL_ADDRESS},
    api_error::{ApiError, EMAIL_NOT_FOUND, MEMBER_PASSWORD_NOT_FOUND},
    member::Member,
    parameter::{Kind, required},
    proof::Intermediate,
    route::{Access, Call, ResponseBody, Route},
    session::{Factor, Method as FactorMethod},
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/passwords/discovery/authenticate",
    parameters: &[EMAIL_ADDRESS, required("password", Kind::Secret)],
    access: Access::Project,
    error_types: &[&[&EMAIL_NOT_FOUND], entered::ERROR_TYPES],
    handler: authenticate,
};

fn authenticate(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let (address, password) =
        (call.parameters.required("email_address")?, call.parameters.required("password")?);
    let members: Vec<Member> = call.app.state().members_with_address(address).cloned().collect();
    if members.is_empty() {
        return Err((&EMAIL_NOT_FOUND).into());
    }
    if members.iter().all(|member| member.password.is_none()) {
        return Err((&MEMBER_PASSWORD_NOT_FOUND).into());
    }
    let has_it =
        |member: &&Member| member.password.as_ref().is_some_and(|known| known.stored.verify(password));
    let must_reset =
        |member: &&Member| member.password.as_ref().is_some_and(|password| password.requires_reset);
    let (marked, usable): (Vec<&Member>, Vec<&Member>) = members.iter().filter(has_it).partition(must_reset);
    let member = usable.first().or(marked.first()).ok_or_else(entered::wrong)?;
    entered::require_no_reset(call, member, password)?;
    let mut state = call.app.state();
    // A password may have changed while the others were verified.
    let unchanged = usable.iter().filter(|member| entered::unchanged(&state, member).is_ok());
    let factors = vec![Factor::new(FactorMethod::Password, call.now)];
    let intermediate = Intermediate {
        password_organizations: unchanged.map(|member| member.organization_id.clone()).collect(),
        ..Intermediate::of(&member.email_address, factors)
    };
    found::respond(call, &mut state, intermediate, Change::default())
}
