//! The pages of declapi's reference: what each key adds to an expansion, and the messages of mistakes.
//!
//! A page begins with an example. Behind `<!-- expansion of: KEY -->` it quotes the lines that the example expands to
//! with this key, and not without it; `; instead of: OTHER` names what stands there without it. Behind
//! `<!-- messages of: WRONG; instead of: RIGHT -->` it quotes that mistake, and the errors of the example with it.
//! `BLESS=1 cargo test -p declapi-macros` renews the quotations.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Item, Meta, Stmt};

use super::Expand;
use crate::expand;

const MACROS: [(&str, Expand); 5] = [
    ("client", expand::client),
    ("endpoint", expand::endpoint),
    ("object", expand::object),
    ("resource", expand::resource),
    ("response", expand::response),
];

const EXPANSION: &str = "<!-- expansion of: ";
const MESSAGES: &str = "<!-- messages of: ";
const INSTEAD: &str = "; instead of: ";
/// The line that stands for omitted lines.
const OMISSION: &str = "// …";
/// The width of a page in characters.
const WIDTH: usize = 88;

#[test]
fn pages_quote_what_their_examples_expand_to() {
    let bless = std::env::var_os("BLESS").is_some();
    let (mut changed, mut faults) = (Vec::new(), Vec::new());
    for path in pages() {
        let page = fs::read_to_string(&path).unwrap();
        let renewed = renewed(&page).unwrap_or_else(|fault| {
            faults.push(format!("{}: {fault}", path.display()));
            page.clone()
        });
        if bless {
            fs::write(&path, renewed).unwrap();
        } else if renewed != page {
            changed.push(path);
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(
        changed.is_empty(),
        "these pages quote other expansions or messages: {changed:#?}; renew them with BLESS=1, and look at the \
         difference"
    );
}

/// The pages of all keys, one folder for each macro and one for the fields of a request.
fn pages() -> Vec<PathBuf> {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/src/docs");
    let folders = fs::read_dir(docs).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let files = folders.flat_map(|folder| fs::read_dir(folder).unwrap()).map(|entry| entry.unwrap().path());
    let mut pages: Vec<PathBuf> = files.collect();
    pages.sort();
    assert!(pages.len() > 20, "{pages:?}");
    pages
}

/// The page with new quotations, or why there are none.
fn renewed(page: &str) -> Result<String, String> {
    let example = example(page);
    let parts = |text: &str| {
        if example.contains(text) { Ok(()) } else { Err(format!("the example lacks `{text}`")) }
    };
    let mut pieces = page.split("\n<!-- ");
    let mut renewed = pieces.next().unwrap_or_default().to_owned();
    let mut expansions = 0;
    for piece in pieces {
        let piece = format!("<!-- {piece}");
        renewed.push('\n');
        let Some(kind) = [EXPANSION, MESSAGES].into_iter().find(|kind| piece.starts_with(kind)) else {
            renewed.push_str(&piece);
            continue;
        };
        let (mark, quotation) =
            piece.split_once(" -->\n```text\n").ok_or("a comment without a block of `text` below it")?;
        let (_, after) = quotation.split_once("```").ok_or("a block without an end")?;
        let change = &mark[kind.len()..];
        let (text, instead) = change.split_once(INSTEAD).unwrap_or((change, ""));
        let quoted = if kind == EXPANSION {
            expansions += 1;
            parts(text)?;
            added(&expanded(&replaced(&example, text, instead))?, &expanded(&example)?)
        } else {
            parts(instead)?;
            let messages = messages(&replaced(&example, instead, text))?;
            if messages.is_empty() {
                return Err(format!("`{text}` is no mistake"));
            }
            format!("{text}\n{messages}")
        };
        renewed.push_str(&format!("{mark} -->\n```text\n{quoted}```{after}"));
    }
    if expansions == 0 {
        return Err(
            "below `# Expansion`, write `<!-- expansion of: KEY -->` and an empty block of `text`".to_owned()
        );
    }
    Ok(renewed)
}

/// The first block of code of a page that rustdoc runs, with the lines that it hides.
fn example(page: &str) -> String {
    let mut lines = page.lines();
    let mut is_fenced = false;
    for line in lines.by_ref() {
        if line == "```" && !is_fenced {
            break;
        }
        is_fenced ^= line.starts_with("```");
    }
    let shown =
        |line: &str| line.strip_prefix("# ").unwrap_or(if line == "#" { "" } else { line }).to_owned();
    lines.take_while(|line| *line != "```").map(shown).collect::<Vec<_>>().join("\n")
}

/// The code with other text in the first place of `text`, and without what is then empty.
fn replaced(code: &str, text: &str, other: &str) -> String {
    let (before, after) = code.split_once(text).unwrap();
    if !other.is_empty() {
        return format!("{before}{other}{after}");
    }
    let (before, after) = match before.trim_end().strip_suffix(',') {
        Some(before) => (before, after),
        None => (before, after.strip_prefix(',').unwrap_or(after)),
    };
    let code = format!("{before}{after}");
    ["endpoint", "object", "response"]
        .iter()
        .fold(code, |code, name| code.replace(&format!("#[{name}()]"), ""))
}

/// Whatever the macros make of the code.
fn tokens(code: &str) -> Result<TokenStream, String> {
    let example = syn::parse_str::<syn::ItemFn>(&format!("fn example() {{\n{code}\n}}"));
    let file = example.map_err(|error| format!("{error} in {code}"))?;
    let mut expanded = TokenStream::new();
    for statement in file.block.stmts {
        let Stmt::Item(Item::Struct(mut item)) = statement else { continue };
        let ours = item.attrs.iter().enumerate().find_map(|(index, attribute)| {
            let name = &attribute.path().segments.last()?.ident;
            Some((index, MACROS.iter().find(|(macro_name, _)| name == macro_name)?.1))
        });
        let Some((index, expand)) = ours else { continue };
        let arguments = match item.attrs.remove(index).meta {
            Meta::List(list) => list.tokens,
            _ => TokenStream::new(),
        };
        expanded.extend(expand(arguments, item.into_token_stream()));
    }
    Ok(expanded)
}

/// The lines of an expansion, without documentation and without attributes that a reader can do without.
fn expanded(code: &str) -> Result<Vec<String>, String> {
    let code = prettyplease::unparse(&syn::parse2(tokens(code)?).map_err(|error| error.to_string())?);
    let left_out = ["///", "#[doc", "#[allow", "#[must_use", "#[automatically_derived", "#[inline"];
    let mut in_comment = false;
    let mut lines = Vec::new();
    for line in code.lines() {
        let trimmed = line.trim();
        in_comment |= trimmed.starts_with("/**");
        let kept =
            !in_comment && !trimmed.is_empty() && !left_out.iter().any(|start| trimmed.starts_with(start));
        in_comment &= !trimmed.ends_with("*/");
        if kept {
            lines.extend(metadata_in_lines(line));
        }
    }
    Ok(lines)
}

/// The line; the metadata of several fields as a string with a line for each field.
fn metadata_in_lines(line: &str) -> Vec<String> {
    const PARTS: usize = 4;
    let (before, metadata) = line.split_once("\"\\n").unwrap_or((line, ""));
    let parts: Vec<&str> = metadata.split("\\n").collect();
    if parts.len() <= PARTS {
        return vec![line.to_owned()];
    }
    let fields = parts.chunks(PARTS).map(|field| format!("\\n{}", field.join("\\n")));
    let fields: Vec<String> = fields.collect();
    let text = format!("{before}\"{}", fields.join(&format!("\\\n{} ", " ".repeat(indent(line)))));
    text.lines().map(str::to_owned).collect()
}

/// The lines that only `with` has, each inside of the lines that it belongs to.
fn added(without: &[String], with: &[String]) -> String {
    let shown = shown(with, &in_whole_strings(with, only_in(with, without)));
    let mut text = String::new();
    let mut in_constant = 0;
    let mut before = None;
    for line in (0..with.len()).filter(|&line| shown[line]) {
        let code = match &*with[line] {
            "const _: () = {" => {
                in_constant = 4;
                continue;
            }
            "};" if in_constant > 0 => {
                in_constant = 0;
                continue;
            }
            code => &code[indent(code).min(in_constant)..],
        };
        if before.is_some_and(|before| before + 1 < line) {
            let gap = indent(code) + if closes(code) { 4 } else { 0 };
            text += &format!("{}{OMISSION}\n", " ".repeat(gap));
        }
        text += code;
        text.push('\n');
        before = Some(line);
    }
    if text.is_empty() { "// The expansion does not change.\n".to_owned() } else { text }
}

/// The numbers of the lines, and of the other lines of strings that they are in.
fn in_whole_strings(lines: &[String], chosen: Vec<usize>) -> Vec<usize> {
    let goes_on = |line: &usize| lines[*line].ends_with('\\');
    let whole = chosen.into_iter().flat_map(|line| {
        let before = (0..line).rev().take_while(goes_on);
        let after = (line..lines.len()).take_while(goes_on).map(|line| line + 1);
        before.chain([line]).chain(after).collect::<Vec<_>>()
    });
    whole.collect()
}

/// Which lines are shown: some, with the beginnings and ends of the blocks around them and of those that they begin.
fn shown(lines: &[String], chosen: &[usize]) -> Vec<bool> {
    let mut shown = vec![false; lines.len()];
    let mut block = |line: usize| {
        shown[line] = true;
        let (code, inside) = (&lines[line], indent(&lines[line]));
        let same = |other: &usize| indent(&lines[*other]) <= inside;
        if let Some(start) = (0..line).rev().find(same).filter(|_| closes(code)) {
            shown[start] = true;
        }
        if let Some(end) = (line + 1..lines.len()).find(same).filter(|&end| closes(&lines[end])) {
            shown[end] = true;
        }
    };
    for &line in chosen {
        let mut inside = indent(&lines[line]);
        block(line);
        for outer in (0..line).rev() {
            if indent(&lines[outer]) < inside {
                inside = indent(&lines[outer]);
                block(outer);
            }
        }
    }
    shown
}

/// Whether a line begins with the end of a block.
fn closes(code: &str) -> bool {
    code.trim_start().starts_with(['}', ')', ']', '>'])
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The numbers of the lines of `with` that are in no longest common part of both, however they are indented.
fn only_in(with: &[String], without: &[String]) -> Vec<usize> {
    let mut common = vec![vec![0_usize; without.len() + 1]; with.len() + 1];
    for (i, line) in with.iter().enumerate().rev() {
        for (j, other) in without.iter().enumerate().rev() {
            common[i][j] =
                if line == other { common[i + 1][j + 1] + 1 } else { common[i + 1][j].max(common[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut only) = (0, 0, Vec::new());
    while i < with.len() {
        if j < without.len() && with[i].trim() == without[j].trim() {
            (i, j) = (i + 1, j + 1);
        } else if j < without.len() && common[i][j + 1] >= common[i + 1][j] {
            j += 1;
        } else {
            only.push(i);
            i += 1;
        }
    }
    only
}

/// The messages of the mistakes in the code, broken into lines.
fn messages(code: &str) -> Result<String, String> {
    let mut text = String::new();
    collect_messages(tokens(code)?, &mut text);
    Ok(text)
}

fn collect_messages(tokens: TokenStream, text: &mut String) {
    let mut is_error = false;
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => is_error = ident == "compile_error",
            TokenTree::Group(group) if is_error => {
                let message: syn::LitStr = syn::parse2(group.stream()).unwrap();
                *text += &wrapped(&format!("error: {}", message.value()));
                is_error = false;
            }
            TokenTree::Group(group) => collect_messages(group.stream(), text),
            _ => {}
        }
    }
}

/// The message in lines, none of which ends in a piece of code.
fn wrapped(message: &str) -> String {
    let (mut text, mut width, mut in_code) = (String::new(), 0, false);
    for word in message.split_inclusive(|character| {
        in_code ^= character == '`';
        character == ' ' && !in_code
    }) {
        let length = word.trim_end().chars().count();
        if width > 0 && width + length > WIDTH {
            text.truncate(text.trim_end().len());
            text += "\n    ";
            width = 4;
        }
        text += word;
        width += word.chars().count();
    }
    text + "\n"
}
