//! Authentication factors: the methods with which a user has proved their identity.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    clock::{Moment, rfc3339},
    oauth::Provider,
};

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Factor {
    pub(crate) method: Method,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) created_at: Moment,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) last_authenticated_at: Moment,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum Method {
    Password,
    /// A link in an email, for example to reset a password.
    MagicLink {
        email_id: String,
        email_address: String,
    },
    /// A link that the application delivered itself.
    EmbeddableMagicLink {
        embedded_id: String,
    },
    /// A passcode by email.
    EmailPasscode {
        email_id: String,
        email_address: String,
    },
    /// A passcode by text message or WhatsApp.
    PhonePasscode {
        delivery: Delivery,
        phone_id: String,
        phone_number: String,
    },
    /// A code of an authenticator app.
    Totp {
        totp_id: String,
    },
    /// A recovery code, for users who have lost their authenticator app.
    RecoveryCode {
        totp_recovery_code_id: String,
    },
    /// An administrator who acts as the user.
    Impersonated {
        impersonator_id: String,
        impersonator_email_address: String,
    },
    CryptoWallet {
        crypto_wallet_id: String,
        crypto_wallet_address: String,
        crypto_wallet_type: String,
    },
    /// A login at the identity provider of an organization.
    Sso {
        protocol: Protocol,
        id: String,
        /// The id of the connection.
        provider_id: String,
        /// The provider's id of the account.
        external_id: String,
    },
    /// A login at an OAuth provider.
    #[serde(rename = "oauth")]
    OAuth {
        /// The name of the provider, for example `google`.
        provider: String,
        id: String,
        provider_subject: String,
        email_id: String,
    },
}

/// The protocol with which an identity provider identifies a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Protocol {
    Saml,
    Oidc,
}

impl Protocol {
    /// Returns the factor of a response.
    fn factor(self, account: &Value) -> Value {
        match self {
            Self::Saml => json!({ "type": "sso", "delivery_method": "sso_saml", "saml_sso_factor": account }),
            Self::Oidc => json!({ "type": "sso", "delivery_method": "sso_oidc", "oidc_sso_factor": account }),
        }
    }
}

/// The channel of a passcode to a phone.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Delivery {
    Sms,
    Whatsapp,
}

impl Method {
    fn to_json(&self) -> Value {
        match self {
            Self::Password => json!({ "type": "password", "delivery_method": "knowledge" }),
            Self::MagicLink { email_id, email_address } => json!({
                "type": "magic_link",
                "delivery_method": "email",
                "email_factor": { "email_id": email_id, "email_address": email_address },
            }),
            Self::EmbeddableMagicLink { embedded_id } => json!({
                "type": "magic_link",
                "delivery_method": "embedded",
                "embeddable_magic_link_factor": { "embedded_id": embedded_id },
            }),
            Self::EmailPasscode { email_id, email_address } => json!({
                "type": "otp",
                "delivery_method": "email",
                "email_factor": { "email_id": email_id, "email_address": email_address },
            }),
            Self::PhonePasscode { delivery, phone_id, phone_number } => json!({
                "type": "otp",
                "delivery_method": delivery,
                "phone_number_factor": { "phone_id": phone_id, "phone_number": phone_number },
            }),
            Self::Totp { totp_id } => json!({
                "type": "totp",
                "delivery_method": "authenticator_app",
                "authenticator_app_factor": { "totp_id": totp_id },
            }),
            Self::RecoveryCode { totp_recovery_code_id } => json!({
                "type": "recovery_codes",
                "delivery_method": "recovery_code",
                "recovery_code_factor": { "totp_recovery_code_id": totp_recovery_code_id },
            }),
            Self::CryptoWallet { crypto_wallet_id, crypto_wallet_address, crypto_wallet_type } => json!({
                "type": "crypto",
                "delivery_method": "crypto_wallet",
                "crypto_wallet_factor": {
                    "crypto_wallet_id": crypto_wallet_id,
                    "crypto_wallet_address": crypto_wallet_address,
                    "crypto_wallet_type": crypto_wallet_type,
                },
            }),
            Self::Sso { protocol, id, provider_id, external_id } => {
                let account = json!({ "id": id, "provider_id": provider_id, "external_id": external_id });
                protocol.factor(&account)
            }
            Self::OAuth { provider, id, provider_subject, email_id } => {
                let account = json!({ "id": id, "provider_subject": provider_subject, "email_id": email_id });
                oauth_factor(provider, &account)
            }
            Self::Impersonated { impersonator_id, impersonator_email_address } => json!({
                "type": "impersonated",
                "delivery_method": "impersonation",
                "impersonated_factor": {
                    "impersonator_id": impersonator_id,
                    "impersonator_email_address": impersonator_email_address,
                },
            }),
        }
    }
}

/// Returns the factor of a response for an account at the provider of this name.
fn oauth_factor(provider: &str, account: &Value) -> Value {
    let field = Provider::named(provider).map_or("oauth_factor", |provider| provider.factor);
    json!({ "type": "oauth", "delivery_method": format!("oauth_{provider}"), field: account })
}

impl Factor {
    pub(crate) fn new(method: Method, now: Moment) -> Self {
        Self { method, created_at: now, last_authenticated_at: now }
    }

    pub(super) fn to_json(&self) -> Value {
        let mut factor = self.method.to_json();
        for (name, moment) in [
            ("created_at", self.created_at),
            ("last_authenticated_at", self.last_authenticated_at),
            ("updated_at", self.last_authenticated_at),
        ] {
            factor[name] = rfc3339(moment).into();
        }
        factor
    }
}
