//! Reads the files of this repository, for tests that compare them.

use std::fs;
use std::path::{Path, PathBuf};

/// Returns the files below a folder that have an extension, and their contents.
pub fn with_extension(folder: &Path, extension: &str) -> Vec<(PathBuf, String)> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("a file or a folder").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|its| its == extension) {
                let content = fs::read_to_string(&path).expect("text");
                found.push((path, content));
            }
        }
    }
    found
}
