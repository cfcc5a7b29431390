//! The files that a run writes.

use std::ffi::{OsStr, OsString};
use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::cli::Arguments;
use crate::exit::Stop;
use crate::input::{Format, Input};

/// The files of a run.
#[derive(Debug)]
pub(crate) struct Files {
    pub(crate) journal: PathBuf,
    pub(crate) rejected: PathBuf,
    /// The directory of a trial is deleted at the end, unless the user keeps it.
    trial: Option<TempDir>,
}

impl Files {
    /// Chooses the names of the files.
    ///
    /// # Errors
    ///
    /// The input is standard input without `--journal`, or there is no directory for a trial.
    pub(crate) fn of(arguments: &Arguments, input: &Input, is_trial: bool) -> Result<Self, Stop> {
        if is_trial {
            return Self::of_trial(arguments, input);
        }
        let beside = arguments.wanted().is_regular_file().then(|| arguments.input.clone());
        let journal = match (&arguments.journal, &beside) {
            (Some(journal), _) => journal.clone(),
            (None, Some(input)) => with_end(input, ".journal"),
            (None, None) => {
                return Err(Stop::unusable(
                    "standard input has no file name for the journal: name one with `--journal`",
                ));
            }
        };
        let named = arguments.rejected.clone();
        let rejected = named.unwrap_or_else(|| {
            beside.map_or_else(|| beside_journal(&journal, input), |input| rejected(&input))
        });
        Ok(Self { journal, rejected, trial: None })
    }

    /// An emulator does not keep its users, so that each trial starts from the beginning. Its files are separate from
    /// the real ones.
    fn of_trial(arguments: &Arguments, input: &Input) -> Result<Self, Stop> {
        let cannot = |error| Stop::unusable(format!("cannot create a directory for the trial: {error}"));
        let directory = TempDir::with_prefix("stytch-migrate-").map_err(cannot)?;
        let journal = arguments.journal.clone().unwrap_or_else(|| directory.path().join("journal"));
        let in_trial = beside_journal(&directory.path().join("trial"), input);
        let rejected = arguments.rejected.clone().unwrap_or(in_trial);
        Ok(Self { journal, rejected, trial: Some(directory) })
    }

    /// Keeps the files of a trial.
    pub(crate) fn keep(&mut self) {
        if let Some(directory) = self.trial.take() {
            let _ = directory.keep();
        }
    }
}

/// Only the owner can read a new file.
pub(crate) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

/// Makes the name of a new file durable. For this, the directory has to be synchronized too.
pub(crate) fn make_name_durable(path: &Path) -> io::Result<()> {
    if cfg!(unix) {
        let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        File::open(directory.unwrap_or(Path::new(".")))?.sync_all()?;
    }
    Ok(())
}

fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// `users.csv` becomes `users.rejected.csv`, and so does `users.csv.gz`, because the file is not compressed.
fn rejected(input: &Path) -> PathBuf {
    let ends = |end: &str| input.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(end));
    if ["gz", "gzip", "zst", "zstd"].into_iter().any(ends) {
        return rejected(&input.with_extension(""));
    }
    let stem = input.with_extension("rejected");
    match input.extension() {
        Some(extension) => with_end(&with_end(&stem, "."), &extension.to_string_lossy()),
        None => stem,
    }
}

fn beside_journal(journal: &Path, input: &Input) -> PathBuf {
    let end = match input.format {
        Format::Csv { .. } => ".rejected.csv",
        Format::JsonLines | Format::JsonDocument => ".rejected.jsonl",
    };
    let bare = if journal.extension() == Some(OsStr::new("journal")) {
        journal.with_extension("")
    } else {
        journal.into()
    };
    with_end(&bare, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rejected_lines_are_next_to_the_input() {
        for (input, expected) in [
            ("/a/users.csv", "/a/users.rejected.csv"),
            ("users", "users.rejected"),
            // The file is not compressed.
            ("users.csv.gz", "users.rejected.csv"),
            ("users.jsonl.zst", "users.rejected.jsonl"),
            ("users.GZ", "users.rejected"),
            ("a.b/users.rejected.jsonl", "a.b/users.rejected.rejected.jsonl"),
        ] {
            assert_eq!(rejected(Path::new(input)), Path::new(expected));
        }
    }
}
