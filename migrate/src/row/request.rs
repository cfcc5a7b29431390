//! Builds a request from the values of one line.

use stytch_client::passwords::{
    Argon2Config, HashType, Migrate, Name, Pbkdf2Algorithm, Pbkdf2Config, SaltConfig, ScryptConfig,
};

use super::values::Values;
use crate::encoding::Encoding;

/// The configuration for the hash type. Configurations of other types are left out: with a constant column, or with
/// one column for several types, every line has them.
#[derive(Default)]
struct Configs {
    md_5: Option<SaltConfig<'static>>,
    argon_2: Option<Argon2Config<'static>>,
    sha_1: Option<SaltConfig<'static>>,
    sha_512: Option<SaltConfig<'static>>,
    scrypt: Option<ScryptConfig<'static>>,
    pbkdf_2: Option<Pbkdf2Config<'static>>,
}

/// Builds the request. Returns `None` if a required value is missing, which is then among the problems.
pub(super) fn build(values: &mut Values<'_>) -> Option<Migrate<'static>> {
    let email = values.required_string("email");
    let hash = values.required_string("hash");
    let hash_type = values.required_string("hash_type").map(HashType::from);
    let hash = match &hash_type {
        Some(hash_type) => hash.and_then(|hash| values.hash(hash, hash_type)),
        None => hash,
    };
    let configs = match (&hash, &hash_type) {
        (Some(hash), Some(hash_type)) => Configs::of(values, hash, hash_type),
        _ => Configs::default(),
    };
    let request = Migrate::builder()
        .email(email?)
        .hash(hash?)
        .hash_type(hash_type?)
        .maybe_md_5_config(configs.md_5)
        .maybe_argon_2_config(configs.argon_2)
        .maybe_sha_1_config(configs.sha_1)
        .maybe_sha_512_config(configs.sha_512)
        .maybe_scrypt_config(configs.scrypt)
        .maybe_pbkdf_2_config(configs.pbkdf_2)
        .maybe_trusted_metadata(values.map("trusted_metadata"))
        .maybe_untrusted_metadata(values.map("untrusted_metadata"))
        .maybe_set_email_verified(values.boolean("set_email_verified"))
        .maybe_name(name(values))
        .maybe_phone_number(values.string("phone_number"))
        .maybe_set_phone_number_verified(values.boolean("set_phone_number_verified"))
        .maybe_external_id(values.string("external_id"))
        .maybe_roles(values.list("roles"))
        .build();
    Some(request)
}

impl Configs {
    fn of(values: &mut Values<'_>, hash: &str, hash_type: &HashType) -> Self {
        // The encoded forms contain their parameters.
        let encoded = hash.starts_with('$');
        let none = Self::default();
        match hash_type {
            HashType::Md5 => Self { md_5: salts(values, "md_5_config"), ..none },
            HashType::Sha1 => Self { sha_1: salts(values, "sha_1_config"), ..none },
            HashType::Sha512 => Self { sha_512: salts(values, "sha_512_config"), ..none },
            HashType::Argon2i | HashType::Argon2id if !encoded => Self { argon_2: argon_2(values), ..none },
            HashType::Scrypt if !encoded => Self { scrypt: scrypt(values), ..none },
            HashType::Pbkdf2 => Self { pbkdf_2: pbkdf_2(values), ..none },
            _ => none,
        }
    }
}

fn salts(values: &mut Values<'_>, group: &str) -> Option<SaltConfig<'static>> {
    values.group(group).then(|| {
        SaltConfig::builder()
            .maybe_prepend_salt(values.salt(&format!("{group}.prepend_salt"), Encoding::Text))
            .maybe_append_salt(values.salt(&format!("{group}.append_salt"), Encoding::Text))
            .build()
    })
}

fn argon_2(values: &mut Values<'_>) -> Option<Argon2Config<'static>> {
    let salt = values.required_salt("argon_2_config.salt", Encoding::Text);
    let mut number = |name| values.required(name, Values::number);
    let iteration_amount = number("argon_2_config.iteration_amount");
    let memory = number("argon_2_config.memory");
    let threads = number("argon_2_config.threads");
    let key_length = number("argon_2_config.key_length");
    let config = Argon2Config::builder()
        .salt(salt?)
        .iteration_amount(iteration_amount?)
        .memory(memory?)
        .threads(threads?)
        .key_length(key_length?);
    Some(config.build())
}

fn scrypt(values: &mut Values<'_>) -> Option<ScryptConfig<'static>> {
    let salt = values.required_salt("scrypt_config.salt", Encoding::Base64);
    let mut number = |name| values.required(name, Values::number);
    let n_parameter = number("scrypt_config.n_parameter");
    let r_parameter = number("scrypt_config.r_parameter");
    let p_parameter = number("scrypt_config.p_parameter");
    let key_length = number("scrypt_config.key_length");
    let config = ScryptConfig::builder()
        .salt(salt?)
        .n_parameter(n_parameter?)
        .r_parameter(r_parameter?)
        .p_parameter(p_parameter?)
        .key_length(key_length?);
    Some(config.build())
}

fn pbkdf_2(values: &mut Values<'_>) -> Option<Pbkdf2Config<'static>> {
    let salt = values.required_salt("pbkdf_2_config.salt", Encoding::Base64);
    let iteration_amount = values.required("pbkdf_2_config.iteration_amount", Values::number);
    let key_length = values.required("pbkdf_2_config.key_length", Values::number);
    let algorithm = values.string("pbkdf_2_config.algorithm").map(Pbkdf2Algorithm::from);
    let config = Pbkdf2Config::builder()
        .salt(salt?)
        .iteration_amount(iteration_amount?)
        .key_length(key_length?)
        .maybe_algorithm(algorithm);
    Some(config.build())
}

fn name(values: &mut Values<'_>) -> Option<Name<'static>> {
    values.group("name").then(|| {
        Name::builder()
            .maybe_first_name(values.string("name.first_name"))
            .maybe_middle_name(values.string("name.middle_name"))
            .maybe_last_name(values.string("name.last_name"))
            .build()
    })
}
