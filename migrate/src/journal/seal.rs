//! Batches: the lines that are written at once, and a check that they are complete.
//!
//! A batch is a few lines and a seal over them. A power cut may leave half of a batch, or zeros in its place. The
//! seal then does not match.

use sha2::{Digest, Sha256};

const WORD: &str = "seal ";
/// The maximum size of a batch. If there are more bytes after the last valid seal, the file is damaged, and this is
/// not an unfinished write.
pub(crate) const LONGEST_BATCH: usize = 1 << 20;

/// Closes a batch: appends the seal over its lines.
pub(crate) fn close(batch: &mut String) {
    let seal = seal(batch.as_bytes());
    batch.push_str(WORD);
    batch.push_str(&seal);
    batch.push('\n');
}

fn seal(lines: &[u8]) -> String {
    Sha256::digest(lines)[..8].iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// Whether a line is the seal over the lines before it.
pub(crate) fn fits(lines: &[u8], line: &[u8]) -> bool {
    line.strip_prefix(WORD.as_bytes()).is_some_and(|stated| stated == seal(lines).as_bytes())
}

/// Whether a line has the form of a seal.
pub(crate) fn is_seal(line: &[u8]) -> bool {
    line.starts_with(WORD.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_fits_its_batch_only() {
        let mut batch = "sent 1\n".to_owned();
        close(&mut batch);
        let (lines, line) = batch.as_bytes().split_at(7);
        assert_eq!(line.len(), "seal 0123456789abcdef\n".len());
        let line = &line[..line.len() - 1];
        assert!(is_seal(line) && fits(lines, line) && !fits(b"sent 2\n", line) && !fits(lines, &line[..20]));
    }
}
