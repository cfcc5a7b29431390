//! Recorded arguments, set one by one on the builders.

use serde_json::Value;
use stytch_client::passwords::{
    Argon2Config, Attributes, Authenticate, Create, EmailReset, EmailResetStart, ExistingPasswordReset,
    Migrate, Name, Pbkdf2Config, ResetOptions, SaltConfig, ScryptConfig, SessionReset, StrengthCheck,
};
use stytch_client::{Endpoint, Error, JsonObject, Request};

/// The request for a case; `None` where its arguments have no place in our types.
pub(crate) fn request(endpoint: &str, arguments: &Value) -> Option<Result<Request, Error>> {
    let given = Given(arguments);
    // A number that is no `u32` would silently become "unset".
    if given.0.as_object()?.values().any(|value| value.is_i64() && value.as_u64().is_none()) {
        return None;
    }
    Some(match endpoint {
        "passwords.create" => create(&given).request(),
        "passwords.authenticate" => authenticate(&given).request(),
        "passwords.migrate" => migrate(&given).request(),
        "passwords.strength_check" => strength_check(&given).request(),
        "passwords.email.reset_start" => email_reset_start(&given).request(),
        "passwords.email.reset" => email_reset(&given).request(),
        "passwords.existing_password.reset" => existing_password_reset(&given).request(),
        "passwords.session.reset" => session_reset(&given).request(),
        other => panic!("no endpoint `{other}` here"),
    })
}

/// Arguments as a caller would have them at hand.
struct Given<'a>(&'a Value);

impl<'a> Given<'a> {
    fn text(&self, name: &str) -> Option<&'a str> {
        self.0.get(name)?.as_str()
    }

    fn required(&self, name: &str) -> &'a str {
        self.text(name).unwrap_or_else(|| panic!("`{name}` is required"))
    }

    fn number(&self, name: &str) -> Option<u32> {
        self.0.get(name)?.as_u64().map(|number| u32::try_from(number).unwrap())
    }

    fn whole(&self, name: &str) -> u32 {
        self.number(name).unwrap_or_else(|| panic!("`{name}` is required"))
    }

    fn flag(&self, name: &str) -> Option<bool> {
        self.0.get(name)?.as_bool()
    }

    fn map(&self, name: &str) -> Option<JsonObject> {
        self.0.get(name)?.as_object().cloned()
    }

    fn inside(&self, name: &str) -> Option<Given<'a>> {
        self.0.get(name).map(Given)
    }

    fn texts(&self, name: &str) -> Option<Vec<&'a str>> {
        self.0.get(name)?.as_array().map(|items| items.iter().map(|item| item.as_str().unwrap()).collect())
    }
}

fn create<'a>(given: &Given<'a>) -> Create<'a> {
    Create::builder()
        .email(given.required("email"))
        .password(given.required("password"))
        .maybe_session_duration_minutes(given.number("session_duration_minutes"))
        .maybe_session_custom_claims(given.map("session_custom_claims"))
        .maybe_trusted_metadata(given.map("trusted_metadata"))
        .maybe_untrusted_metadata(given.map("untrusted_metadata"))
        .maybe_name(given.inside("name").map(|given| name(&given)))
        .maybe_telemetry_id(given.text("telemetry_id"))
        .build()
}

fn authenticate<'a>(given: &Given<'a>) -> Authenticate<'a> {
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

fn migrate<'a>(given: &Given<'a>) -> Migrate<'a> {
    Migrate::builder()
        .email(given.required("email"))
        .hash(given.required("hash"))
        .hash_type(given.required("hash_type"))
        .maybe_md_5_config(given.inside("md_5_config").map(|given| salts(&given)))
        .maybe_argon_2_config(given.inside("argon_2_config").map(|given| argon_2(&given)))
        .maybe_sha_1_config(given.inside("sha_1_config").map(|given| salts(&given)))
        .maybe_sha_512_config(given.inside("sha_512_config").map(|given| salts(&given)))
        .maybe_scrypt_config(given.inside("scrypt_config").map(|given| scrypt(&given)))
        .maybe_pbkdf_2_config(given.inside("pbkdf_2_config").map(|given| pbkdf_2(&given)))
        .maybe_trusted_metadata(given.map("trusted_metadata"))
        .maybe_untrusted_metadata(given.map("untrusted_metadata"))
        .maybe_set_email_verified(given.flag("set_email_verified"))
        .maybe_name(given.inside("name").map(|given| name(&given)))
        .maybe_phone_number(given.text("phone_number"))
        .maybe_set_phone_number_verified(given.flag("set_phone_number_verified"))
        .maybe_external_id(given.text("external_id"))
        .maybe_roles(given.texts("roles"))
        .build()
}

fn strength_check<'a>(given: &Given<'a>) -> StrengthCheck<'a> {
    StrengthCheck::builder().password(given.required("password")).maybe_email(given.text("email")).build()
}

fn email_reset_start<'a>(given: &Given<'a>) -> EmailResetStart<'a> {
    EmailResetStart::builder()
        .email(given.required("email"))
        .maybe_reset_password_redirect_url(given.text("reset_password_redirect_url"))
        .maybe_reset_password_expiration_minutes(given.number("reset_password_expiration_minutes"))
        .maybe_code_challenge(given.text("code_challenge"))
        .maybe_attributes(given.inside("attributes").map(|given| attributes(&given)))
        .maybe_login_redirect_url(given.text("login_redirect_url"))
        .maybe_locale(given.text("locale"))
        .maybe_reset_password_template_id(given.text("reset_password_template_id"))
        .build()
}

fn email_reset<'a>(given: &Given<'a>) -> EmailReset<'a> {
    EmailReset::builder()
        .token(given.required("token"))
        .password(given.required("password"))
        .maybe_session_token(given.text("session_token"))
        .maybe_session_duration_minutes(given.number("session_duration_minutes"))
        .maybe_session_jwt(given.text("session_jwt"))
        .maybe_code_verifier(given.text("code_verifier"))
        .maybe_session_custom_claims(given.map("session_custom_claims"))
        .maybe_attributes(given.inside("attributes").map(|given| attributes(&given)))
        .maybe_options(given.inside("options").map(|given| options(&given)))
        .maybe_telemetry_id(given.text("telemetry_id"))
        .build()
}

fn existing_password_reset<'a>(given: &Given<'a>) -> ExistingPasswordReset<'a> {
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

fn session_reset<'a>(given: &Given<'a>) -> SessionReset<'a> {
    SessionReset::builder()
        .password(given.required("password"))
        .maybe_session_token(given.text("session_token"))
        .maybe_session_jwt(given.text("session_jwt"))
        .maybe_session_duration_minutes(given.number("session_duration_minutes"))
        .maybe_session_custom_claims(given.map("session_custom_claims"))
        .maybe_telemetry_id(given.text("telemetry_id"))
        .build()
}

fn name<'a>(given: &Given<'a>) -> Name<'a> {
    Name::builder()
        .maybe_first_name(given.text("first_name"))
        .maybe_middle_name(given.text("middle_name"))
        .maybe_last_name(given.text("last_name"))
        .build()
}

fn salts<'a>(given: &Given<'a>) -> SaltConfig<'a> {
    SaltConfig::builder()
        .maybe_prepend_salt(given.text("prepend_salt"))
        .maybe_append_salt(given.text("append_salt"))
        .build()
}

fn argon_2<'a>(given: &Given<'a>) -> Argon2Config<'a> {
    Argon2Config::builder()
        .salt(given.required("salt"))
        .iteration_amount(given.whole("iteration_amount"))
        .memory(given.whole("memory"))
        .threads(given.whole("threads"))
        .key_length(given.whole("key_length"))
        .build()
}

fn scrypt<'a>(given: &Given<'a>) -> ScryptConfig<'a> {
    ScryptConfig::builder()
        .salt(given.required("salt"))
        .n_parameter(given.whole("n_parameter"))
        .r_parameter(given.whole("r_parameter"))
        .p_parameter(given.whole("p_parameter"))
        .key_length(given.whole("key_length"))
        .build()
}

fn pbkdf_2<'a>(given: &Given<'a>) -> Pbkdf2Config<'a> {
    Pbkdf2Config::builder()
        .salt(given.required("salt"))
        .iteration_amount(given.whole("iteration_amount"))
        .key_length(given.whole("key_length"))
        .maybe_algorithm(given.text("algorithm"))
        .build()
}

fn attributes<'a>(given: &Given<'a>) -> Attributes<'a> {
    Attributes::builder()
        .maybe_ip_address(given.text("ip_address"))
        .maybe_user_agent(given.text("user_agent"))
        .build()
}

fn options(given: &Given<'_>) -> ResetOptions {
    ResetOptions::builder()
        .maybe_ip_match_required(given.flag("ip_match_required"))
        .maybe_user_agent_match_required(given.flag("user_agent_match_required"))
        .build()
}
