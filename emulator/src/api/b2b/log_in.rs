//! The end of a login: a session if the login is complete, and an intermediate session otherwise.

use serde_json::{Map, Value};

use super::{
    before::{Before, describe, new_intermediate},
    named,
    requirement::{Missing, allows_secondary},
};
use crate::{
    api::{otps::sent, session_grant},
    api_error::ApiError,
    member::{Member, MemberStatus, proves_address},
    organization::Organization,
    outbox::Channel,
    proof::{Intermediate, Recipient},
    route::{Call, ResponseBody},
    session::{Attributes, Factor, Method, Session, add_factor},
    state::{Change, State},
};

/// The default lifetime of a session.
const DEFAULT_MINUTES: i64 = 60;

/// A member who has just proved a factor, with the session that the request continues.
pub(super) struct Login {
    pub(super) organization: Organization,
    pub(super) member: Member,
    pub(super) before: Before,
    /// Whether the member is new and joins with this login.
    pub(super) joins: bool,
}

impl Login {
    /// Reads the session that the request continues.
    ///
    /// # Errors
    ///
    /// Those of [`Before::of`].
    pub(super) fn of(
        call: &Call<'_>,
        state: &State,
        organization: Organization,
        member: Member,
    ) -> Result<Self, ApiError> {
        let before = Before::of(call, state, &member)?;
        Ok(Self { organization, member, before, joins: false })
    }

    /// Reads the session that a request with the token of a link continues. A session of another member is ignored.
    ///
    /// # Errors
    ///
    /// Those of [`Before::own`].
    pub(super) fn by_link(
        call: &Call<'_>,
        state: &State,
        organization: Organization,
        member: Member,
    ) -> Result<Self, ApiError> {
        let before = Before::own(call, state, &member)?;
        Ok(Self { organization, member, before, joins: false })
    }

    /// Stores the member with a session or an intermediate session, and returns the fields of a response about a login. An
    /// intermediate session keeps its token until the login is complete.
    ///
    /// # Errors
    ///
    /// `custom_claims_too_large`.
    pub(super) fn finish(
        self,
        call: &Call<'_>,
        state: &mut State,
        method: Option<Method>,
        mut change: Change,
    ) -> Result<ResponseBody, ApiError> {
        let Self { organization, mut member, before, joins } = self;
        let mut factors = before.factors;
        if let Some(method) = method {
            add_factor(&mut factors, Factor::new(method, call.now));
        }
        let is_proved = factors.iter().any(|factor| proves_address(&factor.method, &member.email_address));
        member.email_address_verified |= is_proved;
        let missing = match Missing::of(&organization, &member, &factors) {
            // A login that extends a session does not need the second factor again.
            Missing::Secondary if before.session.is_some() => Missing::Nothing,
            Missing::Nothing | Missing::Secondary if joins && !is_proved => Missing::Primary(Vec::new()),
            missing => missing,
        };
        let token = before.intermediate.map(|proof| proof.key);
        let mut body;
        if missing == Missing::Nothing {
            change.used_proofs.extend(token);
            member.status = MemberStatus::Active;
            let session = before.session.unwrap_or_else(|| new_session(call, &member));
            let (session, jwt) = renewed(call, session, factors, &organization, &member)?;
            body = named::body(&organization, &member);
            describe_session(&mut body, &organization, Some((&session, &jwt)));
            describe(&mut body, None);
            body.insert("mfa_required".to_owned(), Value::Null);
            change.sessions.push(session);
        } else {
            if joins {
                member.status = MemberStatus::Pending;
            }
            let initiated = initiate(call, &organization, &member, &missing, &mut change);
            let intermediate = Intermediate {
                organization_id: Some(organization.organization_id.clone()),
                ..Intermediate::of(&member.email_address, factors)
            };
            let mut proof = new_intermediate(call, &member.member_id, intermediate);
            proof.key = token.unwrap_or(proof.key);
            body = named::body(&organization, &member);
            describe_session(&mut body, &organization, None);
            describe(&mut body, Some(&proof));
            body.insert("mfa_required".to_owned(), missing.secondary_json(&member, initiated));
            change.proofs.push(proof);
        }
        body.insert("member_authenticated".to_owned(), (missing == Missing::Nothing).into());
        body.insert("primary_required".to_owned(), missing.primary_json());
        body.insert("organization_id".to_owned(), organization.organization_id.as_str().into());
        member.updated_at = call.now;
        change.members.push(member);
        state.commit(change, call.now)?;
        Ok(body)
    }
}

/// Sends a passcode to a member who needs a second factor and has a phone number, unless the member prefers the app.
fn initiate(
    call: &Call<'_>,
    organization: &Organization,
    member: &Member,
    missing: &Missing,
    change: &mut Change,
) -> Option<&'static str> {
    let prefers_app = member.verified_totp().is_some() && member.default_mfa_method != "sms_otp";
    let phone = member.verified_phone().filter(|_| {
        *missing == Missing::Secondary && !prefers_app && allows_secondary(organization, member, "sms_otp")
    })?;
    let (id, address) = (phone.phone_id.clone(), phone.phone_number.clone());
    let recipient = Recipient { id: id.clone(), address, is_new: false };
    let minutes = sent::DEFAULT_MINUTES;
    let (proof, message) = sent::passcode(call, &member.member_id, id, &recipient, Channel::Sms, minutes, "");
    change.proofs.push(proof);
    change.messages.push(message);
    Some("sms_otp")
}

/// Returns a new session without factors.
fn new_session(call: &Call<'_>, member: &Member) -> Session {
    Session {
        session_id: call.app.ids.id("member-session"),
        user_id: member.member_id.clone(),
        organization_id: Some(member.organization_id.clone()),
        token: call.app.ids.token(),
        started_at: call.now,
        last_accessed_at: call.now,
        expires_at: call.now,
        factors: Vec::new(),
        roles: Vec::new(),
        attributes: Attributes::default(),
        custom_claims: Map::new(),
    }
}

/// Returns a session with these factors and with the time and the claims of the request, and its JWT.
///
/// # Errors
///
/// `custom_claims_too_large`.
fn renewed(
    call: &Call<'_>,
    mut session: Session,
    factors: Vec<Factor>,
    organization: &Organization,
    member: &Member,
) -> Result<(Session, String), ApiError> {
    session.roles = member.roles_in(organization, &factors);
    session.factors = factors;
    let minutes = call.parameters.integer("session_duration_minutes").unwrap_or(DEFAULT_MINUTES);
    session_grant::renew(call, &mut session, minutes)?;
    let jwt = session_grant::sign(call, &session, Some(organization))?;
    Ok((session, jwt))
}

/// Adds the fields of a session to a response. Without a session, they are empty strings and null.
pub(super) fn describe_session(
    body: &mut ResponseBody,
    organization: &Organization,
    session: Option<(&Session, &String)>,
) {
    let (token, jwt) = session.map_or(("", ""), |(session, jwt)| (session.token.as_str(), jwt.as_str()));
    body.insert("session_token".to_owned(), token.into());
    body.insert("session_jwt".to_owned(), jwt.into());
    let session = session.map_or(Value::Null, |(session, _)| session.member_json(organization));
    body.insert("member_session".to_owned(), session);
    // Device fingerprints are a separate product, which the emulator does not have.
    body.insert("member_device".to_owned(), Value::Null);
}

/// Removes fields that the responses to other logins have.
pub(super) fn without<const N: usize>(mut body: ResponseBody, names: [&str; N]) -> ResponseBody {
    body.retain(|name, _| !names.contains(&name.as_str()));
    body
}
