//! `--verify` and `--verify-file`: known users are migrated first and logged in.

use crate::people::{HASH, PASSWORD, People};
use crate::tool::Tool;
use crate::world::World;

/// A file in which the users with this salt cannot log in, and all others can.
const WRONG_SALT: &str =
    "email,hash,hash_type,pbkdf_2_config.salt,pbkdf_2_config.iteration_amount,pbkdf_2_config.key_length\n";
/// PBKDF2 with the salt `NaClSaltText`, which is base64 too.
const TEXT_SALT: &str = "bs/qAJyqTsHKnTWq/1O3SWUX72CDdEY7/+TGQwL3AeE=,pbkdf_2,NaClSaltText,1000,32";

#[tokio::test]
async fn a_known_user_who_can_log_in_lets_the_others_follow() {
    let (world, people) = (World::new().await, People::new(30));
    world.write("users.csv", &people.csv);
    let (known, _) = people.good.last().unwrap();
    let tool = world.tool().arg(world.path("users.csv")).args(&["--verify", &known.to_uppercase()]);
    let ended = tool.stdin(format!("{PASSWORD}\n")).run().await;
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.stderr.contains("was migrated and can log in"), "{ended:?}");
    assert!(ended.stdout.contains(&format!("{}  migrated", people.good.len())), "{ended:?}");
    assert!(ended.stdout.contains("0  already there"), "{ended:?}");
    world.has_exactly(&people.good).await;
    let traffic = world.gate.traffic();
    assert_eq!(&traffic.created[0], known, "first of all");
}

#[tokio::test]
async fn a_known_user_who_cannot_log_in_stops_the_rest() {
    let world = World::new().await;
    let row = |number: usize| format!("user{number}@example.com,{TEXT_SALT}\n");
    let rows: String = (0..20).map(row).collect();
    world.write("users.csv", format!("{WRONG_SALT}{rows}"));
    world.write("known.csv", format!("email,password\nuser7@example.com,{PASSWORD}\n"));
    let known = world.path("known.csv");
    let verify = ["--verify-file", known.to_str().unwrap()];
    let ended = world.migrate("users.csv", &verify).await;
    assert_eq!(ended.code, Some(4), "{ended:?}");
    for words in
        ["user7@example.com cannot log in", "line 9 was migrated", "No other user was sent", "--encoding"]
    {
        assert!(ended.stderr.contains(words), "{words}: {ended:?}");
    }
    assert!(!ended.stderr.contains(PASSWORD) && !ended.stdout.contains(PASSWORD));
    assert_eq!(world.gate.traffic().created, ["user7@example.com"]);

    // With the right encoding, another user is verified first, and the others follow.
    world.write("known.jsonl", format!("{{\"email\":\"user8@example.com\",\"password\":\"{PASSWORD}\"}}\n"));
    let known = world.path("known.jsonl");
    let again = ["--verify-file", known.to_str().unwrap(), "--encoding", "pbkdf_2_config.salt=text"];
    let ended = world.migrate("users.csv", &again).await;
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(world.gate.traffic().created.len(), 20);
    world.log_in("user19@example.com", PASSWORD).await.unwrap();
}

#[tokio::test]
async fn a_wrong_password_is_a_failure_too() {
    let (world, people) = (World::new().await, People::new(5));
    world.write("users.csv", &people.csv);
    let (known, _) = &people.good[0];
    let tool = world.tool().arg(world.path("users.csv")).args(&["--verify", known]);
    let ended = tool.stdin("not the password\n").run().await;
    assert_eq!(ended.code, Some(4), "{ended:?}");
    assert!(!ended.stderr.contains("not the password"), "{ended:?}");
    assert_eq!(world.gate.traffic().created.len(), 1);
}

#[tokio::test]
async fn users_who_cannot_be_verified_are_reported_before_sending() {
    let (world, people) = (World::new().await, People::new(14));
    world.write("users.csv", &people.csv);
    world.write("empty.csv", "email,password\n");
    world.write("other.csv", format!("mail,secret\nuser1@example.com,{PASSWORD}\n"));
    let path = |name: &str| world.path(name).to_str().unwrap().to_owned();
    for (arguments, stdin, words) in [
        (
            ["--verify", "nobody@example.com"],
            PASSWORD,
            "no line that can be sent has the address nobody@example.com",
        ),
        // A line that the check rejects.
        (["--verify", "user7.example.com"], PASSWORD, "no line that can be sent"),
        (["--verify", "user1@example.com"], "", "there is no password"),
        (["--verify-file", &path("empty.csv")], "", "needs an `email` and a `password`"),
        (["--verify-file", &path("other.csv")], "", "needs an `email` and a `password`"),
        (["--verify-file", &path("missing.csv")], "", "cannot be opened"),
    ] {
        let tool = world.tool().arg(world.path("users.csv")).args(&arguments);
        let ended = tool.stdin(stdin).run().await;
        assert_eq!(ended.code, Some(2), "{arguments:?}: {ended:?}");
        assert!(ended.stderr.contains(words), "{arguments:?}: {ended:?}");
    }
    let known = path("known.csv");
    world.write("known.csv", format!("email,password\nuser1@example.com,{PASSWORD}\n"));
    let tool = world.tool().args(&["-", "--verify-file", &known]).arg("--journal").arg(world.path("journal"));
    let ended = tool.stdin(people.csv.as_str()).run().await;
    assert!(ended.code == Some(2) && ended.stderr.contains("put it into a file"), "{ended:?}");
    assert!(world.gate.traffic().asked.is_empty());
}

/// The login of a user who had a password before says nothing about the hash of the file.
#[tokio::test]
async fn a_known_user_who_is_already_there_is_no_proof() {
    let world = World::new().await;
    world.write("before.csv", format!("email,hash,hash_type\nada@example.com,{HASH},md_5\n"));
    assert_eq!(world.migrate("before.csv", &[]).await.code, Some(0));
    world.write("users.csv", format!("{WRONG_SALT}ada@example.com,{TEXT_SALT}\n"));
    let tool = world.tool().arg(world.path("users.csv")).args(&["--verify", "ada@example.com"]);
    let ended = tool.stdin(PASSWORD).run().await;
    assert!(!ended.stderr.contains("was migrated"), "{ended:?}");
    let words = "already had a password before this run";
    assert!(ended.stderr.contains(words) && ended.stderr.contains("verify another user"), "{ended:?}");
}

/// A line that the API rejects stops the run like a failed login.
#[tokio::test]
async fn a_known_user_who_is_rejected_stops_the_rest() {
    let (world, people) = (World::new().await, People::new(30));
    world.write("users.csv", &people.csv);
    let tool = world.tool().arg(world.path("users.csv")).args(&["--verify", "user14@example.com"]);
    let ended = tool.stdin(PASSWORD).run().await;
    assert_eq!(ended.code, Some(4), "{ended:?}");
    assert!(ended.stderr.contains("was rejected: invalid_bcrypt_cost"), "{ended:?}");
    assert!(world.gate.traffic().created.is_empty());
}

#[tokio::test]
async fn every_check_recommends_it() {
    let world = World::new().await;
    for csv in [People::new(14).csv, People::new(3).csv, format!("email,hash,hash_type\n,{HASH},md_5\n")] {
        world.write("users.csv", csv);
        for arguments in ["--check", "--dry-run"] {
            let ended = world.migrate("users.csv", &[arguments]).await;
            let last = ended.stderr.lines().last().unwrap_or_default();
            assert!(last.contains("--verify EMAIL"), "{ended:?}");
        }
    }
}

#[tokio::test]
async fn a_plan_shows_the_counts_and_the_duration() {
    let world = World::new().await;
    world.write("users.csv", People::new(1400).csv);
    let ended = Tool::new().arg(world.path("users.csv")).arg("--dry-run").run().await;
    assert_eq!(ended.code, Some(1), "{ended:?}");
    for words in [
        "1,400 lines: 1,300 can be sent, 100 would be rejected",
        "1,200  md_5",
        "100  bcrypt",
        "100  invalid_email",
        "20 seconds at 65 requests per second",
    ] {
        assert!(ended.stdout.contains(words), "{words}: {ended:?}");
    }
    assert!(!ended.stdout.contains("line "), "{ended:?}");
    assert!(world.gate.traffic().asked.is_empty() && !world.path("users.csv.journal").exists());
}

#[tokio::test]
async fn the_same_user_can_be_named_twice() {
    let (world, people) = (World::new().await, People::new(3));
    world.write("users.csv", &people.csv);
    world.write("known.csv", format!("email,password\nuser1@example.com,{PASSWORD}\n"));
    let known = world.path("known.csv");
    let verify = ["--verify-file", known.to_str().unwrap(), "--verify", "USER1@example.com"];
    let ended = world.tool().arg(world.path("users.csv")).args(&verify).stdin(PASSWORD).run().await;
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(ended.stderr.matches("was migrated and can log in").count(), 2, "{ended:?}");
    world.has_exactly(&people.good).await;
}
