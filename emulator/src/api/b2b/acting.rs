//! The caller of a request: the application itself, or a member whose session is in the headers of the request.

use crate::{
    api::session_grant,
    api_error::{
        ApiError, ErrorType, SESSION_AUTHORIZATION_ERROR, SESSION_AUTHORIZATION_TENANCY_ERROR,
        SESSION_NOT_FOUND, TOO_MANY_SESSION_ARGUMENTS, UNABLE_TO_PARSE_SESSION_JWT,
    },
    member::Member,
    organization::Organization,
    rbac::Policy,
    route::{Call, SessionHeaders},
    state::State,
};

/// The error types of endpoints that accept a member's session.
pub(super) static ERROR_TYPES: &[&ErrorType] = &[
    &SESSION_NOT_FOUND,
    &TOO_MANY_SESSION_ARGUMENTS,
    &UNABLE_TO_PARSE_SESSION_JWT,
    &SESSION_AUTHORIZATION_ERROR,
    &SESSION_AUTHORIZATION_TENANCY_ERROR,
];

pub(super) enum Actor {
    /// The application, which has all permissions.
    Application,
    Member {
        member_id: String,
        roles: Vec<String>,
        policy: Policy,
    },
}

impl Actor {
    /// Returns the caller of a request about an organization.
    ///
    /// # Errors
    ///
    /// The errors for a session that does not exist, and `session_authorization_tenancy_error` for a session in another
    /// organization. These checks come first.
    pub(super) fn of(call: &Call<'_>, state: &State, organization: &Organization) -> Result<Self, ApiError> {
        let SessionHeaders { token, jwt } = &call.acting;
        let Some(session) = session_grant::find(call, state, token.as_deref(), jwt.as_deref())? else {
            return Ok(Self::Application);
        };
        if session.organization_id.as_ref() != Some(&organization.organization_id) {
            return Err((&SESSION_AUTHORIZATION_TENANCY_ERROR).into());
        }
        let member = state.member(&session.user_id).ok_or(&SESSION_NOT_FOUND)?;
        Ok(Self::Member {
            member_id: member.member_id.clone(),
            roles: member.roles_in(organization, &session.factors),
            policy: policy(call, organization),
        })
    }

    /// Checks that the caller may take an action on a resource.
    ///
    /// # Errors
    ///
    /// `session_authorization_error`.
    pub(super) fn may(&self, resource_id: &str, action: &str) -> Result<(), ApiError> {
        match self {
            Self::Member { roles, policy, .. } if policy.granting(roles, resource_id, action).is_empty() => {
                let message = format!("No role of the member allows `{action}` on `{resource_id}`.");
                Err(ApiError::new(&SESSION_AUTHORIZATION_ERROR, message))
            }
            _ => Ok(()),
        }
    }

    /// Checks that the caller may take an action on a member, who may be the caller.
    ///
    /// # Errors
    ///
    /// `session_authorization_error`.
    pub(super) fn may_with(&self, member: &Member, action: &str) -> Result<(), ApiError> {
        if self.is(member) && self.may("stytch.self", action).is_ok() {
            return Ok(());
        }
        self.may("stytch.member", action)
    }

    /// Returns whether the caller is this member.
    pub(super) fn is(&self, member: &Member) -> bool {
        matches!(self, Self::Member { member_id, .. } if *member_id == member.member_id)
    }

    pub(super) fn is_application(&self) -> bool {
        matches!(self, Self::Application)
    }
}

/// Returns the policy for the members of an organization: the policy of the project, with the custom roles of the
/// organization.
pub(super) fn policy(call: &Call<'_>, organization: &Organization) -> Policy {
    call.app.settings.policy.for_organizations().with_roles(&organization.custom_roles)
}
