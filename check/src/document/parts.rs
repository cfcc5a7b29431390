//! The keys of a document that are read.

/// A part of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Document,
    Info,
    Server,
    Tag,
    Components,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    Response,
    MediaType,
    Schema,
}

/// The value of a key.
#[derive(Clone, Copy)]
pub(super) enum Child {
    /// A value that is copied.
    Plain,
    /// A value that is read as a string. YAML reads `version: 1.0` as a number.
    Text,
    One(Part),
    List(Part),
    /// An object with any names.
    Map(Part),
}

impl Part {
    /// Returns the keys of a part that are read. All others are ignored, also if they have mistakes.
    pub(super) fn children(self) -> &'static [(&'static str, Child)] {
        use Child::{List, Map, One, Plain, Text};
        match self {
            Self::Document => &[
                ("openapi", Text),
                ("info", One(Self::Info)),
                ("servers", List(Self::Server)),
                ("tags", List(Self::Tag)),
                ("paths", Map(Self::PathItem)),
                ("components", One(Self::Components)),
            ],
            Self::Info => &[("title", Text), ("version", Text), ("description", Text)],
            Self::Server => &[("url", Text)],
            Self::Tag => &[("name", Text), ("description", Text)],
            Self::Components => &[("schemas", Map(Self::Schema))],
            Self::PathItem => &[
                ("parameters", List(Self::Parameter)),
                ("get", One(Self::Operation)),
                ("put", One(Self::Operation)),
                ("post", One(Self::Operation)),
                ("delete", One(Self::Operation)),
                ("options", One(Self::Operation)),
                ("head", One(Self::Operation)),
                ("patch", One(Self::Operation)),
                ("trace", One(Self::Operation)),
            ],
            Self::Operation => &[
                ("operationId", Text),
                ("tags", Plain),
                ("summary", Text),
                ("description", Text),
                ("deprecated", Plain),
                ("parameters", List(Self::Parameter)),
                ("requestBody", One(Self::RequestBody)),
                ("responses", Map(Self::Response)),
            ],
            Self::Parameter => &[
                ("name", Text),
                ("in", Plain),
                ("description", Text),
                ("required", Plain),
                ("deprecated", Plain),
                ("style", Plain),
                ("explode", Plain),
                ("schema", One(Self::Schema)),
                ("content", Map(Self::MediaType)),
            ],
            Self::RequestBody => {
                &[("description", Text), ("required", Plain), ("content", Map(Self::MediaType))]
            }
            Self::Response => &[("description", Text), ("content", Map(Self::MediaType))],
            Self::MediaType => &[("schema", One(Self::Schema))],
            Self::Schema => SCHEMA,
        }
    }
}

/// The keywords that are read of a schema.
const SCHEMA: &[(&str, Child)] = &[
    ("type", Child::Plain),
    ("enum", Child::Plain),
    ("const", Child::Plain),
    ("format", Child::Text),
    ("contentMediaType", Child::Plain),
    ("contentEncoding", Child::Plain),
    ("title", Child::Text),
    ("description", Child::Text),
    ("default", Child::Plain),
    ("deprecated", Child::Plain),
    ("discriminator", Child::Plain),
    ("nullable", Child::Plain),
    ("readOnly", Child::Plain),
    ("writeOnly", Child::Plain),
    ("minimum", Child::Plain),
    ("maximum", Child::Plain),
    ("exclusiveMinimum", Child::Plain),
    ("exclusiveMaximum", Child::Plain),
    ("required", Child::Plain),
    ("properties", Child::Map(Part::Schema)),
    ("additionalProperties", Child::One(Part::Schema)),
    ("items", Child::One(Part::Schema)),
    ("prefixItems", Child::List(Part::Schema)),
    ("allOf", Child::List(Part::Schema)),
    ("anyOf", Child::List(Part::Schema)),
    ("oneOf", Child::List(Part::Schema)),
];
