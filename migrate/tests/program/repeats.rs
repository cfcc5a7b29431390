//! Duplicate addresses, external ids and phone numbers in one file.

use crate::people::HASH;
use crate::world::World;

#[tokio::test]
async fn unique_values_are_compared_within_the_file() {
    let world = World::new().await;
    let rows = [
        "ada@example.com,1,+12025550162",
        "grace@example.com,2,+12025550163",
        // An id, a number, and all three.
        "alan@example.com,1,+12025550164",
        "edsger@example.com,4,+12025550163",
        "GRACE@example.com,2,+12025550163",
        // A missing value is not a duplicate, and ids are compared exactly.
        "barbara@example.com,,",
        "donald@example.com,,",
        "ken@example.com,a,",
        "dennis@example.com,A,",
        // The fourth of an id.
        "tony@example.com,1,",
    ];
    let mut csv = "email,external_id,phone_number,hash,hash_type\n".to_owned();
    for row in rows {
        csv += &format!("{row},{HASH},md_5\n");
    }
    world.write("users.csv", csv);
    let ended = world.migrate("users.csv", &["--check"]).await;
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let reports: Vec<_> = ended.stdout.lines().filter(|line| line.starts_with("line ")).collect();
    assert_eq!(
        reports,
        [
            "line 4: the same `external_id` as in line 2, which is used",
            "line 5: the same `phone_number` as in line 3, which is used",
            "line 6: the same `email` as in line 3, which is used; the same `external_id` as in line 3, \
             which is used; the same `phone_number` as in line 3, which is used",
            "line 11: the same `external_id` as in line 2, which is used",
        ]
    );
    assert!(ended.stdout.contains("10 lines: 6 can be sent, 4 would be rejected"), "{ended:?}");
    for kind in ["1  duplicate_email", "2  duplicate_user_external_id", "1  duplicate_phone_number"] {
        assert!(ended.stdout.contains(kind), "{kind}: {ended:?}");
    }
    let strict = world.migrate("users.csv", &["--strict"]).await;
    assert_eq!(strict.code, Some(1), "{strict:?}");
    assert!(world.gate.traffic().asked.is_empty());
}

/// A rejected line does not create a user, so its values are not used up.
#[tokio::test]
async fn rejected_lines_do_not_use_up_their_values() {
    let world = World::new().await;
    let header = "email,external_id,hash,hash_type";
    world.write(
        "users.csv",
        format!("{header}\nada.example.com,1,{HASH},md_5\nada@example.com,1,{HASH},md_5\n"),
    );
    let ended = world.migrate("users.csv", &["--check"]).await;
    assert!(ended.stdout.contains("2 lines: 1 can be sent, 1 would be rejected"), "{ended:?}");
}
