//! The session that a request continues: a session, or the intermediate session of a login that is not complete.

use serde_json::Value;
use time::Duration;

use super::requirement::transferred;
use crate::{
    api::session_grant,
    api_error::{
        ApiError, ErrorType, INTERMEDIATE_SESSION_NOT_FOUND,
        INVALID_INTERMEDIATE_SESSION_TOKEN_FOR_ORGANIZATION, SESSION_NOT_FOUND, TOO_MANY_SESSION_ARGUMENTS,
        UNABLE_TO_PARSE_SESSION_JWT,
    },
    clock::{Moment, rfc3339},
    member::Member,
    parameter::{Kind, Parameter, optional},
    proof::{Intermediate, Proof, Purpose},
    route::{Call, ResponseBody},
    session::{Factor, Session},
    state::State,
    user::same_address,
};

/// The lifetime of an intermediate session.
const MINUTES: i64 = 10;

pub(super) const INTERMEDIATE_SESSION_TOKEN: Parameter = optional("intermediate_session_token", Kind::Secret);

/// The error types of [`Before::of`].
pub(super) static ERROR_TYPES: &[&ErrorType] = &[
    &SESSION_NOT_FOUND,
    &TOO_MANY_SESSION_ARGUMENTS,
    &UNABLE_TO_PARSE_SESSION_JWT,
    &INTERMEDIATE_SESSION_NOT_FOUND,
    &INVALID_INTERMEDIATE_SESSION_TOKEN_FOR_ORGANIZATION,
];

/// The session that a request continues. At most one of the two is set.
#[derive(Default)]
pub(super) struct Before {
    pub(super) session: Option<Session>,
    pub(super) intermediate: Option<Proof>,
    pub(super) factors: Vec<Factor>,
}

impl Before {
    /// Returns the session of the request, which a member continues.
    ///
    /// # Errors
    ///
    /// Those in [`ERROR_TYPES`], and `bad_request` for a session of another member.
    pub(super) fn of(call: &Call<'_>, state: &State, member: &Member) -> Result<Self, ApiError> {
        let before = Self::own(call, state, member)?;
        let given = ["session_jwt", "session_token"].into_iter().find(|name| call.parameters.has(name));
        match given {
            Some(name) if before.session.is_none() => {
                Err(ApiError::parameter(name, "belongs to another member."))
            }
            _ => Ok(before),
        }
    }

    /// Returns the session of the request. A session of another member is ignored.
    ///
    /// # Errors
    ///
    /// Those in [`ERROR_TYPES`].
    pub(super) fn own(call: &Call<'_>, state: &State, member: &Member) -> Result<Self, ApiError> {
        match (session(call, state)?, intermediate(call, state)?) {
            (Some(_), Some(_)) => Err((&TOO_MANY_SESSION_ARGUMENTS).into()),
            (Some(session), None) if session.user_id == member.member_id => {
                let factors = session.factors.clone();
                Ok(Self { session: Some(session), intermediate: None, factors })
            }
            (_, None) => Ok(Self::default()),
            (None, Some((proof, intermediate))) => {
                if !same_address(&intermediate.email_address, &member.email_address) {
                    return Err((&INVALID_INTERMEDIATE_SESSION_TOKEN_FOR_ORGANIZATION).into());
                }
                let factors = factors_for(member, &intermediate);
                Ok(Self { session: None, intermediate: Some(proof), factors })
            }
        }
    }
}

/// Returns the factors of an intermediate session that count for a member.
pub(super) fn factors_for(member: &Member, intermediate: &Intermediate) -> Vec<Factor> {
    let id = &member.organization_id;
    if intermediate.organization_id.as_ref() == Some(id) {
        return intermediate.factors.clone();
    }
    transferred(&intermediate.factors, member, intermediate.password_organizations.contains(id))
}

/// Returns the active session of a member in `session_token` or `session_jwt`. `None` if the request has neither.
///
/// # Errors
///
/// `session_not_found`, `too_many_session_arguments` and `unable_to_parse_session_jwt`.
pub(super) fn session(call: &Call<'_>, state: &State) -> Result<Option<Session>, ApiError> {
    let (token, jwt) = (call.parameters.string("session_token"), call.parameters.string("session_jwt"));
    match session_grant::find(call, state, token, jwt)? {
        Some(session) if session.organization_id.is_none() => Err((&SESSION_NOT_FOUND).into()),
        session => Ok(session),
    }
}

/// Returns the intermediate session in `intermediate_session_token`. `None` if the request has none.
///
/// # Errors
///
/// `intermediate_session_not_found`.
pub(super) fn intermediate(
    call: &Call<'_>,
    state: &State,
) -> Result<Option<(Proof, Intermediate)>, ApiError> {
    let Some(token) = call.parameters.string("intermediate_session_token") else { return Ok(None) };
    let proof = state.proof(token).filter(|proof| proof.is_valid(call.now));
    match proof.map(|proof| (proof, &proof.purpose)) {
        Some((proof, Purpose::Intermediate(known))) => Ok(Some((proof.clone(), (**known).clone()))),
        _ => Err((&INTERMEDIATE_SESSION_NOT_FOUND).into()),
    }
}

/// Returns a new intermediate session. The `member_id` is empty if the person chooses the organization later.
pub(super) fn new_intermediate(call: &Call<'_>, member_id: &str, intermediate: Intermediate) -> Proof {
    Proof {
        key: call.app.ids.token(),
        user_id: member_id.to_owned(),
        expires_at: call.now + Duration::minutes(MINUTES),
        purpose: Purpose::Intermediate(Box::new(intermediate)),
    }
}

/// Adds the fields of an intermediate session to a response. Without one, they are an empty string and null.
pub(super) fn describe(body: &mut ResponseBody, intermediate: Option<&Proof>) {
    let expires_at = intermediate.map(|proof: &Proof| -> Moment { proof.expires_at });
    let token = intermediate.map_or("", |proof| &proof.key);
    body.insert("intermediate_session_token".to_owned(), token.into());
    let expires_at = expires_at.map_or(Value::Null, |moment| rfc3339(moment).into());
    body.insert("intermediate_session_token_expires_at".to_owned(), expires_at);
}
