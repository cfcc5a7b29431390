//! Exports of other systems, with hashes made by their own libraries. Every user who can be migrated can log in.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};
use stytch_client::passwords::User;

use crate::people::PASSWORD;
use crate::tool::Ended;
use crate::world::World;

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exports")
}

/// Returns a Python with the libraries. Without one, prints the reason and skips the test. In CI, this is an error.
fn python() -> Option<PathBuf> {
    let installed = Command::new("sh").arg(directory().join("install.sh")).output();
    let reason = match installed {
        Ok(Output { status, stdout, .. }) if status.success() => {
            return Some(PathBuf::from(String::from_utf8_lossy(&stdout).trim()));
        }
        Ok(output) => String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        Err(error) => format!("there is no shell: {error}"),
    };
    assert!(std::env::var("CI").as_deref() != Ok("true"), "the libraries are not installed: {reason}");
    // Written to standard error directly, because the test harness captures the output of `eprintln!`.
    let _ = writeln!(
        std::io::stderr(),
        "skipped: the libraries that make the exports are not installed: {reason}"
    );
    None
}

fn make(python: &Path, export: &str) -> String {
    let output = Command::new(python).arg(directory().join("make.py")).arg(export).output().unwrap();
    assert!(output.status.success(), "{export}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Returns every address in a string.
fn addresses(export: &str) -> BTreeSet<String> {
    let words =
        export.split(|character: char| !(character.is_ascii_alphanumeric() || "-@.".contains(character)));
    words.filter(|word| word.ends_with("@example.com")).map(str::to_owned).collect()
}

/// An export that was migrated.
struct Moved {
    world: World,
    export: String,
    check: Ended,
}

impl Moved {
    async fn user(&self, name: &str) -> User {
        let email = format!("{name}@example.com");
        self.world
            .log_in(&email, PASSWORD)
            .await
            .unwrap_or_else(|error| panic!("{}: {email}: {error}", self.export))
    }

    /// The reason why a user cannot be migrated.
    fn says(&self, words: &str) {
        assert!(self.check.stdout.contains(words), "{}: {words}: {:?}", self.export, self.check);
    }

    fn loses(&self, name: &str) {
        let lost = self.check.stderr.lines().find(|line| line.starts_with("lost, "));
        let is_lost = lost.is_some_and(|line| line.contains(&format!("`{name}` in ")));
        assert!(is_lost, "{}: {name} is not lost: {:?}", self.export, self.check);
    }
}

/// Migrates an export. Without `--from`, the system is named and no request is sent. With it, all users can log in,
/// except those whose addresses begin with `no-`.
async fn move_export(system: &str, export: &str) -> Option<Moved> {
    let text = make(&python()?, export);
    let world = World::new().await;
    world.write("export", &text);
    for arguments in [&["--check"][..], &[]] {
        let guessed = world.migrate("export", arguments).await;
        assert_eq!(guessed.code, Some(2), "{guessed:?}");
        let words = format!("`--from {system}` reads it");
        assert!(guessed.stderr.contains(&words), "{export}: {guessed:?}");
    }
    assert!(world.gate.traffic().asked.is_empty());
    let check = world.migrate("export", &["--from", system, "--check"]).await;
    let sent = world.migrate("export", &["--from", system]).await;
    let (stay, go): (Vec<_>, Vec<_>) =
        addresses(&text).into_iter().partition(|address| address.starts_with("no-"));
    let rejected = format!("{} would be rejected", stay.len());
    assert!(check.stdout.contains(&rejected), "{export}: {check:?}");
    assert_eq!(sent.code, Some(i32::from(!stay.is_empty())), "{export}: {sent:?}");
    assert!(!go.is_empty());
    for address in &go {
        world.log_in(address, PASSWORD).await.unwrap_or_else(|error| panic!("{export}: {address}: {error}"));
    }
    let created: BTreeSet<_> = world.gate.traffic().created.into_iter().collect();
    assert_eq!(created, go.into_iter().collect::<BTreeSet<_>>(), "{export}: {check:?}");
    Some(Moved { world, export: export.to_owned(), check })
}

fn name(user: &User) -> (&str, &str) {
    user.name.as_ref().map_or(("", ""), |name| (name.first_name.as_str(), name.last_name.as_str()))
}

#[tokio::test]
async fn django() {
    for export in ["django", "django_dumpdata"] {
        let Some(moved) = move_export("django", export).await else { return };
        let user = moved.user("argon2").await;
        assert_eq!((user.external_id.as_deref(), name(&user)), (Some("2"), ("Ada", "Lovelace")));
        moved.says("the API has no hash type for PBKDF2 over SHA-1");
        moved.says("no hash type for bcrypt over SHA-256");
        moved.says("this user has no usable password");
        moved.says("this account is disabled (`is_active`)");
        moved.loses(if export == "django" { "last_login" } else { "fields.last_login" });
    }
}

#[tokio::test]
async fn a_disabled_account_can_be_migrated_on_request() {
    let Some(python) = python() else { return };
    let world = World::new().await;
    world.write("export", make(&python, "django"));
    let ended = world.migrate("export", &["--from", "django", "--ignore", "is_active"]).await;
    assert_eq!(ended.code, Some(1), "{ended:?}");
    world.log_in("no-inactive@example.com", PASSWORD).await.unwrap();
}

#[tokio::test]
async fn wordpress() {
    let Some(moved) = move_export("wordpress", "wordpress").await else { return };
    let user = moved.user("phpass").await;
    assert_eq!((user.external_id.as_deref(), name(&user)), (Some("1"), ("Ada", "Lovelace")));
    moved.says("`hash` has the format of WordPress 6.8");
    moved.loses("user_login");
}

#[tokio::test]
async fn devise() {
    let Some(moved) = move_export("devise", "devise").await else { return };
    let user = moved.user("confirmed").await;
    assert!(user.emails[0].verified && user.external_id.as_deref() == Some("1"), "{user:?}");
    assert!(!moved.user("unconfirmed").await.emails[0].verified);
    moved.says("this user has no password");
    moved.loses("sign_in_count");
}

#[tokio::test]
async fn laravel() {
    let Some(moved) = move_export("laravel", "laravel").await else { return };
    let user = moved.user("bcrypt").await;
    assert!(user.emails[0].verified && name(&user) == ("Ada Augusta", "Lovelace"), "{user:?}");
    assert!(!moved.user("argon2i").await.emails[0].verified, "NULL is no date");
    moved.loses("created_at");
}

#[tokio::test]
async fn supabase() {
    let Some(moved) = move_export("supabase", "supabase").await else { return };
    let user = moved.user("bcrypt").await;
    assert!(user.emails[0].verified && user.phone_numbers[0].verified, "{user:?}");
    assert_eq!(user.phone_numbers[0].phone_number, "+12025550162");
    assert_eq!(Value::from(user.trusted_metadata), json!({ "provider": "email", "providers": ["email"] }));
    assert_eq!(Value::from(user.untrusted_metadata), json!({ "full_name": "Ada" }));
    moved.says("Firebase's scrypt");
    moved.says("this account is disabled (`banned_until`)");
    moved.loses("created_at");
}

#[tokio::test]
async fn auth0() {
    let Some(moved) = move_export("auth0", "auth0").await else { return };
    let user = moved.user("verified").await;
    assert_eq!(user.external_id.as_deref(), Some("auth0|60425dc43519d90068f82973"));
    assert!(user.emails[0].verified && !moved.user("unverified").await.emails[0].verified);
    moved.loses("password_set_date");
    let Some(moved) = move_export("auth0", "auth0_import").await else { return };
    let user = moved.user("sha512").await;
    assert_eq!(Value::from(user.trusted_metadata), json!({ "plan": "gold" }));
    assert_eq!(Value::from(user.untrusted_metadata), json!({ "theme": "dark" }));
    assert_eq!(moved.user("bcrypt").await.external_id.as_deref(), Some("auth0|7"));
    moved.says("no hash type for sha256");
    moved.says("no hash type for passwords in utf16le");
    moved.says("this account is disabled (`blocked`)");
}

#[tokio::test]
async fn keycloak() {
    let Some(moved) = move_export("keycloak", "keycloak").await else { return };
    let user = moved.user("sha256").await;
    assert_eq!((user.external_id.as_deref(), name(&user)), (Some("id-1"), ("Ada", "Lovelace")));
    assert_eq!(user.phone_numbers[0].phone_number, "+12025550001");
    assert_eq!(Value::from(user.untrusted_metadata), json!({ "teams": ["a", "b"], "locale": "en" }));
    moved.says("no hash type for pbkdf2:");
    moved.says("this user has no password");
    moved.says("this account is disabled (`enabled`)");
    moved.loses("realmRoles");
}

#[tokio::test]
async fn okta() {
    let Some(moved) = move_export("okta", "okta").await else { return };
    assert_eq!(name(&moved.user("pbkdf2").await), ("Ada", "Lovelace"));
    moved.says("no hash type for SHA-256");
    moved.says("Okta does not export password hashes");
    moved.says("this account is disabled (`status`)");
    moved.loses("profile.department");
}

#[tokio::test]
async fn clerk() {
    let Some(moved) = move_export("clerk", "clerk").await else { return };
    let user = moved.user("werkzeug").await;
    assert_eq!((user.external_id.as_deref(), name(&user)), (Some("user_4"), ("Ada", "Lovelace")));
    assert!(user.emails[0].verified && !user.phone_numbers[0].verified, "{user:?}");
    moved.says("this user has no password");
}

#[tokio::test]
async fn workos() {
    let Some(moved) = move_export("workos", "workos").await else { return };
    assert_eq!(moved.user("bcrypt").await.external_id.as_deref(), Some("user_1"));
    let user = moved.user("pbkdf2").await;
    assert_eq!(user.external_id.as_deref(), Some("x3"));
    assert_eq!(Value::from(user.trusted_metadata), json!({ "plan": "gold" }));
}

/// Systems whose passwords cannot be migrated report that first, in one sentence.
#[tokio::test]
async fn systems_without_hashes_are_reported_first() {
    let world = World::new().await;
    let firebase = r#"{"users":[{"localId":"1","email":"ada@example.com","passwordHash":"eA==","salt":"eA==","emailVerified":true}]}"#;
    let cognito = r#"{"Users":[{"Username":"1","Attributes":[{"Name":"email","Value":"ada@example.com"}],"UserStatus":"CONFIRMED","Enabled":true}]}"#;
    for (system, title, export) in
        [("firebase", "Firebase", firebase), ("cognito", "Amazon Cognito", cognito)]
    {
        world.write("export.json", export);
        for arguments in [&["--from", system][..], &["--from", system, "--check"], &[], &["--check"]] {
            let ended = world.migrate("export.json", arguments).await;
            assert_eq!(ended.code, Some(2), "{ended:?}");
            assert!(
                ended.stderr.contains(title) && ended.stderr.contains("reset their passwords"),
                "{ended:?}"
            );
        }
    }
    let ended = world.migrate("export.json", &["--from", "friendster"]).await;
    assert!(ended.code == Some(2) && ended.stderr.contains("the systems are firebase, cognito"), "{ended:?}");
    assert!(world.gate.traffic().asked.is_empty());
}

/// In a file without a header, the data of a user replaces the names.
#[tokio::test]
async fn a_missing_header_is_not_quoted() {
    let world = World::new().await;
    let hash = "$2y$10$PxCzaykgdzlLIohSQTUDw.sQIH9RmdvAePtVLd175B9TDdN33RddS";
    world.write("export", format!("1,ada,{hash},ada@example.com\n2,grace,{hash},grace@example.com\n"));
    for system in ["django", "wordpress", "laravel", "supabase"] {
        for arguments in [&["--from", system, "--check"][..], &["--from", system]] {
            let ended = world.migrate("export", arguments).await;
            assert_eq!(ended.code, Some(2), "{ended:?}");
            assert!(ended.stderr.contains("does not name the columns"), "{ended:?}");
            assert!(!ended.stderr.contains("$2y$10") && !ended.stderr.contains("ada"), "{ended:?}");
        }
    }
}

/// A field that would be lost can be mapped to a parameter, and `--set` adds a value for every user.
#[tokio::test]
async fn lost_fields_can_be_mapped() {
    let Some(python) = python() else { return };
    let world = World::new().await;
    world.write("export", make(&python, "keycloak"));
    let arguments =
        ["--from", "keycloak", "--map", "realmRoles=roles", "--set", "trusted_metadata={\"from\":\"kc\"}"];
    let ended = world.migrate("export", &arguments).await;
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let user = world.log_in("sha256@example.com", PASSWORD).await.unwrap();
    assert!(user.roles.contains(&"editor".to_owned()), "{user:?}");
    assert_eq!(Value::from(user.trusted_metadata), json!({ "from": "kc" }));
    assert!(!ended.stderr.contains("realmRoles"), "{ended:?}");
}
