//! `POST /v1/oauth/authenticate`: a login with the token from the end of a provider's login.

use hyper::Method;
use serde_json::{Value, json};
use time::Duration;

use crate::{
    api::{
        log_in::log_in,
        session_grant,
        shared::{session_claims, session_jwt, session_minutes, session_token, telemetry_id},
    },
    api_error::{ApiError, OAUTH_TOKEN_NOT_FOUND},
    clock::rfc3339,
    oauth::{Login, Provider},
    parameter::{Kind, optional, required},
    pkce::{VERIFIER_ERROR_TYPES, check_verifier},
    proof::Purpose,
    route::{Access, Call, ResponseBody, Route},
    session::Method as FactorMethod,
    state::Change,
};

/// The lifetime of the provider's access token in the response.
const ACCESS_TOKEN_MINUTES: i64 = 60;

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/oauth/authenticate",
    parameters: &[
        required("token", Kind::Secret),
        session_token(),
        session_minutes(),
        session_jwt(),
        session_claims(),
        optional("code_verifier", Kind::Secret),
        telemetry_id(),
    ],
    access: Access::Project,
    error_types: &[&[&OAUTH_TOKEN_NOT_FOUND], VERIFIER_ERROR_TYPES, session_grant::ERROR_TYPES],
    handler: authenticate,
};

fn authenticate(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let proof = state.proof(call.parameters.required("token")?).filter(|proof| proof.is_valid(call.now));
    let Some((proof, Purpose::OAuthLogin(login))) = proof.map(|proof| (proof, &proof.purpose)) else {
        return Err((&OAUTH_TOKEN_NOT_FOUND).into());
    };
    check_verifier(login.code_challenge.as_deref(), call.parameters.string("code_verifier"))?;
    let (login, key) = (login.clone(), proof.key.clone());
    let provider = Provider::named(&login.provider).ok_or(&OAUTH_TOKEN_NOT_FOUND)?;
    let user = state.user(&proof.user_id).cloned().ok_or(&OAUTH_TOKEN_NOT_FOUND)?;
    let method = FactorMethod::OAuth {
        provider: login.provider.clone(),
        id: login.oauth_user_registration_id.clone(),
        provider_subject: login.provider_subject.clone(),
        email_id: login.email_id.clone(),
    };
    let change = Change { used_proofs: vec![key], ..Change::default() };
    let mut body = log_in(call, &mut state, user, method, change)?;
    let session = body.remove("session").unwrap_or_default();
    for (name, value) in [
        ("user_session", session),
        ("provider_type", provider.spelling.into()),
        ("provider_subject", login.provider_subject.as_str().into()),
        ("oauth_user_registration_id", login.oauth_user_registration_id.as_str().into()),
        ("provider_values", provider_values(call, &login)),
        ("reset_sessions", false.into()),
    ] {
        body.insert(name.to_owned(), value);
    }
    Ok(body)
}

/// Returns the values that the provider would give to the application. The tokens cannot be used.
fn provider_values(call: &Call<'_>, login: &Login) -> Value {
    json!({
        "access_token": call.app.ids.token(),
        "refresh_token": call.app.ids.token(),
        "id_token": "",
        "scopes": login.scopes,
        "expires_at": rfc3339(call.now + Duration::minutes(ACCESS_TOKEN_MINUTES)),
    })
}
