//! `POST /v1/b2b/otps/email/discovery/authenticate`: exchanges a passcode for an intermediate session. The organization
//! is chosen later.

use hyper::Method;

use super::email_discovery_send::key;
use crate::{
    api::{
        b2b::{discovery::found, named::EMAIL_ADDRESS},
        otps::checked,
    },
    api_error::ApiError,
    parameter::{Kind, required},
    proof::Intermediate,
    route::{Access, Call, ResponseBody, Route},
    session::{Factor, Method as FactorMethod},
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/otps/email/discovery/authenticate",
    parameters: &[EMAIL_ADDRESS, required("code", Kind::Secret)],
    access: Access::Project,
    error_types: &[checked::ERROR_TYPES],
    handler: authenticate,
};

fn authenticate(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let key = key(call.parameters.required("email_address")?);
    let (_, passcode) = checked::passcode(call, &state, &key, call.parameters.required("code")?)?;
    let address = passcode.recipient.address.clone();
    let method = FactorMethod::EmailPasscode { email_id: String::new(), email_address: address.clone() };
    let intermediate = Intermediate::of(&address, vec![Factor::new(method, call.now)]);
    found::respond(call, &mut state, intermediate, Change { used_proofs: vec![key], ..Change::default() })
}
