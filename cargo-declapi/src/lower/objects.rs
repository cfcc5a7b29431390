//! From the fields of an object to those of a struct.

use declapi_check::document::{Field as Described, Kind, Object, Schema};

use super::types::Typed;
use super::{Lower, text};
use crate::model::{Field, Line, Note, Shape, Side, Ty};
use crate::names::{Taken, camel, snake};

/// The method of a builder whose name a field cannot have.
const OF_AN_OBJECT: [&str; 1] = ["build"];

impl<'d> Lower<'d> {
    /// Returns the fields of an object inside a request or a response.
    pub(super) fn object_fields(&mut self, object: &'d Object, side: Side) -> Vec<Line> {
        let mut members: Vec<Line> = Vec::new();
        for field in &object.fields {
            if self.is_on(field, side) {
                let field = match side {
                    Side::Request => self.requested(field, Vec::new()),
                    Side::Response => self.received(field),
                };
                members.push(Line::Field(field));
            }
        }
        members.extend(self.others(object, side).map(Line::Field));
        let own: &[&str] = if side == Side::Request { &OF_AN_OBJECT } else { &[] };
        name_fields(&mut members, own);
        members
    }

    /// Returns whether a field is in requests or responses.
    pub(super) fn is_on(&self, field: &Described, side: Side) -> bool {
        let target = self.document.resolve(&field.schema).schema;
        match side {
            Side::Request => !(field.schema.read_only || target.read_only),
            Side::Response => !(field.schema.write_only || target.write_only),
        }
    }

    /// Returns a field of a request, without its name.
    pub(super) fn requested(&mut self, described: &'d Described, marks: Vec<String>) -> Field {
        let Described { name, required, schema, .. } = described;
        let typed = self.typed(schema, Side::Request, &[camel(name)]);
        self.sent(name, schema, typed, *required, marks)
    }

    /// Returns a field of a request with the given type.
    pub(super) fn sent(
        &self,
        name: &str,
        schema: &'d Schema,
        typed: Typed,
        required: bool,
        mut marks: Vec<String>,
    ) -> Field {
        let Typed { ty, nullable, always, notes } = typed;
        if ty == Ty::Secret {
            marks.insert(0, "secret".to_owned());
        }
        let ty = if ty == Ty::Secret { Ty::Text } else { ty };
        let is_null_meant = nullable && self.is_json && ty != Ty::Any;
        let ty = match (required, is_null_meant) {
            (true, true) => Ty::Nullable(Box::new(ty)),
            (true, false) => ty,
            (false, true) => ty.optional().optional(),
            (false, false) => ty.optional(),
        };
        let docs = text::field(self.described(schema), name, schema, always.as_ref());
        new_field(name, ty, marks, docs, schema, notes)
    }

    /// Returns a field of a response, without its name.
    fn received(&mut self, described: &'d Described) -> Field {
        let Described { name, required, schema, .. } = described;
        let Typed { ty, nullable, always, notes } = self.typed(schema, Side::Response, &[camel(name)]);
        let mut marks = Vec::new();
        let ty = match ty {
            // A time in another format must not make the rest unreadable.
            Ty::Timestamp => {
                marks.push("lenient".to_owned());
                ty.optional()
            }
            ty if nullable || !required => ty.optional(),
            // Without these, a response is useless. A missing scalar or list is empty.
            ty if name == "id" || self.has_no_default(&ty) => {
                marks.push("required".to_owned());
                ty
            }
            ty => ty,
        };
        let docs = text::field(self.described(schema), name, &Schema::default(), always.as_ref());
        new_field(name, ty, marks, docs, schema, notes)
    }

    fn has_no_default(&self, ty: &Ty) -> bool {
        let Ty::Named(id) = ty else { return false };
        self.def(*id).is_none_or(|def| !matches!(def.shape, Shape::Enum(_)))
    }

    fn described(&self, schema: &'d Schema) -> Option<&'d str> {
        let target = self.document.resolve(schema).schema;
        // A separate type has the rest of the docs.
        let is_type = matches!(target.kind, Kind::Object(_) | Kind::OneOf(_) | Kind::Enum(_));
        let inside = target.description.as_deref();
        schema.description.as_deref().or(if is_type { inside.map(text::first) } else { inside })
    }

    /// Returns the field for all fields that the document does not name.
    pub(super) fn others(&mut self, object: &'d Object, side: Side) -> Option<Field> {
        let others = object.others.as_deref()?;
        let (ty, notes) = if others.kind == Kind::Any {
            (Ty::JsonObject, Vec::new())
        } else {
            let (ty, notes) = self.typed(others, side, &["More".to_owned()]).element();
            (Ty::Map(Box::new(ty)), notes)
        };
        let ty = if side == Side::Request { ty.optional() } else { ty };
        let docs = "All other fields.".to_owned();
        let field = new_field("more", ty, Vec::new(), docs, &Schema::default(), notes);
        Some(Field { flatten: true, is_named: false, ..field })
    }
}

/// Returns a field without its name.
fn new_field(
    wire: &str,
    ty: Ty,
    marks: Vec<String>,
    docs: String,
    schema: &Schema,
    notes: Vec<Note>,
) -> Field {
    let deprecated = schema.deprecated;
    let (wire, name) = (wire.to_owned(), String::new());
    Field { name, wire, ty, marks, is_named: true, flatten: false, docs, deprecated, notes }
}

/// Sets the names of the fields. They differ from each other and from the methods of the builder.
pub(super) fn name_fields(members: &mut [Line], own: &[&str]) {
    let mut taken = Taken::default();
    for method in own {
        taken.add(method);
    }
    for member in members {
        let Line::Field(field) = member else { continue };
        let name = snake(&field.wire);
        let location = field.marks.iter().find_map(|mark| match mark.split(['(', ' ']).next() {
            Some(location @ ("query" | "header" | "body")) => Some(location),
            _ => None,
        });
        let plain = name.trim_start_matches("r#").trim_end_matches('_');
        let longer =
            location.map_or_else(|| format!("{plain}_field"), |location| format!("{location}_{plain}"));
        // An optional field has further setters.
        let is_setter = |name: &str| {
            ["maybe_", "null_"].iter().any(|prefix| {
                let other = name.strip_prefix(prefix).map(str::to_owned);
                other.is_some_and(|other| !taken.is_free(&other))
                    || !taken.is_free(&format!("{prefix}{name}"))
            })
        };
        let mut candidates = vec![name.clone(), longer, format!("{plain}_value")];
        candidates.retain(|name| !is_setter(name.trim_start_matches("r#")));
        field.name = taken.claim(&candidates);
    }
}
