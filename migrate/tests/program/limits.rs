//! Limits of the API that a check finds: the size of metadata, roles without a name, numbers, bits of padding.

use serde_json::{Map, Value, json};

use crate::people::{HASH, PASSWORD};
use crate::world::World;

fn object(keys: usize, value: &str) -> Value {
    Value::Object((0..keys).map(|key| (format!("k{key}"), value.into())).collect::<Map<_, _>>())
}

#[tokio::test]
async fn excessive_and_malformed_values_are_found() {
    let world = World::new().await;
    // `{"k0":"…"}` has nine bytes around the value.
    let full = object(1, &"x".repeat(4096 - 9));
    let cases = [
        (json!({ "trusted_metadata": object(20, "x"), "untrusted_metadata": full }), ""),
        (
            json!({ "trusted_metadata": object(21, "x") }),
            "`trusted_metadata` has 21 keys, and the API takes 20",
        ),
        (
            json!({ "untrusted_metadata": object(1, &"x".repeat(4096 - 8)) }),
            "`untrusted_metadata` has 4097 bytes",
        ),
        (json!({ "roles": ["editor", ""] }), "`roles` must be a list of names, and one of them is empty"),
        (json!({ "phone_number": "+1 202 555 0162" }), "`phone_number` is not in E.164 form"),
        (json!({ "phone_number": "+12025550162123456" }), "`phone_number` is not in E.164 form"),
        (json!({ "external_id": "x".repeat(129) }), "`external_id` must be 1 to 128 letters, digits"),
    ];
    let mut lines = String::new();
    for (number, (request, _)) in cases.iter().enumerate() {
        let mut request = request.clone();
        request["email"] = format!("user{number}@example.com").into();
        request["hash"] = HASH.into();
        request["hash_type"] = "md_5".into();
        lines.extend([request.to_string().as_str(), "\n"]);
    }
    world.write("users.jsonl", lines);
    let ended = world.migrate("users.jsonl", &["--check"]).await;
    let reports: Vec<_> = ended.stdout.lines().filter(|line| line.starts_with("line ")).collect();
    assert_eq!(reports.len(), cases.len() - 1, "{ended:?}");
    for (report, (_, words)) in reports.iter().zip(&cases[1..]) {
        assert!(report.contains(words), "{report}, and not {words}");
    }
}

/// Some programs have left unused bits in the last character of a bcrypt salt.
#[tokio::test]
async fn bits_of_padding_do_not_prevent_a_login() {
    let world = World::new().await;
    let right = "$2b$04$987A6t7uH5GPqwIbb6ANJeo44SlHIpBvlfY2uWbhAnYN5ZXYD59zm";
    let with_bits = right.replacen("ANJeo", "ANJno", 1);
    let wrong_end = format!("{}n", &right[..59]);
    let rows = format!("ada@example.com,{with_bits},bcrypt\ngrace@example.com,{wrong_end},bcrypt\n");
    world.write("users.csv", format!("email,hash,hash_type\n{rows}"));
    let ended = world.migrate("users.csv", &["--check"]).await;
    assert!(ended.stdout.contains("line 3: `hash` is not a bcrypt hash: its last character"), "{ended:?}");
    assert!(ended.stdout.contains("2 lines: 1 can be sent"), "{ended:?}");
    assert_eq!(world.migrate("users.csv", &[]).await.code, Some(1));
    world.log_in("ada@example.com", PASSWORD).await.unwrap();
}
