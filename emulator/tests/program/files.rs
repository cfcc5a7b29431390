//! The files of the program's options, and how it ends with the program that started it.

use std::{fs, os::unix::fs::PermissionsExt, path::Path, process::Stdio};

use serde_json::{Value, json};

use crate::support::{Program, command, directory, ended};

fn text(path: &Path) -> &str {
    path.to_str().expect("a path")
}

#[tokio::test]
async fn a_configuration_file_sets_options_and_the_command_line_wins() {
    let directory = directory("config");
    let (config, seed) = (directory.join("emulator.json"), directory.join("users.json"));
    fs::write(&seed, r#"{ "users": [{ "email": "ada@example.com", "password": "a" }] }"#).expect("a file");
    let options = json!({
        "port": 1, "strict": true, "flat-feedback": false, "seed": "users.json", "project-id": "project-test-7",
        "clock-start": "2026-01-02T03:04:05Z", "policy": "luds", "luds-length": 8,
    });
    fs::write(&config, options.to_string()).expect("a file");
    let program = Program::start(&["--config", text(&config), "--project-id", "project-test-8"]);
    assert_eq!(program.credentials.0, "project-test-8");
    assert_eq!(program.get("/_emulator/clock").await["now"], "2026-01-02T03:04:05Z");
    let users = program.get("/_emulator/users").await;
    assert_eq!(users["users"][0]["emails"][0]["email"], "ada@example.com", "the path starts at the file");
    let check = json!({ "password": "Password1", "x": 1 });
    assert_eq!(program.post("/v1/passwords/strength_check", &check).await.0, 400, "it is strict");
}

#[test]
fn mistakes_in_a_configuration_file_are_reported_as_such() {
    let directory = directory("config-mistakes");
    let config = directory.join("emulator.json");
    for (written, reason) in [
        ("{", "it must be a JSON object; the error is at line 1, column 1"),
        ("[]", "it must be a JSON object; the error is at line 1, column 0"),
        (r#"{ "prot": 1 }"#, "`prot` is not an option that it can have; `--help` lists the options"),
        (r#"{ "config": "x" }"#, "`config` is not an option that it can have"),
        (r#"{ "strict": "yes" }"#, "`strict` must be true or false"),
        (r#"{ "port": true }"#, "`port` must be a string or a number"),
        (r#"{ "port": 70000 }"#, "invalid value '70000' for '--port <PORT>'"),
        (r#"{ "log": "loud" }"#, "invalid value 'loud' for '--log <LOG>'"),
    ] {
        fs::write(&config, written).expect("a file");
        let output = ended(&["--port", "0", "--config", text(&config)]);
        let error = String::from_utf8(output.stderr).expect("text");
        let location = format!("the file {} of `--config` cannot be used: {reason}", config.display());
        assert!(!output.status.success() && error.contains(&location), "{written}: {error}");
    }
    let error = ended(&["--config", "/no/such/file"]).stderr;
    let error = String::from_utf8(error).expect("text");
    assert!(error.contains("the file /no/such/file of `--config` cannot be used: No such file"), "{error}");
    fs::write(&config, r#"{ "port": 0, "secret": "secret-live-Zq7" }"#).expect("a file");
    let error = String::from_utf8(ended(&["--config", text(&config)]).stderr).expect("text");
    assert!(error.contains("live secret") && !error.contains("Zq7"), "{error}");
}

#[test]
fn the_environment_file_is_for_its_owner_and_follows_each_start() {
    let path = directory("env-file").join("stytch.env");
    for secret in ["it's mine", "another one"] {
        let mut command = command();
        command.args(["--port", "0", "--env-file", text(&path), "--secret", secret, "--until-stdin-ends"]);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
        let mut first = String::new();
        let mut output = std::io::BufReader::new(child.stdout.take().expect("its output"));
        std::io::BufRead::read_line(&mut output, &mut first).expect("a line");
        // A shell reads the file as readers of such files do.
        let print = ". \"$0\"; printf '%s\\n' \"$STYTCH_BASE_URL\" \"$STYTCH_PROJECT_ID\" \"$STYTCH_SECRET\"";
        let shell = std::process::Command::new("sh").args(["-c", print, text(&path)]).output();
        let printed = String::from_utf8(shell.expect("a shell").stdout).expect("text");
        let lines: Vec<&str> = printed.lines().collect();
        assert_eq!((format!("STYTCH_BASE_URL={}", lines[0]), lines[2]), (first.trim().to_owned(), secret));
        assert_eq!(fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o600);
        drop(child.stdin.take());
        assert!(child.wait().expect("an end").success());
    }
}

#[test]
fn a_file_of_another_program_is_not_replaced() {
    let path = directory("env-file-foreign").join(".env");
    fs::write(&path, "STYTCH_SECRET=mine\n").expect("a file");
    let output = ended(&["--port", "0", "--env-file", text(&path)]);
    let error = String::from_utf8(output.stderr).expect("text");
    assert!(output.status.code() == Some(1) && error.contains("the emulator did not write it"), "{error}");
    assert_eq!(fs::read_to_string(&path).expect("a file"), "STYTCH_SECRET=mine\n");
}

#[tokio::test]
async fn until_stdin_ends_stops_it_with_its_standard_input() {
    let mut command = command();
    command.args(["--port", "0", "--until-stdin-ends"]).stdin(Stdio::piped());
    let mut program = Program::launch(command);
    assert_eq!(program.get("/_emulator/health").await["status"], "ok");
    program.close_stdin();
    assert_eq!(program.rest().0, Some(0));

    let mut command = crate::support::command();
    command.args(["--port", "0"]).stdin(Stdio::null());
    let program = Program::launch(command);
    let health: Value = program.get("/_emulator/health").await;
    assert_eq!(health["status"], "ok", "by default, the end of the input has no effect");
}
