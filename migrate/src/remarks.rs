//! Remarks at the end of a run, on lines that can be sent.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use indicatif::HumanCount;

use crate::encoding::Encoding;
use crate::say;

/// The maximum number of names of each kind. They come from the input.
const MOST_NAMES: usize = 20;
/// The maximum number of further names that are counted.
const MOST_OTHERS: usize = 10_000;

/// The lines that a remark is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Lines {
    first: u64,
    last: u64,
    count: u64,
}

/// Remarks on the lines of an input, collected line by line.
#[derive(Clone, Debug, Default)]
pub(crate) struct Remarks {
    /// Columns or keys that are not parameters.
    unknown: BTreeSet<String>,
    other_unknown: Others,
    nulls: BTreeMap<String, (Lines, BTreeSet<String>)>,
    salts: BTreeMap<Salt, Lines>,
    /// Fields of an export that Stytch does not have.
    lost: BTreeMap<String, Lines>,
    other_lost: Others,
}

/// The hashes of names that are counted and not listed.
#[derive(Clone, Debug, Default)]
struct Others(HashSet<u64>);

/// A salt with two possible encodings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Salt {
    pub(crate) parameter: &'static str,
    /// The encoding that the API reads.
    pub(crate) read: Encoding,
    /// The other possible encoding.
    pub(crate) other: Encoding,
}

impl Lines {
    fn new(line: u64) -> Self {
        Self { first: line, last: line, count: 1 }
    }

    /// Adds a line once.
    fn add(&mut self, line: u64) {
        if line != self.last {
            self.last = line;
            self.count += 1;
        }
    }

    fn text(&self) -> String {
        match self.count {
            1 => format!("line {}", self.first),
            count => format!("line {} and {} more", self.first, HumanCount(count - 1)),
        }
    }
}

impl Others {
    fn add(&mut self, name: &str) {
        if self.0.len() < MOST_OTHERS {
            let mut hasher = DefaultHasher::new();
            name.hash(&mut hasher);
            self.0.insert(hasher.finish());
        }
    }

    /// Returns the end of a list of names.
    fn text(&self) -> String {
        match self.0.len() {
            0 => String::new(),
            MOST_OTHERS.. => format!(", and at least {} more", HumanCount(MOST_OTHERS as u64)),
            count => format!(", and {} more", HumanCount(count as u64)),
        }
    }
}

impl Remarks {
    /// Notes a column or key that is not sent, and that the command line does not ignore.
    pub(crate) fn unknown(&mut self, name: String) {
        if self.unknown.len() < MOST_NAMES {
            self.unknown.insert(name);
        } else if !self.unknown.contains(&name) {
            self.other_unknown.add(&name);
        }
    }

    /// Notes a string that was read as no value.
    pub(crate) fn null(&mut self, line: u64, text: String, name: String) {
        let entry = self.nulls.entry(text);
        let (lines, names) = entry.or_insert_with(|| (Lines::new(line), BTreeSet::new()));
        lines.add(line);
        names.insert(name);
    }

    /// Notes a salt with two possible encodings.
    pub(crate) fn salt(&mut self, line: u64, salt: Salt) {
        self.salts.entry(salt).or_insert_with(|| Lines::new(line)).add(line);
    }

    /// Notes a field of an export with a value, for which Stytch has no field.
    pub(crate) fn lost(&mut self, line: u64, name: &str) {
        if let Some(lines) = self.lost.get_mut(name) {
            lines.add(line);
        } else if self.lost.len() < MOST_NAMES {
            self.lost.insert(name.to_owned(), Lines::new(line));
        } else {
            self.other_lost.add(name);
        }
    }

    /// Returns the remarks, one sentence each.
    pub(crate) fn sentences(&self) -> Vec<String> {
        let mut sentences = Vec::new();
        if !self.unknown.is_empty() {
            let names: Vec<_> = self.unknown.iter().cloned().collect();
            let (names, others) = (say::list(&names), self.other_unknown.text());
            sentences.push(format!("not sent, because no parameter has this name: {names}{others}"));
        }
        for (text, (lines, names)) in &self.nulls {
            let names: Vec<_> = names.iter().cloned().collect();
            sentences.push(format!(
                "{}: `{text}` is read as no value in {}; `--null TEXT` names other strings",
                lines.text(),
                say::list(&names)
            ));
        }
        for (Salt { parameter, read, other }, lines) in &self.salts {
            sentences.push(format!(
                "{}: `{parameter}` can be {other} as well as {read}, and the API reads it as {read}: `--verify EMAIL` \
                 shows whether users can log in, and `--encoding {parameter}=…` names its encoding",
                lines.text()
            ));
        }
        if !self.lost.is_empty() {
            let lost = self.lost.iter().map(|(name, lines)| {
                format!("{} in {}", say::list(std::slice::from_ref(name)), HumanCount(lines.count))
            });
            sentences.push(format!(
                "lost, because Stytch has no field for it: {}{}; `--map OLD=NEW` gives one a parameter, and `--ignore \
                 NAME` removes it from this list",
                lost.collect::<Vec<_>>().join(", "),
                self.other_lost.text()
            ));
        }
        sentences
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_not_listed_are_counted() {
        let mut remarks = Remarks::default();
        for line in 1..=2 {
            for number in 0..MOST_NAMES + 5 {
                remarks.unknown(format!("unknown {number:02}"));
                remarks.lost(line, &format!("lost {number:02}"));
            }
        }
        let sentences = remarks.sentences();
        assert!(sentences[0].ends_with("`unknown 19`, and 5 more"), "{sentences:?}");
        assert!(sentences[1].contains("`lost 19` in 2, and 5 more; "), "{sentences:?}");
    }
}
