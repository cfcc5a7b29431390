//! Whole expansions, readable, in `snapshots/`; `BLESS=1 cargo test -p declapi-macros` renews them.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use super::Declaration;
use super::declarations::{DECLARATIONS, SNAPSHOTS};

/// The feature `arguments` adds to them.
#[cfg(not(any(feature = "arguments", feature = "describe")))]
#[test]
fn expansions_are_as_they_were() {
    compare(&DECLARATIONS[..SNAPSHOTS], "snapshots");
}

/// With the feature `describe`, there is more in an endpoint, an object and a response.
#[cfg(all(feature = "describe", not(feature = "arguments")))]
#[test]
fn descriptions_are_as_they_were() {
    let differs = |declaration: &&Declaration| ["get", "object", "response"].contains(&declaration.name);
    compare(DECLARATIONS[..SNAPSHOTS].iter().filter(differs), "snapshots/describe");
}

#[cfg(not(feature = "arguments"))]
fn compare<'d>(declarations: impl IntoIterator<Item = &'d Declaration>, directory: &str) {
    let bless = std::env::var_os("BLESS").is_some();
    let directory = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(directory);
    let mut changed = Vec::new();
    for declaration in declarations {
        let path = directory.join(declaration.name).with_extension("rs");
        let snapshot = snapshot(declaration);
        if bless {
            fs::write(&path, snapshot).unwrap();
        } else if fs::read_to_string(&path).unwrap_or_default() != snapshot {
            changed.push(path);
        }
    }
    assert!(
        changed.is_empty(),
        "these expansions have changed: {changed:#?}; renew them with BLESS=1, and look at the difference"
    );
}

/// With it, an endpoint and an object can be read, and the rest of the expansion is the same.
#[cfg(feature = "arguments")]
#[test]
fn arguments_only_add_to_expansions() {
    for declaration in &DECLARATIONS[..SNAPSHOTS] {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("snapshots")
            .join(declaration.name)
            .with_extension("rs");
        let (without, with) = (fs::read_to_string(path).unwrap(), snapshot(declaration));
        let adds = |part: &str| with.contains(part);
        match declaration.name {
            "post" => {
                assert!(adds("impl<'__de: 'a, 'a> __p::FromArguments<'__de> for Create<'a> {"), "{with}");
                assert!(adds("nick: __from.nullable(\"nick\")?,"), "{with}");
            }
            "object" => assert!(
                adds("#[derive(::declapi::__private::serde::Deserialize)]") && adds("deny_unknown_fields"),
                "{with}"
            ),
            "get" | "mistakes" | "search" => assert!(adds("__p::FromArguments<'__de>"), "{with}"),
            _ if cfg!(feature = "describe") => {}
            _ => assert_eq!(with, without),
        }
    }
}

/// The declaration as a comment, and what it expands to.
fn snapshot(declaration: &Declaration) -> String {
    let (arguments, item) = declaration.tokens();
    let expanded = (declaration.expand)(arguments.clone(), item);
    let file: syn::File = syn::parse2(expanded).unwrap();
    let in_brackets =
        if arguments.is_empty() { String::new() } else { format!("({})", declaration.arguments) };
    let mut snapshot = format!("// #[{}{in_brackets}]\n", declaration.macro_name);
    let lines = || declaration.item.lines().filter(|line| !line.trim().is_empty());
    let indent = lines().map(|line| line.len() - line.trim_start().len()).min().unwrap_or_default();
    for line in lines() {
        writeln!(snapshot, "// {}", &line[indent..]).unwrap();
    }
    snapshot + "\n" + &prettyplease::unparse(&file)
}
