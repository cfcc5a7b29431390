//! The schemas of values.

use std::collections::BTreeMap;

use serde_json::Value;

/// The possible values of a field, a parameter or a body.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
#[allow(clippy::struct_excessive_bools, reason = "each is a separate keyword, and none excludes another")]
pub struct Schema {
    /// The kind of values that are not null.
    pub kind: Kind,
    /// Whether the value may be null. If a schema [refers](Kind::Reference) to another, either of them may allow null: see
    /// [`Document::resolve`](super::Document::resolve).
    pub nullable: bool,
    /// A short title.
    pub title: Option<String>,
    /// The description.
    pub description: Option<String>,
    /// The format of a string or a number, such as `date-time` or `int64`.
    pub format: Option<String>,
    /// The field that selects an alternative.
    pub discriminator: Option<Discriminator>,
    /// The default of a missing value.
    pub default: Option<Value>,
    /// The smallest number. An exclusive bound is stored here, too.
    pub minimum: Option<f64>,
    /// The largest number. An exclusive bound is stored here, too.
    pub maximum: Option<f64>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Whether it is in responses only.
    pub read_only: bool,
    /// Whether it is in requests only.
    pub write_only: bool,
}

/// The kind of a value.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum Kind {
    /// Any value.
    #[default]
    Any,
    /// Only null.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number without a fraction.
    Integer,
    /// Any number.
    Number,
    /// A string.
    String,
    /// One of these values, which do not contain null.
    Enum(Vec<Value>),
    /// A list of values of one kind.
    List(Box<Schema>),
    /// An object.
    Object(Object),
    /// One or more of these schemas. None of them is null or `OneOf`, but references are not followed.
    OneOf(Vec<Schema>),
    /// The name of a schema in [`Document::schemas`](super::Document::schemas).
    Reference(String),
}

/// An object.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Object {
    /// The fields, in the order of the document.
    pub fields: Vec<Field>,
    /// The schema of fields with other names. `None` if the document does not have it, or if other names are not allowed.
    pub others: Option<Box<Schema>>,
}

/// A field of an object.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Whether each object has it.
    pub required: bool,
    /// The schema of the value.
    pub schema: Schema,
}

/// A field whose value selects one of the alternatives.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Discriminator {
    /// The name of the field.
    pub field: String,
    /// The names of the schemas by the values of the field. A value without an entry is the name of its schema.
    pub schemas: BTreeMap<String, String>,
}

/// A schema at the end of all references.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Resolved<'d> {
    /// The name of the schema that the last reference leads to. `None` if there is no reference.
    pub name: Option<&'d str>,
    /// Whether the value may be null, according to the schema or one of the references.
    pub nullable: bool,
    /// The schema, which is never a [`Kind::Reference`].
    pub schema: &'d Schema,
}

impl Object {
    /// Returns the field with a name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl Schema {
    pub(super) fn of(kind: Kind) -> Self {
        Self { kind, ..Self::default() }
    }

    /// Fills the missing fields from another schema of the same value. One of the two has the kind `Any`.
    pub(super) fn around(self, inner: Self) -> Self {
        Self {
            kind: if self.kind == Kind::Any { inner.kind } else { self.kind },
            nullable: self.nullable || inner.nullable,
            title: self.title.or(inner.title),
            description: self.description.or(inner.description),
            format: self.format.or(inner.format),
            discriminator: self.discriminator.or(inner.discriminator),
            default: self.default.or(inner.default),
            minimum: self.minimum.or(inner.minimum),
            maximum: self.maximum.or(inner.maximum),
            deprecated: self.deprecated || inner.deprecated,
            read_only: self.read_only || inner.read_only,
            write_only: self.write_only || inner.write_only,
        }
    }
}
