//! The requirements of an organization for a login, and the missing ones.

use serde_json::{Value, json};

use crate::{
    member::{Member, proves_address},
    organization::{Organization, RESTRICTED},
    session::{Factor, Method},
};

/// The factor that is still missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Missing {
    Nothing,
    /// A first factor: one of these, or any if the list is empty.
    Primary(Vec<String>),
    /// A second factor.
    Secondary,
}

impl Missing {
    /// Compares the factors of a member with the requirements of their organization.
    pub(super) fn of(organization: &Organization, member: &Member, factors: &[Factor]) -> Self {
        let settings = &organization.settings;
        let is_restricted = settings.auth_methods == RESTRICTED && !member.is_breakglass;
        let allowed = if is_restricted { settings.allowed_auth_methods.as_slice() } else { &[] };
        let counts = |factor: &Factor| {
            primary_name(&factor.method).is_some_and(|name| !is_restricted || allowed.contains(&name))
        };
        if !factors.iter().any(counts) {
            return Self::Primary(allowed.to_vec());
        }
        let needs_second = settings.requires_second_factor() || member.mfa_enrolled;
        if needs_second && !factors.iter().any(|factor| is_secondary(&factor.method)) {
            return Self::Secondary;
        }
        Self::Nothing
    }

    /// Returns `primary_required` of a response.
    pub(super) fn primary_json(&self) -> Value {
        match self {
            Self::Primary(methods) => json!({ "allowed_auth_methods": methods }),
            _ => Value::Null,
        }
    }

    /// Returns `mfa_required` of a response.
    pub(super) fn secondary_json(&self, member: &Member, initiated: Option<&str>) -> Value {
        if *self != Self::Secondary {
            return Value::Null;
        }
        let (phone, totp) = (member.verified_phone(), member.verified_totp());
        let options = (phone.is_some() || totp.is_some()).then(|| {
            json!({
                "mfa_phone_number": phone.map_or("", |phone| &phone.phone_number),
                "totp_registration_id": totp.map_or("", |totp| &totp.totp_id),
            })
        });
        json!({ "member_options": options, "secondary_auth_initiated": initiated })
    }
}

/// Returns whether members of an organization may use a second factor: `sms_otp` or `totp`.
pub(super) fn allows_secondary(organization: &Organization, member: &Member, name: &str) -> bool {
    let settings = &organization.settings;
    settings.mfa_methods != RESTRICTED
        || member.is_breakglass
        || settings.allowed_mfa_methods.iter().any(|allowed| allowed == name)
}

/// Returns whether members of an organization may log in with a method, for example `magic_link`.
pub(super) fn allows_primary(organization: &Organization, member: Option<&Member>, name: &str) -> bool {
    let settings = &organization.settings;
    settings.auth_methods != RESTRICTED
        || member.is_some_and(|member| member.is_breakglass)
        || settings.allowed_auth_methods.iter().any(|allowed| allowed == name)
}

/// Returns the factors from outside an organization that the organization accepts. These are the factors that prove the
/// address of the member, and a password that the member has in that organization too.
pub(super) fn transferred(factors: &[Factor], member: &Member, with_password: bool) -> Vec<Factor> {
    let is_transferable = |factor: &&Factor| {
        proves_address(&factor.method, &member.email_address)
            || (with_password && factor.method == Method::Password)
    };
    factors.iter().filter(is_transferable).map(|factor| readdressed(factor.clone(), member)).collect()
}

/// Replaces the id and the spelling of an address in a factor by those of the member.
fn readdressed(mut factor: Factor, member: &Member) -> Factor {
    if let Method::MagicLink { email_id, email_address } | Method::EmailPasscode { email_id, email_address } =
        &mut factor.method
    {
        email_id.clone_from(&member.email_id);
        email_address.clone_from(&member.email_address);
    }
    factor
}

pub(super) fn is_secondary(method: &Method) -> bool {
    matches!(method, Method::PhonePasscode { .. } | Method::Totp { .. } | Method::RecoveryCode { .. })
}

/// Returns the name of a first factor in `allowed_auth_methods`. `None` for a second factor.
fn primary_name(method: &Method) -> Option<String> {
    let name = match method {
        Method::Password => "password",
        Method::MagicLink { .. } => "magic_link",
        Method::EmailPasscode { .. } => "email_otp",
        Method::Sso { .. } => "sso",
        _ => return None,
    };
    Some(name.to_owned())
}
