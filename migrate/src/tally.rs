//! Counts of the outcomes.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The outcome of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The user has this password now. The id is unknown if the response was lost.
    Migrated { user_id: Option<String> },
    /// The user already had a password, which is unchanged.
    AlreadyThere,
    /// Rejected by this program or by the API, for a reason of this kind.
    Rejected { kind: String },
}

/// Above this number, kinds of rejection are counted together, because their names may come from a server.
const MOST_KINDS: usize = 50;

/// The counts of this run and the earlier ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) migrated: u64,
    pub(crate) already_there: u64,
    pub(crate) rejected: u64,
    /// Rejections by their kind.
    pub(crate) kinds: BTreeMap<String, u64>,
}

impl Counts {
    pub(crate) fn add(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Migrated { .. } => self.migrated += 1,
            Outcome::AlreadyThere => self.already_there += 1,
            Outcome::Rejected { kind } => {
                self.rejected += 1;
                self.add_kind(kind);
            }
        }
    }

    fn add_kind(&mut self, kind: &str) {
        let kind =
            if self.kinds.len() < MOST_KINDS || self.kinds.contains_key(kind) { kind } else { "others" };
        *self.kinds.entry(kind.to_owned()).or_default() += 1;
    }

    pub(crate) fn settled(&self) -> u64 {
        self.migrated + self.already_there + self.rejected
    }
}

/// The progress of the reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) records: u64,
    pub(crate) bytes: u64,
    pub(crate) ended: bool,
}

/// The state that the parts of a run report, for the progress bar and the summary.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    counts: Mutex<Counts>,
    seen: Mutex<Seen>,
    remarks: Mutex<Vec<String>>,
}

impl Tally {
    pub(crate) fn starting_with(counts: Counts) -> Self {
        Self { counts: Mutex::new(counts), ..Self::default() }
    }

    /// Counts an outcome that is on the disk.
    pub(crate) fn add<'a>(&self, outcomes: impl IntoIterator<Item = &'a Outcome>) {
        let mut counts = lock(&self.counts);
        outcomes.into_iter().for_each(|outcome| counts.add(outcome));
    }

    pub(crate) fn counts(&self) -> Counts {
        lock(&self.counts).clone()
    }

    pub(crate) fn saw(&self, seen: Seen) {
        *lock(&self.seen) = seen;
    }

    pub(crate) fn seen(&self) -> Seen {
        *lock(&self.seen)
    }

    /// Stores the remarks on the input.
    pub(crate) fn remark(&self, sentences: Vec<String>) {
        *lock(&self.remarks) = sentences;
    }

    pub(crate) fn remarks(&self) -> Vec<String> {
        lock(&self.remarks).clone()
    }
}

/// Counts are always consistent, so that a panic in another thread has no effect on them.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_stay_few() {
        let mut counts = Counts::default();
        for number in 0..1000 {
            counts.add(&Outcome::Rejected { kind: format!("kind_{number}") });
        }
        counts.add(&Outcome::Rejected { kind: "kind_7".to_owned() });
        counts.add(&Outcome::AlreadyThere);
        assert_eq!((counts.rejected, counts.settled(), counts.kinds.len()), (1001, 1002, MOST_KINDS + 1));
        assert_eq!((counts.kinds["kind_7"], counts.kinds["others"]), (2, 950));
    }
}
