//! The pages in `client/src/guide/`: the table of operations is made from the catalogue, and the page about other
//! SDKs has a line for each operation.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

use stytch_client::{Endpoint, EndpointInfo};
use stytch_client_tests::facts::Operation;

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

/// The types of all endpoints as source text, and their descriptions.
fn endpoints() -> Vec<(&'static str, &'static EndpointInfo)> {
    stytch_client::for_each_endpoint!(types)
}

/// Returns the call of an operation, which has the name of the facts, except for two.
fn call_of(info: &EndpointInfo) -> String {
    let name = Operation::of(info).name();
    let (resources, operation) = name.rsplit_once('.').unwrap();
    let operation = match operation {
        "get_jwks" => "jwks",
        "override" => "r#override",
        other => other,
    };
    format!("client.{}().{operation}()", resources.replace('.', "()."))
}

fn table() -> String {
    let mut text = String::from("\n| call | method and path | |\n|---|---|---|\n");
    for (name, info) in endpoints() {
        let link = name.split('<').next().unwrap().replace("$crate", "crate").replace(' ', "");
        let (method, path, docs) = (info.method.as_str(), info.path, info.docs);
        let _ = writeln!(text, "| [`{}`]({link}) | `{method} {path}` | {docs} |", call_of(info));
    }
    // Every call in the table must compile.
    text += "\n```no_run\n# fn all(client: &stytch_client::Client) {\n";
    for (_, info) in endpoints() {
        let _ = writeln!(text, "# let _ = {};", call_of(info));
    }
    text + "# }\n```\n"
}

#[test]
fn the_table_of_operations_is_that_of_the_catalogue() {
    let page = page("operations.md");
    let text = fs::read_to_string(&page).unwrap();
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (written, after) = rest.split_once(END).unwrap();
    if env::var_os("BLESS").is_some() {
        fs::write(page, format!("{before}{BEGIN}{}{END}{after}", table())).unwrap();
    } else {
        assert_eq!(written, table(), "`BLESS=1 cargo test -p stytch-client-tests --test guide` renews it");
    }
}

#[test]
fn the_page_about_other_sdks_has_every_operation() {
    let text = fs::read_to_string(page("from_another_sdk.md")).unwrap();
    for (_, info) in endpoints() {
        let line = format!("| `{}` | `{}` | `", call_of(info), Operation::of(info).name());
        assert!(text.contains(&line), "from_another_sdk.md has no line `{line}…`");
    }
}
