//! Output: the result on standard output, everything else on standard error.

use std::io::{self, Write};

/// Prints a line of the result. It is not an error if the reader has closed the output.
pub(crate) fn result(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}

/// Prints a line that is not a part of the result.
pub(crate) fn aside(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Formats names from an input for output: without control characters, and shortened.
pub(crate) fn list(names: &[String]) -> String {
    let plain = |character: char| if character.is_control() { '\u{fffd}' } else { character };
    let shown = |name: &String| format!("`{}`", name.chars().take(64).map(plain).collect::<String>());
    names.iter().map(shown).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_cannot_steer_the_terminal() {
        let names = ["id".to_owned(), "\u{1b}[2Jx\n".to_owned(), "a".repeat(100)];
        let list = super::list(&names);
        assert!(list.starts_with("`id`, `\u{fffd}[2Jx\u{fffd}`, `aaaa") && list.len() < 100, "{list}");
    }
}
