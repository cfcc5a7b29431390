//! The program as a child process, and an HTTP client.

use std::{
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, ChildStdout, Command, Output, Stdio},
    time::Duration,
};

use serde_json::{Value, json};

pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_stytch-emulator");
pub(crate) const PASSWORD: &str = "correct horse battery staple";

/// A running program, killed at the end.
pub(crate) struct Program {
    child: Child,
    output: BufReader<ChildStdout>,
    pub(crate) base_url: String,
    pub(crate) credentials: (String, String),
}

impl Program {
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let mut command = command();
        command.args(["--port", "0"]).args(arguments);
        Self::launch(command)
    }

    pub(crate) fn launch(mut command: Command) -> Self {
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
        let mut hint = String::new();
        output.read_line(&mut hint).expect("a line");
        assert_eq!(hint, format!("# Open {base_url} in a browser to see what is in it.\n"));
        Self { child, output, base_url, credentials }
    }

    /// Starts the program with a log for programs, in which its greeting is JSON too.
    pub(crate) fn start_with_json_log() -> Self {
        let mut command = command();
        command.args(["--port", "0", "--log", "json"]);
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the program starts");
        let mut output = BufReader::new(child.stdout.take().expect("its output"));
        let mut line = String::new();
        output.read_line(&mut line).expect("a line");
        let started: Value = serde_json::from_str(&line).expect("JSON");
        assert_eq!(started["event"], "started");
        let text = |name: &str| started[name].as_str().expect("a string").to_owned();
        let credentials = (text("project_id"), text("secret"));
        Self { child, output, base_url: text("base_url"), credentials }
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        let (project_id, secret) = &self.credentials;
        let request = http_client().post(format!("{}{path}", self.base_url));
        let response =
            request.basic_auth(project_id, Some(secret)).json(body).send().await.expect("a response");
        (response.status().as_u16(), response.json().await.expect("JSON"))
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        let response =
            http_client().get(format!("{}{path}", self.base_url)).send().await.expect("a response");
        response.json().await.expect("JSON")
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Closes the standard input of the program.
    pub(crate) fn close_stdin(&mut self) {
        drop(self.child.stdin.take());
    }

    pub(crate) fn signal(&self, name: &str) {
        let id = self.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &id]).status().expect("kill");
        assert!(sent.success());
    }

    /// Waits until the program has ended, and returns its exit code and its output after the credentials.
    pub(crate) fn rest(mut self) -> (Option<i32>, String) {
        let mut rest = String::new();
        self.output.read_to_string(&mut rest).expect("its output");
        (self.child.wait().expect("an end").code(), rest)
    }
}

/// The program, without the credentials that the environment of this test may have.
pub(crate) fn command() -> Command {
    let mut command = Command::new(PROGRAM);
    command.env_remove("STYTCH_PROJECT_ID").env_remove("STYTCH_SECRET");
    command
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs the program until it ends by itself.
pub(crate) fn ended(arguments: &[&str]) -> Output {
    command().args(arguments).output().expect("the program runs")
}

pub(crate) fn directory(name: &str) -> std::path::PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
    std::fs::create_dir_all(&path).expect("a directory");
    path
}

pub(crate) fn user(number: usize) -> Value {
    json!({ "email": format!("user{number}@example.com"), "password": PASSWORD })
}

/// In a build of the whole workspace, reqwest has TLS and requires a crypto provider even where none is used.
pub(crate) fn http_client() -> reqwest::Client {
    // A second installation fails without an effect.
    let _ = rustls::crypto::ring::default_provider().install_default();
    // A program that never responds fails the test, which does not hang.
    reqwest::Client::builder().timeout(Duration::from_secs(300)).build().expect("a client")
}
