//! Every mistake that the macros explain, each in a file `fail/*.rs`, with the output of rustc beside it.
//!
//! `TRYBUILD=overwrite cargo test -p stytch-client-ui-tests` renews the `.stderr` files; look at the difference.

use std::io::Write;
use std::process::Command;

/// What `rust-toolchain.toml` pins, whose words the `.stderr` files quote.
const TOOLCHAIN: &str = include_str!("../../rust-toolchain.toml");

#[test]
fn mistakes_are_explained() {
    let (wanted, found) = (pinned(), compiler());
    if wanted != found {
        // Past the capture of the test harness, so that it is seen without being asked for.
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

/// The version of the compiler that cargo uses, such as `1.95.0`.
fn compiler() -> String {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("--version").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.split_whitespace().nth(1).unwrap().to_owned()
}
