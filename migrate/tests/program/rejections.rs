//! The file of rejected lines, and how its lines are run again.

use crate::people::{HASH, HEADER};
use crate::world::World;

#[tokio::test]
async fn rejected_rows_are_corrected_and_run_again() {
    let world = World::new().await;
    let rows = [
        format!("ada@example.com,{HASH},md_5,\"{{\"\"line\"\": 2}}\""),
        format!("grace.example.com,{HASH},md_5,\"{{\"\"line\"\": 3}}\""),
        format!("alan@example.com,{HASH},MD5,\"{{\"\"line\"\": 4}}\""),
    ];
    world.write("users.csv", HEADER.to_owned() + &rows.join("\n"));
    assert_eq!(world.migrate("users.csv", &[]).await.code, Some(1));
    let rejected = world.read("users.rejected.csv");
    let expected = format!(
        "reason,{HEADER}line 3: `email` is not an email address,{}\n\
         line 4: `hash_type` is not a known type,{}\n",
        rows[1], rows[2]
    );
    assert_eq!(rejected, expected);

    // One of the two is corrected. The other one is written to another file.
    world.write("users.rejected.csv", rejected.replace("grace.", "grace@"));
    let ended = world.migrate("users.rejected.csv", &[]).await;
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let rejected = world.read("users.rejected.rejected.csv");
    assert!(rejected.starts_with(&format!("reason,{HEADER}line 3: `hash_type`")), "{rejected}");
    world.write("again.csv", rejected.replace("MD5", "md_5"));
    assert_eq!(world.migrate("again.csv", &[]).await.code, Some(0));
    let everybody = [("ada", 2), ("grace", 3), ("alan", 4)];
    world.has_exactly(&everybody.map(|(name, line)| (format!("{name}@example.com"), line))).await;
}

#[tokio::test]
async fn rejected_objects_are_corrected_and_run_again() {
    let world = World::new().await;
    let line = |email: &str, number: u64| {
        format!(
            r#"{{"email":"{email}","hash":"{HASH}","hash_type":"md_5","untrusted_metadata":{{"line":{number}}}}}"#
        )
    };
    let broken = format!("{},", line("alan@example.com", 3));
    let lines = [line("ada@example.com", 1), line("grace.example.com", 2), broken.clone()];
    world.write("users.jsonl", lines.join("\n"));
    assert_eq!(world.migrate("users.jsonl", &[]).await.code, Some(1));
    let rejected = world.read("users.rejected.jsonl");
    assert!(
        rejected.starts_with(r#"{"reason":"line 2: `email` is not an email address","email":"grace"#),
        "{rejected}"
    );
    let (_, of_broken) = rejected.split_once('\n').unwrap();
    assert!(of_broken.starts_with(r#"{"reason":"line 3: not a JSON object, in column "#), "{rejected}");
    assert!(of_broken.ends_with(&format!("\n{broken}\n")), "{rejected}");

    world.write("users.rejected.jsonl", rejected.replace("grace.", "grace@").replace("}},", "}}"));
    let ended = world.migrate("users.rejected.jsonl", &[]).await;
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let everybody = [("ada", 1), ("grace", 2), ("alan", 3)];
    world.has_exactly(&everybody.map(|(name, line)| (format!("{name}@example.com"), line))).await;
}

#[tokio::test]
async fn the_message_of_the_api_is_the_reason() {
    let world = World::new().await;
    let row = |name: &str| format!("{name}@example.com,{HASH},md_5,the-same-for-both\n");
    world.write("users.csv", format!("email,hash,hash_type,external_id\n{}{}", row("ada"), row("grace")));
    let ended = world.migrate("users.csv", &["--concurrency", "1"]).await;
    assert_eq!(ended.code, Some(1));
    assert!(ended.stdout.contains("1  duplicate_user_external_id"), "{ended:?}");
    let rejected = world.read("users.rejected.csv");
    assert!(
        rejected.contains("\nline 3: duplicate_user_external_id: The given external id is"),
        "{rejected}"
    );
    assert!(rejected.ends_with(&row("grace")), "{rejected}");
}

#[tokio::test]
async fn an_existing_file_is_noticed_before_sending() {
    let world = World::new().await;
    world.write("users.csv", HEADER.to_owned() + &format!("ada@example.com,{HASH},md_5,\n"));
    world.write("users.rejected.csv", "mine");
    let ended = world.migrate("users.csv", &[]).await;
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("exists already") && ended.stderr.contains("--rejected"), "{ended:?}");
    assert!(world.gate.traffic().asked.is_empty());
    assert_eq!(world.read("users.rejected.csv"), "mine");
    let elsewhere = world.path("elsewhere.csv");
    assert_eq!(world.migrate("users.csv", &["--rejected", elsewhere.to_str().unwrap()]).await.code, Some(0));
}
