//! `POST /v1/oauth/attach`: a token with which a login at a provider adds the account to a user.

use hyper::Method;
use time::Duration;

use crate::{
    api::{
        reach,
        shared::{object, session_jwt, session_token},
    },
    api_error::{ApiError, INVALID_OAUTH_PROVIDER, NO_USER_SELECTION_ARGUMENTS},
    oauth::Provider,
    parameter::{Kind, optional, required},
    proof::{Proof, Purpose},
    route::{Access, Call, ResponseBody, Route},
    state::Change,
};

/// How long the token is valid.
const MINUTES: i64 = 5;

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/oauth/attach",
    parameters: &[
        required("provider", Kind::String),
        optional("user_id", Kind::String),
        session_token(),
        session_jwt(),
    ],
    access: Access::Project,
    error_types: &[&[&INVALID_OAUTH_PROVIDER, &NO_USER_SELECTION_ARGUMENTS], reach::SELECTION_ERROR_TYPES],
    handler: attach,
};

fn attach(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let provider = Provider::named(call.parameters.required("provider")?).ok_or(&INVALID_OAUTH_PROVIDER)?;
    let mut state = call.app.state();
    let user = reach::selected(call, &state)?.ok_or(&NO_USER_SELECTION_ARGUMENTS)?;
    let proof = Proof {
        key: call.app.ids.token(),
        user_id: user.user_id.clone(),
        expires_at: call.now + Duration::minutes(MINUTES),
        purpose: Purpose::OAuthAttach { provider: provider.name.to_owned() },
    };
    let body = object([("oauth_attach_token", proof.key.as_str().into())]);
    state.commit(Change { proofs: vec![proof], ..Change::default() }, call.now)?;
    Ok(body)
}
