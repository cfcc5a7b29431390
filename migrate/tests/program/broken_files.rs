//! Files with mistakes.

use crate::people::HASH;
use crate::world::World;

fn row(name: &str) -> String {
    format!("{name}@example.com,{HASH},md_5")
}

/// The expected result for a file.
struct Case {
    name: &'static str,
    contents: Vec<u8>,
    /// The users who are migrated.
    good: &'static [&'static str],
    /// The rejected lines, with words of the reasons.
    bad: &'static [(u64, &'static str)],
}

fn case(
    name: &'static str,
    contents: impl Into<Vec<u8>>,
    good: &'static [&'static str],
    bad: &'static [(u64, &'static str)],
) -> Case {
    Case { name, contents: contents.into(), good, bad }
}

fn cases() -> Vec<Case> {
    let header = "email,hash,hash_type";
    let (ada, grace, alan) = (row("ada"), row("grace"), row("alan"));
    let huge = "x".repeat(3 << 20);
    let mut latin = format!("{header},name.first_name\n{ada},Ada\n{grace},").into_bytes();
    latin.extend(b"Ren\xe9e\n");
    latin.extend(format!("{alan},Alan\n").bytes());
    let names = format!("{header},name.first_name");
    vec![
        case("byte order mark", format!("\u{feff}{header}\n{ada}\n"), &["ada"], &[]),
        case("carriage returns", format!("{header}\r\n{ada}\r\n\r\n{grace}\r\n"), &["ada", "grace"], &[]),
        case("no line break at the end", format!("{header}\n{ada}\n{grace}"), &["ada", "grace"], &[]),
        case("only the header", format!("{header}\n"), &[], &[]),
        case("bad UTF-8", latin, &["ada", "alan"], &[(3, "`name.first_name` is not UTF-8")]),
        case(
            "a mark that is not closed",
            format!("{names}\n{ada},Ada\n{grace},\"Grace\n{alan},Alan\n"),
            &["ada", "alan"],
            &[(3, "is not closed")],
        ),
        case(
            "a mark that the next row closes",
            format!("{names}\n{ada},\"Ada\n{grace},\"Grace\"\n{alan},Alan\n"),
            &["grace", "alan"],
            &[(2, "the quotation marks are wrong")],
        ),
        case(
            "a row in quotes is not taken apart",
            format!("{names}\nada,{HASH},md_5,\"Ada\n{grace},\n\"\n{alan},Alan\n"),
            &["alan"],
            &[(2, "not an email address")],
        ),
        case(
            "a huge row",
            format!("{header}\n{ada}\n{huge},x,y\n{grace}\n"),
            &["ada", "grace"],
            &[(3, "longer than 1 MiB")],
        ),
        case(
            "too few and too many cells",
            format!("{header}\n{ada},more\n{grace}\nalan@example.com\n"),
            &["grace"],
            &[(2, "4 cells"), (4, "1 cells")],
        ),
        case("zeros", format!("{header}\n{ada}\n\0\0\0\0\n{grace}\n"), &["ada", "grace"], &[(3, "1 cells")]),
    ]
}

#[tokio::test]
async fn broken_rows_do_not_affect_the_others() {
    for Case { name, contents, good, bad } in cases() {
        let world = World::new().await;
        world.write("users.csv", contents);
        let ended = world.migrate("users.csv", &["--check"]).await;
        let found: Vec<_> = ended.stdout.lines().filter(|line| line.starts_with("line ")).collect();
        assert_eq!(found.len(), bad.len(), "{name}: {ended:?}");
        for ((line, words), found) in bad.iter().zip(found) {
            assert!(found.starts_with(&format!("line {line}: ")) && found.contains(words), "{name}: {found}");
        }
        let ended = world.migrate("users.csv", &[]).await;
        assert_eq!(ended.code, Some(i32::from(!bad.is_empty())), "{name}: {ended:?}");
        let mut created = world.gate.traffic().created;
        created.sort();
        let mut good: Vec<_> = good.iter().map(|name| format!("{name}@example.com")).collect();
        good.sort();
        assert_eq!(created, good, "{name}");
    }
}

#[tokio::test]
async fn broken_json_does_not_affect_the_others() {
    let world = World::new().await;
    let line = |name: &str| format!(r#"{{"email":"{name}@example.com","hash":"{HASH}","hash_type":"md_5"}}"#);
    let mut contents = format!("\u{feff}{}\r\n[]\nnull\n{{\"email\": \n\n", line("ada")).into_bytes();
    contents.extend(b"{\"email\":\"ren\xe9e@example.com\"}\n");
    contents.extend(format!("{{\"x\":\"{}\"}}\n{}", "x".repeat(3 << 20), line("grace")).bytes());
    world.write("users.jsonl", contents);
    let ended = world.migrate("users.jsonl", &[]).await;
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.stdout.contains("2  migrated") && ended.stdout.contains("5  unreadable"), "{ended:?}");
    let journal = world.read("users.jsonl.journal");
    let rejected: Vec<_> = journal.lines().filter(|line| line.starts_with("rejected ")).collect();
    assert_eq!(
        rejected,
        [
            "rejected 2 2 unreadable",
            "rejected 3 3 unreadable",
            "rejected 4 4 unreadable",
            "rejected 5 6 unreadable",
            "rejected 6 7 unreadable"
        ]
    );
}

#[tokio::test]
async fn unusable_files_are_rejected_completely() {
    let world = World::new().await;
    let utf_16: Vec<u8> = "\u{feff}email".encode_utf16().flat_map(u16::to_le_bytes).collect();
    world.write("empty.csv", "");
    world.write("utf-16.csv", utf_16);
    world.write("blank.csv", "\u{feff}\n\r\n\n");
    world.write("packed.csv.gz", b"\x1f\x8b\x08\0\0\0\0\0");
    world.write("workbook.xlsx", b"PK\x03\x04\x14\0");
    world.write("header.csv", "\"email,hash\nada@example.com,x\n");
    world.write("latin.csv", b"email,hash,hash_type,pr\xe9nom\n");
    for (name, words) in [
        ("empty.csv", "is empty"),
        ("utf-16.csv", "none of the 1 columns is `hash`"),
        ("blank.csv", "only blank lines"),
        ("packed.csv.gz", "cannot be opened"),
        ("workbook.xlsx", "a workbook"),
        ("header.csv", "has to name the columns"),
        ("latin.csv", "is not UTF-8"),
        ("missing.csv", "cannot be opened: No such file"),
        (".", "is a directory"),
    ] {
        for arguments in [&["--check"][..], &[]] {
            let ended = world.migrate(name, arguments).await;
            assert_eq!(ended.code, Some(2), "{name}: {ended:?}");
            assert!(ended.stderr.contains(words), "{name}: {ended:?}");
        }
    }
    assert!(world.gate.traffic().asked.is_empty());
}

/// On standard input, the reader cannot go back, so it cannot know which rows are correct. It stops.
#[tokio::test]
async fn an_unclosed_mark_on_standard_input_stops_where_it_is() {
    let world = World::new().await;
    let long = (row("grace") + "\n").repeat((2 << 20) / 50);
    let csv = format!("email,hash,hash_type\n{}\n\"{}\n{long}", row("ada"), row("alan"));
    let tool = world.tool().arg("-").arg("--journal").arg(world.path("journal"));
    let ended = tool.stdin(csv).run().await;
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert!(ended.stderr.contains("line 3: a quotation mark opens a cell there"), "{ended:?}");
}
