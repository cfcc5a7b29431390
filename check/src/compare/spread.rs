//! Compares object parameters whose fields are separate query pairs: `style: form` with `explode`.

use declapi::{FieldInfo, Location};

use super::fields::{Declared, Documented};
use super::values::{Task, Values, resolved};
use super::{Comparison, words};
use crate::Part;
use crate::document::{Kind, Object, Parameter, ParameterLocation, ParameterStyle, Schema};

impl<'c> Comparison<'c> {
    /// Returns the fields of an object parameter, if each field is a query pair.
    pub(super) fn spread(&self, parameter: &'c Parameter) -> Option<Documented<'c>> {
        let is_form = parameter.location == ParameterLocation::Query
            && parameter.style == ParameterStyle::Form
            && parameter.explode
            && parameter.media_type.is_none();
        if !is_form {
            return None;
        }
        let objects =
            resolved(self.document, &parameter.schema).into_iter().map(|schema| match &schema.kind {
                Kind::Object(object) => Some(object),
                _ => None,
            });
        let objects: Vec<&Object> = objects.collect::<Option<_>>()?;
        (!objects.is_empty()).then(|| Documented::of(&objects))
    }

    /// Returns the schemas of such a field, and whether it is required. `None` if no parameter has it.
    pub(super) fn pair(&self, name: &str) -> Option<(Vec<&'c Schema>, bool)> {
        self.operation.parameters.iter().find_map(|parameter| {
            let documented = self.spread(parameter)?;
            let known = documented.field(name);
            let schemas = known.map_or(&documented.others, |known| &known.schemas).clone();
            let is_required = parameter.required && known.is_some_and(|known| known.required);
            (!schemas.is_empty()).then_some((schemas, is_required))
        })
    }

    /// Compares a field of the query with the documented pair.
    pub(super) fn compare_pair(&mut self, field: &FieldInfo, schemas: Vec<&'c Schema>, is_required: bool) {
        match (field.required, is_required) {
            (false, true) => self.find(Part::Query, field.name, "may be left out", "required"),
            (true, false) => self.find(Part::Query, field.name, "required", "may be left out"),
            _ => {}
        }
        let task = Task { kind: field.kind, schemas, at: field.name.to_owned(), takes_null: true };
        Values::of(self, Part::Query).compare(task);
    }

    /// Reports the fields of such a parameter that are missing in the endpoint.
    pub(super) fn missing_pairs(
        &mut self,
        declared: &Declared,
        parameter: &Parameter,
        documented: &Documented<'c>,
    ) {
        for field in &documented.fields {
            let is_required = parameter.required && field.required;
            let is_missed =
                is_required || (self.is_complete && !parameter.deprecated && !field.is_deprecated());
            let is_constant = self.constants.iter().any(|one| one.is(Location::Query, field.name));
            if is_missed && !declared.has(field.name) && !is_constant {
                let schemas: Vec<_> =
                    field.schemas.iter().flat_map(|schema| resolved(self.document, schema)).collect();
                let kind = words::documented(&schemas);
                let documented = if is_required { format!("required, {kind}") } else { kind };
                self.find(Part::Query, field.name, "no such parameter", documented);
            }
        }
    }
}
