//! `cargo declapi new`

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

use declapi_check::document::Document;

use crate::cli::New;
use crate::lower::{Choice, api};
use crate::output::{Target, print};
use crate::summary::Summary;

pub(crate) fn run(arguments: &New) -> Result<(), String> {
    let document = read(&arguments.document)?;
    if arguments.list {
        return print(&list(&document));
    }
    check_tags(&document, &arguments.tag)?;
    // Before the work, so that an error comes at once.
    let target = Target::of(arguments.out.as_deref())?;
    let api = api(&document, Choice { tags: &arguments.tag, name: arguments.name.as_deref() })?;
    let summary = Summary::of(&api);
    let lines = target.write(&api)?;
    let _ = write!(io::stderr(), "{}", summary.text(lines));
    Ok(())
}

fn read(path: &Path) -> Result<Document, String> {
    let shown = path.display();
    let text = if path == Path::new("-") {
        let mut text = String::new();
        io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        fs::read_to_string(path)
    };
    let text = text.map_err(|error| format!("`{shown}` cannot be read: {error}"))?;
    Document::parse(&text).map_err(|error| format!("`{shown}`: {error}"))
}

/// Returns the tags and the number of their operations, in the order of the document.
fn tags(document: &Document) -> Vec<(&str, usize)> {
    let mut tags: Vec<(&str, usize)> = document.tags.iter().map(|tag| (tag.name.as_str(), 0)).collect();
    for name in document.operations.iter().flat_map(|operation| &operation.tags) {
        match tags.iter_mut().find(|(other, _)| other == name) {
            Some((_, count)) => *count += 1,
            None => tags.push((name, 1)),
        }
    }
    tags.retain(|(_, count)| *count > 0);
    tags
}

fn list(document: &Document) -> String {
    let mut lines: Vec<String> =
        tags(document).iter().map(|(name, count)| format!("{count:6}  {name}")).collect();
    let without = document.operations.iter().filter(|operation| operation.tags.is_empty()).count();
    if without > 0 {
        lines.push(format!("{without:6}  (without a tag)"));
    }
    lines.join("\n") + "\n"
}

fn check_tags(document: &Document, wanted: &[String]) -> Result<(), String> {
    let tags = tags(document);
    let unknown = wanted.iter().find(|tag| tags.iter().all(|(name, _)| name != tag));
    let Some(unknown) = unknown else {
        let is_empty = document.operations.is_empty();
        return if is_empty { Err("the document has no operations".to_owned()) } else { Ok(()) };
    };
    let simple = |name: &str| name.to_lowercase().replace([' ', '-', '_'], "");
    let meant = tags.iter().find(|(name, _)| simple(name) == simple(unknown));
    let names: Vec<_> = tags.iter().map(|(name, _)| format!("`{name}`")).collect();
    Err(match meant {
        Some((meant, _)) => format!("no operation has the tag `{unknown}`: did you mean `{meant}`?"),
        None if names.is_empty() => {
            format!("no operation has the tag `{unknown}`: the document has no tags, so leave `--tag` out")
        }
        None => format!("no operation has the tag `{unknown}`: the tags are {}", names.join(", ")),
    })
}
