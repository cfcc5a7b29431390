//! Seed users, and the state file.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use serde_json::json;
use stytch_emulator::{Emulator, EmulatorBuilder};

use crate::support::{PASSWORD, Peer, start};

const SEED: &str = r#"{ "users": [
    { "email": "ada@example.com", "user_id": "user-test-ada", "password": "not strong", "roles": ["admin"] },
    { "email": "bob@example.com", "hash_type": "md_5", "hash": "0cc175b9c0f1b6a831c399e269772661",
      "password_requires_reset": true },
    { "email": "eve@example.com", "untrusted_metadata": { "theme": "dark" } }
] }"#;

/// A directory for one test. It is removed at the end of the test.
pub(crate) struct Directory(PathBuf);

impl Directory {
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("stytch-emulator-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).expect("a directory");
        Self(path)
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.0.join("state.jsonl")
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub(crate) fn kept_in(path: &Path) -> EmulatorBuilder {
    Emulator::builder().strict(true).deterministic(1).start_at(start()).state_file(path)
}

async fn login(peer: &Peer, email: &str, password: &str) -> crate::support::Reply {
    peer.post("/v1/passwords/authenticate", json!({ "email": email, "password": password })).await
}

async fn start_error(builder: EmulatorBuilder) -> String {
    builder.start().await.expect_err("an error").to_string()
}

#[tokio::test]
async fn seed_users_exist_from_the_start_and_after_a_reset() {
    let peer = Peer::with(Emulator::builder().seed(SEED).deterministic(3)).await;
    for _ in 0..2 {
        let ada = login(&peer, "ada@example.com", "not strong").await.ok();
        assert_eq!((&ada["user_id"], &ada["user"]["roles"]), (&json!("user-test-ada"), &json!(["admin"])));
        login(&peer, "bob@example.com", "a").await.rejected(400, "reset_password");
        login(&peer, "eve@example.com", "a").await.rejected(400, "no_user_password");
        let hash = "0cc175b9c0f1b6a831c399e269772661";
        let migrate = json!({ "email": "eve@example.com", "hash_type": "md_5", "hash": hash });
        let eve = peer.post("/v1/passwords/migrate", migrate).await.ok();
        assert_eq!(
            (&eve["user_created"], &eve["user"]["untrusted_metadata"]),
            (&json!(false), &json!({ "theme": "dark" }))
        );
        peer.emulator.reset();
    }
}

#[tokio::test]
async fn a_mistake_in_a_seed_is_reported() {
    let seed = |text: &str| start_error(Emulator::builder().seed(text));
    assert_eq!(
        seed("{\n").await,
        "the setting `seed` cannot be used: it is not JSON: the error is at line 2, column 0"
    );
    assert!(seed("[]").await.ends_with("it must be an object with a list of `users`"));
    assert!(
        seed(r#"{ "users": [], "user": [] }"#)
            .await
            .ends_with("`user` is not a known field; a seed has `users`, `rbac_policy` and `m2m_clients`")
    );
    assert!(seed(r#"{ "users": [{}] }"#).await.ends_with("`users[0].email` is required."));
    for id in ["", "a/b", "a b", "nul\0", "ä"] {
        for (place, user) in [
            ("user_id", json!({ "email": "ada@example.com", "user_id": id })),
            ("email_id", json!({ "email": "ada@example.com", "email_id": id })),
            (
                "totp_id",
                json!({ "email": "ada@example.com", "totps": [{ "secret": "JBSWY3DP", "totp_id": id }] }),
            ),
        ] {
            let error = seed(&json!({ "users": [user] }).to_string()).await;
            let form = "must be 1 or more ASCII letters, digits and `-`, `_`, `.`.";
            assert!(error.ends_with(&format!("`users[0].{place}` {form}")), "{error}");
        }
    }
    let missing = start_error(Emulator::builder().seed_file("/no/such/file")).await;
    assert!(
        missing.starts_with("the setting `seed` cannot be used: cannot read /no/such/file: "),
        "{missing}"
    );
}

#[tokio::test]
async fn a_state_file_keeps_everything_across_restarts() {
    let directory = Directory::new("outlives");
    let create =
        |email: &str| json!({ "email": email, "password": PASSWORD, "session_duration_minutes": 60 });
    let peer = Peer::with(kept_in(&directory.file()).seed(SEED)).await;
    let carol = peer.post("/v1/passwords", create("carol@example.com")).await.ok();
    let dave = peer.post("/v1/passwords", create("dave@example.com")).await.ok();
    peer.post("/v1/sessions/revoke", json!({ "session_token": dave["session_token"] })).await.ok();
    peer.post("/v1/passwords/email/reset/start", json!({ "email": "dave@example.com" })).await.ok();
    let token = peer.emulator.outbox()[0].token.clone();
    peer.emulator.shutdown().await;

    let peer = Peer::with(kept_in(&directory.file()).seed(SEED)).await;
    let session = json!({ "session_jwt": carol["session_jwt"] });
    let response = peer.post("/v1/sessions/authenticate", session).await.ok();
    assert_eq!((&response["user"], &response["session_token"]), (&carol["user"], &carol["session_token"]));
    let revoked = json!({ "session_token": dave["session_token"] });
    peer.post("/v1/sessions/authenticate", revoked).await.rejected(404, "session_not_found");
    assert_eq!(peer.emulator.outbox()[0].token, token);
    let reset = json!({ "token": token, "password": "staple battery horse correct" });
    peer.post("/v1/passwords/email/reset", reset.clone()).await.ok();
    // The ids have the same seed as before the restart, but no id occurs twice.
    let erin = peer.post("/v1/passwords", create("erin@example.com")).await.ok();
    assert_ne!(erin["user_id"], carol["user_id"]);
    peer.emulator.shutdown().await;

    let peer = Peer::with(kept_in(&directory.file()).seed(SEED)).await;
    login(&peer, "dave@example.com", "staple battery horse correct").await.ok();
    login(&peer, "carol@example.com", PASSWORD).await.ok();
    login(&peer, "ada@example.com", "not strong").await.ok();
    peer.post("/v1/passwords/email/reset", reset).await.rejected(401, "unable_to_auth_password_reset_token");
}

#[tokio::test]
async fn a_reset_empties_the_state_file() {
    let directory = Directory::new("reset");
    let peer = Peer::with(kept_in(&directory.file()).seed(SEED)).await;
    peer.post("/v1/passwords", json!({ "email": "carol@example.com", "password": PASSWORD })).await.ok();
    peer.emulator.reset();
    peer.emulator.shutdown().await;
    let peer = Peer::with(kept_in(&directory.file())).await;
    login(&peer, "carol@example.com", PASSWORD).await.rejected(404, "email_not_found");
    login(&peer, "ada@example.com", "not strong").await.ok();
}

#[tokio::test]
async fn an_incomplete_line_is_discarded() {
    let directory = Directory::new("incomplete");
    let peer = Peer::with(kept_in(&directory.file())).await;
    peer.post("/v1/passwords", json!({ "email": "carol@example.com", "password": PASSWORD })).await.ok();
    peer.emulator.shutdown().await;
    let mut file = fs::OpenOptions::new().append(true).open(directory.file()).expect("the file");
    file.write_all(br#"{"users":[{"user_id":"user-test-incomplete""#).expect("an incomplete line");

    let peer = Peer::with(kept_in(&directory.file())).await;
    peer.post("/v1/passwords", json!({ "email": "dave@example.com", "password": PASSWORD })).await.ok();
    peer.emulator.shutdown().await;
    let peer = Peer::with(kept_in(&directory.file())).await;
    login(&peer, "carol@example.com", PASSWORD).await.ok();
    login(&peer, "dave@example.com", PASSWORD).await.ok();
}

#[tokio::test]
async fn a_file_that_is_not_a_state_file_is_not_changed() {
    let directory = Directory::new("foreign");
    for (content, line) in [
        ("a diary", 1),
        ("a diary\n", 1),
        ("{\"stytch_emulator_state\":2,\"starts\":1}\n", 1),
        ("{\"stytch_emulator_state\":1,\"starts\":1}\n{\"users\":1}\n{}\n", 2),
        ("{\"stytch_emulator_state\":1,\"starts\":18446744073709551615}\n{}\n", 1),
    ] {
        fs::write(directory.file(), content).expect("a file");
        let error = start_error(kept_in(&directory.file())).await;
        assert!(error.contains(&format!("line {line} is not in the format of this version")), "{error}");
        assert_eq!(fs::read_to_string(directory.file()).expect("the file"), content);
    }
    // A program that was killed at its start leaves an empty file.
    fs::write(directory.file(), "").expect("a file");
    Peer::with(kept_in(&directory.file())).await;
}

/// The first two lines are written in one step. So they are complete even if the program was killed.
#[tokio::test]
async fn a_file_that_is_cut_off_in_its_first_lines_is_an_error() {
    let directory = Directory::new("cut");
    let peer = Peer::with(kept_in(&directory.file())).await;
    peer.post("/v1/passwords", json!({ "email": "carol@example.com", "password": PASSWORD })).await.ok();
    peer.emulator.shutdown().await;
    // A start writes the whole state into the second line.
    Peer::with(kept_in(&directory.file())).await.emulator.shutdown().await;
    let whole = fs::read(directory.file()).expect("the file");
    let header = whole.iter().position(|byte| *byte == b'\n').expect("a line") + 1;
    for (length, line) in [(10, 1), (header - 1, 1), (header, 2), (header + 100, 2), (whole.len() - 1, 2)] {
        fs::write(directory.file(), &whole[..length]).expect("a file");
        let error = start_error(kept_in(&directory.file())).await;
        assert!(error.contains(&format!("line {line} is not in the format of this version")), "{error}");
        assert_eq!(fs::read(directory.file()).expect("the file"), whole[..length]);
    }
    fs::write(directory.file(), &whole).expect("a file");
    login(&Peer::with(kept_in(&directory.file())).await, "carol@example.com", PASSWORD).await.ok();
}

#[tokio::test]
async fn a_state_file_is_used_by_one_emulator_at_a_time() {
    let directory = Directory::new("locked");
    let first = Peer::with(kept_in(&directory.file())).await;
    let error = start_error(kept_in(&directory.file())).await;
    assert!(error.ends_with("another emulator has it open"), "{error}");
    first.emulator.shutdown().await;
    Peer::with(kept_in(&directory.file())).await;
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_a_state_file() {
    use std::os::unix::fs::PermissionsExt;
    let directory = Directory::new("private");
    let peer = Peer::with(kept_in(&directory.file())).await;
    peer.post("/v1/passwords", json!({ "email": "carol@example.com", "password": PASSWORD })).await.ok();
    let mode = fs::metadata(directory.file()).expect("the file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let content = fs::read_to_string(directory.file()).expect("the file");
    assert!(content.contains("carol@example.com") && !content.contains(PASSWORD));
}

#[tokio::test]
async fn a_missing_directory_is_an_error() {
    let error = start_error(kept_in(Path::new("/no/such/directory/state"))).await;
    assert!(error.starts_with("cannot use the state file /no/such/directory/state: "), "{error}");
}

#[tokio::test]
async fn metadata_is_merged_and_a_null_deletes_a_key() {
    let seed = r#"{ "users": [{ "email": "ada@example.com",
        "trusted_metadata": { "keep": 1, "drop": 2, "change": { "old": true } }, "untrusted_metadata": { "a": [1] },
        "name": { "first_name": "Ada", "last_name": "Byron" } }] }"#;
    let peer = Peer::with(Emulator::builder().strict(true).seed(seed)).await;
    let migrate = json!({
        "email": "ada@example.com", "hash_type": "md_5", "hash": "0cc175b9c0f1b6a831c399e269772661",
        "trusted_metadata": { "drop": null, "change": { "new": null }, "absent": null }, "untrusted_metadata": {},
        "name": { "last_name": "Lovelace" },
    });
    let user = peer.post("/v1/passwords/migrate", migrate).await.ok()["user"].take();
    assert_eq!(user["trusted_metadata"], json!({ "keep": 1, "change": { "new": null } }));
    assert_eq!(user["untrusted_metadata"], json!({ "a": [1] }));
    assert_eq!(user["name"], json!({ "first_name": "Ada", "middle_name": "", "last_name": "Lovelace" }));
}

#[tokio::test]
async fn deeply_nested_data_that_was_accepted_can_be_read_again() {
    let directory = Directory::new("deep");
    let peer = Peer::with(kept_in(&directory.file())).await;
    let mut kept = Vec::new();
    for depth in [1, 64, 65, 100, 118, 119, 120, 121, 122, 123, 124, 125, 126, 127] {
        let email = format!("depth-{depth}@example.com");
        let data = (1..depth).fold(json!({}), |inner, _| json!({ "a": inner }));
        let create = json!({
            "email": email, "password": PASSWORD, "trusted_metadata": data, "untrusted_metadata": data,
            "session_duration_minutes": 5, "session_custom_claims": data,
        });
        let created = peer.post("/v1/passwords", create).await;
        if created.status == 200 {
            kept.push((email, data));
        } else {
            created.rejected(400, "bad_request");
        }
    }
    assert!(kept.len() >= 2, "nested metadata must be accepted");
    peer.emulator.shutdown().await;

    let peer = Peer::with(kept_in(&directory.file())).await;
    for (email, data) in kept {
        assert_eq!(login(&peer, &email, PASSWORD).await.ok()["user"]["trusted_metadata"], data);
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_symbolic_link_to_a_state_file_stands_for_the_file() {
    let directory = Directory::new("linked");
    let link = directory.0.join("link.jsonl");
    std::os::unix::fs::symlink(directory.file(), &link).expect("a link");
    // The first start finds a symbolic link without a target, the second one a link to a file.
    for email in ["carol@example.com", "dave@example.com"] {
        let peer = Peer::with(kept_in(&link)).await;
        peer.post("/v1/passwords", json!({ "email": email, "password": PASSWORD })).await.ok();
        let error = start_error(kept_in(&directory.file())).await;
        assert!(error.ends_with("another emulator has it open"), "{error}");
        peer.emulator.shutdown().await;
    }
    let peer = Peer::with(kept_in(&directory.file())).await;
    login(&peer, "carol@example.com", PASSWORD).await.ok();
    login(&peer, "dave@example.com", PASSWORD).await.ok();
}

#[tokio::test]
async fn a_seed_that_contradicts_the_state_file_is_an_error() {
    let directory = Directory::new("clash");
    let seed = |email: &str, id: &str, number: &str| {
        let user = json!({ "email": email, "external_id": id, "phone_number": number });
        kept_in(&directory.file()).seed(json!({ "users": [user] }).to_string())
    };
    Peer::with(seed("ada@example.com", "crm|1", "+12025550161")).await.emulator.shutdown().await;
    // A seed may have a user who is in the state file, or a new user.
    Peer::with(seed("ada@example.com", "crm|1", "+12025550161")).await.emulator.shutdown().await;
    Peer::with(seed("bob@example.com", "crm|2", "+12025550162")).await.emulator.shutdown().await;
    for (id, number, what) in
        [("crm|1", "+12025550163", "external_id"), ("crm|3", "+12025550162", "phone_number")]
    {
        assert_eq!(
            start_error(seed("eve@example.com", id, number)).await,
            format!(
                "the setting `seed` cannot be used: `users[0]` has the {what} of another user in the state file."
            )
        );
    }
}
