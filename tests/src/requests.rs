//! Every request from arguments in JSON, set one by one on the typed builders.
#![expect(missing_docs, reason = "each is named as its endpoint, and makes a request to it")]

use stytch_client::passwords::{
    Argon2Config, Attributes, Authenticate, Create, EmailReset, EmailResetStart, ExistingPasswordReset,
    Migrate, Name, Pbkdf2Config, ResetOptions, SaltConfig, ScryptConfig, SessionReset, StrengthCheck,
};
use stytch_client::sessions;

use crate::arguments::Arguments;

pub fn create(given: &mut Arguments) -> Create<'static> {
    Create::builder()
        .email(given.required("email"))
        .password(given.required("password"))
        .maybe_session_duration_minutes(given.number("session_duration_minutes"))
        .maybe_session_custom_claims(given.map("session_custom_claims"))
        .maybe_trusted_metadata(given.map("trusted_metadata"))
        .maybe_untrusted_metadata(given.map("untrusted_metadata"))
        .maybe_name(given.object("name", name))
        .maybe_telemetry_id(given.text("telemetry_id"))
        .build()
}

pub fn authenticate(given: &mut Arguments) -> Authenticate<'static> {
    Authenticate::builder()
        .email(given.required("email"))
        .password(given.required("password"))
        .maybe_session_token(given.text("session_token"))
        .maybe_session_duration_minutes(given.number("session_duration_minutes"))
        .maybe_session_jwt(given.text("session_jwt"))
        .maybe_session_custom_claims(given.map("session_custom_claims"))
        .maybe_telemetry_id(given.text("telemetry_id"))
        .build()
}

pub fn migrate(given: &mut Arguments) -> Migrate<'static> {
    Migrate::builder()
        .email(given.required("email"))
        .hash(given.required("hash"))
        .hash_type(given.required("hash_type"))
        .maybe_md_5_config(given.object("md_5_config", salts))
        .maybe_argon_2_config(given.object("argon_2_config", argon_2))
        .maybe_sha_1_config(given.object("sha_1_config", salts))
        .maybe_sha_512_config(given.object("sha_512_config", salts))
        .maybe_scrypt_config(given.object("scrypt_config", scrypt))
        .maybe_pbkdf_2_config(given.object("pbkdf_2_config", pbkdf_2))
        .maybe_trusted_metadata(given.map("trusted_metadata"))
        .maybe_untrusted_metadata(given.map("untrusted_metadata"))
        .maybe_set_email_verified(given.flag("set_email_verified"))
        .maybe_name(given.object("name", name))
        .maybe_phone_number(given.text("phone_number"))
        .maybe_set_phone_number_verified(given.flag("set_phone_number_verified"))
        .maybe_external_id(given.text("external_id"))
        .maybe_roles(given.texts("roles"))
        .build()
}

pub fn strength_check(given: &mut Arguments) -> StrengthCheck<'static> {
    StrengthCheck::builder().password(given.required("password")).maybe_email(given.text("email")).build()
}

pub fn email_reset_start(given: &mut Arguments) -> EmailResetStart<'static> {
    EmailResetStart::builder()
        .email(given.required("email"))
        .maybe_reset_password_redirect_url(given.text("reset_password_redirect_url"))
        .maybe_reset_password_expiration_minutes(given.number("reset_password_expiration_minutes"))
        .maybe_code_challenge(given.text("code_challenge"))
        .maybe_attributes(given.object("attributes", attributes))
        .maybe_login_redirect_url(given.text("login_redirect_url"))
        .maybe_locale(given.text("locale"))
        .maybe_reset_password_template_id(given.text("reset_password_template_id"))
        .build()
}

pub fn email_reset(given: &mut Arguments) -> EmailReset<'static> {
    EmailReset::builder()
        .token(given.required("token"))
        .password(given.required("password"))
        .maybe_session_token(given.text("session_token"))
        .maybe_session_duration_minutes(given.number("session_duration_minutes"))
        .maybe_session_jwt(given.text("session_jwt"))
        .maybe_code_verifier(given.text("code_verifier"))
        .maybe_session_custom_claims(given.map("session_custom_claims"))
        .maybe_attributes(given.object("attributes", attributes))
        .maybe_options(given.object("options", options))
        .maybe_telemetry_id(given.text("telemetry_id"))
        .build()
}

pub fn existing_password_reset(given: &mut Arguments) -> ExistingPasswordReset<'static> {
    ExistingPasswordReset::builder()
        .email(given.required("email"))
        .existing_password(given.required("existing_password"))
        .new_password(given.required("new_password"))
        .maybe_session_token(given.text("session_token"))
        .maybe_session_duration_minutes(given.number("session_duration_minutes"))
        .maybe_session_jwt(given.text("session_jwt"))
        .maybe_session_custom_claims(given.map("session_custom_claims"))
        .maybe_telemetry_id(given.text("telemetry_id"))
        .build()
}

pub fn session_reset(given: &mut Arguments) -> SessionReset<'static> {
    SessionReset::builder()
        .password(given.required("password"))
        .maybe_session_token(given.text("session_token"))
        .maybe_session_jwt(given.text("session_jwt"))
        .maybe_session_duration_minutes(given.number("session_duration_minutes"))
        .maybe_session_custom_claims(given.map("session_custom_claims"))
        .maybe_telemetry_id(given.text("telemetry_id"))
        .build()
}

pub fn sessions_authenticate(given: &mut Arguments) -> sessions::Authenticate<'static> {
    sessions::Authenticate::builder()
        .maybe_session_token(given.text("session_token"))
        .maybe_session_jwt(given.text("session_jwt"))
        .maybe_session_duration_minutes(given.number("session_duration_minutes"))
        .maybe_session_custom_claims(given.map("session_custom_claims"))
        .build()
}

pub fn sessions_get(given: &mut Arguments) -> sessions::Get<'static> {
    sessions::Get::builder().user_id(given.required("user_id")).build()
}

pub fn sessions_revoke(given: &mut Arguments) -> sessions::Revoke<'static> {
    sessions::Revoke::builder()
        .maybe_session_id(given.text("session_id"))
        .maybe_session_token(given.text("session_token"))
        .maybe_session_jwt(given.text("session_jwt"))
        .build()
}

pub fn sessions_jwks(given: &mut Arguments) -> sessions::Jwks<'static> {
    sessions::Jwks::builder().project_id(given.required("project_id")).build()
}

fn name(given: &mut Arguments) -> Name<'static> {
    Name::builder()
        .maybe_first_name(given.text("first_name"))
        .maybe_middle_name(given.text("middle_name"))
        .maybe_last_name(given.text("last_name"))
        .build()
}

fn attributes(given: &mut Arguments) -> Attributes<'static> {
    Attributes::builder()
        .maybe_ip_address(given.text("ip_address"))
        .maybe_user_agent(given.text("user_agent"))
        .build()
}

fn options(given: &mut Arguments) -> ResetOptions {
    ResetOptions::builder()
        .maybe_ip_match_required(given.flag("ip_match_required"))
        .maybe_user_agent_match_required(given.flag("user_agent_match_required"))
        .build()
}

fn salts(given: &mut Arguments) -> SaltConfig<'static> {
    SaltConfig::builder()
        .maybe_prepend_salt(given.text("prepend_salt"))
        .maybe_append_salt(given.text("append_salt"))
        .build()
}

fn argon_2(given: &mut Arguments) -> Argon2Config<'static> {
    Argon2Config::builder()
        .salt(given.required("salt"))
        .iteration_amount(given.required_number("iteration_amount"))
        .memory(given.required_number("memory"))
        .threads(given.required_number("threads"))
        .key_length(given.required_number("key_length"))
        .build()
}

fn scrypt(given: &mut Arguments) -> ScryptConfig<'static> {
    ScryptConfig::builder()
        .salt(given.required("salt"))
        .n_parameter(given.required_number("n_parameter"))
        .r_parameter(given.required_number("r_parameter"))
        .p_parameter(given.required_number("p_parameter"))
        .key_length(given.required_number("key_length"))
        .build()
}

fn pbkdf_2(given: &mut Arguments) -> Pbkdf2Config<'static> {
    Pbkdf2Config::builder()
        .salt(given.required("salt"))
        .iteration_amount(given.required_number("iteration_amount"))
        .key_length(given.required_number("key_length"))
        .maybe_algorithm(given.text("algorithm"))
        .build()
}
