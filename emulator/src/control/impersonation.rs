//! `POST /_emulator/impersonation`: a token to log in as a user. Stytch's dashboard makes such tokens.

use hyper::Method;
use time::Duration;

use crate::{
    api_error::{ApiError, USER_NOT_FOUND},
    clock::rfc3339,
    parameter::{Kind, optional, required},
    proof::{Proof, Purpose},
    route::{Access, Call, ResponseBody, Route},
    state::Change,
};

/// How long a token is valid.
const MINUTES: i64 = 5;
/// The impersonator, if the request does not name one.
const IMPERSONATOR: &str = "support@example.com";

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/_emulator/impersonation",
    parameters: &[required("user_id", Kind::String), optional("impersonator_email_address", Kind::String)],
    access: Access::Everybody,
    error_types: &[&[&USER_NOT_FOUND]],
    handler: impersonate,
};

fn impersonate(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let user = state.find_user(call.parameters.required("user_id")?).ok_or(&USER_NOT_FOUND)?;
    let impersonator = call.parameters.string("impersonator_email_address").unwrap_or(IMPERSONATOR);
    let proof = Proof {
        key: call.app.ids.token(),
        user_id: user.user_id.clone(),
        expires_at: call.now + Duration::minutes(MINUTES),
        purpose: Purpose::Impersonation {
            impersonator_id: call.app.ids.id("impersonator"),
            impersonator_email_address: impersonator.to_owned(),
        },
    };
    let body = ResponseBody::from_iter([
        ("impersonation_token".to_owned(), proof.key.as_str().into()),
        ("user_id".to_owned(), proof.user_id.as_str().into()),
        ("expires_at".to_owned(), rfc3339(proof.expires_at).into()),
    ]);
    state.commit(Change { proofs: vec![proof], ..Change::default() }, call.now)?;
    Ok(body)
}
