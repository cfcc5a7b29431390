//! The content of a journal from earlier runs.

use std::io::{self, BufRead};

use rangemap::RangeInclusiveSet;

use super::entry::Entry;
use super::header::{FIRST_LINE, Header};
use super::seal;
use crate::exit::Stop;
use crate::fingerprint::Fingerprint;
use crate::tally::Counts;

/// The state that earlier runs left. Its size depends on the gaps between settled records, not on the number of
/// records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Past {
    pub(crate) settled: RangeInclusiveSet<u64>,
    /// The last record that was reserved for sending, and the fingerprint of the input up to it.
    pub(crate) through: Option<(u64, Fingerprint)>,
    /// No record after this one was sent.
    pub(crate) sent: u64,
    /// The length of the file of rejected lines.
    pub(crate) copied: Option<(u64, Fingerprint)>,
    pub(crate) counts: Counts,
}

impl Past {
    /// Whether a record may have arrived at the API while its outcome is unknown.
    pub(crate) fn may_have_arrived(&self, number: u64) -> bool {
        number <= self.sent && !self.settled.contains(&number)
    }

    /// Whether every record that was reserved has an outcome.
    pub(crate) fn is_settled(&self) -> bool {
        self.through.is_none_or(|(number, _)| self.settled.gaps(&(1..=number)).next().is_none())
    }

    fn take(&mut self, entry: Entry) {
        match entry {
            Entry::Through { number, fingerprint } => {
                self.through = Some((number, fingerprint));
                self.sent = number;
            }
            Entry::Settled { place, outcome } => {
                if !self.settled.contains(&place.number) {
                    self.settled.insert(place.number..=place.number);
                    self.counts.add(&outcome);
                }
            }
            Entry::Copied { bytes, fingerprint } => self.copied = Some((bytes, fingerprint)),
            Entry::Sent { number } => self.sent = number,
        }
    }
}

/// A journal that was read.
#[derive(Debug, Default)]
pub(super) struct Replayed {
    /// `None` if even the header is incomplete. In this case no request was sent.
    pub(super) header: Option<Header>,
    pub(super) past: Past,
    /// The number of intact bytes. The bytes after them were being written when the machine stopped.
    pub(super) whole: u64,
}

/// Reads a journal.
///
/// # Errors
///
/// It cannot be read, is not a journal, or is damaged before its end.
pub(super) fn replay(mut journal: impl BufRead) -> Result<Replayed, Stop> {
    let mut reader = Reader::default();
    let (mut line, mut offset) = (Vec::new(), 0);
    loop {
        line.clear();
        let limit = 2 * seal::LONGEST_BATCH as u64;
        let read = io::Read::take(&mut journal, limit).read_until(b'\n', &mut line);
        let read = read.map_err(|error| Stop::unusable(format!("the journal cannot be read: {error}")))?;
        if read == 0 {
            return reader.end(offset);
        }
        offset += read as u64;
        if offset == read as u64 && !begins_like_a_journal(&line) {
            return Err(Stop::unusable(
                "this is not a journal of `stytch-migrate`: name another file with `--journal`",
            ));
        }
        reader.line(&line, offset)?;
    }
}

/// Checks the first line, of which the end may be missing. An unfinished write can leave zeros.
fn begins_like_a_journal(line: &[u8]) -> bool {
    let text = line.strip_suffix(b"\n").unwrap_or(line);
    let written = text.iter().position(|byte| *byte == 0).unwrap_or(text.len());
    let (text, rest) = text.split_at(written);
    let is_whole = text == FIRST_LINE.as_bytes();
    FIRST_LINE.as_bytes().starts_with(text)
        && rest.iter().all(|byte| *byte == 0)
        && (is_whole || !line.ends_with(b"\n"))
}

#[derive(Default)]
struct Reader {
    replayed: Replayed,
    /// The lines since the last seal.
    batch: Vec<u8>,
    /// Whether an earlier part was damaged.
    damaged: bool,
}

impl Reader {
    fn line(&mut self, line: &[u8], offset: u64) -> Result<(), Stop> {
        let bare = line.strip_suffix(b"\n");
        if let Some(bare) = bare.filter(|bare| seal::fits(&self.batch, bare)) {
            debug_assert!(seal::is_seal(bare));
            if self.damaged {
                return Err(damaged());
            }
            self.replayed.whole = offset;
            return self.sealed();
        }
        self.batch.extend_from_slice(line);
        if bare.is_some_and(seal::is_seal) {
            // The lines before this seal are damaged. The lines after it may show whether this was the end.
            self.damaged = true;
            self.batch.clear();
        }
        if offset - self.replayed.whole > seal::LONGEST_BATCH as u64 {
            return Err(damaged());
        }
        Ok(())
    }

    fn sealed(&mut self) -> Result<(), Stop> {
        let batch = std::mem::take(&mut self.batch);
        let other = || Stop::unusable("the journal was written by another version of `stytch-migrate`");
        let lines = std::str::from_utf8(&batch).map_err(|_| other())?;
        if self.replayed.header.is_none() {
            self.replayed.header = Some(Header::read(lines).ok_or_else(other)?);
            return Ok(());
        }
        for line in lines.lines() {
            self.replayed.past.take(line.parse().map_err(|()| other())?);
        }
        Ok(())
    }

    fn end(self, length: u64) -> Result<Replayed, Stop> {
        // Without a header, there can be at most one unfinished write.
        if self.replayed.header.is_none() && length > seal::LONGEST_BATCH as u64 {
            return Err(damaged());
        }
        Ok(self.replayed)
    }
}

fn damaged() -> Stop {
    Stop::unusable(
        "the journal is damaged before its end, so that the sent lines are unknown: name another one with \
         `--journal`; users who are already there are counted as such, and no user is migrated twice",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Place;
    use crate::tally::Outcome;

    const FINGERPRINT: &str = "00112233445566778899aabbccddeeff";

    fn batch(lines: &str) -> String {
        let mut batch = lines.to_owned();
        seal::close(&mut batch);
        batch
    }

    fn header() -> String {
        batch(&format!(
            "{FIRST_LINE}\nproject p\napi a\nsalt s\nsecret {FINGERPRINT}\ncolumns {FINGERPRINT}\n"
        ))
    }

    fn read(journal: &[u8]) -> Result<Replayed, String> {
        replay(journal).map_err(|stop| stop.to_string())
    }

    fn journal() -> Vec<u8> {
        let through = format!("through 4 {FINGERPRINT}\n");
        let outcomes = "migrated 1 2 u1\nrejected 3 4 invalid_email\n";
        [header(), batch(&through), batch(outcomes), batch("there 2 3\nsent 3\n")].concat().into_bytes()
    }

    #[test]
    fn lists_settled_lines_and_lines_that_may_have_arrived() {
        let replayed = read(&journal()).unwrap();
        let past = replayed.past;
        assert_eq!(replayed.whole, journal().len() as u64);
        assert_eq!(past.settled.iter().cloned().collect::<Vec<_>>(), [1..=3]);
        assert_eq!((past.through.unwrap().0, past.sent), (4, 3));
        assert_eq!((past.counts.migrated, past.counts.already_there, past.counts.rejected), (1, 1, 1));
        assert!(!past.may_have_arrived(2) && !past.may_have_arrived(4));
        assert!(!past.is_settled() && Past::default().is_settled());
    }

    #[test]
    fn a_record_counts_once() {
        let mut past = Past::default();
        let place = Place { number: 7, line: 8 };
        past.take(Entry::Settled { place, outcome: Outcome::AlreadyThere });
        past.take(Entry::Settled { place, outcome: Outcome::AlreadyThere });
        assert_eq!(past.counts.settled(), 1);
    }

    #[test]
    fn a_journal_is_read_up_to_where_it_was_cut() {
        let whole = journal();
        let ends: Vec<usize> = std::iter::once(0)
            .chain(whole.windows(5).enumerate().filter(|(_, five)| five == b"seal ").map(|(at, _)| at + 22))
            .collect();
        for cut in 0..=whole.len() {
            for tail in [&b""[..], &[0; 40], b"migr", b"seal 0123456789abcdef\n"] {
                let mut journal = whole[..cut].to_vec();
                journal.extend_from_slice(tail);
                // Of the first line, a longer part or zeros may be left, but no other bytes.
                if cut <= FIRST_LINE.len() && tail.first().is_some_and(|byte| *byte != 0) {
                    continue;
                }
                let expected = ends.iter().filter(|end| **end <= cut).max().copied().unwrap_or_default();
                match read(&journal) {
                    Ok(replayed) => assert_eq!(replayed.whole, expected as u64, "cut at {cut}"),
                    Err(error) => panic!("cut at {cut} with {tail:?}: {error}"),
                }
            }
        }
    }

    #[test]
    fn damage_before_the_end_is_not_passed_over() {
        let whole = journal();
        let last = header().len() + batch(&format!("through 4 {FINGERPRINT}\n")).len();
        for at in (FIRST_LINE.len() + 1..last).step_by(3) {
            let mut journal = whole.clone();
            journal[at] ^= 4;
            let outcome = read(&journal);
            assert!(outcome.as_ref().is_err_and(|error| error.contains("damaged")), "at {at}: {outcome:?}");
        }
    }

    #[test]
    fn other_files_are_no_journals() {
        for other in
            [&b"email,hash\n"[..], b"\n", b"stytch-migrate journal 2\n", b"stytch-migrate\n", b"x", b"\0x"]
        {
            assert!(read(other).is_err_and(|error| error.contains("not a journal")), "{other:?}");
        }
        for begun in
            [&b""[..], b"stytch", b"stytch-migrate journal 1", &[0; 9], b"stytch-migrate journal 1\npro"]
        {
            assert!(read(begun).is_ok_and(|replayed| replayed.header.is_none()), "{begun:?}");
        }
    }
}
