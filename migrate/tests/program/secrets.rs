//! Neither the journal nor the terminal contains a hash, a salt or the API secret, even if the input has mistakes.

use crate::people::{HASH, People};
use crate::tool::Ended;
use crate::world::World;

const SALT: &str = "c2VjcmV0LXNhbHQ=";

/// Returns all output of a run, except the file of rejected lines.
fn told(world: &World, ended: &Ended) -> String {
    let journal = std::fs::read_to_string(world.path("users.csv.journal")).unwrap_or_default();
    format!("{}{}{journal}", ended.stdout, ended.stderr)
}

fn tells_no_secret(world: &World, ended: &Ended) {
    let told = told(world, ended);
    for secret in [HASH, &HASH[..12], "4081c491", SALT, &SALT[..8], world.emulator.secret(), "$2b$20$Px"] {
        assert!(!told.contains(secret), "{secret} is in {told}");
    }
}

#[tokio::test]
async fn good_and_bad_lines_leave_no_trace_of_their_hashes() {
    let world = World::new().await;
    world.write("users.csv", People::new(100).csv);
    for arguments in [&["--check"][..], &[]] {
        let ended = world.migrate("users.csv", arguments).await;
        assert_eq!(ended.code, Some(1), "{ended:?}");
        tells_no_secret(&world, &ended);
    }
}

#[tokio::test]
async fn columns_that_are_mixed_up_are_not_quoted() {
    let row = format!("ada@example.com,{HASH},md_5,{SALT}");
    for (header, code) in [
        // The hash in every other column.
        ("hash_type,email,hash,md_5_config.prepend_salt", 1),
        ("hash,hash_type,email,trusted_metadata", 1),
        ("external_id,set_email_verified,email,hash", 2),
        ("email,argon_2_config.memory,hash_type,hash", 1),
        ("email,name,hash_type,hash", 1),
        ("email,roles,hash_type,hash", 1),
        ("email,phone_number,hash,hash_type", 1),
        // No header at all.
        (row.as_str(), 2),
    ] {
        for arguments in [&["--check"][..], &[]] {
            let world = World::new().await;
            world.write("users.csv", format!("{header}\n{row}\n"));
            let ended = world.migrate("users.csv", arguments).await;
            assert_eq!(ended.code, Some(code), "{header}: {ended:?}");
            tells_no_secret(&world, &ended);
        }
    }
}

#[tokio::test]
async fn lines_that_cannot_be_read_are_not_quoted() {
    for line in [
        format!("[\"{HASH}\"]"),
        format!("{{\"hash\": \"{HASH}\", }}"),
        format!("{{\"email\": {{\"hash\": \"{HASH}\"}}, \"hash\": [\"{HASH}\"], \"hash_type\": \"{HASH}\"}}"),
        format!("{{\"md_5_config\": {{\"{SALT}\": \"{SALT}\"}}, \"argon_2_config.{SALT}\": 1}}"),
        format!("\"{HASH}"),
    ] {
        for arguments in [&["--check", "--format", "jsonl"][..], &["--format", "jsonl"]] {
            let world = World::new().await;
            world.write("users.csv", &line);
            let ended = world.migrate("users.csv", arguments).await;
            assert_eq!(ended.code, Some(1), "{line}: {ended:?}");
            tells_no_secret(&world, &ended);
        }
    }
}

#[tokio::test]
async fn a_response_that_quotes_the_request_is_not_passed_on() {
    let world = World::new().await;
    let quoting = format!(r#"{{"error_type":"invalid_hash","error_message":"what is {HASH}?"}}"#);
    world.emulator.fail_next(stytch_emulator::Fault::raw(400, "application/json", quoting)).unwrap();
    world.write("users.csv", format!("email,hash,hash_type\nada@example.com,{HASH},md_5\n"));
    let ended = world.migrate("users.csv", &[]).await;
    assert_eq!(ended.code, Some(1), "{ended:?}");
    tells_no_secret(&world, &ended);
    let reason = world.read("users.rejected.csv").replace(&format!(",{HASH},md_5"), "");
    assert!(reason.contains("invalid_hash") && !reason.contains(HASH), "{reason}");
}

#[tokio::test]
async fn without_a_terminal_there_are_plain_lines() {
    let world = World::new().await;
    world.write("users.csv", People::new(20).csv);
    let ended = world.migrate("users.csv", &[]).await;
    assert!(ended.stderr.contains("20 of 20 lines, "), "{ended:?}");
    assert!(ended.stderr.contains(": 18 migrated, 0 already there, 2 rejected\n"), "{ended:?}");
    let told = told(&world, &ended);
    assert!(!told.contains('\u{1b}') && !told.contains('\r'), "{told:?}");
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_the_files() {
    use std::os::unix::fs::PermissionsExt;

    let world = World::new().await;
    world.write("users.csv", People::new(20).csv);
    world.migrate("users.csv", &[]).await;
    for name in ["users.csv.journal", "users.rejected.csv"] {
        let mode = std::fs::metadata(world.path(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}
