//! Remarks at the end of a run, on lines that can be sent.

use std::collections::{BTreeMap, BTreeSet};

use indicatif::HumanCount;

use crate::encoding::Encoding;
use crate::say;

/// The maximum number of names of each kind. They come from the input.
const MOST_NAMES: usize = 20;

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
    nulls: BTreeMap<String, (Lines, BTreeSet<String>)>,
    salts: BTreeMap<Salt, Lines>,
    /// Fields of an export that Stytch does not have.
    lost: BTreeMap<String, Lines>,
}

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

impl Remarks {
    /// Notes a column or key that is not sent, and that the command line does not ignore.
    pub(crate) fn unknown(&mut self, name: String) {
        if self.unknown.len() < MOST_NAMES {
            self.unknown.insert(name);
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
        }
    }

    /// Returns the remarks, one sentence each.
    pub(crate) fn sentences(&self) -> Vec<String> {
        let mut sentences = Vec::new();
        if !self.unknown.is_empty() {
            let names: Vec<_> = self.unknown.iter().cloned().collect();
            sentences.push(format!("not sent, because no parameter has this name: {}", say::list(&names)));
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
                "lost, because Stytch has no field for it: {}; `--map OLD=NEW` gives one a parameter, and `--ignore \
                 NAME` removes it from this list",
                lost.collect::<Vec<_>>().join(", ")
            ));
        }
        sentences
    }
}
