//! What deserves a word at the end, although the lines can be sent.

use std::collections::{BTreeMap, BTreeSet};

use indicatif::HumanCount;

use crate::encoding::Encoding;
use crate::say;

/// How many names are kept of each kind; they come from the input.
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
    /// Columns or keys that are no parameters.
    unknown: BTreeSet<String>,
    nulls: BTreeMap<String, (Lines, BTreeSet<String>)>,
    salts: BTreeMap<Salt, Lines>,
    /// Fields of an export for which Stytch has none.
    lost: BTreeMap<String, Lines>,
}

/// A salt that can be read in two ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Salt {
    pub(crate) parameter: &'static str,
    /// How the API reads it.
    pub(crate) read: Encoding,
    /// How it can be read too.
    pub(crate) other: Encoding,
}

impl Lines {
    fn new(line: u64) -> Self {
        Self { first: line, last: line, count: 1 }
    }

    /// Adds a line, once.
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
    /// A column or key is not sent, and nobody said so.
    pub(crate) fn unknown(&mut self, name: String) {
        if self.unknown.len() < MOST_NAMES {
            self.unknown.insert(name);
        }
    }

    /// A text was taken for no value.
    pub(crate) fn null(&mut self, line: u64, text: String, name: String) {
        let entry = self.nulls.entry(text);
        let (lines, names) = entry.or_insert_with(|| (Lines::new(line), BTreeSet::new()));
        lines.add(line);
        names.insert(name);
    }

    /// A salt can be read in two ways.
    pub(crate) fn salt(&mut self, line: u64, salt: Salt) {
        self.salts.entry(salt).or_insert_with(|| Lines::new(line)).add(line);
    }

    /// A field of an export has a value, and Stytch has no field for it.
    pub(crate) fn lost(&mut self, line: u64, name: &str) {
        if let Some(lines) = self.lost.get_mut(name) {
            lines.add(line);
        } else if self.lost.len() < MOST_NAMES {
            self.lost.insert(name.to_owned(), Lines::new(line));
        }
    }

    /// The remarks, one sentence each.
    pub(crate) fn sentences(&self) -> Vec<String> {
        let mut sentences = Vec::new();
        if !self.unknown.is_empty() {
            let names: Vec<_> = self.unknown.iter().cloned().collect();
            sentences.push(format!("not sent, because no parameter has this name: {}", say::list(&names)));
        }
        for (text, (lines, names)) in &self.nulls {
            let names: Vec<_> = names.iter().cloned().collect();
            sentences.push(format!(
                "{}: `{text}` stands for no value in {}; `--null TEXT` names other texts",
                lines.text(),
                say::list(&names)
            ));
        }
        for (Salt { parameter, read, other }, lines) in &self.salts {
            sentences.push(format!(
                "{}: `{parameter}` can be {other} as well as {read}, and the API reads it as {read}: `--verify EMAIL` \
                 shows whether users can log in, and `--encoding {parameter}=…` says what it is",
                lines.text()
            ));
        }
        if !self.lost.is_empty() {
            let lost = self.lost.iter().map(|(name, lines)| {
                format!("{} in {}", say::list(std::slice::from_ref(name)), HumanCount(lines.count))
            });
            sentences.push(format!(
                "lost, because Stytch has no field for it: {}; `--map OLD=NEW` gives one a parameter, and `--ignore \
                 NAME` says that it is known",
                lost.collect::<Vec<_>>().join(", ")
            ));
        }
        sentences
    }
}
