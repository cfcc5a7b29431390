//! Authentication factors.

use declapi::{Timestamp, response};
use serde::{Deserialize, Deserializer};

use super::{DeliveryMethod, FactorType};
use crate::JsonObject;

/// An authentication factor that a user has verified, with the time.
///
/// In addition to the common fields, there is one object with the name of the method. The factors of all identity
/// providers are available by [`oauth_factor`](Self::oauth_factor) and
/// [`oauth_exchange_factor`](Self::oauth_exchange_factor).
#[response]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct AuthenticationFactor {
    /// The type of the factor.
    #[serde(rename = "type")]
    pub factor_type: FactorType,
    /// The delivery method.
    pub delivery_method: DeliveryMethod,
    /// The time when it was last verified.
    #[response(lenient)]
    pub last_authenticated_at: Option<Timestamp>,
    /// The time when it was first verified.
    #[response(lenient)]
    pub created_at: Option<Timestamp>,
    /// The time of the last change.
    #[response(lenient)]
    pub updated_at: Option<Timestamp>,
    /// The email address of the factor.
    pub email_factor: Option<EmailFactor>,
    /// The phone number of the factor.
    pub phone_number_factor: Option<PhoneFactor>,
    /// The hardware key or passkey.
    pub webauthn_factor: Option<WebauthnFactor>,
    /// The authenticator app.
    pub authenticator_app_factor: Option<AuthenticatorAppFactor>,
    /// The recovery code.
    pub recovery_code_factor: Option<RecoveryCodeFactor>,
    /// The crypto wallet.
    pub crypto_wallet_factor: Option<CryptoWalletFactor>,
    /// The link that the application sent itself.
    pub embeddable_magic_link_factor: Option<EmbeddableMagicLinkFactor>,
    /// The biometric registration.
    pub biometric_factor: Option<BiometricFactor>,
    /// The single sign-on by SAML.
    pub saml_sso_factor: Option<SsoFactor>,
    /// The single sign-on by OIDC.
    pub oidc_sso_factor: Option<SsoFactor>,
    /// The administrator who acts as the user.
    pub impersonated_factor: Option<ImpersonatedFactor>,
    /// The connected app whose access token was exchanged.
    pub oauth_access_token_exchange_factor: Option<OauthAccessTokenExchangeFactor>,
    /// The token of an issuer that the project trusts.
    pub trusted_auth_token_factor: Option<TrustedAuthTokenFactor>,
    /// All other fields, unchanged.
    #[serde(flatten)]
    pub details: JsonObject,
}

impl AuthenticationFactor {
    /// Returns the identity provider, for example `google` or `git_lab`, and the confirmed data, if it is a factor of
    /// that kind.
    pub fn oauth_factor(&self) -> Option<(&str, OauthFactor)> {
        self.detail("_oauth_factor")
    }

    /// Returns the identity provider whose token was exchanged, for example `slack`, and the confirmed data, if it is a
    /// factor of that kind.
    pub fn oauth_exchange_factor(&self) -> Option<(&str, OauthExchangeFactor)> {
        self.detail("_oauth_exchange_factor")
    }

    /// Returns the detail whose name has this ending, with the rest of the name.
    fn detail<'f, T: Deserialize<'f>>(&'f self, ending: &str) -> Option<(&'f str, T)> {
        self.details.iter().find_map(|(name, value)| {
            let provider = name.strip_suffix(ending)?;
            Some((provider, T::deserialize(value).ok()?))
        })
    }
}

/// Reads factors. A null in the list is skipped, so that it does not make a login fail.
pub(crate) fn without_nulls<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Vec<AuthenticationFactor>, D::Error> {
    let factors: Option<Vec<Option<AuthenticationFactor>>> = Deserialize::deserialize(from)?;
    // Reuses the list that was read. A factor is large, and `flatten` would copy all factors into another list.
    #[expect(clippy::filter_map_identity, reason = "`flatten` does not collect in place")]
    Ok(factors.unwrap_or_default().into_iter().filter_map(|factor| factor).collect())
}

/// The email address of a factor.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct EmailFactor {
    /// The id of the address.
    pub email_id: String,
    /// The address.
    pub email_address: String,
}

/// The phone number of a factor.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PhoneFactor {
    /// The id of the number.
    pub phone_id: String,
    /// The number, in E.164 form.
    pub phone_number: String,
}

/// The confirmed data from an identity provider.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct OauthFactor {
    /// The id of the registration.
    pub id: String,
    /// The user's id at the provider.
    pub provider_subject: String,
    /// The id of the email address from the provider.
    pub email_id: Option<String>,
}

/// The confirmed data from an identity provider whose token was exchanged.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct OauthExchangeFactor {
    /// The id of the email address from the provider.
    pub email_id: String,
}

/// A hardware key or a passkey.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct WebauthnFactor {
    /// The id of the registration.
    pub webauthn_registration_id: String,
    /// The domain it is for.
    pub domain: String,
    /// The browser it was used with.
    pub user_agent: Option<String>,
}

/// An authenticator app.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct AuthenticatorAppFactor {
    /// The id of the registration.
    pub totp_id: String,
}

/// A recovery code.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RecoveryCodeFactor {
    /// The id of the code.
    pub totp_recovery_code_id: String,
}

/// A crypto wallet.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CryptoWalletFactor {
    /// The id of the registration.
    pub crypto_wallet_id: String,
    /// The address of the wallet.
    pub crypto_wallet_address: String,
    /// The chain, for example `ethereum`.
    pub crypto_wallet_type: String,
}

/// A link that the application sent itself.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct EmbeddableMagicLinkFactor {
    /// The id of the link.
    pub embedded_id: String,
}

/// Biometrics of a device.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct BiometricFactor {
    /// The id of the registration.
    pub biometric_registration_id: String,
}

/// A single sign-on.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SsoFactor {
    /// The id of the registration.
    pub id: String,
    /// The id of the connection.
    pub provider_id: String,
    /// The user's id at the identity provider.
    pub external_id: String,
}

/// An administrator who acts as the user.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ImpersonatedFactor {
    /// The id of the administrator.
    pub impersonator_id: String,
    /// The email address of the administrator.
    pub impersonator_email_address: String,
}

/// A connected app whose access token was exchanged.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct OauthAccessTokenExchangeFactor {
    /// The id of the connected app.
    pub client_id: String,
}

/// A token of an issuer that the project trusts.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TrustedAuthTokenFactor {
    /// The id of the token.
    pub token_id: String,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn known_factors_are_readable_and_unknown_ones_kept() {
        let json = json!({
            "type": "magic_link", "delivery_method": "email", "created_at": "2026-11-22T10:00:00Z", "updated_at": "",
            "last_authenticated_at": null, "email_factor": {"email_id": "email-1", "email_address": "a@b.c"},
            "factor_of_the_future": {"x": [1, null]},
        });
        let factor: AuthenticationFactor = serde_json::from_value(json).unwrap();
        assert_eq!(factor.factor_type, FactorType::MagicLink);
        assert_eq!(factor.email_factor.as_ref().unwrap().email_address, "a@b.c");
        assert_eq!(factor.phone_number_factor, None);
        assert_eq!(factor.updated_at, None);
        assert_eq!(factor.details["factor_of_the_future"], json!({"x": [1, null]}));
        let again: AuthenticationFactor =
            serde_json::from_value(serde_json::to_value(&factor).unwrap()).unwrap();
        assert_eq!(again, factor);
    }

    #[test]
    fn identity_providers_are_distinguished() {
        let factor: AuthenticationFactor = serde_json::from_value(json!({
            "type": "oauth", "linked_in_oauth_factor": {"id": "o-1", "provider_subject": "s-1", "email_id": null},
        }))
        .unwrap();
        let (provider, registration) = factor.oauth_factor().unwrap();
        assert_eq!((provider, &*registration.id, registration.email_id), ("linked_in", "o-1", None));
        assert_eq!(factor.oauth_exchange_factor(), None);

        let exchange = json!({"slack_oauth_exchange_factor": {"email_id": "email-1"}});
        let factor: AuthenticationFactor = serde_json::from_value(exchange).unwrap();
        let (provider, exchanged) = factor.oauth_exchange_factor().unwrap();
        assert_eq!((provider, &*exchanged.email_id, factor.oauth_factor()), ("slack", "email-1", None));
    }

    #[test]
    fn nulls_are_skipped() {
        let factors = without_nulls(json!([null, {"type": null}])).unwrap();
        assert_eq!(factors, [AuthenticationFactor::default()]);
        assert_eq!(without_nulls(json!(null)).unwrap(), []);
    }
}
