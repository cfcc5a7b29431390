//! The arguments of the program, and its environment.

use std::{
    io::{BufRead, BufReader},
    process::Stdio,
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::support::{PASSWORD, Program, command, directory, ended};

#[tokio::test]
async fn seeds_and_settings_have_an_effect() {
    let directory = directory("settings");
    let seed = directory.join("users.json");
    std::fs::write(&seed, r#"{ "users": [{ "email": "ada@example.com", "password": "a" }] }"#)
        .expect("a file");
    let program = Program::start(&["--seed", seed.to_str().expect("a path"), "--strict", "--policy", "luds"]);
    let login = json!({ "email": "ada@example.com", "password": "a" });
    assert_eq!(program.post("/v1/passwords/authenticate", &login).await.0, 200);
    let (status, response) =
        program.post("/v1/passwords/strength_check", &json!({ "password": "Password1" })).await;
    assert_eq!(
        (status, &response["strength_policy"], &response["valid_password"]),
        (200, &json!("luds"), &json!(true))
    );
    assert_eq!(
        program.post("/v1/passwords/strength_check", &json!({ "password": "a", "x": 1 })).await.0,
        400
    );
}

#[test]
fn the_help_explains_everything() {
    let help = String::from_utf8(ended(&["--help"]).stdout).expect("text");
    for word in [
        "--port",
        "7898",
        "--clock-start",
        "--seed",
        "--state-file",
        "--strict",
        "Ctrl-C",
        "curl",
        "/_emulator/",
    ] {
        assert!(help.contains(word), "{word} is not in\n{help}");
    }
    assert!(
        String::from_utf8(ended(&["--version"]).stdout).expect("text").contains(env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn it_reports_why_it_cannot_start() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("its address").port().to_string();
    for (arguments, reason) in [
        (vec!["--port", port.as_str()], "choose another port"),
        (vec!["--port", "0", "--seed", "/no/such/file"], "cannot read /no/such/file"),
        (vec!["--port", "0", "--project-id", "a:b"], "the setting `project_id` cannot be used"),
        (vec!["--port", "0", "--secret", "a\nb"], "the setting `secret` cannot be used"),
        (vec!["--port", "0", "--policy", "luds", "--luds-length", "3"], "the minimum length is 3"),
        (vec!["--port", "0", "--luds-length", "12"], "`--luds-length` has no effect without `--policy luds`"),
        (
            vec!["--port", "0", "--policy", "zxcvbn", "--luds-complexity", "2"],
            "`--luds-complexity` has no effect without `--policy luds`",
        ),
        (
            vec!["--port", "0", "--host", "no.such.host.invalid"],
            "cannot find an address of `no.such.host.invalid`",
        ),
        (vec!["--port", "0", "--host", "192.0.2.1"], "choose an address of this machine"),
        (vec!["--port", "0", "--secret", "secret-live-1"], "`--secret` is a live secret"),
    ] {
        let output = ended(&arguments);
        let error = String::from_utf8(output.stderr).expect("text");
        assert_eq!(output.status.code(), Some(1), "{error}");
        assert!(error.starts_with("stytch-emulator: ") && error.contains(reason), "{error}");
        assert_eq!(error.trim().lines().count(), 1, "{error}");
    }
}

/// On Linux, every address of 127.0.0.0/8 is an address of this machine.
#[cfg(target_os = "linux")]
#[test]
fn it_listens_on_loopback_only_by_default() {
    let port = |program: &Program| -> u16 {
        let (_, port) = program.base_url.rsplit_once(':').expect("a port");
        port.parse().expect("a number")
    };
    let program = Program::start(&[]);
    std::net::TcpStream::connect(("127.0.0.1", port(&program))).expect("it listens");
    std::net::TcpStream::connect(("127.0.0.2", port(&program)))
        .expect_err("it listens on other addresses too");
}

#[test]
fn a_secret_that_was_given_is_not_printed() {
    let mut command = command();
    command.args(["--port", "0", "--host", "0.0.0.0", "--secret", "my-own-secret"]).stdout(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let lines = BufReader::new(child.stdout.take().expect("its output")).lines().take(4);
    let printed: Vec<String> = lines.map(|line| line.expect("a line")).collect();
    child.kill().expect("an end");
    child.wait().expect("an end");
    assert!(printed[0].starts_with("# Listening beyond loopback"), "{printed:?}");
    assert!(printed[1].starts_with("STYTCH_BASE_URL=http://127.0.0.1:"), "an address that a client can use");
    assert_eq!(printed[3], "# STYTCH_SECRET is the one that was given.");
    assert!(!printed.concat().contains("my-own-secret"));
}

#[tokio::test]
async fn host_can_be_a_name() {
    let program = Program::start(&["--host", "localhost"]);
    assert!(program.base_url.starts_with("http://127.0.0.1:"), "{}", program.base_url);
    assert_eq!(program.get("/_emulator/health").await["status"], "ok");
}

#[tokio::test]
async fn credentials_of_a_test_project_come_from_the_environment() {
    let mut command = command();
    command.args(["--port", "0"]).env("STYTCH_PROJECT_ID", "project-test-7").env("STYTCH_SECRET", "");
    let program = Program::launch(command);
    assert_eq!(program.credentials.0, "project-test-7");
    assert_eq!(program.get("/_emulator/health").await["project_id"], "project-test-7");
}

#[test]
fn credentials_of_a_live_project_are_not_accepted_from_the_environment() {
    for (name, value, option) in [
        ("STYTCH_PROJECT_ID", "project-live-Zq7", "--project-id"),
        ("STYTCH_SECRET", "secret-live-Zq7=", "--secret"),
    ] {
        let output = command().args(["--port", "0"]).env(name, value).output().expect("the program runs");
        let error = String::from_utf8(output.stderr).expect("text");
        assert_eq!(output.status.code(), Some(1), "{error}");
        assert!(error.contains(&format!("unset {name}")) && error.contains(option), "{error}");
        assert!(!error.contains("Zq7") && output.stdout.is_empty(), "{error}");
        // The emulator has its own value, so the one in the environment does not matter.
        let mut command = command();
        command.args(["--port", "0", option, "project-test-7"]).env(name, value).stdout(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        child.kill().expect("an end");
        child.wait().expect("an end");
        assert!(line.starts_with("STYTCH_BASE_URL="), "{line}");
    }
}

async fn issued_at(program: &Program) -> i64 {
    let create = json!({ "email": "ada@example.com", "password": PASSWORD, "session_duration_minutes": 60 });
    let (_, created) = program.post("/v1/passwords", &create).await;
    let jwt = created["session_jwt"].as_str().expect("a JWT");
    let claims = URL_SAFE_NO_PAD.decode(jwt.split('.').nth(1).expect("claims")).expect("base64url");
    serde_json::from_slice::<Value>(&claims).expect("JSON")["iat"].as_i64().expect("a number")
}

#[tokio::test]
async fn a_deterministic_program_issues_jwts_that_are_valid_now() {
    let before = OffsetDateTime::now_utc().unix_timestamp();
    let issued_at = issued_at(&Program::start(&["--deterministic", "1"])).await;
    assert!((before..=OffsetDateTime::now_utc().unix_timestamp()).contains(&issued_at), "{issued_at}");
}

#[tokio::test]
async fn the_clock_starts_at_the_given_time() {
    let program = Program::start(&["--deterministic", "1", "--clock-start", "2026-01-02T04:04:05+01:00"]);
    assert_eq!(issued_at(&program).await, 1_767_323_045);
    let output = ended(&["--clock-start", "yesterday"]);
    let error = String::from_utf8(output.stderr).expect("text");
    assert!(error.contains("not a time such as 2026-01-01T00:00:00Z"), "{error}");
}
