//! The program as people run it: its output, its files and its errors.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::{TempDir, tempdir};

const NOTES: &str = r##"{
    "openapi": "3.0.3",
    "info": {"title": "Notes", "version": "1"},
    "servers": [{"url": "/v1"}],
    "tags": [{"name": "notes", "description": "Notes."}],
    "paths": {
        "/notes": {"get": {"operationId": "listNotes", "tags": ["notes"], "responses": {"200": {
            "description": "Notes",
            "content": {"application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/note"}}}}
        }}}},
        "/users/me": {"get": {"operationId": "getMe", "tags": ["User accounts"], "responses": {"200": {
            "description": "A user",
            "content": {"application/json": {"schema": {"type": "object", "properties": {
                "last": {"$ref": "#/components/schemas/note"}
            }}}}
        }}}},
        "/ping": {"get": {"responses": {"204": {"description": "Here"}}}}
    },
    "components": {"schemas": {"note": {"type": "object", "properties": {"text": {"type": "string"}}}}}
}"##;

fn directory() -> TempDir {
    let directory = tempdir().unwrap();
    fs::write(directory.path().join("notes.json"), NOTES).unwrap();
    directory
}

fn program(directory: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-declapi"));
    command.current_dir(directory).arg("declapi").args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// Runs the program, which must fail, and returns its message.
fn error(directory: &Path, arguments: &[&str]) -> String {
    let output = program(directory, arguments);
    assert!(!output.status.success() && output.stdout.is_empty(), "{output:?}");
    text(&output.stderr).to_owned()
}

#[test]
fn one_file_has_a_module_for_each_tag_and_one_for_shared_types() {
    let directory = directory();
    let output = program(directory.path(), &["new", "notes.json"]);
    assert!(output.status.success());
    let written = text(&output.stdout);
    for wanted in [
        "pub struct Notes;",
        "#[endpoint(get = \"/ping\", response = (), on = &Notes, idempotent)]",
        "pub struct GetPing;",
        "pub mod notes {",
        "use super::models::Note;",
        "pub mod user_accounts {",
        "pub mod models {",
    ] {
        assert!(written.contains(wanted), "{wanted}\n{written}");
    }
    let said = text(&output.stderr);
    assert!(said.starts_with("3 operations declared in ") && said.contains("     1  servers\n"), "{said}");
}

#[test]
fn a_tag_chooses_operations_and_their_types() {
    let directory = directory();
    let output = program(directory.path(), &["new", "notes.json", "--tag", "notes", "--name", "Pad"]);
    let written = text(&output.stdout);
    assert!(written.contains("pub struct Pad;") && written.contains("pub struct Note {"), "{written}");
    assert!(!written.contains("mod models") && !written.contains("ping"), "{written}");

    let unknown = error(directory.path(), &["new", "notes.json", "--tag", "note"]);
    assert!(
        unknown.contains("no operation has the tag `note`: the tags are `notes`, `User accounts`"),
        "{unknown}"
    );
    let misspelt = error(directory.path(), &["new", "notes.json", "--tag", "user-accounts"]);
    assert!(misspelt.contains("did you mean `User accounts`?"), "{misspelt}");
}

#[test]
fn tags_are_listed() {
    let directory = directory();
    let output = program(directory.path(), &["new", "notes.json", "--list"]);
    assert_eq!(text(&output.stdout), "     1  notes\n     1  User accounts\n     1  (without a tag)\n");
}

#[test]
fn a_file_is_written_once() {
    let directory = directory();
    let arguments = ["new", "notes.json", "--out", "src/api.rs"];
    assert!(program(directory.path(), &arguments).status.success());
    let path = directory.path().join("src/api.rs");
    fs::write(&path, "mine").unwrap();
    let rejected = error(directory.path(), &arguments);
    assert!(rejected.contains("`src/api.rs` exists, and is not overwritten"), "{rejected}");
    assert_eq!(fs::read_to_string(path).unwrap(), "mine");
}

#[test]
fn a_directory_gets_a_file_for_each_tag_or_none() {
    let directory = directory();
    let arguments = ["new", "notes.json", "--out", "src/api"];
    assert!(program(directory.path(), &arguments).status.success());
    let read = |name: &str| fs::read_to_string(directory.path().join("src/api").join(name)).unwrap();
    assert!(read("mod.rs").contains("pub mod models;\npub mod notes;\npub mod user_accounts;\n"));
    assert!(
        read("notes.rs").starts_with("//! Notes.\n\nuse declapi::{endpoint, resource};\n"),
        "{}",
        read("notes.rs")
    );
    assert!(read("models.rs").contains("pub struct Note {"));

    fs::remove_file(directory.path().join("src/api/mod.rs")).unwrap();
    let rejected = error(directory.path(), &arguments);
    assert!(rejected.contains("`src/api/notes.rs` exists"), "{rejected}");
    assert!(!directory.path().join("src/api/mod.rs").exists());
    let file = error(directory.path(), &["new", "notes.json", "--out", "notes.json"]);
    assert!(file.contains("`notes.json` is a file and does not end in `.rs`"), "{file}");
}

#[test]
fn standard_input_is_a_document_too() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-declapi"));
    command.args(["declapi", "new", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = command.spawn().unwrap();
    running.stdin.take().unwrap().write_all(NOTES.as_bytes()).unwrap();
    let output = running.wait_with_output().unwrap();
    assert!(output.status.success() && text(&output.stdout).contains("pub struct Note {"));
}

#[test]
fn a_document_that_cannot_be_read_is_an_error_with_the_reason() {
    let directory = directory();
    let missing = error(directory.path(), &["new", "nothing.json"]);
    assert!(missing.contains("`nothing.json` cannot be read: "), "{missing}");
    fs::write(directory.path().join("bad.json"), "{").unwrap();
    let bad = error(directory.path(), &["new", "bad.json"]);
    assert!(bad.contains("`bad.json`: ") && bad.contains("JSON"), "{bad}");
    let empty = r#"{"openapi": "3.1.0", "info": {"title": "", "version": ""}, "paths": {}}"#;
    fs::write(directory.path().join("empty.json"), empty).unwrap();
    assert!(error(directory.path(), &["new", "empty.json"]).contains("the document has no operations"));
    let name = error(directory.path(), &["new", "notes.json", "--name", "my client"]);
    assert!(name.contains("`MyClient`"), "{name}");
}

const AWKWARD: &str = r##"{
    "openapi": "3.0.3",
    "info": {"title": "", "version": "1"},
    "tags": [{"name": ""}],
    "security": [{"token": []}],
    "paths": {
        "/a": {"get": {"operationId": "a", "tags": ["client"], "security": [{"key": [], "user": []}],
            "parameters": [{"name": "keys", "in": "query", "schema": {"type": "array",
                "items": {"type": "string", "format": "password"}}}],
            "responses": {
                "200": {"description": "Nothing"},
                "201": {"description": "A word", "content": {"application/json": {"schema": {"type": "string"}}}}
            }}},
        "/feeds/{cursor}": {"get": {"operationId": "feed", "tags": ["mod"], "responses": {"200": {
            "description": "A page", "content": {"application/json": {"schema": {"type": "object", "properties": {
                "items": {"type": "array", "items": {"type": "string"}}, "next_cursor": {"type": "string"}
            }}}}
        }}}},
        "/b": {"get": {"operationId": "b", "tags": ["declapi"], "responses": {"204": {"description": "Here"}}}},
        "/pets": {"get": {"tags": ["client"], "responses": {"200": {"description": "Pets", "content": {
            "application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/pet"}}}
        }}}}},
        "/matrix/{at}": {"get": {"tags": ["client"], "responses": {}, "parameters": [
            {"name": "at", "in": "path", "required": true, "style": "matrix", "schema": {"type": "integer"}}
        ]}},
        "/empty": {"get": {"tags": [""], "responses": {}}},
        "/setters": {"get": {"tags": ["client"], "responses": {}, "parameters": [
            {"name": "send", "in": "query", "schema": {"type": "string"}},
            {"name": "maybe_send", "in": "query", "schema": {"type": "string"}}
        ]}},
        "/b/builder": {"get": {"operationId": "bBuilder", "tags": ["declapi"], "responses": {}}},
        "/c": {"get": {"operationId": "c", "tags": ["declapi"], "responses": {"204": {"description": "Here"}}}}
    },
    "components": {"schemas": {
        "pet": {"type": "object", "properties": {"kind": {"type": "string"}, "friend": {"$ref": "#/components/schemas/cat"}},
            "discriminator": {"propertyName": "kind"}},
        "cat": {"allOf": [{"$ref": "#/components/schemas/pet"}, {"properties": {"lives": {"type": "integer"}}}]}
    }, "securitySchemes": {
        "token": {"type": "http", "scheme": "bearer"},
        "key": {"type": "apiKey", "name": "x-key", "in": "header"},
        "user": {"type": "apiKey", "name": "x-user", "in": "header"}
    }}
}"##;

/// Each of these was once an error of the macros, or missing without a note.
#[test]
fn awkward_documents_become_declarations_that_compile() {
    let directory = directory();
    fs::write(directory.path().join("awkward.json"), AWKWARD).unwrap();
    let output = program(directory.path(), &["new", "awkward.json"]);
    let written = text(&output.stdout);
    for wanted in [
        "// Not declared: the fields of the extended objects that `kind` selects.\n    /// A pet.",
        "`at` in the path has a style with signs",
        "/// An API.\n///\n/// Credentials",
        "/// Operations without a name for their group.\npub mod empty {",
        "pub struct BBuilderCall;",
        "pub send_field: ",
        "pub maybe_send_value: ",
        "Calls also need user",
        "The status 200 has no content",
        "#[endpoint(query)]\n        pub keys",
    ] {
        assert!(written.contains(wanted), "{wanted}: {written}");
    }
    for unwanted in
        ["page(", "none = 200", "on = Client\n", "on = Client,", "on = Client)", "pub mod declapi {"]
    {
        assert!(!written.contains(unwanted), "{unwanted}: {written}");
    }
    let output = program(directory.path(), &["new", "awkward.json", "--out", "api"]);
    assert!(output.status.success(), "{output:?}");
    assert!(directory.path().join("api/mod2.rs").exists());
}

/// Returns a document in which each schema contains the next one.
fn chain(length: usize) -> String {
    let link = |at: usize| {
        let next = at + 1;
        format!(
            r##""s{at}": {{"type": "object", "properties": {{"next": {{"$ref": "#/components/schemas/s{next}"}}}}}},"##
        )
    };
    let links: String = (0..length).map(link).collect();
    format!(
        r##"{{"openapi": "3.1.0", "info": {{"title": "Chain", "version": "1"}}, "paths": {{"/a": {{"get": {{
            "responses": {{"200": {{"description": "A", "content": {{"application/json": {{"schema": {{
                "$ref": "#/components/schemas/s0"
            }}}}}}}}}}
        }}}}}}, "components": {{"schemas": {{{links} "s{length}": {{"type": "string"}}}}}}}}"##
    )
}

#[test]
fn many_schemas_inside_each_other_do_not_overflow_the_stack() {
    let directory = directory();
    fs::write(directory.path().join("chain.json"), chain(1600)).unwrap();
    let output = program(directory.path(), &["new", "chain.json"]);
    assert!(output.status.success(), "{:?} {}", output.status, text(&output.stderr));
    assert_eq!(text(&output.stdout).matches("pub struct S").count(), 1600);
    fs::write(directory.path().join("chain.json"), chain(10_100)).unwrap();
    let rejected = error(directory.path(), &["new", "chain.json"]);
    assert!(rejected.contains("the schema `s10000` is inside 10000 other schemas"), "{rejected}");
}

/// On a disk that is full, the program must not leave a part of its output.
#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_written_completely_is_removed() {
    let directory = directory();
    // Only the second file of the directory is too large.
    let long = NOTES.replace(r#""Notes.""#, &format!("\"{}\"", "Long. ".repeat(500)));
    fs::write(directory.path().join("notes.json"), long).unwrap();
    for out in ["api.rs", "api"] {
        // A limit on the size of files, in units of 512 bytes.
        let script = format!("trap '' XFSZ; ulimit -f 3; exec \"$0\" declapi new notes.json --out {out}");
        let mut command = Command::new("sh");
        command.args(["-c", &script, env!("CARGO_BIN_EXE_cargo-declapi")]).current_dir(directory.path());
        let output = command.output().unwrap();
        assert!(!output.status.success() && text(&output.stderr).contains("cannot be written"), "{output:?}");
        let left: Vec<_> = walk(&directory.path().join(out));
        assert!(left.is_empty(), "{left:?}");
    }
}

/// Returns the files of a path.
#[cfg(unix)]
fn walk(path: &Path) -> Vec<std::path::PathBuf> {
    match fs::read_dir(path) {
        Ok(entries) => entries.map(|entry| entry.unwrap().path()).collect(),
        Err(_) => Some(path.to_owned()).into_iter().filter(|path| path.exists()).collect(),
    }
}
