//! The messages at the end of a run.

use std::time::Duration;

use indicatif::{HumanCount, HumanDuration};

use crate::files::Files;
use crate::say;
use crate::tally::Counts;

/// A finished run.
#[derive(Debug)]
pub(crate) struct Summary<'a> {
    pub(crate) counts: &'a Counts,
    /// The outcomes of earlier runs.
    pub(crate) before: u64,
    pub(crate) time: Duration,
    pub(crate) files: &'a Files,
    pub(crate) remarks: &'a [String],
}

impl Summary<'_> {
    pub(crate) fn say(&self) {
        self.remarks.iter().for_each(|sentence| say::aside(sentence));
        let lines =
            |count: u64, what: &str| say::result(&format!("{:>12}  {what}", HumanCount(count).to_string()));
        lines(self.counts.migrated, "migrated");
        lines(self.counts.already_there, "already there, password unchanged");
        match self.counts.rejected {
            0 => lines(0, "rejected"),
            rejected => {
                lines(rejected, &format!("rejected, see {}", self.files.rejected.display()));
            }
        }
        for (kind, count) in &self.counts.kinds {
            say::result(&format!("{:>20}  {kind}", HumanCount(*count).to_string()));
        }
        say::result(&self.speed());
    }

    fn speed(&self) -> String {
        let now = self.counts.settled() - self.before;
        #[expect(clippy::cast_precision_loss, reason = "this is shown to people, in a few digits")]
        let rate = now as f64 / self.time.as_secs_f64().max(0.001);
        let earlier = match self.before {
            0 => String::new(),
            before => format!(", {} in earlier runs", HumanCount(before)),
        };
        let time = HumanDuration(self.time);
        format!("{} lines in {time}, {rate:.0} per second{earlier}", HumanCount(now))
    }
}
