//! Users who come from another system with their hashes.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use stytch_client::Error;
use stytch_client::error_type::{self, UNAUTHORIZED_CREDENTIALS};
use stytch_client::passwords::{
    Argon2Config, AuthenticateResponse, HashType, Migrate, Pbkdf2Algorithm, Pbkdf2Config, SaltConfig,
    ScryptConfig,
};

use crate::world::{ADA, DAY, NEW_PASSWORD, PASSWORD, World, rejected};

/// Hashes from other implementations, with their passwords and parameters.
fn hashes() -> Vec<Value> {
    let file: Value = serde_json::from_str(include_str!("../../../emulator/tests/api/hashes.json")).unwrap();
    file["hashes"].as_array().unwrap().clone()
}

fn named(name: &str) -> Value {
    hashes().into_iter().find(|hash| hash["name"] == name).unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn number(value: &Value) -> u32 {
    value.as_u64().unwrap().try_into().unwrap()
}

fn migrate<'a>(hash: &'a Value, email: &'a str) -> Migrate<'a> {
    Migrate::builder()
        .email(email)
        .hash(text(&hash["hash"]))
        .hash_type(HashType::from(text(&hash["hash_type"])))
        .maybe_md_5_config(hash.get("md_5_config").map(salts))
        .maybe_sha_1_config(hash.get("sha_1_config").map(salts))
        .maybe_sha_512_config(hash.get("sha_512_config").map(salts))
        .maybe_argon_2_config(hash.get("argon_2_config").map(argon_2))
        .maybe_scrypt_config(hash.get("scrypt_config").map(scrypt))
        .maybe_pbkdf_2_config(hash.get("pbkdf_2_config").map(pbkdf_2))
        .maybe_phone_number(hash["phone_number"].as_str())
        .build()
}

fn salts(config: &Value) -> SaltConfig<'_> {
    SaltConfig::builder()
        .maybe_prepend_salt(config["prepend_salt"].as_str())
        .maybe_append_salt(config["append_salt"].as_str())
        .build()
}

fn argon_2(config: &Value) -> Argon2Config<'_> {
    Argon2Config::builder()
        .salt(text(&config["salt"]))
        .iteration_amount(number(&config["iteration_amount"]))
        .memory(number(&config["memory"]))
        .threads(number(&config["threads"]))
        .key_length(number(&config["key_length"]))
        .build()
}

fn scrypt(config: &Value) -> ScryptConfig<'_> {
    ScryptConfig::builder()
        .salt(text(&config["salt"]))
        .n_parameter(number(&config["n_parameter"]))
        .r_parameter(number(&config["r_parameter"]))
        .p_parameter(number(&config["p_parameter"]))
        .key_length(number(&config["key_length"]))
        .build()
}

fn pbkdf_2(config: &Value) -> Pbkdf2Config<'_> {
    Pbkdf2Config::builder()
        .salt(text(&config["salt"]))
        .iteration_amount(number(&config["iteration_amount"]))
        .key_length(number(&config["key_length"]))
        .maybe_algorithm(config["algorithm"].as_str().map(Pbkdf2Algorithm::from))
        .build()
}

async fn log_in(world: &World, email: &str, password: &str) -> Result<AuthenticateResponse, Error> {
    let login = world.client.passwords().authenticate().email(email).password(password);
    login.session_duration_minutes(DAY).send().await
}

#[tokio::test]
async fn every_hash_type_logs_in_with_its_password_and_no_other() {
    let world = World::start().await;
    let mut types = BTreeSet::new();
    for (index, hash) in hashes().iter().enumerate() {
        let email = format!("user{index}@example.com");
        let migrated = world.client.send(&migrate(hash, &email)).await.unwrap();
        assert!(migrated.user_created, "{}", hash["name"]);
        let login = log_in(&world, &email, text(&hash["password"])).await;
        let login = login.unwrap_or_else(|error| panic!("{}: {error}", hash["name"]));
        assert_eq!(login.user_id, migrated.user_id);
        rejected(log_in(&world, &email, "another password").await, 401, UNAUTHORIZED_CREDENTIALS);
        types.insert(text(&hash["hash_type"]).to_owned());
    }
    let known = [
        HashType::Bcrypt,
        HashType::Md5,
        HashType::Argon2i,
        HashType::Argon2id,
        HashType::Sha1,
        HashType::Sha512,
        HashType::Scrypt,
        HashType::Phpass,
        HashType::Pbkdf2,
    ];
    assert_eq!(types, known.iter().map(|known| known.as_str().to_owned()).collect());
}

#[tokio::test]
async fn a_migrated_user_is_like_any_other() {
    let world = World::start().await;
    world.client.send(&migrate(&named("phpass $P$"), ADA)).await.unwrap();
    let token = world.log_in(PASSWORD).await.unwrap().session_token.unwrap();
    let reset = world.client.passwords().sessions().reset().session_token(token.secret());
    reset.password(NEW_PASSWORD).send().await.unwrap();
    rejected(world.log_in(PASSWORD).await, 401, UNAUTHORIZED_CREDENTIALS);
    world.log_in(NEW_PASSWORD).await.unwrap();
    let again = world.client.send(&migrate(&named("bcrypt 2b"), ADA)).await;
    rejected(again, 400, error_type::PASSWORD_ALREADY_EXISTS);
}

/// A hash, a change of it, and the expected error.
type Spoilt = (&'static str, &'static str, Value, &'static str);

fn spoilt() -> Vec<Spoilt> {
    use error_type::*;
    let (argon_2, scrypt, pbkdf_2) = ("argon_2id hexadecimal", "scrypt base64", "pbkdf_2 default");
    let costly = "$2b$32$987A6t7uH5GPqwIbb6ANJeo44SlHIpBvlfY2uWbhAnYN5ZXYD59zm";
    vec![
        ("md_5", "/hash_type", json!("rot13"), INVALID_HASH_TYPE),
        ("md_5", "/hash", json!(""), INVALID_HASH),
        ("md_5", "/hash", json!("9cc2"), INVALID_MD_5_HASH),
        ("sha_1", "/hash", json!("abf7"), INVALID_SHA_1_HASH),
        ("bcrypt 2b", "/hash", json!("$2b$04$short"), INVALID_BCRYPT_HASH),
        ("bcrypt 2b", "/hash", json!(costly), INVALID_BCRYPT_COST),
        (argon_2, "/argon_2_config/salt", json!("short"), INVALID_ARGON_2_SALT),
        (argon_2, "/argon_2_config/key_length", json!(25), ARGON_2_KEY_LENGTH_MISMATCH),
        (scrypt, "/hash", json!("not base64!"), INVALID_BASE64_SCRYPT_HASH),
        (scrypt, "/scrypt_config/salt", json!("c2hvcnQ="), INVALID_SCRYPT_SALT_LENGTH),
        (scrypt, "/scrypt_config/key_length", json!(32), SCRYPT_KEY_LENGTH_MISMATCH),
        (pbkdf_2, "/hash", json!("not base64!"), INVALID_PBKDF_2_HASH),
        (pbkdf_2, "/pbkdf_2_config/salt", json!("not base64!"), INVALID_PBKDF_2_SALT),
        (pbkdf_2, "/pbkdf_2_config/iteration_amount", json!(0), INVALID_PBKDF_2_ITERATION_AMOUNT),
        (pbkdf_2, "/pbkdf_2_config/key_length", json!(31), PBKDF_2_KEY_LENGTH_MISMATCH),
        ("phpass $P$", "/hash", json!("$Q$6YSprQtFs7dObXD8DjDXlSh/8WGArk."), INVALID_PHPASS_HASH_PREFIX),
        ("md_5", "/phone_number", json!("202 555 0162"), INVALID_PHONE_NUMBER),
        ("md_5", "/phone_number", json!("+12025550162"), DUPLICATE_PHONE_NUMBER),
    ]
}

#[tokio::test]
async fn every_documented_error_of_a_migration() {
    let (world, _) = World::with_ada().await;
    let mut owner = named("md_5");
    owner["phone_number"] = json!("+12025550162");
    world.client.send(&migrate(&owner, "owner@example.com")).await.unwrap();
    for (name, at, becomes, error_type) in spoilt() {
        let mut hash = named(name);
        hash["phone_number"] = Value::Null;
        *hash.pointer_mut(at).unwrap() = becomes;
        rejected(world.client.send(&migrate(&hash, "grace@example.com")).await, 400, error_type);
    }
    let hash = named("md_5");
    rejected(world.client.send(&migrate(&hash, "grace")).await, 400, error_type::INVALID_EMAIL);
    rejected(world.client.send(&migrate(&hash, ADA)).await, 400, error_type::PASSWORD_ALREADY_EXISTS);
    assert!(world.client.send(&migrate(&hash, "grace@example.com")).await.unwrap().user_created);
}

#[test]
fn no_documented_error_of_a_migration_is_left_out() {
    let of_migrate = error_type::ALL.iter().skip_while(|name| **name != error_type::PASSWORD_ALREADY_EXISTS);
    let documented: BTreeSet<&str> = of_migrate.skip(1).copied().collect();
    let tested: BTreeSet<&str> = spoilt().iter().map(|(.., error_type)| *error_type).collect();
    assert_eq!(tested, documented);
}
