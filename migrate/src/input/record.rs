//! One record: a line of JSON, or a row of CSV, which may go over several lines.

use csv::ByteRecord;

use crate::problem::Problem;

/// What a record may weigh; the API takes no larger request anyway.
pub(super) const LONGEST: usize = 1 << 20;

/// Where a record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// Its number among the records, from 1: what the journal goes by.
    pub(crate) number: u64,
    /// The line it begins on, from 1: what people go by.
    pub(crate) line: u64,
}

pub(crate) struct Record {
    pub(crate) place: Place,
    /// As it stands in the input, without the line break at its end; only the beginning of one that is too long.
    pub(crate) bytes: Vec<u8>,
    /// How long it is in the input.
    pub(crate) length: u64,
    /// Whether `bytes` is only the beginning.
    pub(crate) is_cut: bool,
    pub(crate) content: Content,
}

/// What is in a record.
pub(crate) enum Content {
    /// The cells of a CSV row.
    Cells(ByteRecord),
    /// A line that has to be JSON; it is not looked into yet, because most of a resumed run is skipped.
    Json,
    /// Nothing that can be split.
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
