//! Programs of others that tests run beside ours, installed by a script of this package.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Runs an install script and returns the directory that it prints; without one, says so on standard error.
///
/// A machine that lacks what the script needs is a reason to skip a test, but not in CI: where `CI=true`, this panics.
pub fn installed(what: &str, script: &Path) -> Option<PathBuf> {
    match install(script) {
        Ok(path) => Some(path),
        Err(reason) => {
            assert!(std::env::var("CI").as_deref() != Ok("true"), "{what} not installed: {reason}");
            // Past the test harness, which keeps what a test prints to itself.
            let _ = writeln!(std::io::stderr(), "skipped: {what} not installed: {reason}");
            None
        }
    }
}

fn install(script: &Path) -> Result<PathBuf, String> {
    let Output { status, stdout, stderr } = match Command::new("sh").arg(script).output() {
        Ok(output) => output,
        Err(error) => return Err(format!("there is no shell: {error}")),
    };
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).trim().to_owned();
    if status.success() { Ok(PathBuf::from(text(stdout))) } else { Err(text(stderr)) }
}
