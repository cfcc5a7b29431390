//! Tests which endpoints `catalogue!` finds in the sources of a crate, and with which paths.

mod conditions;

use std::io;
use std::path::Path;

use proptest::prelude::*;

use crate::catalogue::expand_with;

/// The files of a crate: their paths in `src/`, and their text.
type Files<'f> = &'f [(&'f str, &'f str)];

const BOTH: &str = "pub const ENDPOINTS; macro_rules! each;";

/// Returns the expansion of the macro.
fn expanded(input: &str, files: Files<'_>) -> String {
    let read = |path: &Path| {
        let name = path.strip_prefix("/crate/src").map_err(|_| io::ErrorKind::NotFound)?;
        let file = files.iter().find(|(file, _)| Path::new(file) == name);
        match file {
            Some((_, "unreadable")) => Err(io::ErrorKind::PermissionDenied.into()),
            Some((_, text)) => Ok((*text).to_owned()),
            None => Err(io::Error::from(io::ErrorKind::NotFound)),
        }
    };
    let tokens = expand_with(input.parse().unwrap(), Some(Path::new("/crate")), &read);
    let parsed = syn::parse2::<syn::File>(tokens.clone());
    assert!(parsed.is_ok(), "{:?}\n{tokens}", parsed.err());
    tokens.to_string()
}

/// Returns the list in the constant: conditions and types, without white space.
fn listed(files: Files<'_>) -> Vec<String> {
    let expanded = expanded(BOTH, files);
    assert!(!expanded.contains("compile_error"), "{expanded}");
    entries(&expanded)
}

fn entries(expanded: &str) -> Vec<String> {
    let list = expanded
        .split_once("= & [")
        .map_or("", |(_, rest)| rest)
        .split_once("] ;")
        .map_or("", |(list, _)| list);
    let entries = list.split(" as :: declapi :: Endpoint > :: INFO ,");
    let entries = entries.map(|entry| entry.replace(' ', "").replacen("<crate", "crate", 1));
    entries.filter(|entry| !entry.is_empty()).collect()
}

const CREATE: &str = "#[endpoint(post = \"/a\", response = ())] pub struct Create { a: u8 }";
const GET: &str = "#[declapi::endpoint(get = \"/a\", response = ())] pub struct Get;";

#[test]
fn every_form_of_a_struct() {
    let text = r#"
        #![warn(missing_docs)]
        //! Docs.
        use declapi::endpoint;
        const MORE: [u8; 2] = { struct NotHere; [1, 2] };
        pub const fn f() -> u8 { 1 }
        /// Docs.
        #[endpoint(get = "/", response = ())]
        #[derive(Clone)]
        #[non_exhaustive]
        pub struct Named<'a, 'b> { pub a: &'a str, b: &'b str }
        #[derive(Clone)] #[::declapi::endpoint(get = "/", response = ())] pub struct Unit;
        #[api::endpoint(get = "/", response = ())]
        pub struct Defaults<'a, T = u8, const N: usize = { 1 + 1 }> where T: Into<u8>, for<'x> fn(&'x T) -> u8: Copy { t: &'a T }
        #[endpoint(get = "/", response = ())] pub struct r#type {}
        #[endpoint(get = "/", response = ())] pub(crate) struct Restricted {}
        #[endpoint(get = "/", response = ())] struct Private {}
        #[endpoint(get = "/", response = ())] pub struct Generic<T> { t: T }
        #[object] pub struct Object { #[endpoint(secret)] a: u8 }
        impl Named<'_, '_> { fn g() { #[endpoint(get = "/", response = ())] pub struct InAFunction; } }
        some_macro! { #[endpoint(get = "/", response = ())] pub struct InAMacro; }
        #[endpoint(get = "/", response = ())] pub struct Last;
    "#;
    let found = ["crate::Named<'_,'_>", "crate::Unit", "crate::Defaults<'_>", "crate::r#type", "crate::Last"];
    assert_eq!(listed(&[("lib.rs", text)]), found);
}

#[test]
fn modules_are_followed_as_rustc_follows_them() {
    let files: Files<'_> = &[
        (
            "lib.rs",
            "pub mod a; pub mod b { pub mod c; #[path = \"odd.rs\"] pub mod d; } #[path = \"x/y.rs\"] pub mod e; pub mod r#mod;",
        ),
        ("a/mod.rs", "pub mod inner;"),
        ("a/inner.rs", CREATE),
        ("b/c.rs", CREATE),
        ("b/odd.rs", CREATE),
        ("x/y.rs", "pub mod z; pub struct Other;"),
        ("x/z.rs", CREATE),
        ("mod.rs", CREATE),
    ];
    let found = [
        "crate::a::inner::Create",
        "crate::b::c::Create",
        "crate::b::d::Create",
        "crate::e::z::Create",
        "crate::r#mod::Create",
    ];
    assert_eq!(listed(files), found);
}

#[test]
fn a_path_leads_through_reexports() {
    let files: Files<'_> = &[
        (
            "lib.rs",
            "pub mod users; mod hidden; mod deep; pub use hidden::{Get as Fetch, more::*}; pub use crate::deep as shallow; pub use std::fmt;",
        ),
        ("users.rs", "mod create; mod get; pub use self::create::*; pub use get::{self, Get};"),
        ("users/create.rs", &format!("use super::*; {CREATE}")),
        ("users/get.rs", &format!("use super::*; {GET}")),
        ("hidden.rs", &format!("mod inner; pub mod more; use inner::*; {CREATE_IN_SUPER}")),
        ("hidden/inner.rs", GET),
        ("hidden/more.rs", &CREATE.replace("Create", "More")),
        ("deep.rs", &GET.replace("Get", "Deep")),
    ];
    let found =
        ["crate::users::Create", "crate::users::Get", "crate::Fetch", "crate::More", "crate::shallow::Deep"];
    assert_eq!(listed(files), found);
}

/// A name that is declared hides one that a `*` imports, and a name that two `*` import is ambiguous.
#[test]
fn endpoints_with_the_same_name_have_different_paths() {
    let files: Files<'_> = &[
        (
            "lib.rs",
            &format!(
                "pub mod users; pub mod sessions; pub use users::*; pub use sessions::*; {GET} pub mod own {{}}"
            ),
        ),
        ("users.rs", &format!("{CREATE} {GET} pub mod own {{ {GET} }}")),
        ("sessions.rs", CREATE),
    ];
    let found = [
        "crate::Get",
        "crate::users::Create",
        "crate::users::Get",
        "crate::users::own::Get",
        "crate::sessions::Create",
    ];
    assert_eq!(listed(files), found);
}

/// Items in it are not public.
const CREATE_IN_SUPER: &str = "#[endpoint(post = \"/a\", response = ())] pub(super) struct Create { a: u8 }";

/// So that a crate with `#![deny(missing_docs)]` compiles.
#[test]
fn items_without_docs_get_some() {
    let files: Files<'_> = &[("lib.rs", CREATE)];
    assert_eq!(expanded(BOTH, files).matches("# [doc = \"").count(), 2);
    let documented = "/// Mine.\npub const ENDPOINTS; #[doc(hidden)] macro_rules! each;";
    let documented = expanded(documented, files);
    assert_eq!(
        (documented.matches("# [doc").count(), documented.contains("Mine")),
        (2, true),
        "{documented}"
    );
}

/// Returns the first `compile_error!` of an expansion.
fn error(input: &str, files: Files<'_>) -> String {
    let expanded = expanded(input, files);
    let message = expanded.split_once("compile_error ! {").or(expanded.split_once("compile_error ! ("));
    message.unwrap_or_else(|| panic!("no error in {expanded}")).1.to_owned()
}

#[test]
fn mistakes_say_what_to_do() {
    let lib: Files<'_> = &[("lib.rs", "")];
    for (input, files, message) in [
        (BOTH, &[] as Files<'_>, "root = \\\"src/main.rs\\\";"),
        (BOTH, &[("lib.rs", "unreadable")], "cannot read `src/lib.rs`"),
        (BOTH, &[("lib.rs", "mod a;"), ("a.rs", "unreadable")], "cannot read `src/a.rs`"),
        (BOTH, &[("lib.rs", "struct A {")], "cannot read `src/lib.rs`"),
        (BOTH, &[("lib.rs", "#[cfg_attr(unix, path = \"u.rs\")] mod a;")], "#[path]"),
        (
            BOTH,
            &[("lib.rs", "pub mod m { mod a { #[endpoint(x)] pub struct A; } }")],
            "`crate::m::a::A` is `pub`",
        ),
        ("", lib, "pub const NAME;"),
        ("crate = api;", lib, "pub const NAME;"),
        ("pub const A: u8;", lib, "end with `;` after the name"),
        ("pub const A = 1;", lib, "end with `;` after the name"),
        ("const A; const B;", lib, "given twice"),
        ("pub macro_rules! a;", lib, "no visibility"),
        ("static A;", lib, "pub const NAME;"),
        ("root = 5; const A;", lib, "`root` takes a file"),
        ("const A const B;", lib, "end with `;` after the name"),
    ] {
        let error = error(input, files);
        assert!(error.contains(message), "{input} {files:?}: {error}");
    }
}

/// Without a macro for other crates, the endpoints only have to be reachable from the root of the crate.
#[test]
fn a_program_needs_no_public_paths() {
    let files: Files<'_> = &[
        (
            "main.rs",
            "mod users; use users::deep::*; mod api { pub(crate) mod items; pub(crate) use inner::Last; mod inner; }",
        ),
        ("api/items.rs", CREATE),
        ("api/inner.rs", &CREATE.replace("Create", "Last")),
        ("users.rs", &format!("{CREATE} pub(crate) mod deep;")),
        ("users/deep.rs", GET),
    ];
    let expanded = expanded("root = \"src/main.rs\"; const ALL;", files);
    assert!(!expanded.contains("compile_error"), "{expanded}");
    assert_eq!(
        entries(&expanded),
        ["crate::users::Create", "crate::Get", "crate::api::items::Create", "crate::api::Last"]
    );
}

#[test]
fn modules_that_include_themselves_end() {
    let files: Files<'_> = &[(
        "lib.rs",
        "#[path = \"lib.rs\"] pub mod again; pub use again::again::*; pub use self::again::*; pub use nowhere::*;",
    )];
    assert_eq!(listed(files), [""; 0]);
}

const WORDS: [&str; 40] = [
    "pub",
    "mod",
    "use",
    "struct",
    "a",
    "b",
    "r#type",
    "self",
    "super",
    "crate",
    "as",
    "*",
    "::",
    ",",
    ";",
    "{",
    "}",
    "(",
    ")",
    "<",
    ">",
    "->",
    "'a",
    "#[endpoint(get = \"/\")]",
    "#[cfg(a)]",
    "#[cfg(test)]",
    "#![cfg(b)]",
    "#[path = \"a.rs\"]",
    "#[path]",
    "#",
    "!",
    "const",
    "fn",
    "=",
    "_",
    "\"",
    "/*",
    "//",
    "1",
    "é",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 1000, ..ProptestConfig::default() })]

    /// The expansion can be parsed for any sources and any input.
    #[test]
    fn never_panics(
        words in prop::collection::vec(prop::sample::select(&WORDS[..]), 0..40),
        input in prop::collection::vec(
            prop::sample::select(&["pub", "const", "A", ";", "macro_rules", "!", "b", "root", "crate", "=", "\"src/lib.rs\"", ":", "()", "#[doc = \"\"]"][..]),
            0..12,
        ),
    ) {
        let text = words.join(" ");
        let files: Files<'_> = &[("lib.rs", &text), ("a.rs", &text), ("b/mod.rs", &text)];
        expanded(BOTH, files);
        expanded(&input.join(" "), files);
    }
}
