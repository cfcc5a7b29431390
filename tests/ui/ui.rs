//! Tests the compile error for every mistake: a file `fail/*.rs` for each, and the expected output of rustc next to it.
//!
//! `TRYBUILD=overwrite cargo test -p stytch-client-ui-tests` renews the `.stderr` files. Review the difference.

use std::io::Write;
use std::process::Command;

/// The pinned compiler version, whose messages the `.stderr` files contain.
const TOOLCHAIN: &str = include_str!("../../rust-toolchain.toml");

#[test]
fn mistakes_are_explained() {
    let (wanted, found) = (pinned(), compiler());
    if wanted != found {
        // Written directly to stderr, so that it is visible although the test harness captures output.
        let skipped = format!("skipped: the .stderr files quote rustc {wanted}, and this is rustc {found}\n");
        std::io::stderr().write_all(skipped.as_bytes()).unwrap();
        return;
    }
    trybuild::TestCases::new().compile_fail("fail/*.rs");
}

fn pinned() -> String {
    let line = TOOLCHAIN.lines().find_map(|line| line.strip_prefix("channel = "));
    line.unwrap().trim_matches('"').to_owned()
}

/// Returns the version of the compiler that cargo uses, for example `1.95.0`.
fn compiler() -> String {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("--version").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.split_whitespace().nth(1).unwrap().to_owned()
}
