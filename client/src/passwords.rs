//! Stytch's Passwords API: declarations only.

mod answers;
mod authenticate;
mod create;
mod hash;
mod migrate;
mod name;
mod strength_check;

pub use self::answers::{
    BiometricRegistration, CryptoWallet, Device, Email, Factor, PasswordRecord, PhoneNumber, Provider,
    Session, SessionAttributes, Totp, User, UserName, WebauthnRegistration,
};
pub use self::authenticate::{Authenticate, AuthenticateBuilder, AuthenticateResponse};
pub use self::create::{Create, CreateBuilder, CreateResponse};
pub use self::hash::{
    Argon2Config, Argon2ConfigBuilder, HashType, Pbkdf2Algorithm, Pbkdf2Config, Pbkdf2ConfigBuilder,
    SaltConfig, SaltConfigBuilder, ScryptConfig, ScryptConfigBuilder,
};
pub use self::migrate::{Migrate, MigrateBuilder, MigrateResponse};
pub use self::name::{Name, NameBuilder};
pub use self::strength_check::{
    Feedback, LudsRequirements, StrengthCheck, StrengthCheckBuilder, StrengthCheckResponse, StrengthPolicy,
};
use crate::{Client, resource};

/// Passwords: sign-up, login, migration of hashes, and strength.
///
/// From [`Client::passwords`].
#[resource(on = &Client)]
pub struct Passwords;
