//! The program as a process.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command as Blocking, Stdio};
use std::sync::OnceLock;

use serde_json::Value;
use tokio::io::AsyncWriteExt;
use tokio::process::{Child, Command};

/// Where the program is. It is ready by the first test that needs it, so that none runs an old one.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        // The same selection of features as in a test of the whole workspace, which has then ready it already.
        let build = Blocking::new(env!("CARGO"))
            .args(["build", "--workspace", "--example", "migrate_users", "--message-format", "json"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("cargo, which runs this test");
        assert!(build.status.success(), "{}", String::from_utf8_lossy(&build.stderr));
        let messages = String::from_utf8(build.stdout).expect("JSON");
        let messages = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let mut ready = messages.filter(|message| message["target"]["name"] == "migrate_users");
        let executable = ready.find_map(|message| message["executable"].as_str().map(PathBuf::from));
        executable.expect("an executable")
    })
}

/// The program with its arguments.
pub(crate) struct Tool {
    command: Command,
    input: Vec<u8>,
}

/// How it ended, and what it said.
#[derive(Debug)]
pub(crate) struct Ended {
    /// `None` for a signal.
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Tool {
    /// The program without a place to send to.
    pub(crate) fn new() -> Self {
        let mut command = Command::new(program());
        for name in ["STYTCH_PROJECT_ID", "STYTCH_SECRET", "STYTCH_BASE_URL"] {
            command.env_remove(name);
        }
        command.kill_on_drop(true).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Self { command, input: Vec::new() }
    }

    /// The program behind a line of shell, which ends with `exec "$@"`.
    #[cfg(unix)]
    pub(crate) fn behind(shell: &str) -> Self {
        let mut tool = Self::new();
        let mut command = Command::new("sh");
        command.args(["-c", shell, "sh"]).arg(program());
        for (name, _) in tool.command.as_std().get_envs() {
            command.env_remove(name);
        }
        command.kill_on_drop(true).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        tool.command = command;
        tool
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.command.arg(argument);
        self
    }

    pub(crate) fn args(mut self, arguments: &[&str]) -> Self {
        self.command.args(arguments);
        self
    }

    /// What it reads from standard input.
    pub(crate) fn stdin(mut self, input: impl Into<Vec<u8>>) -> Self {
        self.command.stdin(Stdio::piped());
        self.input = input.into();
        self
    }

    pub(crate) fn start(mut self) -> Child {
        self.command.spawn().expect("the program")
    }

    /// Runs it to its end.
    pub(crate) async fn run(mut self) -> Ended {
        let mut child = self.command.spawn().expect("the program");
        if let Some(mut stdin) = child.stdin.take() {
            let input = std::mem::take(&mut self.input);
            // A program that has seen enough hangs up.
            tokio::spawn(async move { stdin.write_all(&input).await });
        }
        ended(child).await
    }
}

/// Waits for a process.
pub(crate) async fn ended(child: Child) -> Ended {
    let output = child.wait_with_output().await.expect("its output");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    Ended { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// Sends a signal, by the name that `kill` knows it by.
#[cfg(unix)]
pub(crate) fn signal(child: &Child, name: &str) {
    let id = child.id().expect("a process that nobody waited for").to_string();
    let sent = Blocking::new("kill").args([&format!("-{name}"), &id]).status().expect("kill");
    assert!(sent.success());
}
