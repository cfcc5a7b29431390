//! A request to each endpoint, with every parameter set and a canary in every secret one.

use stytch_client::passwords::{
    Argon2Config, Attributes, Authenticate, Create, EmailReset, EmailResetStart, ExistingPasswordReset,
    HashType, Locale, Migrate, Name, Pbkdf2Algorithm, Pbkdf2Config, ResetOptions, SaltConfig, ScryptConfig,
    SessionReset, StrengthCheck,
};
use stytch_client::{JsonObject, sessions};

use crate::canaries::{
    APPEND_SALT, CODE_VERIFIER, HASH, OLD_PASSWORD, PASSWORD, PREPEND_SALT, PROJECT_ID, RESET_TOKEN, SALT,
    SESSION_JWT, SESSION_TOKEN,
};

const EMAIL: &str = "ada@example.com";

/// A request, and what `Debug` shows of the builder that it came from.
pub(super) struct Sent<E> {
    pub(super) builder: String,
    pub(super) request: E,
}

macro_rules! sent {
    ($builder:expr) => {{
        let builder = $builder;
        Sent { builder: format!("{builder:?}"), request: builder.build() }
    }};
}

fn claims() -> JsonObject {
    JsonObject::from_iter([("team".to_owned(), "difference engine".into())])
}

pub(super) fn create() -> Sent<Create<'static>> {
    let builder = Create::builder()
        .email(EMAIL)
        .password(PASSWORD)
        .session_duration_minutes(60)
        .session_custom_claims(claims())
        .trusted_metadata(claims())
        .untrusted_metadata(claims())
        .name(Name::builder().first_name("Ada").middle_name("King").last_name("Lovelace").build())
        .telemetry_id("telemetry-1");
    sent!(builder)
}

pub(super) fn authenticate() -> Sent<Authenticate<'static>> {
    let builder = Authenticate::builder()
        .email(EMAIL)
        .password(PASSWORD)
        .session_token(SESSION_TOKEN)
        .session_duration_minutes(60)
        .session_jwt(SESSION_JWT)
        .session_custom_claims(claims())
        .telemetry_id("telemetry-1");
    sent!(builder)
}

pub(super) fn migrate() -> Sent<Migrate<'static>> {
    let salts = || SaltConfig::builder().prepend_salt(PREPEND_SALT).append_salt(APPEND_SALT).build();
    let argon_2 = Argon2Config::builder().salt(SALT).iteration_amount(2).memory(19456).threads(1);
    let scrypt = ScryptConfig::builder().salt(SALT).n_parameter(32768).r_parameter(8).p_parameter(1);
    let pbkdf_2 = Pbkdf2Config::builder().salt(SALT).iteration_amount(210_000).key_length(32);
    let builder = Migrate::builder()
        .email(EMAIL)
        .hash(HASH)
        .hash_type(HashType::Bcrypt)
        .md_5_config(salts())
        .argon_2_config(argon_2.key_length(32).build())
        .sha_1_config(salts())
        .sha_512_config(salts())
        .scrypt_config(scrypt.key_length(32).build())
        .pbkdf_2_config(pbkdf_2.algorithm(Pbkdf2Algorithm::Sha256).build())
        .trusted_metadata(claims())
        .untrusted_metadata(claims())
        .set_email_verified(true)
        .name(Name::builder().first_name("Ada").build())
        .phone_number("+12025550162")
        .set_phone_number_verified(true)
        .external_id("ada-1")
        .roles(["stytch_user"]);
    sent!(builder)
}

pub(super) fn strength_check() -> Sent<StrengthCheck<'static>> {
    let builder = StrengthCheck::builder().password(PASSWORD).email(EMAIL);
    sent!(builder)
}

pub(super) fn email_reset_start() -> Sent<EmailResetStart<'static>> {
    let builder = EmailResetStart::builder()
        .email(EMAIL)
        .reset_password_redirect_url("https://example.com/reset")
        .reset_password_expiration_minutes(30)
        .code_challenge("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
        .attributes(attributes())
        .login_redirect_url("https://example.com/login")
        .locale(Locale::PtBr)
        .reset_password_template_id("template-1");
    sent!(builder)
}

pub(super) fn email_reset() -> Sent<EmailReset<'static>> {
    let options = ResetOptions::builder().ip_match_required(true).user_agent_match_required(false).build();
    let builder = EmailReset::builder()
        .token(RESET_TOKEN)
        .password(PASSWORD)
        .session_token(SESSION_TOKEN)
        .session_duration_minutes(60)
        .session_jwt(SESSION_JWT)
        .code_verifier(CODE_VERIFIER)
        .session_custom_claims(claims())
        .attributes(attributes())
        .options(options)
        .telemetry_id("telemetry-1");
    sent!(builder)
}

pub(super) fn existing_password_reset() -> Sent<ExistingPasswordReset<'static>> {
    let builder = ExistingPasswordReset::builder()
        .email(EMAIL)
        .existing_password(OLD_PASSWORD)
        .new_password(PASSWORD)
        .session_token(SESSION_TOKEN)
        .session_duration_minutes(60)
        .session_jwt(SESSION_JWT)
        .session_custom_claims(claims())
        .telemetry_id("telemetry-1");
    sent!(builder)
}

pub(super) fn session_reset() -> Sent<SessionReset<'static>> {
    let builder = SessionReset::builder()
        .password(PASSWORD)
        .session_token(SESSION_TOKEN)
        .session_jwt(SESSION_JWT)
        .session_duration_minutes(60)
        .session_custom_claims(claims())
        .telemetry_id("telemetry-1");
    sent!(builder)
}

pub(super) fn sessions_authenticate() -> Sent<sessions::Authenticate<'static>> {
    let builder = sessions::Authenticate::builder()
        .session_token(SESSION_TOKEN)
        .session_jwt(SESSION_JWT)
        .session_duration_minutes(60)
        .session_custom_claims(claims());
    sent!(builder)
}

pub(super) fn sessions_get() -> Sent<sessions::Get<'static>> {
    sent!(sessions::Get::builder().user_id("user-test-1"))
}

pub(super) fn sessions_revoke() -> Sent<sessions::Revoke<'static>> {
    let builder = sessions::Revoke::builder()
        .session_id("session-test-1")
        .session_token(SESSION_TOKEN)
        .session_jwt(SESSION_JWT);
    sent!(builder)
}

pub(super) fn sessions_jwks() -> Sent<sessions::Jwks<'static>> {
    sent!(sessions::Jwks::builder().project_id(PROJECT_ID))
}

fn attributes() -> Attributes<'static> {
    Attributes::builder().ip_address("203.0.113.1").user_agent("Firefox").build()
}
