//! The summary of a run.

use std::collections::BTreeMap;

use crate::model::{Api, Item, Line, Note, Reason, Shape};
use crate::plan::endpoints;

#[derive(Debug)]
pub(crate) struct Summary {
    declared: usize,
    left_out: usize,
    /// The number of comments for each reason.
    reasons: BTreeMap<Reason, usize>,
}

impl Summary {
    pub(crate) fn of(api: &Api) -> Self {
        let mut summary = Self { declared: 0, left_out: 0, reasons: BTreeMap::new() };
        summary.count(&api.notes);
        for group in &api.groups {
            for endpoint in endpoints(&group.items) {
                summary.declared += 1;
                summary.count(&endpoint.notes);
                summary.count_lines(&endpoint.members);
            }
            for item in &group.items {
                if let Item::LeftOut(_, note) = item {
                    summary.left_out += 1;
                    summary.count(std::slice::from_ref(note));
                }
            }
        }
        for def in &api.types {
            summary.count(&def.notes);
            if let Shape::Struct(members) = &def.shape {
                summary.count_lines(members);
            }
        }
        summary
    }

    fn count(&mut self, notes: &[Note]) {
        for note in notes {
            *self.reasons.entry(note.reason).or_default() += 1;
        }
    }

    fn count_lines(&mut self, members: &[Line]) {
        for member in members {
            match member {
                Line::Field(field) => self.count(&field.notes),
                Line::Note(note) => self.count(std::slice::from_ref(note)),
            }
        }
    }

    pub(crate) fn text(&self, lines: usize) -> String {
        let mut text = format!("{} operations declared in {lines} lines", self.declared);
        if self.left_out > 0 {
            text.push_str(&format!(", {} not declared", self.left_out));
        }
        text.push_str(".\n");
        if !self.reasons.is_empty() {
            text.push_str("Comments on parts that cannot be declared:\n");
        }
        for (reason, count) in &self.reasons {
            text.push_str(&format!("{count:6}  {}\n", reason.as_str()));
        }
        text
    }
}
