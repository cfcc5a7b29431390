//! The emulator as a program: what it prints, how it stops, and what is left when it is killed.

#![cfg(unix)]
#![expect(clippy::expect_used, reason = "what is not as expected fails the test that asked")]

use std::{
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, ChildStdout, Command, Output, Stdio},
};

use serde_json::{Value, json};

const PROGRAM: &str = env!("CARGO_BIN_EXE_stytch-emulator");
const PASSWORD: &str = "correct horse battery staple";

/// A running program, killed at the end.
struct Program {
    child: Child,
    output: BufReader<ChildStdout>,
    base_url: String,
    credentials: (String, String),
}

impl Program {
    fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(PROGRAM);
        command.args(["--port", "0"]).args(arguments);
        Self::run(command)
    }

    fn run(mut command: Command) -> Self {
        command.env_remove("STYTCH_PROJECT_ID").env_remove("STYTCH_SECRET");
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the program starts");
        let mut output = BufReader::new(child.stdout.take().expect("its output"));
        let mut setting = |name: &str| {
            let mut line = String::new();
            output.read_line(&mut line).expect("a line");
            let value = line.trim().strip_prefix(name).and_then(|rest| rest.strip_prefix('='));
            value.unwrap_or_else(|| panic!("{name} in {line:?}")).to_owned()
        };
        let base_url = setting("STYTCH_BASE_URL");
        let credentials = (setting("STYTCH_PROJECT_ID"), setting("STYTCH_SECRET"));
        Self { child, output, base_url, credentials }
    }

    async fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        let (project_id, secret) = &self.credentials;
        let request = http_client().post(format!("{}{path}", self.base_url));
        let answer = request.basic_auth(project_id, Some(secret)).json(body).send().await.expect("an answer");
        (answer.status().as_u16(), answer.json().await.expect("JSON"))
    }

    fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &id]).status().expect("kill");
        assert!(sent.success());
    }

    /// What it printed after its credentials, when it has ended by itself.
    fn rest(mut self) -> (Option<i32>, String) {
        let mut rest = String::new();
        self.output.read_to_string(&mut rest).expect("its output");
        (self.child.wait().expect("its end").code(), rest)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn ended(arguments: &[&str]) -> Output {
    Command::new(PROGRAM).args(arguments).output().expect("the program runs")
}

fn directory(name: &str) -> std::path::PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
    std::fs::create_dir_all(&path).expect("a directory");
    path
}

fn user(number: usize) -> Value {
    json!({ "email": format!("user{number}@example.com"), "password": PASSWORD })
}

#[tokio::test]
async fn it_prints_a_line_a_request_and_stops_when_told() {
    for signal in ["INT", "TERM"] {
        let program = Program::start(&[]);
        assert_eq!(program.post("/v1/passwords", &user(1)).await.0, 200);
        assert_eq!(program.post("/v1/passwords", &user(1)).await.0, 400);
        program.signal(signal);
        let (code, printed) = program.rest();
        assert_eq!((code, printed.as_str()), (Some(0), "POST /v1/passwords 200\nPOST /v1/passwords 400\n"));
    }
}

#[tokio::test]
async fn a_line_is_short_and_says_nothing_that_is_secret() {
    let program = Program::start(&[]);
    let secret = "Zq7-in-a-password";
    let login = json!({ "email": "ada@example.com", "password": secret, "session_token": secret });
    assert_eq!(program.post("/v1/passwords/authenticate", &login).await.0, 404);
    assert_eq!(program.post(&format!("/v1/sessions?session_token={secret}"), &login).await.0, 405);
    assert_eq!(program.post(&format!("/{}", "x".repeat(60_000)), &login).await.0, 404);
    program.signal("INT");
    let (_, printed) = program.rest();
    let lines: Vec<_> = printed.lines().collect();
    assert_eq!(lines[..2], ["POST /v1/passwords/authenticate 404", "POST /v1/sessions 405"]);
    assert!(
        lines.len() == 3 && lines[2].starts_with("POST /xxx") && lines[2].ends_with("x… 404"),
        "{}",
        lines.len()
    );
    assert!(printed.len() < 500 && !printed.contains(secret));
}

#[tokio::test]
async fn it_takes_seeds_and_settings() {
    let directory = directory("settings");
    let seed = directory.join("users.json");
    std::fs::write(&seed, r#"{ "users": [{ "email": "ada@example.com", "password": "a" }] }"#)
        .expect("a file");
    let program = Program::start(&["--seed", seed.to_str().expect("a path"), "--strict", "--policy", "luds"]);
    let login = json!({ "email": "ada@example.com", "password": "a" });
    assert_eq!(program.post("/v1/passwords/authenticate", &login).await.0, 200);
    let (status, answer) =
        program.post("/v1/passwords/strength_check", &json!({ "password": "Password1" })).await;
    assert_eq!(
        (status, &answer["strength_policy"], &answer["valid_password"]),
        (200, &json!("luds"), &json!(true))
    );
    assert_eq!(
        program.post("/v1/passwords/strength_check", &json!({ "password": "a", "x": 1 })).await.0,
        400
    );
}

#[test]
fn it_explains_itself() {
    let help = String::from_utf8(ended(&["--help"]).stdout).expect("text");
    for word in ["--port", "--seed", "--state-file", "--strict", "Ctrl-C", "curl", "/_emulator/"] {
        assert!(help.contains(word), "{word} is not in\n{help}");
    }
    assert!(
        String::from_utf8(ended(&["--version"]).stdout).expect("text").contains(env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn it_says_why_it_cannot_start() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("its address").port().to_string();
    for (arguments, reason) in [
        (vec!["--port", port.as_str()], "choose another port"),
        (vec!["--port", "0", "--seed", "/no/such/file"], "cannot read /no/such/file"),
        (vec!["--port", "0", "--project-id", "a:b"], "the setting `project_id` cannot be used"),
        (vec!["--port", "0", "--secret", "a\nb"], "the setting `secret` cannot be used"),
        (vec!["--port", "0", "--policy", "luds", "--luds-length", "3"], "the minimum length is 3"),
    ] {
        let output = ended(&arguments);
        let complaint = String::from_utf8(output.stderr).expect("text");
        assert_eq!(output.status.code(), Some(1), "{complaint}");
        assert!(complaint.starts_with("stytch-emulator: ") && complaint.contains(reason), "{complaint}");
        assert_eq!(complaint.trim().lines().count(), 1, "{complaint}");
    }
}

/// Every address of 127.0.0.0/8 is this machine's, on Linux: who listens on all of them listens beyond loopback too.
#[cfg(target_os = "linux")]
#[test]
fn it_listens_on_loopback_only_unless_told() {
    let port = |program: &Program| -> u16 {
        let (_, port) = program.base_url.rsplit_once(':').expect("a port");
        port.parse().expect("a number")
    };
    let program = Program::start(&[]);
    std::net::TcpStream::connect(("127.0.0.1", port(&program))).expect("it listens");
    std::net::TcpStream::connect(("127.0.0.2", port(&program))).expect_err("it listens elsewhere too");
}

#[test]
fn a_secret_of_ones_own_is_not_printed() {
    let mut command = Command::new(PROGRAM);
    command.args(["--port", "0", "--host", "0.0.0.0", "--secret", "my-own-secret"]).stdout(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let lines = BufReader::new(child.stdout.take().expect("its output")).lines().take(4);
    let printed: Vec<String> = lines.map(|line| line.expect("a line")).collect();
    child.kill().expect("its end");
    child.wait().expect("its end");
    assert!(printed[0].starts_with("# Listening beyond this machine"), "{printed:?}");
    assert!(printed[1].starts_with("STYTCH_BASE_URL=http://127.0.0.1:"), "an address that a client can use");
    assert_eq!(printed[3], "# STYTCH_SECRET is the one that was given.");
    assert!(!printed.concat().contains("my-own-secret"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_answered_survives_a_kill() {
    let directory = directory("killed");
    let file = directory.join("state");
    let arguments = ["--state-file", file.to_str().expect("a path")];
    let mut answered = Vec::new();
    for round in 0..3 {
        let program = std::sync::Arc::new(Program::start(&arguments));
        for email in &answered {
            let login = json!({ "email": email, "password": PASSWORD });
            assert_eq!(program.post("/v1/passwords/authenticate", &login).await.0, 200, "{email} is lost");
        }
        let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
        for worker in 0..4 {
            let (program, sender) = (std::sync::Arc::clone(&program), sender.clone());
            tokio::spawn(async move {
                let (project_id, secret) = program.credentials.clone();
                for number in 0.. {
                    let email = format!("user-{round}-{worker}-{number}@example.com");
                    let request = http_client().post(format!("{}/v1/passwords", program.base_url));
                    let body = json!({ "email": email, "password": PASSWORD });
                    let answer = request.basic_auth(&project_id, Some(&secret)).json(&body).send().await;
                    // An answer counts when all of it has arrived.
                    let Ok(answer) = answer else { break };
                    let status = answer.status();
                    if answer.bytes().await.is_err() || status != 200 || sender.send(email).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        for _ in 0..10 + 7 * round {
            answered.push(receiver.recv().await.expect("an answer"));
        }
        program.signal("KILL");
        // Those that were answered until the kill, with nobody reading.
        while let Some(email) = receiver.recv().await {
            answered.push(email);
        }
    }
    let program = Program::start(&arguments);
    for email in &answered {
        let login = json!({ "email": email, "password": PASSWORD });
        assert_eq!(program.post("/v1/passwords/authenticate", &login).await.0, 200, "{email} is lost");
    }
}

#[tokio::test]
async fn a_full_disk_is_told_and_loses_nothing() {
    let directory = directory("full");
    let file = directory.join("state");
    // A limit on the size of files stands in for the disk: 16 blocks of 512 bytes.
    let mut command = Command::new("sh");
    let script = r#"trap '' XFSZ; ulimit -f 16; exec "$0" --port 0 --state-file "$1""#;
    command.args(["-c", script, PROGRAM, file.to_str().expect("a path")]);
    let program = Program::run(command);
    let mut answered = 0;
    let refusal = loop {
        let (status, answer) = program.post("/v1/passwords", &user(answered)).await;
        if status != 200 {
            break answer;
        }
        answered += 1;
        assert!(answered < 1000, "the limit does not work");
    };
    assert_eq!(refusal["error_type"], "internal_server_error");
    let message = refusal["error_message"].as_str().expect("a message");
    assert!(message.starts_with("The state file could not be written ("), "{message}");
    assert!(message.ends_with("), so nothing has changed."), "{message}");
    let lost = json!({ "email": format!("user{answered}@example.com"), "password": PASSWORD });
    assert_eq!(program.post("/v1/passwords/authenticate", &lost).await.0, 404);
    drop(program);

    let program = Program::start(&["--state-file", file.to_str().expect("a path")]);
    assert!(answered > 0);
    for number in 0..answered {
        assert_eq!(
            program.post("/v1/passwords/authenticate", &user(number)).await.0,
            200,
            "user {number} is lost"
        );
    }
    assert_eq!(program.post("/v1/passwords/authenticate", &lost).await.0, 404);
    assert_eq!(program.post("/v1/passwords", &lost).await.0, 200);
}

/// In a build of the whole workspace, reqwest has TLS in it and asks for cryptography even where none is used.
fn http_client() -> reqwest::Client {
    // A second installation fails, and changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::new()
}

/// The memory of a process that is in RAM, in KiB.
#[cfg(target_os = "linux")]
fn resident(program: &Program) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", program.child.id())).expect("its status");
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("its memory");
    line.split_whitespace().nth(1).expect("a number").parse().expect("a number")
}

/// Nobody reads what the program prints here, either: that must not hold it up.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn memory_stays_flat() {
    let program = Program::start(&[]);
    let (project_id, secret) = program.credentials.clone();
    let client = http_client();
    let url = format!("{}/v1/passwords/authenticate", program.base_url);
    let send = async |number: usize| {
        let body = match number % 3 {
            0 => json!({ "email": "nobody@example.com", "password": "x".repeat(20_000) }).to_string(),
            1 => "{".repeat(20_000),
            _ => json!({ "email": format!("{number}@example.com") }).to_string(),
        };
        let request = client.post(&url).basic_auth(&project_id, Some(&secret));
        request.header("content-type", "application/json").body(body).send().await.expect("an answer");
    };
    // The record of requests fills up first: a thousand of them, and then the oldest give way.
    for number in 0..1100 {
        send(number).await;
    }
    let before = resident(&program);
    for number in 0..2000 {
        send(number).await;
    }
    let after = resident(&program);
    // Two thirds of them weigh 20 kB. What the allocator keeps differs from run to run; a leak would keep it all.
    let traffic = 2000 * 2 / 3 * 20_000 / 1024;
    assert!(
        after < before + traffic / 2,
        "it grew from {before} KiB to {after} KiB, and {traffic} KiB were sent"
    );
}
