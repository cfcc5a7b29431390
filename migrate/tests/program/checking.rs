//! `--check` and `--strict`.

use std::collections::BTreeSet;

use declapi::endpoint;
use serde_json::{Map, Value, json};
use stytch_client::{Client, Endpoint, JsonObject};

use crate::people::{HASH, HEADER, People};
use crate::tool::Tool;
use crate::world::World;

/// A file with one mistake of every kind, and words of each report.
fn mistakes() -> (String, Vec<(u64, &'static str)>) {
    let rows = [
        (format!("ada@example.com,{HASH},md_5,"), ""),
        (format!("ada.example.com,{HASH},md_5,"), "`email` is not an email address"),
        (format!("b@example.com,{HASH},md5,"), "`hash_type` is not a known type"),
        (format!("c@example.com,{HASH},sha_1,"), "`hash` is not a SHA-1 hash"),
        (format!("d@example.com,{HASH},argon_2id,"), "`argon_2_config.salt` is missing"),
        (format!(",{HASH},md_5,"), "`email` is missing"),
        ("e@example.com,,md_5,".to_owned(), "`hash` is missing"),
        (format!("f@example.com,{HASH},md_5,not json"), "`untrusted_metadata` must be a JSON object"),
        (format!("g@example.com,{HASH},md_5"), "3 cells, and the first line names 4 columns"),
        (format!("h@example.com,{HASH},md_5,"), ""),
        (format!("nobody,{HASH},bcrypt,"), "`email` is not an email address; `hash` is not a bcrypt hash"),
        // This is known only at the end.
        (format!("ADA@example.com,{HASH},md_5,"), "the same `email` as in line 2"),
    ];
    let mut csv = HEADER.to_owned();
    let mut reports = Vec::new();
    for (line, (row, report)) in (2..).zip(rows) {
        csv.extend([row.as_ref(), "\n"]);
        if !report.is_empty() {
            reports.push((line, report));
        }
    }
    (csv, reports)
}

#[tokio::test]
async fn a_check_reports_every_mistake_with_its_line_without_sending() {
    let world = World::new().await;
    let (csv, reports) = mistakes();
    world.write("users.csv", csv);
    let ended = world.migrate("users.csv", &["--check"]).await;
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let lines: Vec<_> = ended.stdout.lines().filter(|line| line.starts_with("line ")).collect();
    assert_eq!(lines.len(), reports.len(), "{ended:?}");
    for ((number, report), line) in reports.iter().zip(&lines) {
        assert!(line.starts_with(&format!("line {number}: {report}")), "{line}, and not {report}");
    }
    assert!(ended.stdout.contains("12 lines: 2 can be sent, 10 would be rejected"), "{ended:?}");
    assert!(world.gate.traffic().asked.is_empty());
    assert!(!world.path("users.csv.journal").exists(), "a check leaves nothing behind");
}

#[tokio::test]
async fn a_check_needs_no_credentials_and_reads_standard_input() {
    let ended = Tool::new().args(&["--check", "-"]).stdin(People::new(13).csv).run().await;
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.stdout.contains("line 8: "), "{ended:?}");
    let ended = Tool::new().args(&["--check", "-"]).stdin(People::new(6).csv).run().await;
    assert_eq!(ended.code, Some(0), "{ended:?}");
}

#[tokio::test]
async fn mistakes_do_not_stop_the_good_lines_unless_strict() {
    let world = World::new().await;
    let (csv, _) = mistakes();
    world.write("users.csv", csv);
    let ended = world.migrate("users.csv", &["--strict"]).await;
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.stderr.contains("no request was sent") && ended.stdout.contains("line 3: "), "{ended:?}");
    assert!(world.gate.traffic().asked.is_empty());

    let ended = world.migrate("users.csv", &[]).await;
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let created: BTreeSet<_> = world.gate.traffic().created.into_iter().collect();
    assert_eq!(created.iter().map(String::as_str).collect::<Vec<_>>(), ["ada@example.com", "h@example.com"]);
    // The second line with this address is sent, and the API rejects it.
    assert!(ended.stdout.contains("1  already there"), "{ended:?}");
    assert!(ended.stdout.contains("9  rejected"), "{ended:?}");
}

#[tokio::test]
async fn strict_sends_a_file_without_mistakes() {
    let world = World::new().await;
    let people = People::new(6);
    world.write("users.csv", &people.csv);
    assert_eq!(world.migrate("users.csv", &["--strict"]).await.code, Some(0));
    world.has_exactly(&people.good).await;
    let ended = world.tool().args(&["--strict", "-"]).stdin(people.csv).run().await;
    assert!(ended.code == Some(2) && ended.stderr.contains("put it into a file"), "{ended:?}");
}

/// A migration with any body.
#[endpoint(post = "/v1/passwords/migrate", response = ())]
struct Anything {
    #[serde(flatten)]
    body: JsonObject,
}

/// Requests with one mistake each.
fn wrong_requests() -> Vec<Value> {
    let argon = json!({ "salt": "some salt text", "iteration_amount": 3, "memory": 512, "threads": 1, "key_length": 24 });
    let scrypt = json!({ "salt": "YSBzYWx0IG9mIGJ5dGVz", "n_parameter": 1024, "r_parameter": 8, "p_parameter": 2, "key_length": 64 });
    let pbkdf = json!({ "salt": "c2FsdA==", "iteration_amount": 1000, "key_length": 32 });
    let with = |config: &Value, key: &str, value: Value| {
        let mut config = config.clone();
        config[key] = value;
        config
    };
    let digits = "37b1b054bc21324a15adb19181b7c86ae7e3ad3d12622e91";
    let key = "nNr3AKmYFOXvzxzP+2VlPwJFPcGKllppLaQIvsodtc4=";
    let rest = "PxCzaykgdzlLIohSQTUDw.sQIH9RmdvAePtVLd175B9TDdN33RddS";
    vec![
        json!({ "hash_type": "bcrypt", "hash": format!("$2b$03${rest}") }),
        json!({ "hash_type": "bcrypt", "hash": format!("$2b$32${rest}") }),
        json!({ "hash_type": "bcrypt", "hash": format!("$2x$10${rest}") }),
        json!({ "hash_type": "bcrypt", "hash": format!("$2b$10${}", &rest[1..]) }),
        json!({ "hash_type": "md_5", "hash": &HASH[1..] }),
        json!({ "hash_type": "sha_512", "hash": HASH }),
        json!({ "hash_type": "argon_2id", "hash": "$argon2i$v=19$m=1024,t=2,p=2$c2l4dGVlbiBieXRlIHNsdA$2LmZLfbD/+OSdBLM3cnfogqGbRozhoA+TDrvGxRhCco" }),
        json!({ "hash_type": "argon_2i", "hash": "$argon2i$v=19$m=1024,t=2$c2l4dGVlbiBieXRlIHNsdA$2LmZLfbD/+OSdBLM3cnfogqGbRozhoA+TDrvGxRhCco" }),
        json!({ "hash_type": "argon_2i", "hash": "$argon2i$v=19$m=1024,t=2,p=2$c2hvcnQ$2LmZLfbD/+OSdBLM3cnfogqGbRozhoA+TDrvGxRhCco" }),
        json!({ "hash_type": "argon_2id", "hash": digits }),
        json!({ "hash_type": "argon_2id", "hash": digits, "argon_2_config": with(&argon, "key_length", 25.into()) }),
        json!({ "hash_type": "argon_2id", "hash": digits, "argon_2_config": with(&argon, "salt", "short".into()) }),
        json!({ "hash_type": "argon_2id", "hash": "xyz", "argon_2_config": argon }),
        json!({ "hash_type": "scrypt", "hash": "$scrypt$ln=10,r=8$c2l4dGVlbiBieXRlIHNsdA$1DuK7t0mGkvYvadig0p9VpOI+L6xz1bcO5P8nWLyjWA" }),
        json!({ "hash_type": "scrypt", "hash": "!", "scrypt_config": scrypt }),
        json!({ "hash_type": "scrypt", "hash": key, "scrypt_config": scrypt }),
        json!({ "hash_type": "scrypt", "hash": key, "scrypt_config": with(&scrypt, "n_parameter", 1000.into()) }),
        json!({ "hash_type": "scrypt", "hash": key, "scrypt_config": with(&scrypt, "n_parameter", 524_288.into()) }),
        json!({ "hash_type": "scrypt", "hash": key, "scrypt_config": with(&with(&scrypt, "key_length", 32.into()), "salt", "!".into()) }),
        json!({ "hash_type": "pbkdf_2", "hash": key }),
        json!({ "hash_type": "pbkdf_2", "hash": "!", "pbkdf_2_config": pbkdf }),
        json!({ "hash_type": "pbkdf_2", "hash": key, "pbkdf_2_config": with(&pbkdf, "salt", "!".into()) }),
        json!({ "hash_type": "pbkdf_2", "hash": key, "pbkdf_2_config": with(&pbkdf, "iteration_amount", 0.into()) }),
        json!({ "hash_type": "pbkdf_2", "hash": key, "pbkdf_2_config": with(&pbkdf, "key_length", 31.into()) }),
        json!({ "hash_type": "pbkdf_2", "hash": key, "pbkdf_2_config": with(&pbkdf, "algorithm", "md5".into()) }),
        json!({ "hash_type": "phpass", "hash": "$S$6YSprQtFs7dObXD8DjDXlSh/8WGArk." }),
        json!({ "hash_type": "phpass", "hash": "$P$6YSprQtFs7dObXD8DjDXlSh/8WGArk" }),
        json!({ "hash_type": "rot13", "hash": HASH }),
        json!({ "hash_type": "md_5", "hash": HASH, "phone_number": "12025550162" }),
        json!({ "hash_type": "md_5", "hash": HASH, "external_id": "no spaces" }),
        json!({ "hash_type": "md_5", "hash": HASH, "roles": ["a", 1] }),
        json!({ "hash_type": "md_5", "hash": HASH, "set_email_verified": "yes" }),
        json!({ "hash_type": "md_5", "hash": HASH, "name": "Ada" }),
    ]
}

/// The emulator rejects everything that the check rejects. The reasons are the same if both have a name for it.
#[tokio::test]
async fn the_check_rejects_only_what_the_emulator_rejects() {
    let world = World::new().await;
    let client = Client::builder(world.emulator.project_id(), world.emulator.secret())
        .base_url(world.emulator.base_url())
        .build()
        .unwrap();
    let mut lines = String::new();
    let mut kinds = Vec::new();
    for (number, mut request) in wrong_requests().into_iter().enumerate() {
        request["email"] = format!("user{number}@example.com").into();
        lines.extend([request.to_string().as_str(), "\n"]);
        let Value::Object(body) = request else { unreachable!("objects all") };
        let error = client.send(&Anything { body }).await.unwrap_err();
        kinds.push(error.code().unwrap_or_else(|| panic!("line {}: {error}", number + 1)).to_owned());
    }
    assert_eq!(Anything::INFO.path, "/v1/passwords/migrate");
    world.write("users.jsonl", lines);
    let ended = world.migrate("users.jsonl", &["--check"]).await;
    let reports = ended.stdout.lines().filter(|line| line.starts_with("line ")).count();
    assert_eq!(reports, kinds.len(), "{ended:?}");

    let ended = world.migrate("users.jsonl", &[]).await;
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let journal = world.read("users.jsonl.journal");
    let ours: Map<String, Value> = journal
        .lines()
        .filter_map(|line| line.strip_prefix("rejected "))
        .map(|line| line.split(' ').collect::<Vec<_>>())
        .map(|words| (words[0].to_owned(), words[2].into()))
        .collect();
    for (number, kind) in (1..).zip(kinds) {
        let our = ours[&number.to_string()].as_str().unwrap();
        let the_same = match our {
            // The API reports a missing value, or a value of a wrong form, as `bad_request`.
            "missing_parameter" => kind == "bad_request",
            // It has separate names for some mistakes that it does not document.
            "bad_request" => true,
            // For encoded forms, the two report different parts.
            "invalid_argon_2_salt" => [our, "invalid_hash"].contains(&kind.as_str()),
            "invalid_base64_scrypt_hash" => [our, "invalid_scrypt_parameters"].contains(&kind.as_str()),
            our => our == kind,
        };
        assert!(the_same, "line {number}: {our}, and the emulator says {kind}");
    }
}

#[tokio::test]
async fn a_parameter_that_is_given_twice_is_not_chosen_from() {
    let rest = format!(r#""hash":"{HASH}","hash_type":"md_5""#);
    let salted = r#""email":"ada@example.com","md_5_config":{"append_salt":"a"}"#;
    for (record, reason) in [
        (format!(r#"{{"mail":"a@example.com","email":"b@example.com",{rest}}}"#), "`email` is given twice"),
        (
            format!(r#"{{{salted},"md_5_config.append_salt":"b",{rest}}}"#),
            "`md_5_config.append_salt` is given twice",
        ),
        (format!(r#"{{"email":"a@example.com","email":"b@example.com",{rest}}}"#), "the same key twice"),
        (
            format!(r#"{{"email":"a@example.com","untrusted_metadata":{{"a":1,"a":2}},{rest}}}"#),
            "the same key twice",
        ),
        // A null is no value, and a record overrides `--set`.
        (format!(r#"{{"mail":null,"email":"b@example.com","external_id":"a:\"b",{rest}}}"#), "`external_id`"),
        (format!(r#"{{"email":"b@example.com","roles":["a:b", "\\"],{rest}}}"#), ""),
    ] {
        let tool = Tool::new().args(&["--check", "-", "--map", "mail=email", "--set", "roles=editor"]);
        let ended = tool.stdin(record.as_str()).run().await;
        assert_eq!(ended.code, Some(i32::from(!reason.is_empty())), "{record}: {ended:?}");
        assert!(
            ended.stdout.contains(reason) && !ended.stdout.contains("example.com"),
            "{record}: {ended:?}"
        );
        assert!(reason != "`external_id`" || !ended.stdout.contains("twice"), "{record}: {ended:?}");
    }
}
