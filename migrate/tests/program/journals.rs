//! Journals of other runs, and inputs that changed.

use std::fs;

use crate::people::{HASH, People};
use crate::tool::Ended;
use crate::world::World;

/// A world in which every user of a file was migrated.
async fn migrated() -> (World, People) {
    let (world, people) = (World::new().await, People::new(200));
    world.write("users.csv", &people.csv);
    assert_eq!(world.migrate("users.csv", &[]).await.code, Some(1));
    (world, people)
}

/// Runs once more, which must not send or change anything.
async fn rejects(world: &World, arguments: &[&str], words: &str) -> Ended {
    let asked = world.gate.traffic().asked.len();
    let journal = fs::read(world.path("users.csv.journal")).unwrap_or_default();
    let ended = world.migrate("users.csv", arguments).await;
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.stderr.contains(words), "{words:?} is not in {}", ended.stderr);
    assert_eq!(world.gate.traffic().asked.len(), asked, "something was sent");
    assert_eq!(
        fs::read(world.path("users.csv.journal")).unwrap_or_default(),
        journal,
        "the journal was changed"
    );
    ended
}

#[tokio::test]
async fn a_journal_that_cannot_be_read_is_not_touched() {
    let world = World::new().await;
    world.write("users.csv", People::new(3).csv);
    for other in [&b"email,hash\n"[..], b"\0\x01\x02", b"stytch-migrate journal 9\n"] {
        world.write("users.csv.journal", other);
        rejects(&world, &[], "this is not a journal").await;
    }
    fs::remove_file(world.path("users.csv.journal")).unwrap();
    rejects(&world, &["--journal", "/"], "has to be a file").await;
    rejects(&world, &["--journal", "/nowhere/at/all"], "cannot be opened").await;
    #[cfg(unix)]
    rejects(&world, &["--journal", "/dev/null"], "has to be a file").await;
}

#[tokio::test]
async fn a_damaged_journal_is_not_continued() {
    let (world, _) = migrated().await;
    let whole = fs::read(world.path("users.csv.journal")).unwrap();
    let outcome = String::from_utf8_lossy(&whole).find("migrated 1 ").unwrap();
    for at in [30, 200, outcome + 9] {
        let mut damaged = whole.clone();
        damaged[at] ^= 1;
        world.write("users.csv.journal", &damaged);
        rejects(&world, &[], "damaged before its end").await;
    }
}

#[tokio::test]
async fn an_input_that_changed_is_noticed() {
    let (world, people) = migrated().await;
    for changed in [
        people.csv.replacen("user5@", "user5x@", 1),
        // Another hash of the same length. Only the fingerprint shows the change.
        people.csv.replacen(HASH, &HASH.replace('9', "8"), 1),
        people.csv.replacen('\n', "\nnew@example.com,x,md_5,\n", 1),
        people.csv.replacen("user190@", "user191@", 1),
    ] {
        world.write("users.csv", &changed);
        rejects(&world, &[], "have changed since the journal was written").await;
    }
    let shorter: String = people.csv.lines().take(100).flat_map(|line| [line, "\n"]).collect();
    world.write("users.csv", shorter);
    rejects(&world, &[], "the input has 99 lines now, but the journal has 200").await;
    world.write("users.csv", people.csv.replacen("email,", "mail,", 1));
    rejects(&world, &["--map", "mail=email"], "with other columns").await;
    world.write("users.csv", &people.csv);
    rejects(&world, &["--set", "roles=admin"], "or another `--from`, `--map`").await;
    assert_eq!(world.migrate("users.csv", &[]).await.code, Some(1), "and as it was, it is fine");
}

#[tokio::test]
async fn a_limit_before_the_end_of_the_journal_is_named() {
    let (world, _) = migrated().await;
    let ended = rejects(&world, &["--limit", "50"], "`--limit 50` ends the input before record 200").await;
    assert!(!ended.stderr.contains("restore it"), "{ended:?}");
    assert_eq!(world.migrate("users.csv", &["--limit", "200"]).await.code, Some(1));
}

#[tokio::test]
async fn an_input_that_has_grown_continues() {
    let (world, mut people) = migrated().await;
    let asked = world.gate.traffic().asked.len();
    people.csv += &format!("late@example.com,{HASH},md_5,\"{{\"\"line\"\": 202}}\"\n");
    people.good.push(("late@example.com".to_owned(), 202));
    world.write("users.csv", &people.csv);
    assert_eq!(world.migrate("users.csv", &[]).await.code, Some(1));
    world.has_exactly(&people.good).await;
    assert_eq!(world.gate.traffic().asked.len(), asked + 1);
}

#[tokio::test]
async fn a_journal_belongs_to_one_project() {
    let (world, _) = migrated().await;
    let other = world.tool().env("STYTCH_PROJECT_ID", "project-test-other").arg(world.path("users.csv"));
    let ended = other.run().await;
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("and this is project-test-other"), "{ended:?}");
    let other = world.tool().env("STYTCH_SECRET", "another-secret").arg(world.path("users.csv"));
    let ended = other.run().await;
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("another secret"), "{ended:?}");
}

#[tokio::test]
async fn a_journal_belongs_to_one_run_at_a_time() {
    let (world, people) = (World::new().await, People::new(100));
    world.write("users.csv", &people.csv);
    world.gate.let_pass(10);
    let mut first = world.tool().arg(world.path("users.csv")).args(&["--concurrency", "4"]).start();
    world.gate.until(|traffic| traffic.held == 4).await;
    let second = world.migrate("users.csv", &[]).await;
    assert_eq!(second.code, Some(2));
    assert!(second.stderr.contains("another run is using this journal"), "{second:?}");
    world.gate.let_pass(usize::MAX);
    assert_eq!(first.wait().await.unwrap().code(), Some(1));
    world.has_exactly(&people.good).await;
}
