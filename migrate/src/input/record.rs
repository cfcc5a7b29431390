//! One record: a line of JSON, or a row of CSV, which may have several lines.

use csv::ByteRecord;

use crate::problem::Problem;

/// The mark at the beginning of a file in UTF-8.
pub(crate) const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The maximum size of a record. The API does not accept larger requests.
pub(super) const LONGEST: usize = 1 << 20;

/// The position of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// Its number among the records, from 1. The journal uses it.
    pub(crate) number: u64,
    /// The line on which it begins, from 1. Messages use it.
    pub(crate) line: u64,
}

pub(crate) struct Record {
    pub(crate) place: Place,
    /// Its text in the input, without the line break at its end. Only the beginning if it is too long.
    pub(crate) bytes: Vec<u8>,
    /// Its length in the input.
    pub(crate) length: u64,
    /// Whether `bytes` is only the beginning.
    pub(crate) is_cut: bool,
    pub(crate) content: Content,
}

/// The content of a record.
pub(crate) enum Content {
    /// The cells of a CSV row.
    Cells(ByteRecord),
    /// A line that has to be JSON. It is parsed later, because a resumed run skips most lines.
    Json,
    /// A text that cannot be split.
    Broken(Problem),
}

/// A record without the line break at its end.
pub(super) fn trimmed(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().rposition(|byte| !matches!(byte, b'\r' | b'\n')).map_or(0, |last| last + 1);
    &bytes[..end]
}

pub(super) fn too_long() -> Problem {
    Problem::unreadable(format!("longer than {} MiB", LONGEST >> 20))
}
