//! Hashes in the formats of other systems. The message names the system, and what to do.

use crate::world::World;

const HEX: &str = "9cc2ae8a1ba7a93da39b46fc1019c481";
const BCRYPT: &str = "$2b$10$PxCzaykgdzlLIohSQTUDw.sQIH9RmdvAePtVLd175B9TDdN33RddS";
const KEY: &str = "nNr3AKmYFOXvzxzP+2VlPwJFPcGKllppLaQIvsodtc4=";

/// A type, a hash that does not belong to it, the system that writes such hashes, and what to do.
fn strings() -> Vec<(&'static str, String, &'static str, &'static str)> {
    let asp_net = format!("AQAAAAEAACcQAAAAEL{}", "k".repeat(66));
    vec![
        ("pbkdf_2", format!("pbkdf2_sha256$720000$salt${KEY}"), "Django", "--from django"),
        ("bcrypt", format!("bcrypt$${}", &BCRYPT[1..]), "Django", "--from django"),
        ("bcrypt", format!("bcrypt_sha256$${}", &BCRYPT[1..]), "Django", "no hash type"),
        (
            "argon_2id",
            format!("argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdA${KEY}"),
            "Django",
            "--from django",
        ),
        ("scrypt", format!("scrypt$16384$salt$8$1${KEY}"), "Django", "--from django"),
        ("md_5", format!("md5$salt${HEX}"), "Django", "prepend_salt"),
        ("scrypt", format!("scrypt:32768:8:1$salt${HEX}{HEX}"), "Werkzeug", "--encoding hash=hex"),
        ("pbkdf_2", format!("pbkdf2:sha256:600000$salt${HEX}{HEX}"), "Werkzeug", "--encoding hash=hex"),
        ("sha_1", format!("pbkdf2:sha1:1000$salt${HEX}"), "Werkzeug", "no hash type"),
        ("bcrypt", format!("$wp{BCRYPT}"), "WordPress", "reset their password"),
        (
            "scrypt",
            "$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=k$salt$hash".to_owned(),
            "Supabase",
            "no hash type",
        ),
        ("pbkdf_2", "$pbkdf2-sha256$29000$salt$hash".to_owned(), "passlib", "split it"),
        ("sha_512", "$6$rounds=5000$salt$hash".to_owned(), "crypt", "no hash type"),
        ("md_5", "$1$salt$hash".to_owned(), "crypt", "no hash type"),
        ("md_5", "$apr1$salt$hash".to_owned(), "Apache", "no hash type"),
        (
            "phpass",
            "$S$DsaltsaltHashHashHashHashHashHashHashHashHashHashHash".to_owned(),
            "Drupal",
            "no hash type",
        ),
        (
            "argon_2id",
            format!("$argon2d$v=19$m=1024,t=2,p=2$c2l4dGVlbiBieXRlIHNsdA${KEY}"),
            "Argon2d",
            "no hash type",
        ),
        ("bcrypt", format!("{{bcrypt}}{BCRYPT}"), "Spring Security", "remove the part in braces"),
        ("bcrypt", "{noop}secret".to_owned(), "Spring Security", "bcrypt first"),
        ("sha_1", "{SSHA}9bZ4h0xqq3Rz2eWqyWqyWqyWqyWqyWqy".to_owned(), "LDAP", "append_salt"),
        ("sha_1", "{SHA}q/eq1kOINtvlJqojGr3i0O73TUI=".to_owned(), "LDAP", "--encoding hash=base64"),
        ("pbkdf_2", asp_net, "ASP.NET", "split it"),
        ("sha_1", format!("*{}", "A".repeat(40)), "MySQL", "no hash type"),
        ("md_5", format!("{HEX}:salt"), "Joomla", "split it at the colon"),
        // The API accepts it, but the line has another type.
        ("md_5", BCRYPT.to_owned(), "has the type bcrypt", "`hash_type` names another"),
        ("bcrypt", "$P$6YSprQtFs7dObXD8DjDXlSh/8WGArk.".to_owned(), "has the type phpass", "names another"),
        ("sha_512", format!("{HEX}{HEX}"), "SHA-256", "no type"),
    ]
}

#[tokio::test]
async fn formats_of_other_systems_are_named_with_advice() {
    let world = World::new().await;
    let strings = strings();
    let mut lines = String::new();
    for (number, (hash_type, hash, ..)) in (1..).zip(&strings) {
        let config = match *hash_type {
            "pbkdf_2" => r#","pbkdf_2_config":{"salt":"c2FsdA==","iteration_amount":1,"key_length":32}"#,
            "scrypt" => {
                r#","scrypt_config":{"salt":"c2FsdHNhbHQ=","n_parameter":2,"r_parameter":1,"p_parameter":1,"key_length":32}"#
            }
            _ => "",
        };
        let hash = serde_json::Value::from(hash.as_str());
        lines += &format!(
            "{{\"email\":\"u{number}@example.com\",\"hash_type\":\"{hash_type}\",\"hash\":{hash}{config}}}\n"
        );
    }
    world.write("users.jsonl", lines);
    let ended = world.migrate("users.jsonl", &["--check"]).await;
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let reports: Vec<_> = ended.stdout.lines().filter(|line| line.starts_with("line ")).collect();
    assert_eq!(reports.len(), strings.len(), "{ended:?}");
    for ((hash_type, hash, writer, advice), report) in strings.iter().zip(reports) {
        assert!(report.contains(writer) && report.contains(advice), "{hash_type} {hash}: {report}");
        assert!(!report.contains(HEX) && !report.contains(KEY), "{report}");
    }
}
