//! Programs from other projects that tests run, installed by a script of this package.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Runs an install script and returns the directory that it prints. If that fails, prints the reason to standard
/// error. `what` is the beginning of that message, with its verb: "the SDKs are".
///
/// If the machine lacks a tool that the script needs, the test is skipped. With `CI=true`, this panics instead.
pub fn installed(what: &str, script: &Path) -> Option<PathBuf> {
    match install(script) {
        Ok(path) => Some(path),
        Err(reason) => {
            assert!(std::env::var("CI").as_deref() != Ok("true"), "{what} not installed: {reason}");
            // Written directly, because the test harness captures the output of tests.
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
