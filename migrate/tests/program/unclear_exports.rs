//! Values in exports that are missing, damaged or ambiguous. None of them is guessed or dropped in silence.

use serde_json::{Value, json};

use crate::people::HASH;
use crate::tool::{Ended, Tool};
use crate::world::World;

/// A hash that every table of users can have.
const BCRYPT: &str = "$2y$10$PxCzaykgdzlLIohSQTUDw.sQIH9RmdvAePtVLd175B9TDdN33RddS";

async fn check(system: &str, export: impl Into<Vec<u8>>) -> Ended {
    Tool::new().args(&["--from", system, "--check", "-"]).stdin(export).run().await
}

/// Migrates an export, and returns the only request.
async fn request(system: &str, export: &str) -> Value {
    mapped_request(system, export, &[]).await
}

/// The same with further options.
async fn mapped_request(system: &str, export: &str, options: &[&str]) -> Value {
    let world = World::new().await;
    world.write("export", export);
    let ended = world.migrate("export", &[&["--from", system], options].concat()).await;
    assert_eq!(ended.code, Some(0), "{export}: {ended:?}");
    serde_json::from_slice(&world.emulator.requests()[0].body).unwrap()
}

#[tokio::test]
async fn other_words_are_not_taken_for_true() {
    for (is_active, reason) in [
        ("", ""),
        (" True", ""),
        ("on", ""),
        ("1", ""),
        (" False", "this account is disabled (`is_active`)"),
        ("off", "this account is disabled (`is_active`)"),
        ("0", "this account is disabled (`is_active`)"),
        ("inactive", "`is_active` must be true, t, yes, y, on or 1, or false, f, no, n, off or 0, or empty"),
        ("2", "`is_active` must be true"),
    ] {
        let row = format!("ada@example.com,{BCRYPT},0,{is_active}");
        let ended = check("django", format!("email,password,is_superuser,is_active\n{row}\n")).await;
        assert_eq!(ended.code, Some(i32::from(!reason.is_empty())), "{is_active}: {ended:?}");
        assert!(ended.stdout.contains(reason), "{is_active}: {ended:?}");
    }
}

#[tokio::test]
async fn only_a_date_verifies_an_address() {
    let export = |date: &str| {
        format!("email,password,remember_token,email_verified_at\nada@example.com,{BCRYPT},,{date}\n")
    };
    for (date, is_verified) in [
        ("2024-05-01 10:00:00", json!(true)),
        (" 2024-05-01T10:00:00Z", json!(true)),
        ("1714557600", json!(true)),
        (" ", Value::Null),
        ("NULL", Value::Null),
        ("0000-00-00 00:00:00", Value::Null),
        ("0", Value::Null),
        ("False", Value::Null),
    ] {
        assert_eq!(request("laravel", &export(date)).await["set_email_verified"], is_verified, "{date}");
    }
    for date in ["unverified", "true", "1", "01.05.2024"] {
        let ended = check("laravel", export(date)).await;
        assert!(ended.stdout.contains("line 2: `email_verified_at` must be a date"), "{date}: {ended:?}");
    }
}

/// Without its salt, a hash would be accepted, and its user could not log in.
#[tokio::test]
async fn a_salt_that_cannot_be_decoded_is_not_dropped() {
    let auth0 = |salt: Value| {
        let hash = json!({ "algorithm": "md5", "hash": { "value": HASH, "encoding": "hex" }, "salt": salt });
        json!({ "email": "ada@example.com", "custom_password_hash": hash })
    };
    let okta = |salt: &str| {
        let hash = json!({ "algorithm": "MD5", "value": "nMKuihunqT2puUb8EBnEgQ==", "salt": salt });
        json!({ "profile": { "email": "ada@example.com" }, "credentials": { "password": { "hash": hash } } })
    };
    for (system, user, reason) in [
        ("auth0", auth0(json!({ "value": "73616c74", "encoding": "hex" })), ""),
        ("auth0", auth0(Value::Null), ""),
        (
            "auth0",
            auth0(json!({ "value": "s4lt", "encoding": "hex" })),
            "the salt of `custom_password_hash` is not hexadecimal",
        ),
        (
            "auth0",
            auth0(json!({ "value": "s!lt", "encoding": "base64" })),
            "the salt of `custom_password_hash` is not base64",
        ),
        (
            "auth0",
            auth0(json!({ "position": "suffix" })),
            "the salt of `custom_password_hash` has no `value`",
        ),
        ("auth0", auth0("salt".into()), "the salt of `custom_password_hash` has no `value`"),
        ("okta", okta("c2FsdA=="), ""),
        ("okta", okta("s!lt"), "the salt of `credentials.password.hash` is not base64"),
    ] {
        let ended = check(system, user.to_string()).await;
        assert_eq!(ended.code, Some(i32::from(!reason.is_empty())), "{user}: {ended:?}");
        assert!(ended.stdout.contains(reason), "{user}: {ended:?}");
    }
}

#[tokio::test]
async fn metadata_that_cannot_be_read_is_a_reason_to_reject() {
    for (metadata, is_good) in [("", true), ("null", true), ("{}", true), ("{half", false), ("[1]", false)] {
        let row = format!("ada@example.com,{BCRYPT},{metadata}");
        let ended = check("supabase", format!("email,encrypted_password,raw_user_meta_data\n{row}\n")).await;
        assert_eq!(ended.code, Some(i32::from(!is_good)), "{metadata}: {ended:?}");
        let is_named = ended.stdout.contains("line 2: `raw_user_meta_data` must be a JSON object");
        assert_eq!(is_named, !is_good, "{metadata}: {ended:?}");
    }
}

#[tokio::test]
async fn values_of_another_type_are_kept_or_reported() {
    let secret = json!({ "value": "nNr3AKmYFOXvzxzP+2VlPwJFPcGKllppLaQIvsodtc4=", "salt": "c2FsdA==" });
    let data = json!({ "hashIterations": 1000, "algorithm": "pbkdf2-sha256" });
    let user = json!({
        "username": "ada", "email": "ada@example.com", "attributes": { "phoneNumber": ["+12025550162", "+12025550163"] },
        "credentials": [
            { "type": "password", "secretData": secret.to_string(), "credentialData": data.to_string() }
        ],
    });
    let request = request("keycloak", &user.to_string()).await;
    assert_eq!(request["untrusted_metadata"]["phoneNumber"], user["attributes"]["phoneNumber"], "{request}");
    assert_eq!(request["phone_number"], Value::Null);

    let user = json!({ "email": "ada@example.com", "passwordHash": BCRYPT, "phone_number": ["+12025550162"], "_id": "7" });
    let ended = check("auth0", user.to_string()).await;
    assert!(ended.stderr.contains("lost") && ended.stderr.contains("`phone_number` in 1"), "{ended:?}");
    assert!(ended.stderr.contains("`_id` in 1"), "{ended:?}");
}

#[tokio::test]
async fn a_cell_of_clerk_can_have_a_json_list() {
    let row = |list: &str| {
        let columns = "primary_email_address,verified_email_addresses,password_digest,password_hasher";
        format!("{columns}\nada@example.com,\"{}\",{BCRYPT},bcrypt\n", list.replace('"', "\"\""))
    };
    for (list, is_verified) in [
        (r#"["grace@example.com","ada@example.com"]"#, json!(true)),
        (r#" ["ada@example.com"]"#, json!(true)),
        ("ada@example.com", json!(true)),
        (r#"["grace@example.com"]"#, Value::Null),
        ("[ada@example.com", Value::Null),
    ] {
        assert_eq!(request("clerk", &row(list)).await["set_email_verified"], is_verified, "{list}");
    }
}

#[tokio::test]
async fn a_ban_that_is_over_does_not_count() {
    let of = |until: &str| {
        let columns = "email,encrypted_password,raw_user_meta_data,banned_until";
        format!("{columns}\nada@example.com,{BCRYPT},,{until}\n")
    };
    for until in ["2024-02-29 10:00:00+00", "2025-12-31T23:59:59Z", ""] {
        let ended = check("supabase", of(until)).await;
        assert_eq!(ended.code, Some(0), "{until}: {ended:?}");
    }
    for until in ["2999-01-01 00:00:00+00", "1714557600"] {
        let ended = check("supabase", of(until)).await;
        assert!(ended.stdout.contains("this account is disabled (`banned_until`)"), "{until}: {ended:?}");
    }
    let ended = check("supabase", of("soon")).await;
    assert!(ended.stdout.contains("`banned_until` must be a date"), "{ended:?}");
}

/// A field inside an object has its own value, and not only a name.
#[tokio::test]
async fn a_field_inside_an_object_can_be_mapped() {
    let hash = json!({ "algorithm": "MD5", "value": "nMKuihunqT2puUb8EBnEgQ==" });
    let profile = json!({ "email": "ada@example.com", "emailVerified": false, "nickName": "Countess" });
    let user = json!({ "profile": profile, "credentials": { "password": { "hash": hash } } });
    let options =
        ["--map", "profile.emailVerified=set_email_verified", "--map", "profile.nickName=name.middle_name"];
    let request = mapped_request("okta", &user.to_string(), &options).await;
    assert_eq!(request["set_email_verified"], json!(false), "{request}");
    assert_eq!(request["name"]["middle_name"], json!("Countess"), "{request}");
}

/// An option overrides the conversion also for a field that the conversion uses.
#[tokio::test]
async fn a_field_that_is_converted_can_be_mapped() {
    let export = format!("email,password,remember_token,name\nada@example.com,{BCRYPT},,Ada King Lovelace\n");
    let request = mapped_request("laravel", &export, &["--map", "name=name.first_name"]).await;
    assert_eq!(request["name"], json!({ "first_name": "Ada King Lovelace" }));
}

/// After a join of two tables, the last of the columns would be the id of something else.
#[tokio::test]
async fn a_column_that_is_there_twice_is_not_chosen_from() {
    let export = |columns: &str| format!("{columns}\n7,ada@example.com,{BCRYPT},,4711,\n");
    let ended = check("laravel", export("id,email,password,remember_token,id,")).await;
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.stderr.contains("two columns are `id`: rename one of them"), "{ended:?}");
    for columns in ["id,email,password,remember_token,reason,reason", "id,email,password,remember_token,,"] {
        assert_eq!(check("laravel", export(columns)).await.code, Some(0), "{columns}");
    }
}

/// The digest of this hasher looks like that of Django, but its salt is base64 and not text.
#[tokio::test]
async fn the_hasher_of_clerk_says_what_the_salt_is() {
    let key = "nNr3AKmYFOXvzxzP+2VlPwJFPcGKllppLaQIvsodtc4=";
    let row = |hasher: &str, digest: &str| {
        format!("primary_email_address,password_digest,password_hasher\nada@example.com,{digest},{hasher}\n")
    };
    let digest = format!("pbkdf2_sha256$1000$c2FsdA==${key}");
    for (hasher, salt) in [("pbkdf2_sha256", "c2FsdA=="), ("pbkdf2_sha256_django", "YzJGc2RBPT0=")] {
        let request = request("clerk", &row(hasher, &digest)).await;
        assert_eq!(request["hash"], json!(key), "{hasher}: {request}");
        assert_eq!(request["pbkdf_2_config"]["salt"], json!(salt), "{hasher}: {request}");
    }
    let ended = check("clerk", row("md5_phpass", "$P$6YSprQtFs7dObXD8DjDXlSh/8WGArk.")).await;
    assert!(ended.stdout.contains("no hash type for phpass over MD5"), "{ended:?}");
}

/// A user who is marked as deleted or as a spammer cannot log in to the old system.
#[tokio::test]
async fn users_who_are_marked_as_deleted_are_disabled() {
    for (system, columns, marks) in [
        ("laravel", "email,password,remember_token,deleted_at", ["2026-01-02 03:04:05", ""]),
        ("devise", "email,encrypted_password,created_at,deleted_at", ["2026-01-02 03:04:05", "NULL"]),
        ("wordpress", "user_email,user_pass,user_url,spam", ["1", "0"]),
        ("wordpress", "user_email,user_pass,user_url,deleted", ["1", "0"]),
    ] {
        let name = columns.rsplit(',').next().unwrap();
        let [marked, good] = marks.map(|mark| format!("{columns}\nada@example.com,{BCRYPT},,{mark}\n"));
        let ended = check(system, marked).await;
        assert!(
            ended.stdout.contains(&format!("this account is disabled (`{name}`)")),
            "{system}: {ended:?}"
        );
        assert_eq!(check(system, good).await.code, Some(0), "{system} {name}");
    }
}

/// `--set` is for records that do not have the value. An address that is not verified has it.
#[tokio::test]
async fn a_constant_does_not_verify_an_address_that_is_not_verified() {
    let laravel = format!("email,password,remember_token,email_verified_at\nada@example.com,{BCRYPT},,\n");
    let devise = format!("email,encrypted_password\nada@example.com,{BCRYPT}\n");
    let auth0 =
        json!({ "email": "ada@example.com", "email_verified": false, "passwordHash": BCRYPT }).to_string();
    for (system, export, ignored, is_verified) in [
        ("laravel", &laravel, "x", Value::Null),
        ("laravel", &laravel, "email_verified_at", json!(true)),
        ("devise", &devise, "x", json!(true)),
        ("auth0", &auth0, "x", Value::Null),
        ("auth0", &auth0, "email_verified", json!(true)),
    ] {
        let options = ["--set", "set_email_verified=true", "--ignore", ignored];
        let request = mapped_request(system, export, &options).await;
        assert_eq!(request["set_email_verified"], is_verified, "{system}, without {ignored}");
    }
}
