//! What a value may be.

use serde_json::Value;

/// What a value may be.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
#[allow(clippy::struct_excessive_bools, reason = "each is a keyword of its own, and none excludes another")]
pub struct Schema {
    /// What the value is, unless it is null.
    pub kind: Kind,
    /// Whether the value may be null. A schema that [refers](Kind::Reference) to another may be null too if the other may:
    /// see [`Document::resolve`](super::Document::resolve).
    pub nullable: bool,
    /// A short title.
    pub title: Option<String>,
    /// What the value is for.
    pub description: Option<String>,
    /// The format of a string or a number, such as `date-time` or `int64`.
    pub format: Option<String>,
    /// What a missing value stands for.
    pub default: Option<Value>,
    /// The smallest number. A bound that is excluded is given here too.
    pub minimum: Option<f64>,
    /// The largest number. A bound that is excluded is given here too.
    pub maximum: Option<f64>,
    /// Whether it should not be used any more.
    pub deprecated: bool,
    /// Whether it is in responses only.
    pub read_only: bool,
    /// Whether it is in requests only.
    pub write_only: bool,
}

/// What a value is.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum Kind {
    /// The document does not say.
    #[default]
    Any,
    /// Null and nothing else.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number without a fraction.
    Integer,
    /// Any number.
    Number,
    /// A string.
    String,
    /// One of these values; null is not among them.
    Enum(Vec<Value>),
    /// A list of values of one kind.
    List(Box<Schema>),
    /// An object.
    Object(Object),
    /// One of several, or several at once. None of them is null or itself one of several; references are not followed.
    OneOf(Vec<Schema>),
    /// What the document has under a name: see [`Document::schemas`](super::Document::schemas).
    Reference(String),
}

/// An object.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Object {
    /// The fields, in the order of the document.
    pub fields: Vec<Field>,
    /// What fields with other names are. `None` if the document does not say, or if there are none.
    pub others: Option<Box<Schema>>,
}

/// A field of an object.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Whether an object always has it.
    pub required: bool,
    /// What it may be.
    pub schema: Schema,
}

/// A schema at the end of all references.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Resolved<'d> {
    /// The name of the schema that the last reference leads to; `None` if there is no reference.
    pub name: Option<&'d str>,
    /// Whether the value may be null, as the schema or one of the references says.
    pub nullable: bool,
    /// The schema, which is no [`Kind::Reference`].
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

    /// Adds what a schema of the same value says, as far as this one says nothing. One of the two has no kind.
    pub(super) fn around(self, inner: Self) -> Self {
        Self {
            kind: if self.kind == Kind::Any { inner.kind } else { self.kind },
            nullable: self.nullable || inner.nullable,
            title: self.title.or(inner.title),
            description: self.description.or(inner.description),
            format: self.format.or(inner.format),
            default: self.default.or(inner.default),
            minimum: self.minimum.or(inner.minimum),
            maximum: self.maximum.or(inner.maximum),
            deprecated: self.deprecated || inner.deprecated,
            read_only: self.read_only || inner.read_only,
            write_only: self.write_only || inner.write_only,
        }
    }
}
