//! Compares the documentation of the macros with their expansions and messages.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use stytch_client_tests::files::with_extension;

/// A code block after this comment, which has the name of a snapshot, is a part of that snapshot.
const MARK: &str = "<!-- macros/snapshots/";

/// The mark for omitted lines.
const OMISSION: &str = "// …";

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)).unwrap()
}

/// Normalizes code: without documentation, without attributes that are omitted in the docs, and independent of line
/// breaks.
fn squeezed(code: &str) -> String {
    // Documentation of several lines in one attribute.
    let code: String = code.split("/**").enumerate().map(after_a_comment).collect();
    let left_out = ["//", "#[doc", "#[allow", "#[must_use", "#[automatically_derived", "#[inline"];
    let lines =
        code.lines().map(str::trim).filter(|line| !left_out.iter().any(|start| line.starts_with(start)));
    let code = lines.flat_map(str::chars).filter(|character| !character.is_whitespace()).collect::<String>();
    [",>", ",)", ",}", ",]"].iter().fold(code, |code, end| code.replace(end, &end[1..]))
}

/// The text after the comment at the beginning of a part. Before the first comment there is none.
fn after_a_comment((number, piece): (usize, &str)) -> &str {
    if number == 0 { piece } else { piece.split_once("*/").map_or("", |(_, after)| after) }
}

/// Every snapshot that a page quotes, with the quotation.
fn quotations(page: &str) -> Vec<(&str, &str)> {
    let quotation = |part| {
        let (name, rest): (&str, &str) = str::split_once(part, ".rs -->\n```text\n").unwrap();
        (name, rest.split_once("\n```").unwrap().0)
    };
    page.split(MARK).skip(1).map(quotation).collect()
}

#[test]
fn quoted_expansions_are_correct() {
    for attribute in ["client", "endpoint", "object", "resource", "response"] {
        let page = read(&format!("core/src/docs/{attribute}.md"));
        let quotations = quotations(&page);
        assert!(!quotations.is_empty(), "{attribute}");
        for (snapshot, quotation) in quotations {
            let whole = squeezed(&read(&format!("macros/snapshots/{snapshot}.rs")));
            let mut rest = &*whole;
            for piece in quotation.split(OMISSION) {
                let piece = squeezed(piece);
                let at = rest.find(&piece);
                let at = at.unwrap_or_else(|| {
                    panic!("{attribute}.md quotes what {snapshot}.rs lacks, correct it by hand: {piece}")
                });
                rest = &rest[at + piece.len()..];
            }
        }
    }
}

/// Returns the keys in each vocabulary of a file of the macros.
fn keys(file: &str) -> Vec<Vec<String>> {
    let source = read(&format!("macros/src/parse/{file}.rs"));
    let list = |part: &str| {
        let (list, _) = part.split_once(']').unwrap();
        list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
    };
    source.split("    keys: &[").skip(1).map(list).collect()
}

fn has_word(text: &str, word: &str) -> bool {
    text.split(|sign: char| !sign.is_alphanumeric() && sign != '_').any(|found| found == word)
}

/// The pages of one folder, by name.
fn pages(folder: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/src/docs").join(folder);
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut pages: Vec<String> =
        files.map(|path| path.file_stem().unwrap().to_str().unwrap().into()).collect();
    pages.sort();
    pages
}

#[test]
fn every_page_is_a_module() {
    let modules = read("core/src/reference.rs");
    for folder in ["client", "endpoint", "field", "response"] {
        let (_, listed) = modules.split_once(&format!("pages!(\"{folder}\":")).unwrap();
        let (listed, _) = listed.split_once(')').unwrap();
        assert_eq!(
            listed.split_whitespace().collect::<Vec<_>>(),
            pages(folder),
            "core/src/reference.rs and the files in core/src/docs/{folder}/: list each file in `pages!`"
        );
    }
}

#[test]
fn every_key_has_a_row_that_leads_to_its_page() {
    let mut fields = keys("field").into_iter();
    let mut of_fields = || fields.next().unwrap();
    let mut documented = vec![
        ("endpoint", keys("vocabulary").remove(0)),
        ("client", keys("client").remove(0)),
        ("resource", keys("resource").remove(0)),
    ];
    documented.extend(["endpoint", "object", "response"].map(|attribute| (attribute, of_fields())));
    assert!(fields.next().is_none(), "a vocabulary of fields without a page");
    for (attribute, keys) in documented {
        let page = read(&format!("core/src/docs/{attribute}.md"));
        let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| [`")).collect();
        for key in keys {
            let row = rows.iter().find(|row| row.split('|').nth(1).is_some_and(|cell| has_word(cell, &key)));
            let row = row.unwrap_or_else(|| {
                panic!("core/src/docs/{attribute}.md has no row for `{key}`: add one with a link to its page")
            });
            let (_, link) = row
                .split_once("](reference::")
                .unwrap_or_else(|| panic!("the row of `{key}` in {attribute}.md has no link"));
            let path = link.split_once(')').unwrap().0.replace("::", "/");
            assert!(!read(&format!("core/src/docs/{path}.md")).is_empty());
        }
    }
}

/// Returns the lines that begin an error, without the names in it.
fn errors(text: &str) -> impl Iterator<Item = String> {
    let lines = text.lines().filter(|line| line.starts_with("error"));
    lines.map(|line| line.split('`').step_by(2).collect::<Vec<_>>().join("`…`"))
}

/// The quotations below `<!-- messages of: … -->` are compared by the tests of the macros, and the others here.
#[test]
fn quoted_messages_are_those_of_the_compile_fail_tests() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let reported = with_extension(&root.join("ui/fail"), "stderr");
    let reported: HashSet<String> = reported.iter().flat_map(|(_, text)| errors(text)).collect();
    let pages = ["../core", "../client"].iter().flat_map(|package| with_extension(&root.join(package), "md"));
    let mut quoted = 0;
    for (path, page) in pages {
        let by_hand = page
            .split("<!-- messages of: ")
            .enumerate()
            .map(|(number, part)| if number == 0 { part } else { part.split_once("\n```\n").unwrap().1 });
        for error in by_hand.flat_map(errors) {
            assert!(reported.contains(&error), "{path:?} quotes a message that no test has: {error}");
            quoted += 1;
        }
    }
    assert!(quoted > 5, "the quotations are not found");
}
