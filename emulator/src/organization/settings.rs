//! The settings of an organization: the rules for new members and for logins.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    api_error::{
        ALLOWED_AUTH_METHODS_REQUIRED_FOR_RESTRICTED, ALLOWED_MFA_METHODS_REQUIRED_FOR_RESTRICTED, ApiError,
        ErrorType, INVALID_ORGANIZATION_ALLOWED_AUTH_METHODS, INVALID_ORGANIZATION_ALLOWED_MFA_METHODS,
        INVALID_ORGANIZATION_AUTH_FACTOR_SETTING,
        INVALID_ORGANIZATION_AUTH_FACTOR_SETTING_FOR_EMAIL_JIT_PROVISIONING,
        INVALID_ORGANIZATION_AUTH_FACTOR_SETTING_FOR_OAUTH_TENANT_JIT_PROVISIONING,
        INVALID_ORGANIZATION_AUTH_METHOD_SETTINGS, INVALID_ORGANIZATION_MFA_FACTOR_SETTING,
        INVALID_ORGANIZATION_MFA_POLICY, INVALID_RESTRICTED_EMAIL_SETTING,
        INVALID_RESTRICTED_OAUTH_TENANTS_SETTING, INVALID_RESTRICTED_SSO_SETTING,
        ORGANIZATION_SETTINGS_DOMAIN_TOO_COMMON, ORGANIZATION_SETTINGS_DUPLICATE_DOMAIN,
        ORGANIZATION_SETTINGS_INVALID_DOMAIN,
    },
    parameter::Parameters,
};

const ALL_ALLOWED: &str = "ALL_ALLOWED";
pub(crate) const RESTRICTED: &str = "RESTRICTED";
pub(crate) const NOT_ALLOWED: &str = "NOT_ALLOWED";
const AUTH_METHODS: [&str; 9] = [
    "sso",
    "magic_link",
    "email_otp",
    "password",
    "google_oauth",
    "microsoft_oauth",
    "slack_oauth",
    "github_oauth",
    "hubspot_oauth",
];
const MFA_METHODS: [&str; 2] = ["sms_otp", "totp"];
/// Some of the public domains. Stytch has a longer list.
const COMMON_DOMAINS: [&str; 8] = [
    "gmail.com",
    "googlemail.com",
    "yahoo.com",
    "hotmail.com",
    "outlook.com",
    "live.com",
    "icloud.com",
    "proton.me",
];

/// The settings, under the names that they have in requests and responses.
#[derive(Clone, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Settings {
    pub(crate) sso_default_connection_id: Option<String>,
    pub(crate) sso_jit_provisioning: String,
    pub(crate) sso_jit_provisioning_allowed_connections: Vec<String>,
    pub(crate) email_allowed_domains: Vec<String>,
    pub(crate) email_jit_provisioning: String,
    pub(crate) email_invites: String,
    pub(crate) auth_methods: String,
    pub(crate) allowed_auth_methods: Vec<String>,
    pub(crate) mfa_policy: String,
    pub(crate) rbac_email_implicit_role_assignments: Vec<ImplicitRole>,
    pub(crate) mfa_methods: String,
    pub(crate) allowed_mfa_methods: Vec<String>,
    pub(crate) oauth_tenant_jit_provisioning: String,
    pub(crate) allowed_oauth_tenants: Map<String, Value>,
    pub(crate) claimed_email_domains: Vec<String>,
    pub(crate) first_party_connected_apps_allowed_type: String,
    pub(crate) allowed_first_party_connected_apps: Vec<String>,
    pub(crate) third_party_connected_apps_allowed_type: String,
    pub(crate) allowed_third_party_connected_apps: Vec<String>,
}

/// A role that all members with an address of a domain have.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct ImplicitRole {
    pub(crate) domain: String,
    pub(crate) role_id: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            sso_default_connection_id: None,
            sso_jit_provisioning: ALL_ALLOWED.to_owned(),
            sso_jit_provisioning_allowed_connections: Vec::new(),
            email_allowed_domains: Vec::new(),
            email_jit_provisioning: NOT_ALLOWED.to_owned(),
            email_invites: ALL_ALLOWED.to_owned(),
            auth_methods: ALL_ALLOWED.to_owned(),
            allowed_auth_methods: Vec::new(),
            mfa_policy: "OPTIONAL".to_owned(),
            rbac_email_implicit_role_assignments: Vec::new(),
            mfa_methods: ALL_ALLOWED.to_owned(),
            allowed_mfa_methods: Vec::new(),
            oauth_tenant_jit_provisioning: NOT_ALLOWED.to_owned(),
            allowed_oauth_tenants: Map::new(),
            claimed_email_domains: Vec::new(),
            first_party_connected_apps_allowed_type: ALL_ALLOWED.to_owned(),
            allowed_first_party_connected_apps: Vec::new(),
            third_party_connected_apps_allowed_type: ALL_ALLOWED.to_owned(),
            allowed_third_party_connected_apps: Vec::new(),
        }
    }
}

/// The error types of [`Settings::update`].
pub(crate) static ERROR_TYPES: &[&ErrorType] = &[
    &INVALID_ORGANIZATION_AUTH_FACTOR_SETTING,
    &INVALID_ORGANIZATION_AUTH_FACTOR_SETTING_FOR_EMAIL_JIT_PROVISIONING,
    &INVALID_ORGANIZATION_AUTH_FACTOR_SETTING_FOR_OAUTH_TENANT_JIT_PROVISIONING,
    &INVALID_ORGANIZATION_AUTH_METHOD_SETTINGS,
    &INVALID_ORGANIZATION_ALLOWED_AUTH_METHODS,
    &ALLOWED_AUTH_METHODS_REQUIRED_FOR_RESTRICTED,
    &INVALID_ORGANIZATION_MFA_POLICY,
    &INVALID_ORGANIZATION_MFA_FACTOR_SETTING,
    &INVALID_ORGANIZATION_ALLOWED_MFA_METHODS,
    &ALLOWED_MFA_METHODS_REQUIRED_FOR_RESTRICTED,
    &INVALID_RESTRICTED_EMAIL_SETTING,
    &INVALID_RESTRICTED_SSO_SETTING,
    &INVALID_RESTRICTED_OAUTH_TENANTS_SETTING,
    &ORGANIZATION_SETTINGS_INVALID_DOMAIN,
    &ORGANIZATION_SETTINGS_DUPLICATE_DOMAIN,
    &ORGANIZATION_SETTINGS_DOMAIN_TOO_COMMON,
];

/// A setting with a few possible values, and the error type for other values.
type Choice = (&'static str, fn(&mut Settings) -> &mut String, &'static [&'static str], &'static ErrorType);

static CHOICES: [Choice; 9] = [
    (
        "sso_jit_provisioning",
        |settings| &mut settings.sso_jit_provisioning,
        &[ALL_ALLOWED, RESTRICTED, NOT_ALLOWED],
        &INVALID_ORGANIZATION_AUTH_FACTOR_SETTING,
    ),
    (
        "email_jit_provisioning",
        |settings| &mut settings.email_jit_provisioning,
        &[RESTRICTED, NOT_ALLOWED],
        &INVALID_ORGANIZATION_AUTH_FACTOR_SETTING_FOR_EMAIL_JIT_PROVISIONING,
    ),
    (
        "email_invites",
        |settings| &mut settings.email_invites,
        &[ALL_ALLOWED, RESTRICTED, NOT_ALLOWED],
        &INVALID_ORGANIZATION_AUTH_FACTOR_SETTING,
    ),
    (
        "auth_methods",
        |settings| &mut settings.auth_methods,
        &[ALL_ALLOWED, RESTRICTED],
        &INVALID_ORGANIZATION_AUTH_METHOD_SETTINGS,
    ),
    (
        "mfa_policy",
        |settings| &mut settings.mfa_policy,
        &["REQUIRED_FOR_ALL", "OPTIONAL"],
        &INVALID_ORGANIZATION_MFA_POLICY,
    ),
    (
        "mfa_methods",
        |settings| &mut settings.mfa_methods,
        &[ALL_ALLOWED, RESTRICTED],
        &INVALID_ORGANIZATION_MFA_FACTOR_SETTING,
    ),
    (
        "oauth_tenant_jit_provisioning",
        |settings| &mut settings.oauth_tenant_jit_provisioning,
        &[RESTRICTED, NOT_ALLOWED],
        &INVALID_ORGANIZATION_AUTH_FACTOR_SETTING_FOR_OAUTH_TENANT_JIT_PROVISIONING,
    ),
    (
        "first_party_connected_apps_allowed_type",
        |settings| &mut settings.first_party_connected_apps_allowed_type,
        &[ALL_ALLOWED, RESTRICTED, NOT_ALLOWED],
        &INVALID_ORGANIZATION_AUTH_FACTOR_SETTING,
    ),
    (
        "third_party_connected_apps_allowed_type",
        |settings| &mut settings.third_party_connected_apps_allowed_type,
        &[ALL_ALLOWED, RESTRICTED, NOT_ALLOWED],
        &INVALID_ORGANIZATION_AUTH_FACTOR_SETTING,
    ),
];

/// A setting that is a list of strings.
type List = (&'static str, fn(&mut Settings) -> &mut Vec<String>);

static LISTS: [List; 7] = [
    ("sso_jit_provisioning_allowed_connections", |all| &mut all.sso_jit_provisioning_allowed_connections),
    ("email_allowed_domains", |settings| &mut settings.email_allowed_domains),
    ("allowed_auth_methods", |settings| &mut settings.allowed_auth_methods),
    ("allowed_mfa_methods", |settings| &mut settings.allowed_mfa_methods),
    ("claimed_email_domains", |settings| &mut settings.claimed_email_domains),
    ("allowed_first_party_connected_apps", |settings| &mut settings.allowed_first_party_connected_apps),
    ("allowed_third_party_connected_apps", |settings| &mut settings.allowed_third_party_connected_apps),
];

impl Settings {
    /// Sets the fields of a request, and keeps the others. It does not check whether roles and connections exist.
    ///
    /// # Errors
    ///
    /// Those in [`ERROR_TYPES`].
    pub(crate) fn update(&mut self, given: &Parameters) -> Result<(), ApiError> {
        for (name, field, choices, mistake) in &CHOICES {
            if let Some(value) = given.string(name) {
                if !choices.contains(&value) {
                    let message = format!("`{name}` must be one of {}.", choices.join(", "));
                    return Err(ApiError::new(mistake, message));
                }
                value.clone_into(field(self));
            }
        }
        for (name, field) in &LISTS {
            if let Some(items) = given.strings(name) {
                *field(self) = items;
            }
        }
        if let Some(id) = given.string("sso_default_connection_id") {
            self.sso_default_connection_id = Some(id.to_owned()).filter(|id| !id.is_empty());
        }
        if let Some(tenants) = given.map("allowed_oauth_tenants") {
            self.allowed_oauth_tenants.clone_from(tenants);
        }
        if given.has("rbac_email_implicit_role_assignments") {
            let assignments = given.objects("rbac_email_implicit_role_assignments");
            self.rbac_email_implicit_role_assignments =
                assignments.iter().map(ImplicitRole::read).collect::<Result<_, _>>()?;
        }
        self.check(given)
    }

    fn check(&self, given: &Parameters) -> Result<(), ApiError> {
        let roles = self.rbac_email_implicit_role_assignments.iter().map(|assignment| &assignment.domain);
        check_domains(self.email_allowed_domains.iter())?;
        check_domains(self.claimed_email_domains.iter())?;
        roles.into_iter().try_for_each(|domain| check_domain(domain))?;
        let unknown = |items: &[String], known: &[&str]| items.iter().any(|item| !known.contains(&&**item));
        let restricted = |setting: &str, is_empty: bool| setting == RESTRICTED && is_empty;
        let no_domains = self.email_allowed_domains.is_empty();
        // The list can also become empty when its last connection is deleted.
        let sets_connections =
            given.has("sso_jit_provisioning") || given.has("sso_jit_provisioning_allowed_connections");
        for (is_wrong, mistake) in [
            (unknown(&self.allowed_auth_methods, &AUTH_METHODS), &INVALID_ORGANIZATION_ALLOWED_AUTH_METHODS),
            (unknown(&self.allowed_mfa_methods, &MFA_METHODS), &INVALID_ORGANIZATION_ALLOWED_MFA_METHODS),
            (
                restricted(&self.auth_methods, self.allowed_auth_methods.is_empty()),
                &ALLOWED_AUTH_METHODS_REQUIRED_FOR_RESTRICTED,
            ),
            (
                restricted(&self.mfa_methods, self.allowed_mfa_methods.is_empty()),
                &ALLOWED_MFA_METHODS_REQUIRED_FOR_RESTRICTED,
            ),
            (restricted(&self.email_jit_provisioning, no_domains), &INVALID_RESTRICTED_EMAIL_SETTING),
            (restricted(&self.email_invites, no_domains), &INVALID_RESTRICTED_EMAIL_SETTING),
            (
                sets_connections
                    && restricted(
                        &self.sso_jit_provisioning,
                        self.sso_jit_provisioning_allowed_connections.is_empty(),
                    ),
                &INVALID_RESTRICTED_SSO_SETTING,
            ),
            (
                restricted(&self.oauth_tenant_jit_provisioning, self.allowed_oauth_tenants.is_empty()),
                &INVALID_RESTRICTED_OAUTH_TENANTS_SETTING,
            ),
        ] {
            if is_wrong {
                return Err(mistake.into());
            }
        }
        Ok(())
    }

    /// Returns whether every member needs a second factor.
    pub(crate) fn requires_second_factor(&self) -> bool {
        self.mfa_policy == "REQUIRED_FOR_ALL"
    }

    /// Returns whether a person who proves this address can become a member.
    pub(crate) fn lets_join(&self, address: &str) -> bool {
        self.email_jit_provisioning == RESTRICTED && self.has_domain_of(address)
    }

    /// Returns whether a person with this address can be invited.
    pub(crate) fn lets_invite(&self, address: &str) -> bool {
        match self.email_invites.as_str() {
            ALL_ALLOWED => true,
            RESTRICTED => self.has_domain_of(address),
            _ => false,
        }
    }

    fn has_domain_of(&self, address: &str) -> bool {
        let domain = domain_of(address);
        self.email_allowed_domains.iter().any(|allowed| allowed.eq_ignore_ascii_case(domain))
    }
}

impl ImplicitRole {
    fn read(given: &Parameters) -> Result<Self, ApiError> {
        Ok(Self {
            domain: given.required("domain")?.to_owned(),
            role_id: given.required("role_id")?.to_owned(),
        })
    }

    pub(crate) fn is_for(&self, address: &str) -> bool {
        self.domain.eq_ignore_ascii_case(domain_of(address))
    }
}

/// Returns the part of an address after the `@`.
pub(crate) fn domain_of(address: &str) -> &str {
    address.rsplit_once('@').map_or("", |(_, domain)| domain)
}

fn check_domains<'a>(domains: impl Iterator<Item = &'a String>) -> Result<(), ApiError> {
    let mut known = BTreeSet::new();
    for domain in domains {
        check_domain(domain)?;
        if !known.insert(domain.to_lowercase()) {
            return Err((&ORGANIZATION_SETTINGS_DUPLICATE_DOMAIN).into());
        }
    }
    Ok(())
}

fn check_domain(domain: &str) -> Result<(), ApiError> {
    let fits = |c: char| c.is_alphanumeric() || "-.".contains(c);
    let is_domain = domain.contains('.')
        && domain.chars().all(fits)
        && domain.split('.').all(|label| !label.is_empty() && label.len() < 64);
    if !is_domain {
        return Err((&ORGANIZATION_SETTINGS_INVALID_DOMAIN).into());
    }
    if COMMON_DOMAINS.iter().any(|common| common.eq_ignore_ascii_case(domain)) {
        return Err((&ORGANIZATION_SETTINGS_DOMAIN_TOO_COMMON).into());
    }
    Ok(())
}
