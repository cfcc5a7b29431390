//! The state file: one line of JSON for every change, written before the request that made it is answered.
//!
//! A program that is killed leaves at most one line that is not finished, and the request behind that line was never
//! answered: the line is dropped at the next start. The file is written anew, without what has been overtaken, at
//! every start and whenever it has grown to several times what it was.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufRead, BufReader, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::Change;
use crate::error::StartError;

const FORMAT: u32 = 1;
/// The lines that come into being in one step: the header, and what there was when the file was written anew. What is
/// missing there was not lost by a program that was killed.
const WRITTEN_WHOLE: u64 = 2;
/// How much may be appended, beside three times the file's first size, before it is written anew.
const SLACK_BYTES: u64 = 16 << 20;
/// How many links are followed, as many as Linux does.
const MOST_LINKS: usize = 40;

/// The first line of a state file.
#[derive(Serialize, Deserialize)]
struct Header {
    stytch_emulator_state: u32,
    /// How often an emulator has started with it, this time included.
    starts: u64,
}

/// A state file that is open for this emulator alone.
pub(crate) struct Journal {
    /// Where the file is, not a link to it.
    path: PathBuf,
    file: File,
    starts: u64,
    /// How much of the file is whole lines.
    length: u64,
    /// What it measured when it was last written anew.
    base: u64,
    /// Held for as long as the journal lives.
    _lock: File,
}

impl Journal {
    /// Opens a state file, or begins one, and hands every change in it to `replay`.
    ///
    /// # Errors
    ///
    /// When it cannot be read or written, is not a state file, or is open in another emulator.
    pub(crate) fn open(path: &Path, mut replay: impl FnMut(Change)) -> Result<Self, StartError> {
        let target = target(path);
        let lock = lock(path, &target)?;
        let (starts, length) = match File::open(&target) {
            Ok(file) => read(path, file, &mut replay)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => (0, 0),
            Err(error) => return Err(StartError::state_file(path, error)),
        };
        let file = private().create(true).truncate(false).write(true).open(&target);
        let file = file.map_err(|error| StartError::state_file(path, error))?;
        Ok(Self { path: target, file, starts: starts + 1, length, base: length, _lock: lock })
    }

    /// How often an emulator has started with this file, this time included.
    pub(crate) fn starts(&self) -> u64 {
        self.starts
    }

    /// Writes a change down. When this returns, the change is on the disk.
    ///
    /// # Errors
    ///
    /// When it cannot be written; then nothing of it is left in the file.
    pub(crate) fn append(&mut self, change: &Change) -> io::Result<()> {
        let mut line = serde_json::to_vec(change)?;
        line.push(b'\n');
        let written = self.write_at_end(&line);
        match written {
            Ok(()) => self.length += line.len() as u64,
            // Should this fail too, the next write still begins where the last whole line ends.
            Err(_) => drop(self.file.set_len(self.length)),
        }
        written
    }

    fn write_at_end(&mut self, line: &[u8]) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(self.length))?;
        self.file.write_all(line)?;
        self.file.sync_data()
    }

    /// Whether so much has been appended that the file should be written anew.
    pub(crate) fn is_overgrown(&self) -> bool {
        self.length > 4 * self.base + SLACK_BYTES
    }

    /// Writes the file anew, with one change that holds everything.
    ///
    /// # Errors
    ///
    /// When it cannot be written; then the old file is still there.
    pub(crate) fn rewrite(&mut self, everything: &Change) -> io::Result<()> {
        let beside = suffixed(&self.path, ".new");
        let header = Header { stytch_emulator_state: FORMAT, starts: self.starts };
        let mut text = serde_json::to_vec(&header)?;
        text.push(b'\n');
        text.extend(serde_json::to_vec(everything)?);
        text.push(b'\n');
        let mut file = private().create(true).truncate(true).write(true).open(&beside)?;
        file.write_all(&text)?;
        file.sync_all()?;
        fs::rename(&beside, &self.path)?;
        sync_directory(&self.path);
        self.file = file;
        self.length = text.len() as u64;
        self.base = self.length;
        Ok(())
    }
}

/// Reads a file line by line; gives the number of starts, and how much of it is whole lines.
fn read(path: &Path, file: File, replay: &mut impl FnMut(Change)) -> Result<(u64, u64), StartError> {
    let mut reader = BufReader::new(file);
    let (mut starts, mut length, mut line) = (0, 0_u64, Vec::new());
    for number in 1.. {
        line.clear();
        reader.read_until(b'\n', &mut line).map_err(|error| StartError::state_file(path, error))?;
        if line.last() != Some(&b'\n') {
            let is_empty_file = number == 1 && line.is_empty();
            if is_empty_file || number > WRITTEN_WHOLE {
                break;
            }
            return Err(StartError::damaged_state_file(path, number));
        }
        let damaged = |_| StartError::damaged_state_file(path, number);
        if number == 1 {
            let header: Header = serde_json::from_slice(&line).map_err(damaged)?;
            if header.stytch_emulator_state != FORMAT {
                return Err(StartError::damaged_state_file(path, number));
            }
            starts = header.starts;
        } else {
            replay(serde_json::from_slice(&line).map_err(damaged)?);
        }
        length += line.len() as u64;
    }
    Ok((starts, length))
}

/// Takes the lock that keeps a second emulator away. The system releases it when the program ends, however it ends.
fn lock(path: &Path, target: &Path) -> Result<File, StartError> {
    let beside = suffixed(target, ".lock");
    let file = private().create(true).truncate(false).write(true).open(beside);
    let file = file.map_err(|error| StartError::state_file(path, error))?;
    match fs4::FileExt::try_lock(&file) {
        Ok(()) => Ok(file),
        Err(fs4::TryLockError::WouldBlock) => {
            let taken = io::Error::new(io::ErrorKind::ResourceBusy, "another emulator has it open");
            Err(StartError::state_file(path, taken))
        }
        Err(fs4::TryLockError::Error(error)) => Err(StartError::state_file(path, error)),
    }
}

/// Options that give a new file to its owner alone: it holds hashes and tokens.
fn private() -> OpenOptions {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "elsewhere the directory decides who may read it"))]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// The file that a path leads to, which need not be there yet. A file is written anew beside the old one and then put in
/// its place: that must not be the place of a link.
fn target(path: &Path) -> PathBuf {
    let mut target = path.to_owned();
    // Links that lead to each other are for the system to refuse.
    for _ in 0..MOST_LINKS {
        let Ok(next) = fs::read_link(&target) else { break };
        target = target.parent().unwrap_or(Path::new("")).join(next);
    }
    target
}

fn suffixed(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Makes a rename outlast a power cut, where directories can be synced.
fn sync_directory(path: &Path) {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if let Ok(directory) = File::open(parent) {
        let _ = directory.sync_all();
    }
}
