//! An emulator with a gate in front of it, and a directory for the files.

use std::fs;
use std::path::PathBuf;

use stytch_client::Client;
use stytch_client::passwords::User;
use stytch_emulator::Emulator;
use tempfile::TempDir;

use crate::gate::Gate;
use crate::people::PASSWORD;
use crate::tool::{Ended, Tool};

pub(crate) struct World {
    pub(crate) emulator: Emulator,
    pub(crate) gate: Gate,
    directory: TempDir,
}

impl World {
    pub(crate) async fn new() -> Self {
        // Strict, so that nulls and unknown parameters are rejected.
        let emulator = Emulator::builder().strict(true).start().await.unwrap();
        let gate = Gate::before(emulator.base_url()).await;
        Self { emulator, gate, directory: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, contents: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, contents).unwrap();
        path
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The program with the gate as its API, and without a rate limit.
    pub(crate) fn tool(&self) -> Tool {
        self.aimed(Tool::new()).args(&["--rate", "0"])
    }

    /// A program with the gate as its API.
    pub(crate) fn aimed(&self, tool: Tool) -> Tool {
        tool.env("STYTCH_PROJECT_ID", self.emulator.project_id())
            .env("STYTCH_SECRET", self.emulator.secret())
            .env("STYTCH_BASE_URL", self.gate.url())
    }

    /// Runs the program on a file of this name.
    pub(crate) async fn migrate(&self, name: &str, arguments: &[&str]) -> Ended {
        self.tool().arg(self.path(name)).args(arguments).run().await
    }

    /// Logs a user in.
    pub(crate) async fn log_in(&self, email: &str, password: &str) -> Result<User, stytch_client::Error> {
        let client = Client::builder(self.emulator.project_id(), self.emulator.secret())
            .base_url(self.emulator.base_url())
            .build()?;
        let login = client.passwords().authenticate().email(email).password(password).send().await?;
        Ok(login.user.expect("a user"))
    }

    /// Compares the users of the emulator with the expected ones: each was created once, and can log in with the
    /// password of its line.
    pub(crate) async fn has_exactly(&self, expected: &[(String, u64)]) {
        let mut created = self.gate.traffic().created;
        created.sort();
        let mut emails: Vec<String> = expected.iter().map(|(email, _)| email.clone()).collect();
        emails.sort();
        assert_eq!(created, emails, "made in the emulator, and good in the file");
        for (email, line) in expected {
            let user = self.log_in(email, PASSWORD).await.unwrap();
            assert_eq!(user.untrusted_metadata.unwrap()["line"], *line, "{email}");
        }
    }
}
