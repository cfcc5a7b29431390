//! The example of the README.

use std::fs;
use std::process::Command;

const README: &str = include_str!("../README.md");

/// Returns the first block in the language.
fn block(language: &str) -> &'static str {
    let (_, after) = README.split_once(&format!("```{language}\n")).unwrap();
    after.split_once("```").unwrap().0
}

#[test]
fn the_readme_shows_the_output() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("openapi.yaml"), block("yaml")).unwrap();
    let mut arguments = block("sh").lines().next().unwrap().split_whitespace();
    assert_eq!(arguments.next(), Some("cargo"));
    let program = Command::new(env!("CARGO_BIN_EXE_cargo-declapi"))
        .current_dir(directory.path())
        .args(arguments)
        .output()
        .unwrap();
    assert!(program.status.success(), "{program:?}");
    let written = fs::read_to_string(directory.path().join("src/notes.rs")).unwrap();
    assert_eq!(block("rust"), written);
    let said = String::from_utf8(program.stderr).unwrap();
    assert_eq!(block("text"), said);
}
