//! Compares the parameters in path, query, headers and cookies.

use declapi::{FieldInfo, JsonKind, Location, QueryStyle};

use super::fields::Declared;
use super::values::{Task, Values, resolved};
use super::{Comparison, words};
use crate::Part;
use crate::document::{Kind, Parameter, ParameterLocation, ParameterStyle};
use crate::template;

impl<'c> Comparison<'c> {
    pub(super) fn parameters(&mut self) {
        self.path();
        for (location, documented, part) in [
            (Location::Query, ParameterLocation::Query, Part::Query),
            (Location::Header, ParameterLocation::Header, Part::Header),
        ] {
            let declared = Declared::of(self.info.fields().filter(|field| field.location == location));
            for field in &declared.fields {
                self.parameter(field, documented, part);
            }
            let constants: Vec<_> =
                self.constants.iter().filter(|one| one.location == location).copied().collect();
            for constant in constants {
                let is_field = declared.fields.iter().any(|field| constant.is(location, field.name));
                if !is_field {
                    let parameter = self.documented(documented, constant.name);
                    let pair = self.pair(constant.name).filter(|_| part == Part::Query);
                    let pair = pair.and_then(|(schemas, _)| schemas.first().copied());
                    self.constant(part, constant, parameter.map(|parameter| &parameter.schema).or(pair));
                }
            }
            self.missing(&declared, location, documented, part);
        }
        self.missing(&Declared::default(), Location::Header, ParameterLocation::Cookie, Part::Cookie);
    }

    /// Compares placeholders by their positions.
    fn path(&mut self) {
        let documented_names = template::names(&self.operation.path);
        for (declared, documented) in template::pairs(self.info.path, &self.operation.path) {
            // Another name is allowed, but not the name of another placeholder.
            if declared != documented && documented_names.contains(&declared) {
                self.find(
                    Part::Path,
                    documented,
                    format!("`{declared}` is here"),
                    format!("`{documented}` is here"),
                );
                continue;
            }
            let field =
                self.info.fields().find(|field| field.location == Location::Path && field.name == declared);
            let parameter = self.documented(ParameterLocation::Path, documented);
            if let (Some(field), Some(parameter)) = (field, parameter) {
                self.value(Part::Path, documented, field.kind, parameter);
            }
        }
    }

    fn documented(&self, location: ParameterLocation, name: &str) -> Option<&'c Parameter> {
        let is_it = |parameter: &&Parameter| {
            parameter.location == location
                && match location {
                    ParameterLocation::Header => parameter.name.eq_ignore_ascii_case(name),
                    _ => parameter.name == name,
                }
        };
        self.operation.parameters.iter().find(is_it)
    }

    fn value(&mut self, part: Part, name: &str, kind: JsonKind, parameter: &'c Parameter) {
        let task = Task { kind, schemas: vec![&parameter.schema], at: name.to_owned(), takes_null: true };
        Values::of(self, part).compare(task);
    }

    /// Compares a field of the query or of the headers.
    fn parameter(&mut self, field: &FieldInfo, location: ParameterLocation, part: Part) {
        let brackets = format!("{}[]", field.name);
        let name = if field.style == QueryStyle::Brackets { &*brackets } else { field.name };
        let parameter = self.documented(location, name).or_else(|| self.documented(location, field.name));
        let Some(parameter) = parameter else {
            return match self.pair(name).filter(|_| part == Part::Query) {
                Some((schemas, is_required)) => self.compare_pair(field, schemas, is_required),
                None => self.undocumented(field, name, part),
            };
        };
        match (field.required, parameter.required) {
            (false, true) => self.find(part, name, "may be left out", "required"),
            (true, false) => self.find(part, name, "required", "may be left out"),
            _ => {}
        }
        let schemas = resolved(self.document, &parameter.schema);
        let is_list = matches!(inner(field.kind), JsonKind::List(_));
        // A document may describe a list with commas as one string.
        let is_text = is_list
            && field.style == QueryStyle::Comma
            && schemas.iter().any(|schema| matches!(schema.kind, Kind::String));
        if is_text {
            return;
        }
        self.value(part, name, field.kind, parameter);
        let documents_list = schemas.iter().any(|schema| matches!(schema.kind, Kind::List(_)));
        let documents_object = schemas.iter().any(|schema| matches!(schema.kind, Kind::Object(_)));
        let is_object = matches!(inner(field.kind), JsonKind::Object(_) | JsonKind::Map(_));
        if part == Part::Query && ((is_list && documents_list) || (is_object && documents_object)) {
            let (declared, documented) =
                (declared_style(field, is_list), documented_style(parameter, is_list));
            if declared != documented {
                self.find(
                    part,
                    name,
                    format!("written as `{declared}`"),
                    format!("written as `{documented}`"),
                );
            }
        }
    }

    /// Reports a field that the document does not have at its location, if OpenAPI can describe it there.
    fn undocumented(&mut self, field: &FieldInfo, name: &str, part: Part) {
        // OpenAPI ignores these headers, so documents leave them out.
        let is_of_http = ["accept", "content-type", "authorization"]
            .iter()
            .any(|name| field.name.eq_ignore_ascii_case(name));
        // A document may describe each field of an object as a separate parameter.
        let below = format!("{}[", field.name);
        let is_below = |parameter: &&Parameter| parameter.name.starts_with(&below);
        if (part == Part::Header && is_of_http) || self.operation.parameters.iter().any(|one| is_below(&one))
        {
            return;
        }
        let elsewhere = self.operation.parameters.iter().find(|parameter| parameter.name == name);
        let in_body = self.operation.body.iter().flat_map(|body| &body.contents).any(|content| {
            let schemas = resolved(self.document, &content.schema);
            schemas
                .iter()
                .any(|schema| matches!(&schema.kind, Kind::Object(object) if object.field(name).is_some()))
        });
        let documented = match elsewhere {
            Some(parameter) => format!("in the {}", parameter.location.as_str()),
            None if in_body => "in the body".to_owned(),
            None => "no such parameter".to_owned(),
        };
        self.find(part, name, words::declared(field.kind), documented);
    }

    /// Reports parameters that are missing in the endpoint.
    fn missing(
        &mut self,
        declared: &Declared,
        location: Location,
        documented: ParameterLocation,
        part: Part,
    ) {
        let operation = self.operation;
        for parameter in operation.parameters.iter().filter(|parameter| parameter.location == documented) {
            let name = &*parameter.name;
            let is_field = declared.fields.iter().any(|field| match location {
                Location::Header => field.name.eq_ignore_ascii_case(name),
                _ => {
                    field.name == name
                        || name.strip_prefix(field.name).is_some_and(|rest| rest.starts_with('['))
                }
            });
            let is_constant =
                part != Part::Cookie && self.constants.iter().any(|constant| constant.is(location, name));
            if is_field || is_constant || declared.takes_others {
                continue;
            }
            if let Some(pairs) = self.spread(parameter).filter(|pairs| !pairs.fields.is_empty()) {
                self.missing_pairs(declared, parameter, &pairs);
            } else if parameter.required || (self.is_complete && !parameter.deprecated) {
                let kind = words::documented(&resolved(self.document, &parameter.schema));
                let documented = if parameter.required { format!("required, {kind}") } else { kind };
                self.find(part, name, "no such parameter", documented);
            }
        }
    }
}

fn inner(kind: JsonKind) -> JsonKind {
    match kind {
        JsonKind::Nullable(kind) => *kind,
        kind => kind,
    }
}

/// Shows how a declaration writes a list or an object.
fn declared_style(field: &FieldInfo, is_list: bool) -> String {
    let name = field.name;
    match (field.style, is_list) {
        (QueryStyle::Comma, true) => format!("{name}=1,2"),
        (QueryStyle::Brackets, true) => format!("{name}[]=1&{name}[]=2"),
        (QueryStyle::Deep, true) => format!("{name}[0]=1&{name}[1]=2"),
        (_, true) => format!("{name}=1&{name}=2"),
        (_, false) => format!("{name}[key]=1"),
    }
}

/// Shows how the document writes a list or an object.
fn documented_style(parameter: &Parameter, is_list: bool) -> String {
    let name = &parameter.name;
    match (parameter.style, parameter.explode, is_list) {
        (ParameterStyle::DeepObject, _, true) => format!("{name}[0]=1&{name}[1]=2"),
        (ParameterStyle::DeepObject, _, false) => format!("{name}[key]=1"),
        (ParameterStyle::SpaceDelimited, false, true) => format!("{name}=1%202"),
        (ParameterStyle::PipeDelimited, false, true) => format!("{name}=1|2"),
        (_, true, true) => format!("{name}=1&{name}=2"),
        (_, false, true) => format!("{name}=1,2"),
        (_, true, false) => "key=1".to_owned(),
        (_, false, false) => format!("{name}=key,1"),
    }
}
