//! Hashes of other systems: each algorithm verifies a login, and malformed hashes have specific errors.

use serde_json::{Map, Value, json};

use crate::support::{PASSWORD, Peer};

/// Returns hashes that other implementations made, with their parameters.
fn hashes() -> Vec<Value> {
    let file: Value = serde_json::from_str(include_str!("hashes.json")).expect("JSON");
    file["hashes"].as_array().expect("a list").clone()
}

/// Returns the body of a `migrate` request with the hash of this name.
fn named(name: &str) -> Map<String, Value> {
    let found = hashes().into_iter().find(|hash| hash["name"] == name).expect("a hash of that name");
    request(&found, "ada@example.com")
}

/// Returns the body of a `migrate` request with this hash.
fn request(hash: &Value, email: &str) -> Map<String, Value> {
    let mut body = hash.as_object().expect("an object").clone();
    body.retain(|key, _| key != "name" && key != "password");
    body.insert("email".to_owned(), email.into());
    body
}

#[tokio::test]
async fn every_algorithm_verifies_a_login() {
    let peer = Peer::start().await;
    let hashes = hashes();
    assert!(hashes.len() > 20);
    for (index, hash) in hashes.iter().enumerate() {
        let email = format!("user{index}@example.com");
        peer.post("/v1/passwords/migrate", Value::Object(request(hash, &email))).await.ok();
        let login = |password: String| {
            peer.post("/v1/passwords/authenticate", json!({ "email": email, "password": password }))
        };
        let password = hash["password"].as_str().expect("a password").to_owned();
        assert_eq!(
            login(password.clone()).await.status,
            200,
            "{} does not accept its password",
            hash["name"]
        );
        for wrong in [format!("{password}!"), password[1..].to_owned(), String::new()] {
            assert_eq!(login(wrong).await.status, 401, "{} accepts a wrong password", hash["name"]);
        }
    }
}

/// One change to a hash, and the error type that it causes.
struct Case {
    from: &'static str,
    /// A JSON pointer to the changed value, and the new value.
    change: (&'static str, Value),
    error_type: &'static str,
}

fn case(from: &'static str, at: &'static str, becomes: impl Into<Value>, error_type: &'static str) -> Case {
    Case { from, change: (at, becomes.into()), error_type }
}

fn argon_2() -> Vec<Case> {
    let hex = |at, becomes: Value, error| case("argon_2id hexadecimal", at, becomes, error);
    vec![
        hex("/hash", json!("not hexadecimal"), "invalid_hash"),
        hex("/hash", json!("abc"), "invalid_hash"),
        hex("/argon_2_config/salt", json!("short"), "invalid_argon_2_salt"),
        hex("/argon_2_config/key_length", json!(25), "argon_2_key_length_mismatch"),
        hex("/argon_2_config/memory", json!(7), "invalid_argon_2_memory"),
        hex("/argon_2_config/memory", json!(1_u64 << 40), "invalid_argon_2_memory"),
        hex("/argon_2_config/iteration_amount", json!(0), "invalid_argon_2_iteration_amount"),
        hex("/argon_2_config/iteration_amount", json!(1_000_000), "invalid_argon_2_iteration_amount"),
        hex("/argon_2_config/threads", json!(-1), "invalid_argon_2_threads"),
        hex("/argon_2_config/threads", json!(1000), "invalid_argon_2_threads"),
        hex("/argon_2_config", json!({ "salt": "some salt text" }), "bad_request"),
        case("argon_2id encoded", "/hash_type", "argon_2i", "invalid_hash"),
        case("argon_2i encoded", "/hash", "$argon2i$v=19$m=1024,t=2,p=1$c2FsdHNhbHQ", "invalid_hash"),
        case(
            "argon_2i encoded",
            "/hash",
            "$argon2i$v=17$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNo",
            "invalid_hash",
        ),
        case("argon_2i encoded", "/hash", "$argon2i$", "invalid_hash"),
    ]
}

fn scrypt() -> Vec<Case> {
    let base64 = |at, becomes: Value, error| case("scrypt base64", at, becomes, error);
    vec![
        base64("/hash", json!("not base64!"), "invalid_base64_scrypt_hash"),
        base64("/hash", json!("$scrypt$ln=4,r=8,p=1$"), "invalid_base64_scrypt_hash"),
        base64(
            "/hash",
            json!("$argon2i$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNo"),
            "invalid_base64_scrypt_hash",
        ),
        base64("/scrypt_config/salt", json!("not base64!"), "invalid_base64_scrypt_salt"),
        base64("/scrypt_config/salt", json!("c2hvcnQ="), "invalid_scrypt_salt_length"),
        base64("/scrypt_config/key_length", json!(32), "scrypt_key_length_mismatch"),
        base64("/scrypt_config/n_parameter", json!(1000), "invalid_scrypt_n_parameter"),
        base64("/scrypt_config/n_parameter", json!(1), "invalid_scrypt_n_parameter"),
        base64("/scrypt_config/n_parameter", json!(524_288), "invalid_scrypt_n_parameter"),
        base64("/scrypt_config/r_parameter", json!(0), "invalid_scrypt_parameters"),
        base64("/scrypt_config/p_parameter", json!(1_u64 << 30), "invalid_scrypt_parameters"),
    ]
}

fn pbkdf_2() -> Vec<Case> {
    let change = |at, becomes: Value, error| case("pbkdf_2 default", at, becomes, error);
    vec![
        change("/hash", json!("not base64!"), "invalid_pbkdf_2_hash"),
        change("/hash", json!("===="), "invalid_pbkdf_2_hash"),
        change("/pbkdf_2_config/salt", json!("not base64!"), "invalid_pbkdf_2_salt"),
        change("/pbkdf_2_config/salt", json!(""), "invalid_pbkdf_2_salt"),
        change("/pbkdf_2_config/iteration_amount", json!(0), "invalid_pbkdf_2_iteration_amount"),
        change("/pbkdf_2_config/iteration_amount", json!(1_u64 << 31), "invalid_pbkdf_2_iteration_amount"),
        change("/pbkdf_2_config/key_length", json!(31), "pbkdf_2_key_length_mismatch"),
        change(
            "/pbkdf_2_config",
            json!({ "salt": "c2FsdA==", "iteration_amount": 1, "key_length": 32, "algorithm": "md5" }),
            "invalid_pbkdf_2_algorithm",
        ),
    ]
}

fn others() -> Vec<Case> {
    let long = "0".repeat(31);
    vec![
        case("md_5", "/hash_type", "rot13", "invalid_hash_type"),
        case("md_5", "/hash", "", "invalid_hash"),
        case("md_5", "/hash", long.as_str(), "invalid_md_5_hash"),
        case("sha_1", "/hash", long.as_str(), "invalid_sha_1_hash"),
        case("sha_512", "/hash", long.as_str(), "invalid_sha_512_hash"),
        case("bcrypt 2b", "/hash", "$2b$10$tooshort", "invalid_bcrypt_hash"),
        case("bcrypt 2b", "/hash", "not a hash", "invalid_bcrypt_hash"),
        case("bcrypt 2b", "/hash", "$2b$10$ééééééééééééééééééééééééééa", "invalid_bcrypt_hash"),
        case(
            "bcrypt 2b",
            "/hash",
            "$2b$31$5DzvGmnCRJRsTvhfVHZK9.mtTLXVqLxDCCWgKPTcvvFwM0GSy8xMe",
            "invalid_bcrypt_cost",
        ),
        case(
            "bcrypt 2b",
            "/hash",
            "$2b$03$5DzvGmnCRJRsTvhfVHZK9.mtTLXVqLxDCCWgKPTcvvFwM0GSy8xMe",
            "invalid_bcrypt_cost",
        ),
        case("phpass $P$", "/hash", "$Q$612345678si5M0DDyPpmRCmcltU/YW/", "invalid_phpass_hash_prefix"),
        case("phpass $P$", "/hash", "$P$612345678", "invalid_phpass_hash_format"),
        case("phpass $P$", "/hash", "$P$z12345678si5M0DDyPpmRCmcltU/YW/", "invalid_phpass_hash_format"),
    ]
}

#[tokio::test]
async fn malformed_hashes_have_specific_errors() {
    let peer = Peer::start().await;
    for case in [argon_2(), scrypt(), pbkdf_2(), others()].into_iter().flatten() {
        let mut body = Value::Object(named(case.from));
        let (at, becomes) = case.change;
        *body.pointer_mut(at).expect("something to change") = becomes.clone();
        let reply = peer.post("/v1/passwords/migrate", body).await;
        let response = (reply.status, reply.body["error_type"].as_str().unwrap_or_default());
        assert_eq!(response, (400, case.error_type), "{}: {at} becomes {becomes}", case.from);
    }
}

#[tokio::test]
async fn some_hashes_need_a_configuration() {
    let peer = Peer::start().await;
    for (name, config) in [
        ("argon_2id hexadecimal", "argon_2_config"),
        ("scrypt base64", "scrypt_config"),
        ("pbkdf_2 default", "pbkdf_2_config"),
    ] {
        let mut body = named(name);
        body.remove(config);
        let message =
            peer.post("/v1/passwords/migrate", Value::Object(body)).await.rejected(400, "bad_request");
        assert_eq!(message, format!("`{config}` is required for this `hash_type` and form of `hash`."));
    }
}

#[tokio::test]
async fn a_migrated_user_has_everything_in_the_request() {
    let peer = Peer::start().await;
    let mut body = named("md_5");
    let Value::Object(extra) = json!({
        "name": { "first_name": "Ada", "last_name": "Lovelace" }, "phone_number": "+12025550162",
        "set_phone_number_verified": true, "set_email_verified": true, "external_id": "crm|42", "roles": ["admin"],
        "trusted_metadata": { "plan": "pro" }, "untrusted_metadata": { "theme": "dark", "none": null },
    }) else {
        unreachable!()
    };
    body.extend(extra);
    let response = peer.post("/v1/passwords/migrate", Value::Object(body.clone())).await.ok();
    let user = &response["user"];
    assert_eq!(
        (&response["user_created"], &response["email_id"]),
        (&json!(true), &user["emails"][0]["email_id"])
    );
    assert_eq!(user["name"], json!({ "first_name": "Ada", "middle_name": "", "last_name": "Lovelace" }));
    assert_eq!(
        (&user["phone_numbers"][0]["phone_number"], &user["phone_numbers"][0]["verified"]),
        (&json!("+12025550162"), &json!(true))
    );
    assert_eq!((&user["emails"][0]["verified"], &user["external_id"]), (&json!(true), &json!("crm|42")));
    assert_eq!((&user["roles"], &user["trusted_metadata"]), (&json!(["admin"]), &json!({ "plan": "pro" })));
    assert_eq!(user["untrusted_metadata"], json!({ "theme": "dark" }));

    let login = json!({ "email": "ada@example.com", "password": PASSWORD, "session_duration_minutes": 5 });
    let login = peer.post("/v1/passwords/authenticate", login).await.ok();
    assert_eq!(login["session"]["roles"], json!(["stytch_user", "admin"]));
    let sessions =
        crate::support::reply(peer.request(reqwest::Method::GET, "/v1/sessions?user_id=crm%7C42")).await.ok();
    assert_eq!(sessions["sessions"].as_array().map(Vec::len), Some(1));

    peer.post("/v1/passwords/migrate", Value::Object(body.clone()))
        .await
        .rejected(400, "password_already_exists");
    body.insert("email".to_owned(), "bob@example.com".into());
    let rejected =
        |body: &Map<String, Value>| peer.post("/v1/passwords/migrate", Value::Object(body.clone()));
    rejected(&body).await.rejected(400, "duplicate_user_external_id");
    body.insert("external_id".to_owned(), "crm 42".into());
    let message = rejected(&body).await.rejected(400, "bad_request");
    assert!(message.starts_with("`external_id` must be"), "{message}");
    body.remove("external_id");
    rejected(&body).await.rejected(400, "duplicate_phone_number");
    body.insert("phone_number".to_owned(), "202 555 0162".into());
    rejected(&body).await.rejected(400, "invalid_phone_number");
    body.insert("email".to_owned(), "bob".into());
    rejected(&body).await.rejected(400, "invalid_email");
}

#[tokio::test]
async fn an_external_id_has_1_to_128_allowed_characters() {
    let peer = Peer::start().await;
    let mut body = named("md_5");
    let long = "a".repeat(129);
    for (number, bad) in ["", long.as_str(), "a b", "a/b", "é", "a@b", "a\0b"].into_iter().enumerate() {
        body.insert("email".to_owned(), format!("bad{number}@example.com").into());
        body.insert("external_id".to_owned(), bad.into());
        let message = peer
            .post("/v1/passwords/migrate", Value::Object(body.clone()))
            .await
            .rejected(400, "bad_request");
        assert_eq!(message, "`external_id` must be 1 to 128 letters, digits and `.`, `_`, `-`, `|`.");
    }
    for (number, good) in ["a", &long[1..], "Az09._-|"].into_iter().enumerate() {
        body.insert("email".to_owned(), format!("good{number}@example.com").into());
        body.insert("external_id".to_owned(), good.into());
        let user = peer.post("/v1/passwords/migrate", Value::Object(body.clone())).await.ok()["user"].take();
        assert_eq!(user["external_id"], good);
    }
}

#[tokio::test]
async fn an_external_id_and_a_phone_number_belong_to_one_user() {
    let seed = json!({ "users": [
        { "email": "ada@example.com", "external_id": "crm|1", "phone_number": "+12025550161" },
        { "email": "bob@example.com" },
    ] });
    let peer = Peer::with(stytch_emulator::Emulator::builder().seed(seed.to_string())).await;
    let migrate = |email: &str, external_id: &str, phone_number: &str| {
        let mut body = named("md_5");
        for (name, value) in [("email", email), ("external_id", external_id), ("phone_number", phone_number)]
        {
            body.insert(name.to_owned(), value.into());
        }
        peer.post("/v1/passwords/migrate", Value::Object(body))
    };
    migrate("eve@example.com", "crm|1", "+12025550162").await.rejected(400, "duplicate_user_external_id");
    migrate("eve@example.com", "crm|2", "+12025550161").await.rejected(400, "duplicate_phone_number");
    migrate("bob@example.com", "crm|2", "+12025550161").await.rejected(400, "duplicate_phone_number");
    migrate("eve@example.com", "crm|2", "+12025550162").await.ok();
    migrate("ada@example.com", "crm|1", "+12025550161").await.ok();
}
