//! The same users in every kind of text file.

use std::io::Write;

use crate::people::{HASH, PASSWORD};
use crate::world::World;

const NAMES: [&str; 3] = ["Ada", "Renée", "Zoë, the \"Great\""];

fn email(number: usize) -> String {
    format!("user{number}@example.com")
}

fn csv(delimiter: &str) -> String {
    let mut csv =
        ["\"email\"", "hash", "hash_type", "name.first_name", "trusted_metadata"].join(delimiter) + "\n";
    for (number, name) in NAMES.iter().enumerate() {
        let name = format!("\"{}\"", name.replace('"', "\"\""));
        let metadata = "\"{\"\"a\"\":1,\"\"b\"\":\"\";|\"\"}\"".to_owned();
        csv += &([email(number), HASH.to_owned(), "md_5".to_owned(), name, metadata].join(delimiter) + "\n");
    }
    csv
}

fn object(number: usize) -> String {
    let name = serde_json::Value::from(NAMES[number]);
    format!(
        "{{\"email\": \"{}\", \"hash\": \"{HASH}\", \"hash_type\": \"md_5\", \"name\": {{\"first_name\": {name}}}}}",
        email(number)
    )
}

fn pretty(number: usize) -> String {
    object(number).replace(", \"", ",\n\n  \"").replace("{\"", "{\r\n  \"").replace("}}", "}\n}")
}

fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    // Two streams, as `cat a.gz b.gz` makes them.
    let half = bytes.len() / 2;
    let member = |part: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(part).unwrap();
        encoder.finish().unwrap()
    };
    [member(&bytes[..half]), member(&bytes[half..])].concat()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    let half = bytes.len() / 2;
    let frame = |part| ruzstd::encoding::compress_to_vec(part, ruzstd::encoding::CompressionLevel::Fastest);
    // A skippable frame between two others.
    let skipped = [0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, b'x', b'y', b'z'];
    [frame(&bytes[..half]), skipped.to_vec(), frame(&bytes[half..])].concat()
}

/// A file, and the message about its format.
fn files() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let objects = [0, 1, 2].map(object);
    let list = format!("[{}]", objects.join(","));
    let pretty_list = format!("[\n{}\n]\n", [0, 1, 2].map(pretty).join(",\n"));
    let keyed = format!("{{\n  \"kind\": \"export\",\n  \"users\": {pretty_list}, \"more\": [1, {{}}]\n}}\n");
    let semicolons = csv(";");
    vec![
        ("commas", csv(",").into(), ""),
        ("semicolons", semicolons.clone().into(), "with semicolons between the cells"),
        ("tabs", csv("\t").into(), "with tabs between the cells"),
        ("bars", csv("|").into(), "with `|` between the cells"),
        ("UTF-16, little", utf_16(&csv(","), u16::to_le_bytes), "in UTF-16LE"),
        ("UTF-16, big", utf_16(&csv(","), u16::to_be_bytes), "in UTF-16BE"),
        (
            "UTF-16 with a mark",
            utf_16(&format!("\u{feff}{semicolons}"), u16::to_le_bytes),
            "in UTF-16LE, with semicolons",
        ),
        (
            "UTF-16, big, with a mark",
            utf_16(&format!("\u{feff}{}", csv("\t")), u16::to_be_bytes),
            "in UTF-16BE, with tabs",
        ),
        ("UTF-16, JSON", utf_16(&pretty_list, u16::to_le_bytes), "in UTF-16LE, a JSON document"),
        ("gzip", gzip(csv(",").as_bytes()), "compressed with gzip"),
        (
            "gzip and UTF-16",
            gzip(&utf_16(&semicolons, u16::to_le_bytes)),
            "compressed with gzip, in UTF-16LE, with semicolons",
        ),
        ("zstd", zstd(objects.join("\n").as_bytes()), "compressed with zstd"),
        ("lines", objects.join("\r\n").into(), ""),
        ("a list", list.clone().into(), "a JSON document"),
        ("a list after a mark", format!("\u{feff}{pretty_list}").into(), "a JSON document"),
        (
            "one object over several lines",
            format!("{}\n{}\n{}", pretty(0), pretty(1), pretty(2)).into(),
            "a JSON document",
        ),
        ("a list under a key", keyed.into(), "a JSON document"),
        ("a list under a key, on one line", format!("{{\"users\":{list}}}").into(), "a JSON document"),
    ]
}

async fn everybody_is_there(world: &World, what: &str) {
    for (number, name) in NAMES.iter().enumerate() {
        let user =
            world.log_in(&email(number), PASSWORD).await.unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!(user.name.unwrap().first_name, *name, "{what}");
    }
    assert_eq!(world.gate.traffic().created.len(), NAMES.len(), "{what}");
}

#[tokio::test]
async fn every_kind_of_text_file_is_read() {
    for (what, bytes, found) in files() {
        let world = World::new().await;
        world.write("users", &bytes);
        let ended = world.migrate("users", &[]).await;
        assert_eq!(ended.code, Some(0), "{what}: {ended:?}");
        let said: Vec<_> = ended.stderr.lines().filter(|line| line.contains("is read as")).collect();
        assert_eq!(said.len(), usize::from(!found.is_empty()), "{what}: {ended:?}");
        assert!(said.iter().all(|line| line.contains(found)), "{what}: {ended:?}");
        everybody_is_there(&world, what).await;
    }
}

#[tokio::test]
async fn standard_input_is_converted_too() {
    for (what, bytes, _) in files() {
        let world = World::new().await;
        let tool = world.tool().arg("-").arg("--journal").arg(world.path("journal"));
        let ended = tool.stdin(bytes).run().await;
        assert_eq!(ended.code, Some(0), "{what}: {ended:?}");
        everybody_is_there(&world, what).await;
    }
}

#[tokio::test]
async fn other_character_sets_are_read_when_they_are_named() {
    let world = World::new().await;
    let bytes: Vec<u8> = csv(",").chars().map(|character| u8::try_from(character).unwrap()).collect();
    world.write("users.csv", bytes);
    let ended = world.migrate("users.csv", &["--check"]).await;
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.stdout.contains("line 3: `name.first_name` is not UTF-8: `--charset` names"), "{ended:?}");
    let ended = world.migrate("users.csv", &["--charset", "latin-1"]).await;
    assert_eq!(ended.code, Some(0), "{ended:?}");
    everybody_is_there(&world, "Latin-1").await;
    let ended = world.migrate("users.csv", &["--charset", "klingon"]).await;
    assert!(ended.code == Some(2) && ended.stderr.contains("no character set has this name"), "{ended:?}");
}

#[tokio::test]
async fn a_format_that_does_not_fit_is_reported_once() {
    let world = World::new().await;
    world.write("users.json", format!("[\n{}\n]", [0, 1, 2].map(pretty).join(",\n")));
    world.write("users.csv", csv(";"));
    for (name, arguments, words) in [
        ("users.json", &["--format", "jsonl"][..], "leave `--format` out"),
        ("users.csv", &["--delimiter", ","], "`--delimiter`"),
        ("users.json", &["--format", "csv"], "`email`"),
    ] {
        for more in [&["--check"][..], &[]] {
            let ended = world.migrate(name, &[arguments, more].concat()).await;
            assert_eq!(ended.code, Some(2), "{name}: {ended:?}");
            assert!(ended.stderr.contains(words) && ended.stderr.lines().count() == 1, "{name}: {ended:?}");
            assert_eq!(ended.stdout, "");
        }
    }
}

#[tokio::test]
async fn an_unclosed_mark_costs_one_line_of_a_compressed_file() {
    let world = World::new().await;
    let row = |number: usize| format!("user{number}@example.com,{HASH},md_5\n");
    let many: String = (10..30_000).map(row).collect();
    let text = format!("email,hash,hash_type\n{}\"x{}{many}", row(1), row(2));
    assert!(text.len() > 1 << 20);
    for bytes in [gzip(text.as_bytes()), utf_16(&text, u16::to_le_bytes)] {
        world.write("users.csv", bytes);
        let ended = world.migrate("users.csv", &["--check"]).await;
        assert!(ended.stdout.contains("line 3: the quotation marks are wrong"), "{ended:?}");
        assert!(ended.stdout.contains("29,992 lines: 29,991 can be sent, 1 would be rejected"), "{ended:?}");
    }
}

#[tokio::test]
async fn damaged_files_stop_the_run_and_are_named() {
    let world = World::new().await;
    let row = |number: usize| format!("user{number}@example.com,{HASH}\n");
    let many: String = (0..20_000).map(row).collect();
    let text = format!("email,hash\n{many}");
    let whole = gzip(text.as_bytes());
    world.write("cut.csv.gz", &whole[..whole.len() - 20]);
    let mut frames = zstd(text.as_bytes());
    let last = frames.len() - 1;
    frames[last] ^= 1;
    world.write("wrong.csv.zst", frames);
    for name in ["cut.csv.gz", "wrong.csv.zst"] {
        let ended = world.migrate(name, &["--check", "--set", "hash_type=md_5"]).await;
        assert_eq!(ended.code, Some(3), "{name}: {ended:?}");
        assert!(ended.stderr.contains("the input cannot be read further"), "{name}: {ended:?}");
    }
}

#[tokio::test]
async fn rejected_records_of_a_document_are_corrected_and_run_again() {
    let world = World::new().await;
    let wrong = pretty(1).replace("md_5", "md5");
    world.write("users.json", format!("[\n{},\n{wrong},\n{}\n]", pretty(0), pretty(2)));
    let ended = world.migrate("users.json", &[]).await;
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let rejected = world.read("users.rejected.json");
    assert_eq!(rejected.lines().count(), 1, "{rejected}");
    world.write("users.rejected.json", rejected.replace("md5", "md_5"));
    assert_eq!(world.migrate("users.rejected.json", &[]).await.code, Some(0));
    everybody_is_there(&world, "a document").await;
}

#[tokio::test]
async fn the_first_lines_are_sent_alone_and_the_rest_later() {
    for (name, text) in [
        ("users.csv", csv(",")),
        ("users.jsonl", [0, 1, 2].map(object).join("\n")),
        ("users.json", format!("[{}]", [0, 1, 2].map(pretty).join(",\n"))),
    ] {
        let world = World::new().await;
        world.write(name, text);
        let ended = world.migrate(name, &["--check", "--limit", "2"]).await;
        assert!(ended.stdout.contains("2 lines: 2 can be sent"), "{ended:?}");
        for (limit, sent) in [("1", 1), ("1", 1), ("2", 2), ("9", 3)] {
            let ended = world.migrate(name, &["--limit", limit]).await;
            assert_eq!(ended.code, Some(0), "{ended:?}");
            assert_eq!(world.gate.traffic().asked.len(), sent, "{name}, up to {limit}");
        }
        everybody_is_there(&world, name).await;
    }
}

/// Rejected lines are in UTF-8. The same command, with its `--charset`, has to read them as UTF-8.
#[tokio::test]
async fn rejected_lines_of_another_character_set_are_run_again() {
    let world = World::new().await;
    let files = [("users.csv", csv(",")), ("users.jsonl", [0, 1, 2].map(object).join("\n"))];
    for (name, text) in files {
        let text = text.replace("md_5", "md5");
        let bytes: Vec<u8> = text.chars().map(|character| u8::try_from(character).unwrap()).collect();
        world.write(name, bytes);
        assert_eq!(world.migrate(name, &["--charset", "latin-1"]).await.code, Some(1));
        let rejected = name.replace("users.", "users.rejected.");
        world.write(&rejected, world.read(&rejected).replace("md5", "md_5"));
        let ended = world.migrate(&rejected, &["--charset", "latin-1"]).await;
        assert_eq!(ended.code, Some(0), "{ended:?}");
        everybody_is_there(&world, name).await;
    }
}
