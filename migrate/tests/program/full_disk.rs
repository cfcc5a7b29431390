//! A full disk: a clear message, no outcome is counted that is not written, and the same command continues.
#![cfg(target_os = "linux")]

use std::collections::BTreeSet;

use crate::people::People;
use crate::tool::Tool;
use crate::world::World;

#[tokio::test]
async fn rejected_lines_without_room_stay_open() {
    let (world, people) = (World::new().await, People::new(50));
    world.write("users.csv", &people.csv);
    let ended = world.migrate("users.csv", &["--rejected", "/dev/full"]).await;
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert!(ended.stderr.contains("/dev/full: No space left on device"), "{ended:?}");
    assert!(ended.stdout.contains("0  rejected"), "{ended:?}");
    assert!(!world.read("users.csv.journal").contains("\nrejected "));

    let ended = world.migrate("users.csv", &[]).await;
    assert_eq!(ended.code, Some(1), "{ended:?}");
    world.has_exactly(&people.good).await;
    assert_eq!(world.read("users.rejected.csv").lines().count(), 1 + people.bad.len());
}

#[tokio::test]
async fn a_journal_without_room_ends_the_run() {
    let (world, people) = (World::new().await, People::new(420));
    world.write("users.csv", &people.csv);
    // In blocks of 512 bytes. Without the trap, the first write above the limit would end the process without a
    // message.
    let limited = Tool::behind("trap '' XFSZ; ulimit -f 16; exec \"$@\"");
    let ended = world.aimed(limited).args(&["--rate", "0"]).arg(world.path("users.csv")).run().await;
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert!(ended.stderr.contains("the journal cannot be written: File too large"), "{ended:?}");

    let ended = world.migrate("users.csv", &[]).await;
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.stdout.contains(&format!("{}  migrated", people.good.len())), "{ended:?}");
    world.has_exactly(&people.good).await;
    let traffic = world.gate.traffic();
    assert!(
        traffic.asked.iter().collect::<BTreeSet<_>>().len() < traffic.asked.len(),
        "some were asked for again"
    );
}

#[tokio::test]
async fn a_closed_standard_output_is_not_an_error() {
    let (world, people) = (World::new().await, People::new(50));
    world.write("users.csv", &people.csv);
    let deaf = Tool::behind("exec \"$@\" >/dev/full 2>/dev/full");
    let ended = world.aimed(deaf).args(&["--rate", "0"]).arg(world.path("users.csv")).run().await;
    assert_eq!(ended.code, Some(1), "{ended:?}");
    world.has_exactly(&people.good).await;
}
