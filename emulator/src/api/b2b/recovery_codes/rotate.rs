//! `POST /v1/b2b/recovery_codes/rotate`: replaces the recovery codes of a member.

use hyper::Method;

use crate::{
    api::{
        b2b::named::{self, MEMBER_ID, ORGANIZATION_ID},
        totps::used,
    },
    api_error::{ApiError, RECOVERY_CODES_NOT_FOUND},
    route::{Access, Call, ResponseBody, Route},
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/recovery_codes/rotate",
    parameters: &[ORGANIZATION_ID, MEMBER_ID],
    access: Access::Project,
    error_types: &[&[&RECOVERY_CODES_NOT_FOUND], named::ERROR_TYPES],
    handler: rotate,
};

fn rotate(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let (organization, mut member) = named::member(call, &state)?;
    let totp = member.totp.as_mut().filter(|totp| totp.verified).ok_or(&RECOVERY_CODES_NOT_FOUND)?;
    totp.recovery_codes = used::recovery_codes(call);
    let codes = totp.recovery_codes.clone();
    member.updated_at = call.now;
    let mut body = named::body(&organization, &member);
    body.insert("recovery_codes".to_owned(), codes.into());
    state.commit(Change { members: vec![member], ..Change::default() }, call.now)?;
    Ok(body)
}
