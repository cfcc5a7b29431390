//! Records of an export of another system.

use serde_json::{Map, Value};

use super::layout::Layout;
use super::parameters::{self, Parameter};
use super::values::Values;
use super::written::Null;
use super::{REASON, cell, has_all_cells, object};
use crate::export::{Fields, Kind, System, User};
use crate::input::{Content, Record};
use crate::problem::Problem;
use crate::remarks::Remarks;

/// Objects whose fields are treated like fields of the record.
const INNER: [&str; 2] = ["fields", "profile"];

impl Layout {
    /// Converts a record of a system.
    ///
    /// # Errors
    ///
    /// It cannot be read, or its user cannot be migrated.
    pub(super) fn exported(
        &self,
        system: &System,
        record: &Record,
        remarks: &mut Remarks,
    ) -> Result<Values<'_>, Vec<Problem>> {
        let mut values = self.constants();
        let fields = self.fields(record, &mut values).map_err(|problem| vec![problem])?;
        let (mut fields, mut user) = (Fields::new(fields), User::default());
        // Before the conversion, which would take them too.
        let mut mapped = self.take_mapped(&mut fields);
        if let Kind::Convert(convert) = system.kind {
            convert(&mut fields, &mut user);
        }
        user.problems.append(&mut fields.problems);
        // After it, there are also the fields that are left of inner objects.
        mapped.extend(self.take_mapped(&mut fields));
        for (name, value) in std::mem::take(&mut user.parameters) {
            match parameters::find(&name) {
                // The default of a flag is not sent, but the record overrides `--set`.
                Some(parameter) if value == false => drop(values.take(parameter.name)),
                Some(parameter) => values.set(parameter, value),
                None => {}
            }
        }
        // The options of the command line come last, and override the record.
        let mut values = values.replaceable();
        for (parameter, value) in mapped {
            match value {
                // As in a cell, a flag or a list is read from its text.
                Value::String(text) => match cell::read(parameter, text.as_bytes()) {
                    Ok(value) => values.set(parameter, value.unwrap_or_default()),
                    Err(problem) => user.problems.push(problem),
                },
                value => values.set(parameter, value),
            }
        }
        for left in fields.left().filter(|left| !self.is_ignored(left)) {
            remarks.lost(record.place.line, left);
        }
        if user.problems.is_empty() { Ok(values) } else { Err(user.problems) }
    }

    /// Takes the fields that the command line maps.
    fn take_mapped(&self, fields: &mut Fields) -> Vec<(&'static Parameter, Value)> {
        let mapped = self.renamed.iter();
        mapped.filter_map(|(name, parameter)| Some((*parameter, fields.take(name)?))).collect()
    }

    /// Returns the fields of a record, without those that are ignored.
    fn fields(&self, record: &Record, values: &mut Values<'_>) -> Result<Map<String, Value>, Problem> {
        let mut fields = match &record.content {
            Content::Cells(cells) => self.named_cells(cells, values)?,
            Content::Json => object(&record.bytes)?,
            Content::Broken(problem) => return Err(problem.clone()),
        };
        fields.retain(|name, _| !self.is_ignored(name));
        for inner in INNER {
            if let Some(Value::Object(inner)) = fields.get_mut(inner) {
                inner.retain(|name, _| !self.is_ignored(name));
            }
        }
        Ok(fields)
    }

    fn named_cells(
        &self,
        cells: &csv::ByteRecord,
        values: &mut Values<'_>,
    ) -> Result<Map<String, Value>, Problem> {
        has_all_cells(cells.len(), self.names.len())?;
        let mut fields = Map::new();
        for (name, cell) in self.names.iter().zip(cells) {
            let text = cell::text(name, cell)?;
            let null = self.written.null(cell);
            if null == Null::Assumed {
                values.nulls.push((text.to_owned(), name.clone()));
            }
            let value = if null == Null::No { text.into() } else { Value::Null };
            fields.insert(name.clone(), value);
        }
        Ok(fields)
    }

    fn is_ignored(&self, name: &str) -> bool {
        name == REASON || self.ignored.iter().any(|ignored| ignored == name)
    }
}
