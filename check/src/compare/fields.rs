//! The declared and the documented fields of an object.

use declapi::{FieldInfo, JsonKind, ObjectInfo};

use crate::document::{Object, Schema};

/// The fields that a declaration has.
#[derive(Debug, Default)]
pub(super) struct Declared {
    pub(super) fields: Vec<FieldInfo>,
    /// Whether a field takes all other fields.
    pub(super) takes_others: bool,
}

/// The fields that the document has, in one object or in several alternatives.
#[derive(Debug, Default)]
pub(super) struct Documented<'d> {
    pub(super) fields: Vec<Field<'d>>,
    /// The schemas of fields with other names. Empty if there are none.
    pub(super) others: Vec<&'d Schema>,
}

/// A field in the document.
#[derive(Debug)]
pub(super) struct Field<'d> {
    pub(super) name: &'d str,
    /// Whether each of the objects requires it.
    pub(super) required: bool,
    /// Its schema in each object that has it.
    pub(super) schemas: Vec<&'d Schema>,
}

impl Declared {
    /// Collects the fields, and those of flattened objects.
    pub(super) fn of(fields: impl Iterator<Item = FieldInfo>) -> Self {
        let mut declared = Self::default();
        declared.add(fields, true, &mut Vec::new());
        declared
    }

    fn add(
        &mut self,
        fields: impl Iterator<Item = FieldInfo>,
        is_required: bool,
        inside: &mut Vec<ObjectInfo>,
    ) {
        for mut field in fields {
            if field.name != "*" {
                field.required &= is_required;
                self.fields.push(field);
                continue;
            }
            let (kind, is_optional) = match field.kind {
                JsonKind::Nullable(kind) => (*kind, true),
                kind => (kind, false),
            };
            match kind {
                JsonKind::Object(object) if !inside.contains(object) => {
                    inside.push(*object);
                    self.add(object.fields(), is_required && !is_optional, inside);
                    inside.pop();
                }
                _ => self.takes_others = true,
            }
        }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.name == name)
    }
}

impl<'d> Documented<'d> {
    pub(super) fn of(objects: &[&'d Object]) -> Self {
        let mut documented = Self::default();
        for object in objects {
            for field in &object.fields {
                match documented.fields.iter_mut().find(|known| known.name == field.name) {
                    Some(known) => known.schemas.push(&field.schema),
                    None => documented.fields.push(Field {
                        name: &field.name,
                        required: true,
                        schemas: vec![&field.schema],
                    }),
                }
            }
            documented.others.extend(object.others.as_deref());
        }
        for field in &mut documented.fields {
            let requires = |object: &&Object| object.field(field.name).is_some_and(|field| field.required);
            field.required = objects.iter().all(requires);
        }
        documented
    }

    pub(super) fn field(&self, name: &str) -> Option<&Field<'d>> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl Field<'_> {
    pub(super) fn is_deprecated(&self) -> bool {
        self.schemas.iter().all(|schema| schema.deprecated)
    }

    pub(super) fn is_read_only(&self) -> bool {
        self.schemas.iter().any(|schema| schema.read_only)
    }

    pub(super) fn is_write_only(&self) -> bool {
        self.schemas.iter().any(|schema| schema.write_only)
    }
}
