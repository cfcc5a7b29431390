//! From parameters to fields.

use declapi_check::document::{Kind, Operation, Parameter, ParameterLocation, ParameterStyle, Schema};

use super::path::placeholders;
use super::{Lower, text};
use crate::model::{Field, Key, Line, Note, Reason, Shape, Side, Ty};
use crate::names::camel;

/// Headers that the runtime or the transport writes.
const WRITTEN: [&str; 8] =
    ["content-length", "host", "connection", "transfer-encoding", "te", "upgrade", "user-agent", "trailer"];

impl<'d> Lower<'d> {
    /// Returns the fields and the constants.
    pub(super) fn parameters(&mut self, operation: &'d Operation) -> Result<(Vec<Line>, Vec<Key>), Note> {
        let mut members: Vec<Line> = Vec::new();
        let mut keys: Vec<Key> = Vec::new();
        // In the order of the path.
        let names = placeholders(&operation.path);
        for name in &names {
            let is_it = |parameter: &&Parameter| {
                parameter.location == ParameterLocation::Path && parameter.name == *name
            };
            let field = match operation.parameters.iter().find(is_it) {
                Some(parameter) => self.in_path(parameter)?,
                None => plain(name),
            };
            members.push(Line::Field(field));
        }
        self.is_json = false;
        let has_body = !matches!(operation.method.as_str(), "GET" | "HEAD" | "DELETE");
        for parameter in &operation.parameters {
            match parameter.location {
                ParameterLocation::Path if names.contains(&parameter.name.as_str()) => {}
                ParameterLocation::Path => {
                    let text =
                        format!("Not declared: `{}`. The path has no such placeholder.", parameter.name);
                    members.push(Line::Note(Note::new(Reason::Path, text)));
                }
                ParameterLocation::Query if parameter.required && self.constant(parameter).is_some() => {
                    keys.extend(self.constant(parameter).map(|text| Key { text, imports: None }));
                }
                ParameterLocation::Query => members.push(self.in_query(parameter, has_body)?),
                ParameterLocation::Header => members.push(self.in_header(parameter)?),
                _ => members.push(Line::Note(cookie(parameter)?)),
            }
        }
        self.is_json = true;
        Ok((members, keys))
    }

    /// Returns the key for a query pair with a constant value.
    fn constant(&self, parameter: &'d Parameter) -> Option<String> {
        let Kind::Enum(values) = &self.document.resolve(&parameter.schema).schema.kind else { return None };
        let value = values.first().filter(|_| values.len() == 1)?;
        let value = match value.as_str() {
            Some(text) => format!("{text:?}"),
            None if value.is_boolean() || value.is_i64() => value.to_string(),
            None => return None,
        };
        Some(format!("query({:?} = {value})", parameter.name))
    }

    fn in_path(&mut self, parameter: &'d Parameter) -> Result<Field, Note> {
        let Parameter { name, schema, .. } = parameter;
        let typed = self.typed(schema, Side::Request, &[camel(name)]);
        let is_secret = typed.ty == Ty::Secret;
        let ty = if is_secret { Ty::Text } else { typed.ty.clone() };
        // A value of several types is sent as a string.
        let ty = match ty {
            Ty::Named(id) if self.def(id).is_some_and(|def| matches!(def.shape, Shape::Union(_))) => Ty::Text,
            Ty::Any => Ty::Text,
            ty => ty,
        };
        if matches!(ty, Ty::List(_) | Ty::Map(_) | Ty::JsonObject) || self.is_struct(&ty) {
            let text =
                format!("`{name}` in the path is a list or an object, but a path value is one string.");
            return Err(Note::new(Reason::QueryStyle, text));
        }
        if matches!(parameter.style, ParameterStyle::Label | ParameterStyle::Matrix) {
            let text =
                format!("`{name}` in the path has a style with signs before the value, such as `;{name}=1`.");
            return Err(Note::new(Reason::QueryStyle, text));
        }
        let typed = super::types::Typed { ty, nullable: false, ..typed };
        let mut field = self.sent(name, schema, typed, true, Vec::new());
        field.docs = self.parameter_docs(parameter);
        field.is_named = false;
        field.deprecated = parameter.deprecated;
        if is_secret {
            let text = format!("`{name}` is a secret, but logs contain the path.");
            field.notes.push(Note::new(Reason::Secret, text));
        }
        Ok(field)
    }

    fn in_query(&mut self, parameter: &'d Parameter, has_body: bool) -> Result<Line, Note> {
        let Parameter { name, schema, required, .. } = parameter;
        let typed = self.typed(schema, Side::Request, &[camel(name)]);
        let (style, flatten) = match self.style(parameter, &typed.ty) {
            Ok(style) => style,
            // The other fields can be declared without this one.
            Err(text) => {
                let note = Note::new(Reason::QueryStyle, format!("Not declared: `{name}`. {text}"));
                return if *required { Err(note) } else { Ok(Line::Note(note)) };
            }
        };
        let is_secret = typed.ty.has_secret();
        let query = style.map_or_else(|| "query".to_owned(), |style| format!("query({style})"));
        let marks = (has_body || is_secret || style.is_some()).then_some(query);
        let mut field = self.sent(name, schema, typed, *required, marks.into_iter().collect());
        field.docs = self.parameter_docs(parameter);
        field.deprecated |= parameter.deprecated;
        if flatten {
            (field.flatten, field.is_named) = (true, false);
        }
        Ok(Line::Field(field))
    }

    fn in_header(&mut self, parameter: &'d Parameter) -> Result<Line, Note> {
        let Parameter { name, schema, required, .. } = parameter;
        let wire = name.to_ascii_lowercase();
        if WRITTEN.contains(&wire.as_str()) {
            return Ok(Line::Note(Note::new(
                Reason::Header,
                format!("Not declared: `{wire}`. The runtime writes it."),
            )));
        }
        let typed = self.typed(schema, Side::Request, &[camel(name)]);
        if self.may_be_object(&typed.ty) {
            let note =
                Note::new(Reason::QueryStyle, format!("Not declared: `{wire}`. A header has one value."));
            return if *required { Err(note) } else { Ok(Line::Note(note)) };
        }
        let mut field = self.sent(name, schema, typed, *required, vec![format!("header = \"{wire}\"")]);
        field.docs = self.parameter_docs(parameter);
        field.is_named = false;
        field.deprecated |= parameter.deprecated;
        Ok(Line::Field(field))
    }

    /// Returns the style of a value in the query, and whether each of its parts is a separate pair.
    fn style(&self, parameter: &Parameter, ty: &Ty) -> Result<(Option<&'static str>, bool), &'static str> {
        if parameter.media_type.is_some() {
            return Err("It is JSON inside a query pair: add it with a custom `serialize_with`.");
        }
        let one_of = self.one_of_types(ty);
        let is_list = one_of.iter().any(|ty| matches!(ty, Ty::List(_)));
        let is_object = self.may_be_object(ty);
        let has_parts = one_of.iter().any(|ty| self.has_parts(ty));
        if has_parts && parameter.style != ParameterStyle::DeepObject {
            return Err("It is a list of lists or objects, for which the document has no format.");
        }
        match (parameter.style, parameter.explode) {
            _ if !is_list && !is_object => Ok((None, false)),
            (ParameterStyle::DeepObject, _) => Ok((Some("deep"), false)),
            (ParameterStyle::Form, true) if is_object && one_of.len() > 1 => {
                Err("It is an object or another value, and only an object can be several pairs.")
            }
            (ParameterStyle::Form, true) if is_object => Ok((None, true)),
            (ParameterStyle::Form, true) => Ok((None, false)),
            (ParameterStyle::Form, false) if is_list => Ok((Some("comma"), false)),
            (ParameterStyle::SpaceDelimited | ParameterStyle::PipeDelimited, true) if is_list => {
                Ok((None, false))
            }
            (ParameterStyle::SpaceDelimited, _) => {
                Err("`query(…)` has no style for values with spaces between them.")
            }
            (ParameterStyle::PipeDelimited, _) => {
                Err("`query(…)` has no style for values with `|` between them.")
            }
            _ => Err("`query(…)` has no style for names and values with commas between them."),
        }
    }

    /// Returns the types of a value: several if it is a union.
    fn one_of_types<'t>(&'t self, ty: &'t Ty) -> Vec<&'t Ty> {
        let union = ty.named().filter(|id| *ty == Ty::Named(*id)).and_then(|id| self.def(id));
        match union.map(|def| &def.shape) {
            Some(Shape::Union(union)) => union.variants.iter().map(|variant| &variant.ty).collect(),
            _ => vec![ty],
        }
    }

    /// Returns whether the value is an object, or a union with one.
    fn may_be_object(&self, ty: &Ty) -> bool {
        let is_object = |ty: &&Ty| matches!(ty, Ty::Map(_) | Ty::JsonObject) || self.is_struct(ty);
        self.one_of_types(ty).iter().any(is_object)
    }

    /// Returns whether the elements of a list contain lists or objects.
    fn has_parts(&self, ty: &Ty) -> bool {
        let Ty::List(element) = ty else { return false };
        matches!(**element, Ty::List(_) | Ty::Map(_) | Ty::JsonObject) || self.is_struct(element)
    }

    fn is_struct(&self, ty: &Ty) -> bool {
        let Ty::Named(id) = ty else { return false };
        self.def(*id).is_some_and(|def| matches!(def.shape, Shape::Struct(_)))
    }

    fn parameter_docs(&self, parameter: &'d Parameter) -> String {
        let target = self.document.resolve(&parameter.schema).schema;
        let description = parameter.description.as_deref().or(parameter.schema.description.as_deref());
        let described = if parameter.schema.default.is_some() { &parameter.schema } else { target };
        let mut bounds = described.clone();
        bounds.default = bounds.default.filter(|_| !parameter.required);
        let always = match &target.kind {
            Kind::Enum(values) if values.len() == 1 => values.first(),
            _ => None,
        };
        text::field(description, &parameter.name, &bounds, always)
    }
}

/// Returns the field of a placeholder that the document does not describe.
fn plain(name: &str) -> Field {
    Field {
        name: String::new(),
        wire: name.to_owned(),
        ty: Ty::Text,
        marks: Vec::new(),
        is_named: false,
        flatten: false,
        docs: text::field(None, name, &Schema::default(), None),
        deprecated: false,
        notes: Vec::new(),
    }
}

fn cookie(parameter: &Parameter) -> Result<Note, Note> {
    let text = format!("Not declared: the cookie `{}`. The transport handles cookies.", parameter.name);
    let note = Note::new(Reason::Cookie, text);
    if parameter.required { Err(note) } else { Ok(note) }
}
