//! Stytch's Passwords API: declarations only.

mod answers;
mod authenticate;
mod create;
mod email_reset;
mod email_reset_start;
mod existing_password_reset;
mod factor;
mod hash;
mod migrate;
mod name;
mod session_reset;
mod strength_check;

pub use self::answers::{
    AuthenticatorType, BiometricRegistration, CryptoWallet, Device, Email, PasswordRecord, PhoneNumber,
    Provider, Session, SessionAttributes, Sighting, Totp, User, UserName, UserStatus, WebauthnRegistration,
};
pub use self::authenticate::{Authenticate, AuthenticateBuilder, AuthenticateResponse};
pub use self::create::{Create, CreateBuilder, CreateResponse};
pub use self::email_reset::{EmailReset, EmailResetBuilder, ResetOptions, ResetOptionsBuilder};
pub use self::email_reset_start::{
    Attributes, AttributesBuilder, EmailResetStart, EmailResetStartBuilder, EmailResetStartResponse, Locale,
};
pub use self::existing_password_reset::{ExistingPasswordReset, ExistingPasswordResetBuilder};
pub use self::factor::{DeliveryMethod, EmailFactor, Factor, FactorType, PhoneFactor};
pub use self::hash::{
    Argon2Config, Argon2ConfigBuilder, HashType, Pbkdf2Algorithm, Pbkdf2Config, Pbkdf2ConfigBuilder,
    SaltConfig, SaltConfigBuilder, ScryptConfig, ScryptConfigBuilder,
};
pub use self::migrate::{Migrate, MigrateBuilder, MigrateResponse};
pub use self::name::{Name, NameBuilder};
pub use self::session_reset::{SessionReset, SessionResetBuilder};
pub use self::strength_check::{
    Feedback, LudsRequirements, StrengthCheck, StrengthCheckBuilder, StrengthCheckResponse, StrengthPolicy,
};
use crate::{Client, resource};

/// Passwords: sign-up, login, migration of hashes, and strength.
///
/// From [`Client::passwords`].
#[resource(on = &Client)]
pub struct Passwords;

/// Resets by a link in a mail, from [`Passwords::email`].
#[resource(on = Passwords, name = email)]
pub struct ByEmail;

/// Resets by the old password, from [`Passwords::existing_password`].
#[resource(on = Passwords, name = existing_password)]
pub struct ByExistingPassword;

/// Resets by a fresh session, from [`Passwords::sessions`].
#[resource(on = Passwords, name = sessions)]
pub struct BySession;
