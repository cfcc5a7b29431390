//! Readable snapshots of whole expansions in `snapshots/`. `BLESS=1 cargo test -p declapi-macros` renews them.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use super::Declaration;
use super::declarations::{DECLARATIONS, SNAPSHOTS};

/// With the feature `arguments`, the expansions are longer, so this test runs without it.
#[cfg(not(any(feature = "arguments", feature = "describe")))]
#[test]
fn expansions_match_their_snapshots() {
    compare(&DECLARATIONS[..SNAPSHOTS], "snapshots");
}

/// With the feature `describe`, there is more code for an endpoint, an object and a response.
#[cfg(all(feature = "describe", not(feature = "arguments")))]
#[test]
fn descriptions_match_their_snapshots() {
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

/// With the feature, endpoints and objects can be read, and the rest of the expansion is the same.
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

/// Returns the declaration as a comment, and its expansion.
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
