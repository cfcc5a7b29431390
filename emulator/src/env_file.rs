//! The file of `--env-file`: the variables that a client needs, for programs that read such files.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::Path,
};

use stytch_emulator::Emulator;

/// The first line. A file without it was not written by the emulator.
const MARK: &str = "# Written by stytch-emulator, each time it starts.";

/// Writes the file, readable for its owner only.
///
/// # Errors
///
/// If it cannot be written, or if it exists and was not written by an emulator: it may be the `.env` file of a project.
pub(crate) fn write(path: &Path, emulator: &Emulator) -> Result<(), String> {
    let failed = |error: io::Error| format!("cannot write {}: {error}", path.display());
    match fs::read_to_string(path) {
        Ok(text) if !text.is_empty() && text.lines().next() != Some(MARK) => {
            return Err(format!(
                "{} exists, and the emulator did not write it; `--env-file` names a file that the emulator writes \
                 its address and credentials to",
                path.display()
            ));
        }
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
        Ok(_) | Err(_) => {}
    }
    let mut lines = vec![MARK.to_owned()];
    for (name, value) in [
        ("STYTCH_BASE_URL", emulator.base_url()),
        ("STYTCH_PROJECT_ID", emulator.project_id()),
        ("STYTCH_SECRET", emulator.secret()),
    ] {
        lines.push(format!("{name}={}", quoted(value)));
    }
    // Written under another name and then renamed, so that no program reads half of the file.
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let _ = fs::remove_file(&beside);
    let mut file = private().open(&beside).map_err(failed)?;
    file.write_all((lines.join("\n") + "\n").as_bytes()).map_err(failed)?;
    fs::rename(&beside, path).map_err(failed)
}

fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Quotes a value if a shell or a reader of such files would read a part of it as something else.
fn quoted(value: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./:=+".contains(c);
    if value.chars().all(is_plain) {
        value.to_owned()
    } else if value.contains('\'') {
        let escaped: String =
            value.chars().flat_map(|c| "\\\"$`".contains(c).then_some('\\').into_iter().chain([c])).collect();
        format!("\"{escaped}\"")
    } else {
        format!("'{value}'")
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn values_are_quoted_where_it_is_needed() {
        for (value, written) in [
            ("secret-test-2222=", "secret-test-2222="),
            ("a b#c", "'a b#c'"),
            ("$HOME", "'$HOME'"),
            ("it's $5 \"\\", r#""it's \$5 \"\\""#),
        ] {
            assert_eq!(quoted(value), written);
        }
    }
}
