//! The factors of a user in a seed.

use super::id;
use crate::{
    api_error::ApiError,
    clock::Moment,
    ids::Ids,
    parameter::{Kind, Parameter, Parameters, optional, required},
    totp::is_secret,
    user::{BiometricRegistration, CryptoWallet, Factors, Lists, OAuthProvider, Totp, WebAuthnRegistration},
};

pub(super) const PROVIDERS: Parameter = optional(
    "providers",
    Kind::ObjectList(&[
        required("provider_type", Kind::String),
        required("provider_subject", Kind::String),
        optional("oauth_user_registration_id", Kind::String),
        optional("profile_picture_url", Kind::String),
        optional("locale", Kind::String),
    ]),
);

pub(super) const WEBAUTHN_REGISTRATIONS: Parameter = optional(
    "webauthn_registrations",
    Kind::ObjectList(&[
        required("domain", Kind::String),
        optional("webauthn_registration_id", Kind::String),
        optional("user_agent", Kind::String),
        optional("authenticator_type", Kind::String),
        optional("name", Kind::String),
        optional("verified", Kind::Bool),
    ]),
);

pub(super) const BIOMETRIC_REGISTRATIONS: Parameter = optional(
    "biometric_registrations",
    Kind::ObjectList(&[
        optional("biometric_registration_id", Kind::String),
        optional("verified", Kind::Bool),
    ]),
);

pub(super) const TOTPS: Parameter = optional(
    "totps",
    Kind::ObjectList(&[
        required("secret", Kind::Secret),
        optional("totp_id", Kind::String),
        optional("recovery_codes", Kind::SecretList),
        optional("verified", Kind::Bool),
    ]),
);

pub(super) const CRYPTO_WALLETS: Parameter = optional(
    "crypto_wallets",
    Kind::ObjectList(&[
        required("crypto_wallet_type", Kind::OneOf(&["ethereum", "solana"])),
        required("crypto_wallet_address", Kind::String),
        optional("crypto_wallet_id", Kind::String),
        optional("verified", Kind::Bool),
    ]),
);

/// Reads the factors of a user. Without `verified`, they are verified.
///
/// # Errors
///
/// `bad_request` for an id or a secret of another form. The check of the seed has rejected missing fields.
pub(super) fn read(given: &Parameters, ids: &Ids) -> Result<Factors, ApiError> {
    let each = |name: &str| given.objects(name).into_iter();
    Ok(Factors::from(Lists {
        providers: each("providers").map(|item| provider(&item, ids)).collect::<Result<_, _>>()?,
        webauthn_registrations: each("webauthn_registrations")
            .map(|item| webauthn_registration(&item, ids))
            .collect::<Result<_, _>>()?,
        biometric_registrations: each("biometric_registrations")
            .map(|item| biometric_registration(&item, ids))
            .collect::<Result<_, _>>()?,
        totps: each("totps").map(|item| totp(&item, ids)).collect::<Result<_, _>>()?,
        crypto_wallets: each("crypto_wallets").map(|item| wallet(&item, ids)).collect::<Result<_, _>>()?,
    }))
}

fn text(item: &Parameters, name: &str) -> String {
    item.string(name).unwrap_or_default().to_owned()
}

fn verified(item: &Parameters) -> bool {
    item.bool("verified").unwrap_or(true)
}

fn provider(item: &Parameters, ids: &Ids) -> Result<OAuthProvider, ApiError> {
    Ok(OAuthProvider {
        oauth_user_registration_id: id(item, ids, "oauth_user_registration_id", "oauth-user")?,
        provider_type: item.required("provider_type")?.to_owned(),
        provider_subject: item.required("provider_subject")?.to_owned(),
        profile_picture_url: text(item, "profile_picture_url"),
        locale: text(item, "locale"),
    })
}

fn webauthn_registration(item: &Parameters, ids: &Ids) -> Result<WebAuthnRegistration, ApiError> {
    Ok(WebAuthnRegistration {
        webauthn_registration_id: id(item, ids, "webauthn_registration_id", "webauthn-registration")?,
        domain: item.required("domain")?.to_owned(),
        user_agent: text(item, "user_agent"),
        authenticator_type: text(item, "authenticator_type"),
        name: text(item, "name"),
        verified: verified(item),
    })
}

fn biometric_registration(item: &Parameters, ids: &Ids) -> Result<BiometricRegistration, ApiError> {
    Ok(BiometricRegistration {
        biometric_registration_id: id(item, ids, "biometric_registration_id", "biometric-registration")?,
        verified: verified(item),
    })
}

fn totp(item: &Parameters, ids: &Ids) -> Result<Totp, ApiError> {
    let secret = item.required("secret")?;
    if !is_secret(secret) {
        return Err(ApiError::parameter("totps", "has a `secret` that is not base32."));
    }
    Ok(Totp {
        totp_id: id(item, ids, "totp_id", "totp")?,
        secret: secret.to_owned(),
        verified: verified(item),
        // A factor of a seed that is not verified cannot be verified later.
        expires_at: Moment::UNIX_EPOCH,
        last_step: None,
        recovery_codes: item.strings("recovery_codes").unwrap_or_default(),
    })
}

fn wallet(item: &Parameters, ids: &Ids) -> Result<CryptoWallet, ApiError> {
    Ok(CryptoWallet {
        crypto_wallet_id: id(item, ids, "crypto_wallet_id", "crypto-wallet")?,
        crypto_wallet_address: item.required("crypto_wallet_address")?.to_owned(),
        crypto_wallet_type: item.required("crypto_wallet_type")?.to_owned(),
        verified: verified(item),
    })
}
