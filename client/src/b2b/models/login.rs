//! The outcome of a member's login.

use declapi::{Timestamp, response};

use super::{Member, MemberSession, MfaRequired, Organization, PrimaryRequired};
use crate::Secret;
use crate::models::{Device, unless_empty};

/// A login of a member: either a session, or an intermediate session with the missing factors.
///
/// Its tokens are only available from [`outcome`](Self::outcome).
#[response]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct MemberLogin {
    /// The id of the member.
    #[response(required)]
    pub member_id: String,
    /// The member who logs in.
    pub member: Option<Member>,
    /// The organization.
    pub organization: Option<Organization>,
    /// The telemetry data of the device.
    pub member_device: Option<Device>,
    organization_id: Option<String>,
    member_authenticated: bool,
    #[serde(deserialize_with = "unless_empty")]
    session_token: Option<Secret>,
    #[serde(deserialize_with = "unless_empty")]
    session_jwt: Option<Secret>,
    member_session: Option<MemberSession>,
    #[serde(deserialize_with = "unless_empty")]
    intermediate_session_token: Option<Secret>,
    #[response(lenient)]
    intermediate_session_token_expires_at: Option<Timestamp>,
    mfa_required: Option<MfaRequired>,
    primary_required: Option<PrimaryRequired>,
}

impl MemberLogin {
    /// Returns the outcome of the login.
    ///
    /// The member is logged in only if Stytch says so and returns a session. In all other cases, the login is pending.
    ///
    /// ```no_run
    /// use stytch_client::b2b::models::{LoginOutcome, MemberLogin};
    ///
    /// fn next_page(login: &MemberLogin) -> &'static str {
    ///     match login.outcome() {
    ///         LoginOutcome::LoggedIn(_) => "/home",
    ///         LoginOutcome::Pending(pending) if pending.mfa_required.is_some() => "/second-factor",
    ///         LoginOutcome::Pending(_) => "/other-ways-to-log-in",
    ///     }
    /// }
    /// ```
    pub fn outcome(&self) -> LoginOutcome<'_> {
        let has_session = self.session_token.is_some() || self.session_jwt.is_some();
        if self.member_authenticated && has_session {
            LoginOutcome::LoggedIn(LoggedIn {
                session_token: self.session_token.as_ref(),
                session_jwt: self.session_jwt.as_ref(),
                member_session: self.member_session.as_ref(),
            })
        } else {
            LoginOutcome::Pending(Pending {
                intermediate_session_token: self.intermediate_session_token.as_ref(),
                expires_at: self.intermediate_session_token_expires_at,
                mfa_required: self.mfa_required.as_ref(),
                primary_required: self.primary_required.as_ref(),
            })
        }
    }

    /// Returns the id of the organization, or `None` if the response does not contain it.
    pub fn organization_id(&self) -> Option<&str> {
        let of_organization =
            || self.organization.as_ref().map(|organization| &*organization.organization_id);
        self.organization_id.as_deref().or_else(of_organization)
    }
}

/// The outcome of a login.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LoginOutcome<'l> {
    /// The member is logged in.
    LoggedIn(LoggedIn<'l>),
    /// A factor is missing.
    Pending(Pending<'l>),
}

/// A session of a member who is logged in.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct LoggedIn<'l> {
    /// The opaque token of the session.
    pub session_token: Option<&'l Secret>,
    /// The JWT of the session, which is valid for five minutes.
    pub session_jwt: Option<&'l Secret>,
    /// The session.
    pub member_session: Option<&'l MemberSession>,
}

/// A login that is not complete.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Pending<'l> {
    /// The token of the intermediate session for the next step.
    pub intermediate_session_token: Option<&'l Secret>,
    /// The time when the intermediate session ends.
    pub expires_at: Option<Timestamp>,
    /// The requirement of a second factor, if there is one.
    pub mfa_required: Option<&'l MfaRequired>,
    /// The requirement of another first factor, if there is one.
    pub primary_required: Option<&'l PrimaryRequired>,
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn login(fields: &Value) -> MemberLogin {
        let mut login =
            json!({"member_id": "member-1", "organization": {"organization_id": "organization-1"}});
        login.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        serde_json::from_value(login).unwrap()
    }

    #[test]
    fn a_session_is_a_login() {
        let login = login(&json!({
            "member_authenticated": true, "session_token": "t", "session_jwt": "j", "intermediate_session_token": "",
            "member_session": {"member_session_id": "s"}, "mfa_required": null,
        }));
        let LoginOutcome::LoggedIn(session) = login.outcome() else { panic!("{login:?}") };
        assert_eq!(session.session_token.unwrap().secret(), "t");
        assert_eq!(session.session_jwt.unwrap().secret(), "j");
        assert_eq!(session.member_session.unwrap().member_session_id, "s");
        assert_eq!(login.organization_id(), Some("organization-1"));
    }

    #[test]
    fn an_intermediate_session_is_no_login() {
        let login = login(&json!({
            "member_authenticated": false, "session_token": "", "session_jwt": "", "intermediate_session_token": "i",
            "intermediate_session_token_expires_at": "2026-11-26T10:00:00Z",
            "mfa_required": {"member_options": {"mfa_phone_number": "+1"}, "secondary_auth_initiated": "sms_otp"},
        }));
        let LoginOutcome::Pending(pending) = login.outcome() else { panic!("{login:?}") };
        assert_eq!(pending.intermediate_session_token.unwrap().secret(), "i");
        assert_eq!(pending.mfa_required.unwrap().secondary_auth_initiated.as_deref(), Some("sms_otp"));
        assert!(pending.primary_required.is_none() && pending.expires_at.is_some());
    }

    /// If the fields contradict each other, the member is not logged in.
    #[test]
    fn a_contradictory_response_is_no_login() {
        for fields in [
            json!({"member_authenticated": false, "session_token": "t", "session_jwt": "j"}),
            json!({"member_authenticated": true, "session_token": "", "session_jwt": ""}),
            json!({"session_token": "t", "session_jwt": "j"}),
            json!({"member_authenticated": true}),
        ] {
            assert!(matches!(login(&fields).outcome(), LoginOutcome::Pending(_)), "{fields}");
        }
    }

    /// The serialized login contains all fields, even those that an outcome does not show.
    #[test]
    fn every_field_is_kept() {
        let fields = json!({
            "member_authenticated": true, "session_token": "t", "session_jwt": "j", "intermediate_session_token": "i",
            "organization_id": "organization-2",
        });
        let written = serde_json::to_value(login(&fields)).unwrap();
        for (name, value) in fields.as_object().unwrap() {
            assert_eq!(&written[name], value, "{name}");
        }
    }
}
