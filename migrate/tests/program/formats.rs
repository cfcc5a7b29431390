//! The supported formats: every hash type, CSV and JSON Lines, files and standard input, other names.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::people::{HASH, PASSWORD};
use crate::world::World;

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name)
}

/// The two passwords of the samples.
const OTHER_PASSWORD: &str = "pässwörd ünïcode 日本";

/// Checks all users of a sample.
async fn sample_has_arrived(world: &World) {
    let lines = std::fs::read_to_string(sample("every_hash_type.jsonl")).unwrap();
    for line in lines.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let email = line["email"].as_str().unwrap();
        let user = match world.log_in(email, PASSWORD).await {
            Ok(user) => user,
            Err(_) => world.log_in(email, OTHER_PASSWORD).await.unwrap(),
        };
        assert_eq!(user.external_id.as_deref(), line["external_id"].as_str(), "{email}");
        let name = user.name.unwrap();
        assert_eq!(name.first_name, line["name"]["first_name"].as_str().unwrap());
        assert_eq!(name.last_name, line["name"]["last_name"].as_str().unwrap());
    }
    let ada = world.log_in("ada@example.com", PASSWORD).await.unwrap();
    assert_eq!(Value::from(ada.trusted_metadata), json!({ "plan": "gold", "since": 1843 }));
    assert_eq!(Value::from(ada.untrusted_metadata), json!({ "theme": "dark" }));
    assert_eq!(ada.roles, ["stytch_user", "editor"]);
    assert!(ada.emails[0].verified && ada.phone_numbers[0].verified);
    assert_eq!(ada.phone_numbers[0].phone_number, "+12025550162");
}

#[tokio::test]
async fn everybody_of_the_samples_can_log_in() {
    for name in ["every_hash_type.csv", "every_hash_type.jsonl"] {
        let world = World::new().await;
        let journal = world.path("journal");
        let ended = world.tool().arg(sample(name)).arg("--journal").arg(journal).run().await;
        assert_eq!(ended.code, Some(0), "{ended:?}");
        sample_has_arrived(&world).await;
    }
}

/// The form of a hash: its type, and its configuration or encoding.
fn form(body: &Value) -> String {
    let config = body.as_object().unwrap().iter().find(|(name, _)| name.ends_with("_config"));
    let with = match config {
        Some((_, config)) if config["algorithm"] == "sha512" => "its algorithm",
        Some(_) => "its configuration",
        None if body["hash"].as_str().unwrap().starts_with('$') => "its encoding",
        None => "nothing",
    };
    format!("{} with {with}", body["hash_type"].as_str().unwrap())
}

#[tokio::test]
async fn both_samples_have_every_hash_type_in_every_form() {
    let mut of_samples = Vec::new();
    for name in ["every_hash_type.csv", "every_hash_type.jsonl"] {
        let world = World::new().await;
        let tool = world.tool().arg(sample(name)).arg("--journal").arg(world.path("journal"));
        assert_eq!(tool.run().await.code, Some(0));
        let mut bodies: Vec<Value> = world
            .emulator
            .requests()
            .iter()
            .map(|request| serde_json::from_slice(&request.body).unwrap())
            .collect();
        bodies.sort_by_key(|body| body["email"].as_str().map(str::to_owned));
        of_samples.push(bodies);
    }
    assert_eq!(of_samples[0], of_samples[1], "both samples make the same requests");
    let forms: BTreeSet<String> = of_samples[0].iter().map(form).collect();
    let expected = [
        "argon_2i with its configuration",
        "argon_2i with its encoding",
        "argon_2id with its configuration",
        "argon_2id with its encoding",
        "bcrypt with its encoding",
        "md_5 with its configuration",
        "md_5 with nothing",
        "pbkdf_2 with its algorithm",
        "pbkdf_2 with its configuration",
        "phpass with its encoding",
        "scrypt with its configuration",
        "scrypt with its encoding",
        "sha_1 with its configuration",
        "sha_1 with nothing",
        "sha_512 with its configuration",
        "sha_512 with nothing",
    ];
    assert_eq!(forms.iter().map(String::as_str).collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn standard_input_is_read_in_both_formats() {
    for name in ["every_hash_type.csv", "every_hash_type.jsonl"] {
        let world = World::new().await;
        let tool = world.tool().arg("-").arg("--journal").arg(world.path("journal"));
        let ended = tool.stdin(std::fs::read(sample(name)).unwrap()).run().await;
        assert_eq!(ended.code, Some(0), "{ended:?}");
        sample_has_arrived(&world).await;
    }
}

#[tokio::test]
async fn standard_input_needs_a_name_for_the_journal() {
    let world = World::new().await;
    let ended = world.tool().arg("-").stdin("email,hash,hash_type\n").run().await;
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("--journal"), "{ended:?}");
}

#[tokio::test]
async fn columns_have_other_names_and_constants() {
    let world = World::new().await;
    let csv = format!("id;Mail;password hash;name;pepper\n1;ada@example.com;{HASH};Ada Lovelace;\n");
    let csv = world.write("users.csv", csv);
    let naming =
        ["--map", "Mail=email", "--map", "password hash=hash", "--ignore", "name", "--set", "hash_type=md_5"];
    let more = ["--set", "trusted_metadata={\"from\":\"old\"}", "--delimiter", ";"];
    let ended = world.tool().arg(csv).args(&naming).args(&more).run().await;
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(
        ended.stderr.contains("not sent, because no parameter has this name: `id`, `pepper`"),
        "{ended:?}"
    );
    let ada = world.log_in("ada@example.com", PASSWORD).await.unwrap();
    assert_eq!(Value::from(ada.trusted_metadata), json!({ "from": "old" }));
}

#[tokio::test]
async fn keys_have_other_names_dots_and_nulls() {
    let world = World::new().await;
    // If a salt is split differently between the two sides, the hash of the password differs.
    let ada = json!({
        "mail": "ada@example.com", "hash": "388163f8c6c0e7772df4c60a6da0f3f3", "hash_type": "md_5", "id": 7,
        "md_5_config.prepend_salt": "a", "md_5_config": { "append_salt": "b" }, "roles": null, "name": null,
    });
    let grace =
        json!({ "mail": "grace@example.com", "hash": HASH, "hash_type": "md_5", "argon_2_config.memory": 5 });
    world.write("users.jsonl", format!("\n{ada}\n\n{grace}"));
    let ended = world.migrate("users.jsonl", &["--map", "mail=email"]).await;
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.stderr.contains("`id`"), "{ended:?}");
    world.log_in("ada@example.com", OTHER_PASSWORD).await.unwrap();
    world.log_in("grace@example.com", PASSWORD).await.unwrap();
}

#[tokio::test]
async fn a_trial_needs_no_credentials_and_leaves_no_files() {
    let world = World::new().await;
    let csv = world.write("users.csv", format!("email,hash,hash_type\nada@example.com,{HASH},md_5\n"));
    for _ in 0..2 {
        let ended = crate::tool::Tool::new().arg(&csv).arg("--emulator").run().await;
        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert!(ended.stdout.contains("1  migrated"), "{ended:?}");
    }
    assert_eq!(std::fs::read_dir(csv.parent().unwrap()).unwrap().count(), 1, "only the input");
}
