//! `POST /v1/magic_links/authenticate`: a login with the token of a link.

use hyper::Method;

use crate::{
    api::{
        attributes::{self, ATTRIBUTES, OPTIONS},
        log_in::log_in,
        reach::{self, Reach},
        session_grant,
        shared::{session_claims, session_jwt, session_minutes, session_token, telemetry_id},
    },
    api_error::{ATTRIBUTE_MISMATCH, ApiError, DUPLICATE_EMAIL, UNABLE_TO_AUTH_MAGIC_LINK},
    parameter::{Kind, optional, required},
    pkce::{VERIFIER_ERROR_TYPES, check_verifier},
    proof::{Proof, Purpose},
    route::{Access, Call, ResponseBody, Route},
    session::Method as FactorMethod,
    state::{Change, State},
    user::User,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/magic_links/authenticate",
    parameters: &[
        required("token", Kind::Secret),
        ATTRIBUTES,
        OPTIONS,
        session_token(),
        session_minutes(),
        session_jwt(),
        session_claims(),
        optional("code_verifier", Kind::Secret),
        telemetry_id(),
    ],
    access: Access::Project,
    error_types: &[
        &[&UNABLE_TO_AUTH_MAGIC_LINK, &ATTRIBUTE_MISMATCH, &DUPLICATE_EMAIL],
        VERIFIER_ERROR_TYPES,
        session_grant::ERROR_TYPES,
    ],
    handler: authenticate,
};

fn authenticate(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let proof = state.proof(call.parameters.required("token")?).filter(|proof| proof.is_valid(call.now));
    let proof = proof.ok_or(&UNABLE_TO_AUTH_MAGIC_LINK)?;
    let (user, method, method_id) = check(call, &state, proof)?;
    let change = Change { used_proofs: vec![proof.key.clone()], ..Change::default() };
    let mut body = log_in(call, &mut state, user, method, change)?;
    body.insert("method_id".to_owned(), method_id.into());
    body.insert("reset_sessions".to_owned(), false.into());
    Ok(body)
}

/// Returns the user of a proof, the factor, and the id of the proved address.
fn check(call: &Call<'_>, state: &State, proof: &Proof) -> Result<(User, FactorMethod, String), ApiError> {
    let verifier = call.parameters.string("code_verifier");
    match &proof.purpose {
        Purpose::MagicLink(link) | Purpose::Invite(link) => {
            check_verifier(link.code_challenge.as_deref(), verifier)?;
            attributes::check(call, &link.attributes)?;
            let user = reach::reached(state, Reach::Email, &proof.user_id, &link.recipient)?;
            let recipient = link.recipient.clone();
            let method =
                FactorMethod::MagicLink { email_id: recipient.id.clone(), email_address: recipient.address };
            Ok((user.ok_or(&UNABLE_TO_AUTH_MAGIC_LINK)?, method, recipient.id))
        }
        Purpose::EmbeddedLink { embedded_id, attributes } => {
            check_verifier(None, verifier)?;
            attributes::check(call, attributes)?;
            let user = state.user(&proof.user_id).cloned().ok_or(&UNABLE_TO_AUTH_MAGIC_LINK)?;
            let method = FactorMethod::EmbeddableMagicLink { embedded_id: embedded_id.clone() };
            Ok((user, method, embedded_id.clone()))
        }
        _ => Err((&UNABLE_TO_AUTH_MAGIC_LINK).into()),
    }
}
