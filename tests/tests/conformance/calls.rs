//! The calls of the tour, by their names, as calls of the typed builders.

use serde::Serialize;
use serde_json::Value;
use stytch_client::passwords::{
    Argon2Config, Attributes, Authenticate, Create, EmailReset, EmailResetStart, ExistingPasswordReset,
    Migrate, Name, Pbkdf2Config, ResetOptions, SaltConfig, ScryptConfig, SessionReset, StrengthCheck,
};
use stytch_client::{Client, Error, sessions};

use super::arguments::Arguments;

/// Makes the call of this name; gives its answer, the typed one, as JSON again.
pub(crate) async fn call(client: &Client, name: &str, mut arguments: Arguments) -> Result<Value, Error> {
    let given = &mut arguments;
    match name {
        "passwords.create" => json(client.send(&create(given)).await),
        "passwords.authenticate" => json(client.send(&authenticate(given)).await),
        "passwords.migrate" => json(client.send(&migrate(given)).await),
        "passwords.strength_check" => json(client.send(&strength_check(given)).await),
        "passwords.email.reset_start" => json(client.send(&email_reset_start(given)).await),
        "passwords.email.reset" => json(client.send(&email_reset(given)).await),
        "passwords.existing_password.reset" => json(client.send(&existing_password_reset(given)).await),
        "passwords.sessions.reset" => json(client.send(&session_reset(given)).await),
        "sessions.authenticate" => json(client.send(&sessions_authenticate(given)).await),
        "sessions.get" => json(client.send(&sessions_get(given)).await),
        "sessions.revoke" => json(client.send(&sessions_revoke(given)).await),
        "sessions.get_jwks" => json(client.send(&sessions_jwks(given)).await),
        "sessions.authenticate_jwt_local" => {
            let verifying = client.sessions().authenticate_jwt(given.required("session_jwt"));
            json(verifying.send().await.map(|verified| verified.session))
        }
        unknown => panic!("the tour calls {unknown}, which this program does not know"),
    }
}

fn json(answer: Result<impl Serialize, Error>) -> Result<Value, Error> {
    answer.map(|answer| serde_json::to_value(answer).expect("an answer is JSON"))
}

fn create(given: &mut Arguments) -> Create<'static> {
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

fn authenticate(given: &mut Arguments) -> Authenticate<'static> {
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

fn migrate(given: &mut Arguments) -> Migrate<'static> {
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

fn strength_check(given: &mut Arguments) -> StrengthCheck<'static> {
    StrengthCheck::builder().password(given.required("password")).maybe_email(given.text("email")).build()
}

fn email_reset_start(given: &mut Arguments) -> EmailResetStart<'static> {
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

fn email_reset(given: &mut Arguments) -> EmailReset<'static> {
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

fn existing_password_reset(given: &mut Arguments) -> ExistingPasswordReset<'static> {
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

fn session_reset(given: &mut Arguments) -> SessionReset<'static> {
    SessionReset::builder()
        .password(given.required("password"))
        .maybe_session_token(given.text("session_token"))
        .maybe_session_jwt(given.text("session_jwt"))
        .maybe_session_duration_minutes(given.number("session_duration_minutes"))
        .maybe_session_custom_claims(given.map("session_custom_claims"))
        .maybe_telemetry_id(given.text("telemetry_id"))
        .build()
}

fn sessions_authenticate(given: &mut Arguments) -> sessions::Authenticate<'static> {
    sessions::Authenticate::builder()
        .maybe_session_token(given.text("session_token"))
        .maybe_session_jwt(given.text("session_jwt"))
        .maybe_session_duration_minutes(given.number("session_duration_minutes"))
        .maybe_session_custom_claims(given.map("session_custom_claims"))
        .build()
}

fn sessions_get(given: &mut Arguments) -> sessions::Get<'static> {
    sessions::Get::builder().user_id(given.required("user_id")).build()
}

fn sessions_revoke(given: &mut Arguments) -> sessions::Revoke<'static> {
    sessions::Revoke::builder()
        .maybe_session_id(given.text("session_id"))
        .maybe_session_token(given.text("session_token"))
        .maybe_session_jwt(given.text("session_jwt"))
        .build()
}

fn sessions_jwks(given: &mut Arguments) -> sessions::Jwks<'static> {
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
