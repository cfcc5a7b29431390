//! Hashes and salts in another encoding than the API reads: hexadecimal or plain text instead of base64, and the
//! reverse. The API would accept such a line, and the user could not log in.

use serde_json::{Value, json};

use crate::people::PASSWORD;
use crate::tool::Ended;
use crate::world::World;

const PBKDF_2_HEX: &str = "ed07209bc0d207c6551b76a0e1dfe9373917d0f13fc9692354a2c14e74b2ec47";
const PBKDF_2: &str = "7Qcgm8DSB8ZVG3ag4d/pNzkX0PE/yWkjVKLBTnSy7Ec=";
const SALT_HEX: &str = "8f1e0c5a77d2b3944e6f00a1c9d8e7f6";
const SALT: &str = "jx4MWnfSs5RObwChydjn9g==";
const SCRYPT_HEX: &str = "3f0d1fb4265652fa181a10fa6abc90aab00f709fd804f75eafdc199dc3a7f1ba\
                          b8d3fe1211a1bd21c916bf1d9c95568ac89ed3d21fcc9ddbd44e1014363a2fbb";
const SCRYPT: &str =
    "Pw0ftCZWUvoYGhD6aryQqrAPcJ/YBPder9wZncOn8bq40/4SEaG9IckWvx2clVaKyJ7T0h/MndvUThAUNjovuw==";
const ARGON_2_HEX: &str = "48dfde2fab58da36b9428bc494a99c85c1876070aa6b785e04b9ed5a6d2437cd";
const ARGON_2: &str = "SN/eL6tY2ja5QovElKmchcGHYHCqa3heBLntWm0kN80=";
const BCRYPT: &str = "$2b$04$987A6t7uH5GPqwIbb6ANJeo44SlHIpBvlfY2uWbhAnYN5ZXYD59zm";

fn pbkdf_2(hash: &str, salt: &str, key_length: u32) -> Value {
    json!({ "hash_type": "pbkdf_2", "hash": hash, "pbkdf_2_config":
            { "salt": salt, "iteration_amount": 1000, "key_length": key_length } })
}

fn scrypt(hash: &str, salt: &str, key_length: u32) -> Value {
    json!({ "hash_type": "scrypt", "hash": hash, "scrypt_config":
            { "salt": salt, "n_parameter": 1024, "r_parameter": 8, "p_parameter": 1, "key_length": key_length } })
}

fn argon_2(hash: &str, salt: &str) -> Value {
    json!({ "hash_type": "argon_2id", "hash": hash, "argon_2_config":
            { "salt": salt, "iteration_amount": 2, "memory": 512, "threads": 1, "key_length": 32 } })
}

fn digest(hash_type: &str, hash: &str) -> Value {
    json!({ "hash_type": hash_type, "hash": hash })
}

fn lines(requests: &[Value]) -> String {
    let mut lines = String::new();
    for (number, request) in (1..).zip(requests) {
        let mut request = request.clone();
        request["email"] = format!("user{number}@example.com").into();
        lines.extend([request.to_string().as_str(), "\n"]);
    }
    lines
}

async fn check(world: &World, requests: &[Value], arguments: &[&str]) -> Ended {
    world.write("users.jsonl", lines(requests));
    world.migrate("users.jsonl", &[&["--check"], arguments].concat()).await
}

/// Values with only one possible encoding, with words of the message.
fn unmistakable() -> Vec<(Value, &'static str)> {
    let upper = SCRYPT_HEX.to_uppercase();
    let url_safe = SCRYPT.replace('+', "-").replace('/', "_");
    let encoded = "$argon2id$v=19$m=1024,t=2,p=2$";
    let with_hex = format!("{encoded}c2l4dGVlbiBieXRlIHNsdA${ARGON_2_HEX}");
    let with_hex_salt = format!("{encoded}{SALT_HEX}$I1kyGSTc1RU8scsPUQKjVM4BbSxZNBQ2Ml23sFLyYik");
    let padded = format!("{encoded}c2l4dGVlbiBieXRlIHNsdA==$I1kyGSTc1RU8scsPUQKjVM4BbSxZNBQ2Ml23sFLyYik=");
    let scrypt_phc = format!("$scrypt$ln=10,r=8,p=1$c2l4dGVlbiBieXRlIHNsdA${SCRYPT_HEX}");
    let bytea = format!("\\x{PBKDF_2_HEX}");
    vec![
        // Half the number of digits is the stated key length.
        (
            pbkdf_2(PBKDF_2_HEX, SALT, 32),
            "`hash` is hexadecimal: its 64 digits are the 32 bytes of `pbkdf_2_config.key_length`",
        ),
        // The length that these digits have as base64. An earlier message about the key length suggested it.
        (pbkdf_2(PBKDF_2_HEX, SALT, 48), "`hash` is hexadecimal"),
        (pbkdf_2(&bytea, SALT, 32), "`hash` is hexadecimal"),
        (scrypt(SCRYPT_HEX, SALT, 64), "`hash` is hexadecimal: its 128 digits are the 64 bytes"),
        (scrypt(&upper, SALT, 96), "`hash` is hexadecimal"),
        (scrypt(&url_safe, SALT, 64), "`hash` is URL-safe base64"),
        (pbkdf_2(PBKDF_2, SALT_HEX, 32), "`pbkdf_2_config.salt` is hexadecimal"),
        (scrypt(SCRYPT, SALT_HEX, 64), "`scrypt_config.salt` is hexadecimal"),
        (scrypt(SCRYPT, &SALT_HEX.to_uppercase(), 64), "`scrypt_config.salt` is hexadecimal"),
        (pbkdf_2(PBKDF_2, "some salt text", 32), "`pbkdf_2_config.salt` is not base64"),
        (scrypt(SCRYPT, "salt!", 64), "`scrypt_config.salt` is not base64"),
        (
            digest("md_5", "nMKuihunqT2jm0b8EBnEgQ=="),
            "`hash` is base64, and an MD5 hash has to be in hexadecimal digits",
        ),
        (digest("sha_1", "q/eq1kOINtvlJqojGr3i0O73TUI="), "`hash` is base64, and a SHA-1 hash"),
        (
            digest(
                "sha_512",
                "vl73Z52Iq5qQRfYmflX15XhLS4zXZLXNhVpSRPkcYmlTzUbEPXZohz/W7707IhJJMVWAAxljRyoHh4H+BG5irg==",
            ),
            "`hash` is base64, and a SHA-512 hash",
        ),
        (argon_2(ARGON_2, "some salt text"), "`hash` is base64, and an Argon2 hash"),
        (digest("argon_2id", &with_hex), "hexadecimal"),
        (digest("argon_2id", &with_hex_salt), "hexadecimal"),
        (digest("argon_2id", &padded), "padding"),
        (digest("scrypt", &scrypt_phc), "hexadecimal"),
        (digest("bcrypt", &base64(BCRYPT)), "`hash` is encoded in base64 once more"),
        (
            digest(
                "argon_2i",
                &base64(
                    "$argon2i$v=19$m=1024,t=2,p=2$c2l4dGVlbiBieXRlIHNsdA$2LmZLfbD/+OSdBLM3cnfogqGbRozhoA+TDrvGxRhCco",
                ),
            ),
            "`hash` is encoded in base64 once more",
        ),
        (
            digest("phpass", &hex("$P$6YSprQtFs7dObXD8DjDXlSh/8WGArk.")),
            "`hash` is encoded in hexadecimal once more",
        ),
    ]
}

fn base64(text: &str) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(text)
}

fn hex(text: &str) -> String {
    text.bytes().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

#[tokio::test]
async fn values_in_another_encoding_are_rejected_and_named() {
    let world = World::new().await;
    let (requests, words): (Vec<_>, Vec<_>) = unmistakable().into_iter().unzip();
    let ended = check(&world, &requests, &[]).await;
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let reports: Vec<_> = ended.stdout.lines().filter(|line| line.starts_with("line ")).collect();
    for (number, words) in (1..).zip(&words) {
        let report = reports.iter().find(|line| line.starts_with(&format!("line {number}: ")));
        let report =
            report.unwrap_or_else(|| panic!("line {number} was not rejected: {}", requests[number - 1]));
        assert!(report.contains(words), "line {number}: {report}, and not {words}");
    }
    // A send rejects the same lines.
    let ended = world.migrate("users.jsonl", &[]).await;
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(world.gate.traffic().asked.is_empty(), "{ended:?}");
}

#[tokio::test]
async fn the_encoding_of_a_file_can_be_stated() {
    for (request, arguments) in [
        (
            pbkdf_2(PBKDF_2_HEX, SALT_HEX, 32),
            &["--encoding", "hash=hex", "--encoding", "pbkdf_2_config.salt=hex"][..],
        ),
        (pbkdf_2(&format!("\\x{PBKDF_2_HEX}"), SALT, 32), &["--encoding", "hash=hex"]),
        (scrypt(&SCRYPT_HEX.to_uppercase(), SALT, 64), &["--encoding", "hash=hex"]),
        (scrypt(SCRYPT, SALT_HEX, 64), &["--encoding", "scrypt_config.salt=hex"]),
        (
            pbkdf_2("bs/qAJyqTsHKnTWq/1O3SWUX72CDdEY7/+TGQwL3AeE=", "NaClSaltText", 32),
            &["--encoding", "pbkdf_2_config.salt=text"],
        ),
        (digest("md_5", "nMKuihunqT2jm0b8EBnEgQ"), &["--encoding", "hash=base64"]),
        (digest("sha_1", "q_eq1kOINtvlJqojGr3i0O73TUI"), &["--encoding", "hash=base64"]),
        (
            argon_2(ARGON_2, "c29tZSBzYWx0IHRleHQ="),
            &["--encoding", "hash=base64", "--encoding", "argon_2_config.salt=base64"],
        ),
        (argon_2(ARGON_2_HEX, "736f6d652073616c742074657874"), &["--encoding", "argon_2_config.salt=hex"]),
        (digest("bcrypt", &base64(BCRYPT)), &["--encoding", "hash=base64"]),
        (
            json!({ "hash_type": "md_5", "hash": "72892967b073dcf034de5d51082eaf7c", "md_5_config": { "prepend_salt": "cGVwcGVyLXNhbHQ=" } }),
            &["--encoding", "md_5_config.prepend_salt=base64"],
        ),
    ] {
        let world = World::new().await;
        world.write("users.jsonl", lines(std::slice::from_ref(&request)));
        let ended = world.migrate("users.jsonl", arguments).await;
        assert_eq!(ended.code, Some(0), "{request}: {ended:?}");
        // A stated encoding is not questioned.
        assert!(!ended.stderr.contains("both"), "{ended:?}");
        world
            .log_in("user1@example.com", PASSWORD)
            .await
            .unwrap_or_else(|error| panic!("{request}: {error}"));
    }
}

#[tokio::test]
async fn a_stated_encoding_that_does_not_fit_is_rejected() {
    let world = World::new().await;
    for (request, encoding, words) in [
        (pbkdf_2(PBKDF_2, SALT, 32), "hash=hex", "`hash` is not hexadecimal"),
        (pbkdf_2(PBKDF_2, "a salt", 32), "pbkdf_2_config.salt=base64", "`pbkdf_2_config.salt` is not base64"),
        (argon_2(ARGON_2_HEX, SALT), "argon_2_config.salt=base64", "is not text"),
    ] {
        let ended = check(&world, &[request], &["--encoding", encoding]).await;
        assert_eq!(ended.code, Some(1), "{encoding}: {ended:?}");
        assert!(ended.stdout.contains(words), "{encoding}: {ended:?}");
    }
    for (encoding, words) in [
        ("email=hex", "`email` is neither a hash nor a salt"),
        ("salt=hex", "`salt` is not a parameter"),
        ("hash=rot13", "hex, base64 or text"),
        ("hash", "NAME=ENCODING"),
    ] {
        let ended = world.migrate("users.jsonl", &["--check", "--encoding", encoding]).await;
        assert_eq!(ended.code, Some(2), "{encoding}: {ended:?}");
        assert!(ended.stderr.contains(words), "{encoding}: {ended:?}");
    }
}

#[tokio::test]
async fn ambiguous_salts_are_reported() {
    let md_5 = |salt: &str| json!({ "hash_type": "md_5", "hash": "72892967b073dcf034de5d51082eaf7c", "md_5_config": { "append_salt": salt } });
    for (request, words) in [
        // Plain text that is also valid base64.
        (pbkdf_2(PBKDF_2, "NaClSaltText", 32), "`pbkdf_2_config.salt` can be plain text as well as base64"),
        (scrypt(SCRYPT, "q5sWKkgSJ3vKmNbX", 64), "`scrypt_config.salt` can be plain text as well as base64"),
        // Too few digits to be sure.
        (pbkdf_2(PBKDF_2, "deadbeef", 32), "`pbkdf_2_config.salt` can be hexadecimal as well as base64"),
        (scrypt(SCRYPT, "00112233aabb", 64), "`scrypt_config.salt` can be hexadecimal as well as base64"),
        // For plain text, every value is valid.
        (argon_2(ARGON_2_HEX, SALT_HEX), "`argon_2_config.salt` can be hexadecimal as well as plain text"),
        (argon_2(ARGON_2_HEX, SALT), "`argon_2_config.salt` can be base64 as well as plain text"),
        (md_5("c2VjcmV0LXNhbHQ="), "`md_5_config.append_salt` can be base64 as well as plain text"),
    ] {
        let world = World::new().await;
        let ended = check(&world, std::slice::from_ref(&request), &[]).await;
        assert_eq!(ended.code, Some(0), "{request}: {ended:?}");
        assert!(ended.stderr.contains(words), "{request}: {ended:?}");
        assert!(ended.stderr.contains("--verify") && ended.stderr.contains("--encoding"), "{ended:?}");
        // A run that sends reports it too.
        let ended = world.migrate("users.jsonl", &[]).await;
        assert!(ended.stderr.contains(words), "{request}: {ended:?}");
    }
}

#[tokio::test]
async fn unambiguous_salts_are_not_reported() {
    let world = World::new().await;
    let requests = [
        pbkdf_2(PBKDF_2, SALT, 32),
        // Base64 of plain text.
        scrypt(SCRYPT, "YSBzYWx0IG9mIGJ5dGVz", 64),
        scrypt(SCRYPT, "q5sWKkgSJ3vK+NbX", 64),
        argon_2(ARGON_2_HEX, "some salt text"),
        argon_2(ARGON_2_HEX, "NaClSaltText"),
        json!({ "hash_type": "sha_1", "hash": "abf7aad6438836dbe526aa231abde2d0eef74d42", "sha_1_config": { "prepend_salt": "before" } }),
    ];
    let ended = check(&world, &requests, &[]).await;
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(!ended.stderr.contains("as well as"), "{ended:?}");
}
