use super::*;

fn shown(markdown: &str) -> String {
    lines(markdown, 60).join("\n")
}

#[test]
fn text_is_broken_into_lines() {
    let text = "One two three four five six seven eight nine ten eleven twelve thirteen.\nStill the same.\n\nAnother.";
    let wanted = "One two three four five six seven eight nine ten eleven\ntwelve thirteen. Still the same.\n\nAnother.";
    assert_eq!(shown(text), wanted);
}

#[test]
fn no_line_begins_another_block() {
    let text = "A text that is as long as it has to be for the next sign - which is a dash, and 1. no number";
    for line in lines(text, 60).iter().chain(&lines(text, 77)) {
        assert!(!line.starts_with('-') && !line.starts_with('1'), "{line}");
    }
}

#[test]
fn code_is_not_a_doctest() {
    assert_eq!(
        shown("Try:\n```\ncurl x\n```\nor\n\n    indented"),
        "Try:\n\n```text\ncurl x\n```\n\nor\n\nindented"
    );
    assert_eq!(shown("```rust\nlet a;"), "```text\nlet a;\n```");
}

#[test]
fn rustdoc_finds_no_items_and_no_html() {
    assert_eq!(shown("a [b] and list[0]"), "a \\[b\\] and list\\[0\\]");
    assert_eq!(shown("See [the guide](/docs/guide#x)."), "See the guide.");
    assert_eq!(shown("See [the guide](https://example.com/a)."), "See [the guide](https://example.com/a).");
    assert_eq!(shown("`<id>` and <id>, `[x]`"), "`<id>` and \\<id>, `[x]`");
    assert_eq!(shown("At https://example.com/x."), "At <https://example.com/x>.");
    assert_eq!(shown("<p>One<br/>two <b>three</b></p>"), "One\n\ntwo **three**");
    assert_eq!(shown("<a href=\"https://e.org\">x</a>, <a href='/y'>y</a>"), "[x](https://e.org), y");
    assert_eq!(shown("a ` b"), "a \\` b");
}

#[test]
fn lists_tables_and_headings_stay() {
    let list = "The values:\n* one\n* two which is long enough to need a second line below it, is it\n  not\n\n1. first";
    let wanted = "The values:\n\n- one\n- two which is long enough to need a second line below it,\n  is it not\n\n- first";
    assert_eq!(shown(list), wanted);
    assert_eq!(shown("# Title\ntext"), "**Title**\n\ntext");
    assert_eq!(shown("| a | b |\n|---|---|\n| 1 | 2 |"), "| a | b |\n|---|---|\n| 1 | 2 |");
    assert_eq!(shown("| a | b |\n|---|---|\n| `1` | 2 |"), "- a: b\n- `1`: 2");
    assert_eq!(shown("> [!NOTE]\n> Mind."), "**Note:** Mind.");
}

#[test]
fn lines_are_short_and_without_invisible_characters() {
    let address = format!("https://example.com/{}", "a".repeat(100));
    for text in [&*address, &"b".repeat(200), &format!("[x]({address})"), &format!("```\n{address}\n```")] {
        assert!(lines(text, 60).iter().all(|line| line.chars().count() <= 60), "{text}");
    }
    assert_eq!(shown("a\u{202e}b\u{7}c"), "a b c");
}

#[test]
fn summaries_are_sentences() {
    assert_eq!(sentence("List repositories"), "Lists repositories.");
    assert_eq!(sentence("Verify a token"), "Verifies a token.");
    assert_eq!(sentence("search"), "Searches.");
    assert_eq!(sentence("A user's keys."), "A user's keys.");
}
