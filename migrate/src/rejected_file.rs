//! The file of rejected lines.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, Read, Write};
use std::path::PathBuf;

use crate::exit::Stop;
use crate::files::{make_name_durable, private};
use crate::fingerprint::{Fingerprint, Key, Running};
use crate::rejected::Style;

/// The file, and its length in the journal.
pub(crate) struct RejectedFile {
    path: PathBuf,
    header: Vec<u8>,
    running: Running,
    bytes: u64,
    file: Option<File>,
    /// Pipes and devices have no content to go back to, and cannot be made durable.
    regular: bool,
}

impl RejectedFile {
    /// Finds the file of the journal, or a name for a new file. `is_settled` says that the journal has an outcome of every
    /// record that was reserved.
    ///
    /// # Errors
    ///
    /// There is a file of the same name that does not belong to this journal, or that was changed since.
    pub(crate) fn open(
        path: PathBuf,
        style: &Style,
        key: &Key,
        copied: Option<(u64, Fingerprint)>,
        is_settled: bool,
    ) -> Result<Self, Stop> {
        let running = key.begin("rejected");
        let mut rejected =
            Self { path, header: style.header.clone(), running, bytes: 0, file: None, regular: true };
        match (fs::metadata(&rejected.path), copied) {
            (Err(error), _) if error.kind() == io::ErrorKind::NotFound => {}
            (Err(error), _) => return Err(rejected.cannot(&error)),
            (Ok(about), _) if !about.is_file() => {
                rejected.regular = false;
                let file = OpenOptions::new().append(true).open(&rejected.path);
                rejected.file = Some(file.map_err(|error| rejected.cannot(&error))?);
            }
            (Ok(_), None) => {
                return Err(rejected.in_the_way("exists already, and is not from this journal"));
            }
            (Ok(_), Some((bytes, fingerprint))) => rejected.go_on(bytes, fingerprint, is_settled)?,
        }
        Ok(rejected)
    }

    fn go_on(&mut self, bytes: u64, fingerprint: Fingerprint, is_settled: bool) -> Result<(), Stop> {
        let file = OpenOptions::new()
            .read(true)
            .append(true)
            .open(&self.path)
            .map_err(|error| self.cannot(&error))?;
        let mut known = BufReader::new(&file).take(bytes);
        let mut piece = [0; 8192];
        loop {
            let read = known.read(&mut piece).map_err(|error| self.cannot(&error))?;
            if read == 0 {
                break;
            }
            self.running.bytes(&piece[..read]);
            self.bytes += read as u64;
        }
        let length = file.metadata().map_err(|error| self.cannot(&error))?.len();
        // If all records have an outcome, somebody else wrote the rows that are not in the journal.
        let has_other_rows = is_settled && length > bytes;
        if (self.bytes, self.running.so_far()) != (bytes, fingerprint) || has_other_rows {
            return Err(self.in_the_way("has been changed since the last run"));
        }
        // The last run wrote these rows before it was stopped, but not yet to the journal. They will be written
        // again.
        file.set_len(bytes).map_err(|error| self.cannot(&error))?;
        self.file = Some(file);
        Ok(())
    }

    fn cannot(&self, error: &io::Error) -> Stop {
        Stop::unusable(format!("{} cannot be opened: {error}", self.path.display()))
    }

    fn in_the_way(&self, what: &str) -> Stop {
        Stop::unusable(format!(
            "{} {what}: move it away, or name another file for rejected lines with `--rejected`",
            self.path.display()
        ))
    }

    pub(crate) fn is_to_be_created(&self) -> bool {
        self.file.is_none()
    }

    /// Returns the length of the file, and its fingerprint.
    pub(crate) fn state(&self) -> (u64, Fingerprint) {
        (self.bytes, self.running.so_far())
    }

    /// Writes rows, and returns when they are durable.
    ///
    /// # Errors
    ///
    /// They cannot be written, for example because the disk is full.
    pub(crate) fn append(&mut self, rows: &[Vec<u8>]) -> Result<(u64, Fingerprint), Stop> {
        let text =
            if self.bytes == 0 { [self.header.clone(), rows.concat()].concat() } else { rows.concat() };
        self.write(&text).map_err(|error| {
            Stop::unfinished(format!(
                "rejected lines cannot be written to {}: {error}; run the same command again to continue, and `--rejected` \
                 names another file",
                self.path.display()
            ))
        })?;
        self.bytes += text.len() as u64;
        self.running.bytes(&text);
        Ok(self.state())
    }

    fn write(&mut self, text: &[u8]) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => {
                let file = private(OpenOptions::new().append(true).create_new(true)).open(&self.path)?;
                make_name_durable(&self.path)?;
                none.insert(file)
            }
        };
        file.write_all(text)?;
        if self.regular { file.sync_data() } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Wanted;

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

        /// Opens the file at the beginning, or after a run that was stopped.
        fn open(&self, copied: Option<(u64, Fingerprint)>) -> Result<RejectedFile, String> {
            self.open_after(copied, false)
        }

        fn open_after(
            &self,
            copied: Option<(u64, Fingerprint)>,
            is_settled: bool,
        ) -> Result<RejectedFile, String> {
            let input = self.directory.path().join("input");
            fs::write(&input, "email\n").unwrap();
            let style = Style::of(&Wanted::file(&input).open().unwrap());
            RejectedFile::open(self.path(), &style, &self.key, copied, is_settled)
                .map_err(|stop| stop.to_string())
        }

        fn contents(&self) -> String {
            fs::read_to_string(self.path()).unwrap()
        }
    }

    #[test]
    fn continues_from_the_journal() {
        let scene = Scene::new();
        let mut file = scene.open(None).unwrap();
        assert!(file.is_to_be_created() && !scene.path().exists());
        let known = file.append(&[b"one\n".to_vec()]).unwrap();
        // A row that is not in the journal.
        file.append(&[b"two\n".to_vec()]).unwrap();

        let mut file = scene.open(Some(known)).unwrap();
        assert_eq!(scene.contents(), "reason,email\none\n");
        file.append(&[b"two\n".to_vec(), b"three\n".to_vec()]).unwrap();
        assert_eq!(scene.contents(), "reason,email\none\ntwo\nthree\n");
    }

    #[test]
    fn a_file_of_another_program_is_not_changed() {
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
        // Rows that were added after the end of the last run.
        let added = "reason,email\none\ntwo\n";
        fs::write(scene.path(), added).unwrap();
        assert!(scene.open_after(Some(known), true).map(|_| ()).unwrap_err().contains("has been changed"));
        assert_eq!(scene.contents(), added);
        // If the file is moved away, a new one can be created.
        fs::remove_file(scene.path()).unwrap();
        scene.open(Some(known)).unwrap().append(&[b"two\n".to_vec()]).unwrap();
        assert_eq!(scene.contents(), "reason,email\ntwo\n");
    }
}
