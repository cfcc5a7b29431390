//! The program as a process.

use std::ffi::OsStr;
use std::process::{Command as Blocking, Stdio};

use tokio::io::AsyncWriteExt;
use tokio::process::{Child, Command};

/// The program, which cargo built for these tests.
const PROGRAM: &str = env!("CARGO_BIN_EXE_stytch-migrate");

/// The program with its arguments.
pub(crate) struct Tool {
    command: Command,
    input: Vec<u8>,
}

/// Its exit status and its output.
#[derive(Debug)]
pub(crate) struct Ended {
    /// `None` for a signal.
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Tool {
    /// The program without credentials in the environment.
    pub(crate) fn new() -> Self {
        let mut command = Command::new(PROGRAM);
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
        command.args(["-c", shell, "sh"]).arg(PROGRAM);
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

    /// Its standard input.
    pub(crate) fn stdin(mut self, input: impl Into<Vec<u8>>) -> Self {
        self.command.stdin(Stdio::piped());
        self.input = input.into();
        self
    }

    pub(crate) fn start(mut self) -> Child {
        let mut child = self.command.spawn().expect("the program");
        if let Some(mut stdin) = child.stdin.take() {
            // A program that has read enough closes the pipe.
            tokio::spawn(async move { stdin.write_all(&self.input).await });
        }
        child
    }

    /// Runs it until its end.
    pub(crate) async fn run(self) -> Ended {
        ended(self.start()).await
    }
}

/// Waits for a process.
pub(crate) async fn ended(child: Child) -> Ended {
    let output = child.wait_with_output().await.expect("its output");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    Ended { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// Sends a signal, by its name for `kill`.
#[cfg(unix)]
pub(crate) fn signal(child: &Child, name: &str) {
    let id = child.id().expect("a process that nobody waited for").to_string();
    let sent = Blocking::new("kill").args([&format!("-{name}"), &id]).status().expect("kill");
    assert!(sent.success());
}
