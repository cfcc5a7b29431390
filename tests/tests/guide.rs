//! The pages in `client/src/guide/`: the tables of operations are made from the catalogue, and the page about other
//! SDKs has a line for each operation of the consumer API. `BLESS=1` renews both.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

use stytch_client::{Endpoint, EndpointInfo};
use stytch_client_tests::facts::{self, Operation};

const BEGIN: &str = "<!-- made by `BLESS=1 cargo test -p stytch-client-tests --test guide` -->\n";
const END: &str = "<!-- end -->";

fn page(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../client/src/guide").join(name)
}

macro_rules! types {
    ($($endpoint:ty,)*) => {
        vec![$((stringify!($endpoint), <$endpoint as Endpoint>::INFO)),*]
    };
}

/// An endpoint: its type as it is written, its description, and its operation.
struct Row {
    ty: &'static str,
    info: &'static EndpointInfo,
    operation: Operation,
}

impl Row {
    /// All endpoints of an API.
    fn all(is_b2b: bool) -> Vec<Self> {
        let all = stytch_client::for_each_endpoint!(types).into_iter();
        let rows = all.map(|(ty, info)| Self { ty, info, operation: Operation::of(info) });
        rows.filter(|row| row.operation.name().starts_with("b2b.") == is_b2b).collect()
    }

    /// How the operation is called here: as in the facts, but for two.
    fn call(&self) -> String {
        let name = self.operation.name();
        let (resources, operation) = name.trim_start_matches("b2b.").rsplit_once('.').unwrap();
        let operation = match operation {
            "get_jwks" => "jwks",
            "override" => "r#override",
            other => other,
        };
        format!("client.{}().{operation}()", resources.replace('.', "()."))
    }

    fn link(&self) -> String {
        self.ty.split('<').next().unwrap().replace("$crate", "crate").replace(' ', "")
    }
}

fn table(rows: &[Row]) -> String {
    let mut text = String::from("\n| call | method and path | |\n|---|---|---|\n");
    for row in rows {
        let (method, path, docs) = (row.info.method.as_str(), row.info.path, row.info.docs);
        let _ = writeln!(text, "| [`{}`]({}) | `{method} {path}` | {docs} |", row.call(), row.link());
    }
    text + &calls(rows, "stytch_client::Client")
}

fn b2b_table(rows: &[Row]) -> String {
    let mut text = String::from("\n| call | in Python and Rust | method and path | |\n|---|---|---|---|\n");
    for row in rows {
        let (method, path, docs) = (row.info.method.as_str(), row.info.path, row.info.docs);
        let (name, acts) = (row.operation.name(), if row.operation.takes_a_session() { " ^" } else { "" });
        let (call, link, name) = (row.call(), row.link(), name.trim_start_matches("b2b."));
        let _ = writeln!(text, "| [`{call}`]({link}){acts} | `{name}` | `{method} {path}` | {docs} |");
    }
    text + &calls(rows, "stytch_client::b2b::Client")
}

/// Every call in the table must compile.
fn calls(rows: &[Row], client: &str) -> String {
    let mut text = format!("\n```no_run\n# fn all(client: &{client}) {{\n");
    for row in rows {
        let _ = writeln!(text, "# let _ = {};", row.call());
    }
    text + "# }\n```\n"
}

/// Compares the table in a page with that of the catalogue, or renews it.
fn check(page: &Path, table: &str) {
    let text = fs::read_to_string(page).unwrap();
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (written, after) = rest.split_once(END).unwrap();
    if env::var_os("BLESS").is_some() {
        fs::write(page, format!("{before}{BEGIN}{table}{END}{after}")).unwrap();
    } else {
        assert_eq!(written, table, "`BLESS=1 cargo test -p stytch-client-tests --test guide` renews it");
    }
}

#[test]
fn the_tables_of_operations_are_those_of_the_catalogue() {
    check(&page("operations.md"), &table(&Row::all(false)));
    check(&page("b2b_operations.md"), &b2b_table(&Row::all(true)));
}

/// The names in the SDKs for Node and Rust are those of Python, in the case of the language, with a few exceptions. So
/// `BLESS=1` adds a missing line, which the author of the operation compares with the SDKs.
#[test]
fn the_page_about_other_sdks_has_every_operation() {
    let page = page("from_another_sdk.md");
    let mut lines: Vec<String> = fs::read_to_string(&page).unwrap().lines().map(str::to_owned).collect();
    let (mut above, mut added) = (None, Vec::new());
    for row in Row::all(false) {
        let (call, name) = (row.call(), row.operation.name());
        let start = format!("| `{call}` | `{name}` | `");
        let found = lines.iter().position(|line| line.starts_with(&start));
        above = found.or_else(|| {
            let at = above.map_or(lines.len(), |above| above + 1);
            lines.insert(at, format!("{start}{}` | `{name}` |", camel_case(&name)));
            added.push(name);
            Some(at)
        });
    }
    if env::var_os("BLESS").is_some() && !added.is_empty() {
        fs::write(&page, lines.join("\n") + "\n").unwrap();
    } else {
        assert!(
            added.is_empty(),
            "from_another_sdk.md lacks {added:?}: run this test with BLESS=1, and compare the new lines with the SDKs"
        );
    }
}

fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| name + &word[..1].to_uppercase() + &word[1..])
}

#[test]
fn the_readmes_count_the_operations() {
    for api in ["consumer", "b2b"] {
        let count = facts::operations_of(api);
        for readme in ["README.md", "client/README.md"] {
            let text = fs::read_to_string(page("../../..").join(readme)).unwrap();
            let is_right = text.contains(&format!(" {count} "));
            assert!(is_right, "{readme} says how many operations the API `{api}` has: write {count} there");
        }
    }
}
