//! Strings that mean "no value", such as those that databases write for a null.

use crate::people::{HASH, PASSWORD};
use crate::world::World;

const HEADER: &str = "email,hash,hash_type,roles,phone_number,name.last_name";

#[tokio::test]
async fn the_nulls_of_databases_are_no_values_and_are_reported() {
    for null in ["NULL", "\\N"] {
        let world = World::new().await;
        let row = format!("ada@example.com,{HASH},md_5,{null},{null},Lovelace");
        world.write("users.csv", format!("{HEADER}\n{row}\n"));
        let words = format!("line 2: `{null}` is read as no value in `phone_number`, `roles`");
        for arguments in [&["--check"][..], &[]] {
            let ended = world.migrate("users.csv", arguments).await;
            assert_eq!(ended.code, Some(0), "{ended:?}");
            assert!(ended.stderr.contains(&words) && ended.stderr.contains("--null"), "{ended:?}");
        }
        let ada = world.log_in("ada@example.com", PASSWORD).await.unwrap();
        assert!(ada.phone_numbers.is_empty() && !ada.roles.iter().any(|role| role == null), "{ada:?}");
    }
}

#[tokio::test]
async fn keys_have_them_too() {
    let world = World::new().await;
    let line = format!(
        r#"{{"email":"ada@example.com","hash":"{HASH}","hash_type":"md_5","phone_number":"NULL","md_5_config":{{"prepend_salt":"\\N"}}}}"#
    );
    world.write("users.jsonl", line);
    let ended = world.migrate("users.jsonl", &[]).await;
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.stderr.contains("`NULL` is read as no value in `phone_number`"), "{ended:?}");
    assert!(ended.stderr.contains("`\\N` is read as no value in `md_5_config.prepend_salt`"), "{ended:?}");
    world.log_in("ada@example.com", PASSWORD).await.unwrap();
}

#[tokio::test]
async fn a_required_value_that_is_null_is_missing() {
    let world = World::new().await;
    world.write("users.csv", format!("email,hash,hash_type\nada@example.com,NULL,md_5\nNULL,{HASH},md_5\n"));
    let ended = world.migrate("users.csv", &["--check"]).await;
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.stdout.contains("line 2: `hash` is missing"), "{ended:?}");
    assert!(ended.stdout.contains("line 3: `email` is missing"), "{ended:?}");
}

#[tokio::test]
async fn another_string_can_be_the_null() {
    let world = World::new().await;
    world.write(
        "users.csv",
        format!(
            "{HEADER}\nada@example.com,{HASH},md_5,n/a,(null),NULL\ngrace@example.com,{HASH},md_5,a,,Hopper\n"
        ),
    );
    let ended = world.migrate("users.csv", &["--null", "n/a", "--null", "(null)"]).await;
    assert_eq!(ended.code, Some(0), "{ended:?}");
    // The option names the string, so that it is not reported. `NULL` is a name now.
    assert!(!ended.stderr.contains("is read as no value"), "{ended:?}");
    let ada = world.log_in("ada@example.com", PASSWORD).await.unwrap();
    assert!(ada.phone_numbers.is_empty() && !ada.roles.iter().any(|role| role == "n/a"), "{ada:?}");
    assert_eq!(ada.name.unwrap().last_name, "NULL");
}

#[tokio::test]
async fn other_nulls_begin_another_journal() {
    let world = World::new().await;
    world.write("users.csv", format!("email,hash,hash_type\nada@example.com,{HASH},md_5\n"));
    assert_eq!(world.migrate("users.csv", &[]).await.code, Some(0));
    let ended = world.migrate("users.csv", &["--null", "-"]).await;
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.stderr.contains("with other columns, or another `--from`"), "{ended:?}");
}
