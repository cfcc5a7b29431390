use std::path::Path;

use super::*;
use crate::input::Wanted;

fn open_input(directory: &Path, text: impl AsRef<[u8]>) -> Input {
    let path = directory.join("input");
    fs::write(&path, text).unwrap();
    Wanted::file(&path).open().unwrap()
}

/// The file of rejected lines that has every record of this input.
fn all_rejected(text: impl AsRef<[u8]>) -> Vec<u8> {
    let directory = tempfile::tempdir().unwrap();
    let mut input = open_input(directory.path(), text);
    let style = Style::of(&input);
    let mut copy = style.header.clone();
    while let Some(record) = input.next().unwrap() {
        copy.extend(style.row(&record, "no, \"really\""));
    }
    copy
}

fn shown(text: impl AsRef<[u8]>) -> String {
    String::from_utf8(all_rejected(text)).unwrap()
}

#[test]
fn rows_get_a_column() {
    assert_eq!(
        shown("email,name\r\na@b.c,\"A \"\"B\"\"\nC\"\r\n"),
        "reason,email,name\n\"line 2: no, \"\"really\"\"\",a@b.c,\"A \"\"B\"\"\nC\"\n"
    );
}

#[test]
fn rows_that_were_rejected_before_get_no_second_column() {
    let once = shown("email,name\na@b.c,A\n");
    assert_eq!(shown(&once), once);
}

#[test]
fn rows_that_cannot_be_told_apart_stay_as_they_are() {
    let copy = all_rejected(b"email,name\na@b.c,\"A\xff\nb@b.c,B\n");
    let expected = b"reason,email,name\n\"line 2: no, \"\"really\"\"\",a@b.c,\"A\xff\n\"line 3: no";
    assert!(copy.starts_with(expected), "{}", String::from_utf8_lossy(&copy));
}

#[test]
fn a_row_that_is_too_long_leaves_its_reason() {
    let copy = shown(format!("email,name\n{},x\n", "a".repeat(3 << 20)));
    assert_eq!(copy, "reason,email,name\n\"line 2: no, \"\"really\"\"\"\n");
}

#[test]
fn objects_get_a_key() {
    let reason = |line| format!(r#""reason":"line {line}: no, \"really\"""#);
    let text = "{ \"a\": 1.50, \"a\": 2 }\n{\"reason\": \"x\", \"b\":1}\n";
    let expected = format!("{{{},\"a\": 1.50, \"a\": 2 }}\n{{{},\"b\":1}}\n", reason(1), reason(2));
    assert_eq!(shown(text), expected);
    assert_eq!(shown(&expected), expected);
}

#[test]
fn lines_that_are_no_objects_get_a_line_in_front() {
    let text = "{\"a\":1}\n[1]\nnot json\n";
    let reason = |line| format!(r#""reason":"line {line}: no, \"really\"""#);
    let expected =
        format!("{{{},\"a\":1}}\n{{{}}}\n[1]\n{{{}}}\nnot json\n", reason(1), reason(2), reason(3));
    assert_eq!(shown(text), expected);
    let again = shown(&expected);
    assert_eq!(again.lines().count(), 5, "reasons of an earlier run are not rejected themselves: {again}");
}

struct Scene {
    directory: tempfile::TempDir,
    key: Key,
}

impl Scene {
    fn new() -> Self {
        Self { directory: tempfile::tempdir().unwrap(), key: Key::new("secret", b"salt") }
    }

    fn path(&self) -> PathBuf {
        self.directory.path().join("rejected.csv")
    }

    fn open(&self, copied: Option<(u64, Fingerprint)>) -> Result<RejectedFile, String> {
        let style = Style::of(&open_input(self.directory.path(), "email\n"));
        RejectedFile::open(self.path(), &style, &self.key, copied).map_err(|stop| stop.to_string())
    }

    fn contents(&self) -> String {
        fs::read_to_string(self.path()).unwrap()
    }
}

#[test]
fn goes_on_where_the_journal_left_it() {
    let scene = Scene::new();
    let mut file = scene.open(None).unwrap();
    assert!(file.is_to_be_created() && !scene.path().exists());
    let known = file.append(&[b"one\n".to_vec()]).unwrap();
    // A row that the journal did not hear of.
    file.append(&[b"two\n".to_vec()]).unwrap();

    let mut file = scene.open(Some(known)).unwrap();
    assert_eq!(scene.contents(), "reason,email\none\n");
    file.append(&[b"two\n".to_vec(), b"three\n".to_vec()]).unwrap();
    assert_eq!(scene.contents(), "reason,email\none\ntwo\nthree\n");
}

#[test]
fn a_file_of_somebody_else_is_not_touched() {
    let scene = Scene::new();
    fs::write(scene.path(), "mine").unwrap();
    assert!(scene.open(None).map(|_| ()).unwrap_err().contains("exists already"));
    assert_eq!(scene.contents(), "mine");
}

#[test]
fn a_file_that_was_corrected_is_not_touched() {
    let scene = Scene::new();
    let known = scene.open(None).unwrap().append(&[b"one\n".to_vec()]).unwrap();
    for corrected in ["reason,email\nONE\n", "reason,email\nONE and more\n", ""] {
        fs::write(scene.path(), corrected).unwrap();
        assert!(scene.open(Some(known)).map(|_| ()).unwrap_err().contains("has been changed"));
        assert_eq!(scene.contents(), corrected);
    }
    // Moved away, it makes room for another.
    fs::remove_file(scene.path()).unwrap();
    scene.open(Some(known)).unwrap().append(&[b"two\n".to_vec()]).unwrap();
    assert_eq!(scene.contents(), "reason,email\ntwo\n");
}
