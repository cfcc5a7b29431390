//! The official SDKs: their directory, and their runs of the tour.

use std::path::PathBuf;
use std::process::Command;
use std::time::SystemTime;

use stytch_client_tests::installed;

use super::run::{Run, emulator, seconds};
use super::tour::{Tour, directory};

/// The directory that `install.sh` installed them in.
pub(crate) struct Sdks(PathBuf);

/// Returns the SDKs. Without them, prints a message to standard error. In CI, this is an error.
pub(crate) fn installed() -> Option<Sdks> {
    installed::installed("the official SDKs are", &directory().join("install.sh")).map(Sdks)
}

impl Sdks {
    pub(crate) async fn python(&self, tour: &Tour, now: SystemTime) -> Run {
        let mut python = Command::new(self.0.join("python/bin/python"));
        python.arg(directory().join("tour.py"));
        run("the Python SDK", python, tour, now).await
    }

    pub(crate) async fn node(&self, tour: &Tour, now: SystemTime) -> Run {
        let mut node = Command::new("node");
        node.arg(directory().join("tour.mjs")).env("STYTCH_CONFORMANCE_DIR", &self.0);
        run("the Node SDK", node, tour, now).await
    }

    /// Runs the official Rust crate. Its program is built again if its source has changed.
    pub(crate) async fn rust(&self, tour: &Tour, now: SystemTime) -> Run {
        let target = self.0.join("official");
        let manifest = directory().join("official/Cargo.toml");
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--quiet", "--locked", "--manifest-path"]).arg(manifest);
        let built = cargo.arg("--target-dir").arg(&target).env_remove("CARGO_TARGET_DIR").status();
        assert!(built.expect("cargo runs").success(), "the program of the official crate is not built");
        run("the Rust crate", Command::new(target.join("debug/official-crate-tour")), tour, now).await
    }
}

/// Runs a program that runs the tour and prints a line for every step.
async fn run(client: &'static str, mut program: Command, tour: &Tour, now: SystemTime) -> Run {
    // The emulator is not strict: a null counts as absent, so that parameters that an SDK adds show up in the
    // comparison of requests.
    let emulator = emulator(now).start().await.expect("the emulator starts");
    program
        .arg(directory().join(tour.file))
        .env("TOUR_TIME", seconds(now).to_string())
        .env("STYTCH_BASE_URL", emulator.base_url())
        .env("STYTCH_PROJECT_ID", emulator.project_id())
        .env("STYTCH_SECRET", emulator.secret());
    let output = tokio::task::spawn_blocking(move || program.output()).await.expect("no panic");
    let output = output.expect("the SDK runs");
    assert!(output.status.success(), "{client}: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("text");
    let lines = text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    Run::finished(client, lines, emulator, now).await
}
