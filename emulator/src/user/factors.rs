//! The login factors of a user, besides email addresses, phone numbers and a password.

use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Identity;
use crate::clock::Moment;

/// The factors of a user. Most users have none, and need no memory for them.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Factors(Option<Box<Lists>>);

#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Lists {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) providers: Vec<OAuthProvider>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) webauthn_registrations: Vec<WebAuthnRegistration>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) biometric_registrations: Vec<BiometricRegistration>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) totps: Vec<Totp>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) crypto_wallets: Vec<CryptoWallet>,
}

/// An account at an OAuth provider.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct OAuthProvider {
    pub(crate) oauth_user_registration_id: String,
    /// Such as `Google`.
    pub(crate) provider_type: String,
    pub(crate) provider_subject: String,
    pub(crate) profile_picture_url: String,
    pub(crate) locale: String,
}

/// A passkey or a security key.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct WebAuthnRegistration {
    pub(crate) webauthn_registration_id: String,
    pub(crate) domain: String,
    pub(crate) user_agent: String,
    pub(crate) authenticator_type: String,
    pub(crate) name: String,
    pub(crate) verified: bool,
}

/// A fingerprint or a face, registered by a mobile SDK. The emulator has them from seeds only.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct BiometricRegistration {
    pub(crate) biometric_registration_id: String,
    pub(crate) verified: bool,
}

/// An authenticator app.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Totp {
    pub(crate) totp_id: String,
    /// As base32, in which apps take it.
    pub(crate) secret: String,
    pub(crate) verified: bool,
    /// Until when it must be verified.
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) expires_at: Moment,
    /// The time step of the latest code that was accepted. It cannot be used again.
    pub(crate) last_step: Option<u64>,
    pub(crate) recovery_codes: Vec<String>,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct CryptoWallet {
    pub(crate) crypto_wallet_id: String,
    pub(crate) crypto_wallet_address: String,
    /// `ethereum` or `solana`.
    pub(crate) crypto_wallet_type: String,
    pub(crate) verified: bool,
}

impl Totp {
    /// Whether it can be used: it is verified, or it can still be verified.
    pub(crate) fn is_usable(&self, now: Moment) -> bool {
        self.verified || now < self.expires_at
    }

    fn to_json(&self) -> Value {
        json!({ "totp_id": self.totp_id, "verified": self.verified })
    }
}

static NONE: Lists = Lists {
    providers: Vec::new(),
    webauthn_registrations: Vec::new(),
    biometric_registrations: Vec::new(),
    totps: Vec::new(),
    crypto_wallets: Vec::new(),
};

impl Deref for Factors {
    type Target = Lists;

    fn deref(&self) -> &Lists {
        self.0.as_deref().unwrap_or(&NONE)
    }
}

impl DerefMut for Factors {
    fn deref_mut(&mut self) -> &mut Lists {
        self.0.get_or_insert_default()
    }
}

impl From<Lists> for Factors {
    fn from(lists: Lists) -> Self {
        Self(Some(Box::new(lists)).filter(|lists| lists.count() > 0))
    }
}

impl Factors {
    pub(crate) fn is_empty(&self) -> bool {
        self.count() == 0
    }

    /// Returns the memory of lists that became empty.
    pub(super) fn shrink(&mut self) {
        if self.is_empty() {
            self.0 = None;
        }
    }
}

impl Lists {
    pub(crate) fn count(&self) -> usize {
        self.providers.len()
            + self.webauthn_registrations.len()
            + self.biometric_registrations.len()
            + self.totps.len()
            + self.crypto_wallets.len()
    }

    /// Returns the identifiers that no other user can have.
    pub(super) fn identities(&self) -> impl Iterator<Item = Identity> {
        let accounts = self
            .providers
            .iter()
            .map(|account| Identity::oauth_account(&account.provider_type, &account.provider_subject));
        let wallets = self
            .crypto_wallets
            .iter()
            .map(|wallet| Identity::crypto_wallet(&wallet.crypto_wallet_type, &wallet.crypto_wallet_address));
        accounts.chain(wallets)
    }

    /// Returns the fields of the User object.
    pub(super) fn to_json(&self) -> Value {
        json!({
            "providers": self.providers,
            "webauthn_registrations": self.webauthn_registrations,
            "biometric_registrations": self.biometric_registrations,
            "totps": self.totps.iter().map(Totp::to_json).collect::<Vec<_>>(),
            "crypto_wallets": self.crypto_wallets,
        })
    }
}
