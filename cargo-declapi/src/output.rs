//! Writes the declarations to a file, a directory or standard output.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::model::Api;
use crate::write;

#[derive(Debug)]
pub(crate) enum Target {
    Stdout,
    File(PathBuf),
    Directory(PathBuf),
}

impl Target {
    /// Returns a file if the path ends in `.rs`, else a directory.
    pub(crate) fn of(path: Option<&Path>) -> Result<Self, String> {
        let Some(path) = path else { return Ok(Self::Stdout) };
        let is_file = path.extension().is_some_and(|extension| extension == "rs") && !path.is_dir();
        if !is_file {
            if path.is_file() {
                return Err(format!(
                    "{} is a file and does not end in `.rs`: pass another path",
                    shown(path)
                ));
            }
            return Ok(Self::Directory(path.to_owned()));
        }
        if path.exists() {
            return Err(exists(path));
        }
        Ok(Self::File(path.to_owned()))
    }

    /// Writes everything, and returns the number of lines.
    pub(crate) fn write(&self, api: &Api) -> Result<usize, String> {
        match self {
            Self::Stdout => {
                let text = write::one_file(api);
                print(&text)?;
                Ok(text.lines().count())
            }
            Self::File(path) => {
                let text = write::one_file(api);
                if let Some(parent) = path.parent() {
                    fs::create_dir_all(parent).map_err(|error| failed(parent, &error))?;
                }
                create(path, &text)?;
                Ok(text.lines().count())
            }
            Self::Directory(directory) => {
                let files = write::directory(api);
                // Write all files or none, because a part of the modules would not compile.
                let paths: Vec<PathBuf> = files.iter().map(|file| directory.join(&file.path)).collect();
                if let Some(path) = paths.iter().find(|path| path.exists()) {
                    return Err(exists(path));
                }
                fs::create_dir_all(directory).map_err(|error| failed(directory, &error))?;
                for (at, (file, path)) in files.iter().zip(&paths).enumerate() {
                    if let Err(problem) = create(path, &file.text) {
                        paths[..at].iter().for_each(|written| drop(fs::remove_file(written)));
                        return Err(problem);
                    }
                }
                Ok(files.iter().map(|file| file.text.lines().count()).sum())
            }
        }
    }
}

fn create(path: &Path, text: &str) -> Result<(), String> {
    let created = File::create_new(path);
    let mut file = created.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => exists(path),
        _ => failed(path, &error),
    })?;
    file.write_all(text.as_bytes()).map_err(|error| {
        // A part of a file does not compile, and the next run would not overwrite it.
        drop(fs::remove_file(path));
        failed(path, &error)
    })
}

fn exists(path: &Path) -> String {
    format!("{} exists, and is not overwritten: pass another path, or remove it first", shown(path))
}

fn failed(path: &Path, error: &io::Error) -> String {
    format!("{} cannot be written: {error}", shown(path))
}

/// Writes to standard output. It does not fail if the reader has closed the pipe.
pub(crate) fn print(text: &str) -> Result<(), String> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(format!("cannot write to standard output: {error}"))
        }
        _ => Ok(()),
    }
}

/// Returns the path for a message.
pub(crate) fn shown(path: &Path) -> String {
    let path: PathBuf = path.components().collect();
    format!("`{}`", path.display())
}
