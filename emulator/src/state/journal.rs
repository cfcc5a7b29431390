//! The state file: one line of JSON for every change, written before the response to its request is sent.
//!
//! A program that is killed leaves at most one incomplete line. The client of that request never got a response, and
//! the next start discards the line. The file is rewritten, without outdated lines, at every start and whenever it has
//! grown to several times its size.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufRead, BufReader, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::change::Change;
use crate::error::StartError;

const FORMAT: u32 = 1;
/// The first lines, which are written in one step: the header, and the state when the file was rewritten. A program
/// that was killed cannot have left them incomplete.
const COMPLETE_LINES: u64 = 2;
/// How much can be appended, in addition to three times the size of the rewritten file, before it is rewritten again.
const SLACK_BYTES: u64 = 16 << 20;
/// How many symbolic links are followed; Linux follows as many.
const MAX_LINKS: usize = 40;

/// The first line of a state file.
#[derive(Serialize, Deserialize)]
struct Header {
    stytch_emulator_state: u32,
    /// How many times an emulator has started with the file, this time included.
    starts: u64,
}

/// A state file that is open for this emulator alone.
pub(crate) struct Journal {
    /// The path of the file itself, not of a link to it.
    path: PathBuf,
    file: File,
    starts: u64,
    /// How many bytes of the file are complete lines.
    length: u64,
    /// The size of the file when it was last rewritten.
    base: u64,
    /// Kept open as long as the journal exists.
    _lock: File,
}

impl Journal {
    /// Opens or creates a state file, and calls `replay` with every change in it.
    ///
    /// # Errors
    ///
    /// If the file cannot be read or written, is not a state file, or is open in another emulator.
    pub(crate) fn open(path: &Path, mut replay: impl FnMut(Change)) -> Result<Self, StartError> {
        let target = target(path);
        let lock = lock(path, &target)?;
        let (starts, length) = match File::open(&target) {
            Ok(file) => read(path, file, &mut replay)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => (0, 0),
            Err(error) => return Err(StartError::state_file(path, error)),
        };
        let starts = starts.checked_add(1).ok_or_else(|| StartError::damaged_state_file(path, 1))?;
        let file = private().create(true).truncate(false).write(true).open(&target);
        let file = file.map_err(|error| StartError::state_file(path, error))?;
        Ok(Self { path: target, file, starts, length, base: length, _lock: lock })
    }

    /// Returns how many times an emulator has started with this file, this time included.
    pub(crate) fn starts(&self) -> u64 {
        self.starts
    }

    /// Appends a change. When this returns, the change is on the disk.
    ///
    /// # Errors
    ///
    /// If it cannot be written. The file is then as before.
    pub(crate) fn append(&mut self, change: &Change) -> io::Result<()> {
        let mut line = serde_json::to_vec(change)?;
        line.push(b'\n');
        let written = self.write_at_end(&line);
        match written {
            Ok(()) => self.length += line.len() as u64,
            // If this fails too, the next write still starts at the end of the last complete line.
            Err(_) => drop(self.file.set_len(self.length)),
        }
        written
    }

    fn write_at_end(&mut self, line: &[u8]) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(self.length))?;
        self.file.write_all(line)?;
        self.file.sync_data()
    }

    /// Whether so much was appended that the file should be rewritten.
    pub(crate) fn needs_rewriting(&self) -> bool {
        self.length > 4 * self.base + SLACK_BYTES
    }

    /// Rewrites the file, with the whole state as one change.
    ///
    /// # Errors
    ///
    /// If it cannot be written. The old file is then unchanged.
    pub(crate) fn rewrite(&mut self, state: &Change) -> io::Result<()> {
        let beside = suffixed(&self.path, ".new");
        let header = Header { stytch_emulator_state: FORMAT, starts: self.starts };
        let mut text = serde_json::to_vec(&header)?;
        text.push(b'\n');
        text.extend(serde_json::to_vec(state)?);
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

/// Reads a file line by line. Returns the number of starts, and how many bytes are complete lines.
fn read(path: &Path, file: File, replay: &mut impl FnMut(Change)) -> Result<(u64, u64), StartError> {
    let mut reader = BufReader::new(file);
    let (mut starts, mut length, mut line) = (0, 0_u64, Vec::new());
    for number in 1.. {
        line.clear();
        reader.read_until(b'\n', &mut line).map_err(|error| StartError::state_file(path, error))?;
        if line.last() != Some(&b'\n') {
            let is_empty_file = number == 1 && line.is_empty();
            if is_empty_file || number > COMPLETE_LINES {
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

/// Takes the lock that excludes a second emulator. The system releases it when the program ends, even if it is killed.
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

/// Returns options that create a file that only its owner can read: it contains hashes and tokens.
fn private() -> OpenOptions {
    #[cfg_attr(
        not(unix),
        expect(unused_mut, reason = "on other systems, the directory decides who can read it")
    )]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Follows symbolic links to the file itself, which need not exist yet. A rewritten file replaces the old one; it must
/// not replace a link.
fn target(path: &Path) -> PathBuf {
    let mut target = path.to_owned();
    // If links form a loop, opening the file fails.
    for _ in 0..MAX_LINKS {
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

/// Makes a rename survive a power failure, on systems that can sync directories.
fn sync_directory(path: &Path) {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if let Ok(directory) = File::open(parent) {
        let _ = directory.sync_all();
    }
}
