//! Compares constants: their values must fit the document.

use declapi::Location;
use serde_json::Value;

use super::values::resolved;
use super::{Comparison, Constant, words};
use crate::Part;
use crate::document::{Kind, Schema};

impl Constant {
    pub(super) fn is(&self, location: Location, name: &str) -> bool {
        self.location == location
            && match location {
                // HTTP compares the names of headers without case.
                Location::Header => self.name.eq_ignore_ascii_case(name),
                _ => self.name == name,
            }
    }
}

impl<'c> Comparison<'c> {
    /// Returns the value of a constant header.
    pub(super) fn header(&self, name: &str) -> Option<&Constant> {
        self.constants.iter().find(|constant| constant.is(Location::Header, name))
    }

    /// Compares a constant with its schema. `None` means that the document does not have the parameter or field.
    pub(super) fn constant(&mut self, part: Part, constant: Constant, schema: Option<&'c Schema>) {
        let Some(value) = constant.value else { return };
        let shown = format!("always `{value}`");
        match schema {
            // A constant of the client may be meant for other endpoints, and headers are often not documented.
            None if !constant.is_own || part == Part::Header => {}
            None if part == Part::Body => self.find(part, constant.name, shown, "no such field"),
            None => self.find(part, constant.name, shown, "no such parameter"),
            Some(schema) => {
                let schemas = resolved(self.document, schema);
                let takes = |schema: &&Schema| match part {
                    Part::Body => {
                        serde_json::from_str(value).is_ok_and(|value| takes_json(&schema.kind, &value))
                    }
                    _ => takes_text(&schema.kind, value),
                };
                if !schemas.iter().any(takes) {
                    self.find(part, constant.name, shown, words::documented(&schemas));
                }
            }
        }
    }
}

/// Returns whether a JSON value is of a kind.
fn takes_json(kind: &Kind, value: &Value) -> bool {
    match kind {
        Kind::Null => value.is_null(),
        Kind::Boolean => value.is_boolean(),
        Kind::Integer => value.is_i64() || value.is_u64(),
        Kind::Number => value.is_number(),
        Kind::String => value.is_string(),
        Kind::Enum(values) => values.contains(value),
        Kind::List(_) => value.is_array(),
        Kind::Object(_) => value.is_object(),
        Kind::Any | Kind::OneOf(_) | Kind::Reference(_) => true,
    }
}

/// Returns whether a value in a query or a header is of a kind.
fn takes_text(kind: &Kind, value: &str) -> bool {
    let text = serde_json::from_str(value).ok();
    match kind {
        Kind::Boolean => matches!(value, "true" | "false"),
        Kind::Integer => value.parse::<i128>().is_ok(),
        Kind::Number => value.parse::<f64>().is_ok(),
        Kind::Enum(values) => {
            values.iter().any(|known| known.as_str() == Some(value) || text.as_ref() == Some(known))
        }
        Kind::Null => false,
        // The text of lists and objects depends on their style, which is not checked here.
        _ => true,
    }
}
