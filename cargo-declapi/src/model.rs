//! Declarations before they have their names.

/// The declarations of an API.
#[derive(Debug)]
pub(crate) struct Api {
    /// The name of the client type.
    pub(crate) name: String,
    /// The title, as a sentence.
    pub(crate) title: String,
    /// The description of the API, in Markdown.
    pub(crate) docs: String,
    pub(crate) base_url: Option<String>,
    pub(crate) hosts: Vec<Host>,
    pub(crate) notes: Vec<Note>,
    pub(crate) groups: Vec<Group>,
    pub(crate) types: Vec<TypeDef>,
}

/// A further host of the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Host {
    pub(crate) name: String,
    pub(crate) url: String,
    /// Whether it gets the client's credentials.
    pub(crate) auth: bool,
}

/// The endpoints of a tag, or the endpoints without a tag.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) tag: Option<String>,
    pub(crate) docs: String,
    pub(crate) items: Vec<Item>,
}

#[derive(Debug)]
pub(crate) enum Item {
    Endpoint(Endpoint),
    /// An operation that is not declared, with its method and path.
    LeftOut(String, Note),
}

#[derive(Debug)]
pub(crate) struct Endpoint {
    /// The number among all endpoints.
    pub(crate) number: usize,
    /// Names for the struct, the best first.
    pub(crate) names: Vec<String>,
    pub(crate) docs: String,
    pub(crate) deprecated: bool,
    pub(crate) method: String,
    /// The path, with the names of fields in it.
    pub(crate) path: String,
    /// The keys between the path and `response`, such as `body = Form`.
    pub(crate) keys: Vec<Key>,
    pub(crate) members: Vec<Line>,
    pub(crate) response: Ty,
    /// The keys after `response`, such as `none = 404`.
    pub(crate) more_keys: Vec<String>,
    pub(crate) idempotent: bool,
    pub(crate) notes: Vec<Note>,
}

/// A key of an endpoint, with a type of the runtime that it names.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub(crate) text: String,
    pub(crate) imports: Option<&'static str>,
}

/// A line of a struct: a field, or a comment in place of one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Line {
    Field(Field),
    Note(Note),
}

#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) wire: String,
    pub(crate) ty: Ty,
    /// The content of the macro's attribute, such as `secret` or `query(deep)`.
    pub(crate) marks: Vec<String>,
    /// Whether the wire name comes from the name of the field. For the path and headers, an attribute or the path has it.
    pub(crate) is_named: bool,
    pub(crate) flatten: bool,
    pub(crate) docs: String,
    pub(crate) deprecated: bool,
    pub(crate) notes: Vec<Note>,
}

/// Two fields are equal even if their docs differ.
impl PartialEq for Field {
    fn eq(&self, other: &Self) -> bool {
        (&self.wire, &self.ty, &self.marks, self.flatten)
            == (&other.wire, &other.ty, &other.marks, other.flatten)
    }
}

/// A comment on something that cannot be declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Note {
    pub(crate) reason: Reason,
    pub(crate) text: String,
}

impl Note {
    pub(crate) fn new(reason: Reason, text: impl Into<String>) -> Self {
        Self { reason, text: text.into() }
    }
}

/// Kinds of notes, for the summary of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reason {
    Method,
    Path,
    Cookie,
    Header,
    QueryStyle,
    BodyOfGet,
    Alternatives,
    Tag,
    Values,
    MediaType,
    Status,
    Redirect,
    Secret,
    Credentials,
    Server,
    Callback,
}

impl Reason {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Method => "operations with a method that is not declared",
            Self::Path => "operations with a path that cannot be written",
            Self::Cookie => "cookies",
            Self::Header => "headers that the runtime writes",
            Self::QueryStyle => "values whose format in the query or the path is not supported",
            Self::BodyOfGet => "bodies of GET and HEAD",
            Self::Alternatives => "values with alternatives that cannot be distinguished",
            Self::Tag => "tags of variants that are used without their enum",
            Self::Values => "enums with values that are not strings",
            Self::MediaType => "further media types",
            Self::Status => "further successful responses",
            Self::Redirect => "redirects",
            Self::Secret => "secrets in the path",
            Self::Credentials => "credentials that are needed together",
            Self::Server => "servers",
            Self::Callback => "requests that the API sends",
        }
    }
}

/// The number of a type in [`Api::types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TypeId(pub(crate) usize);

/// The message that a value is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Side {
    Request,
    Response,
}

/// The owner of a type without a name in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Parent {
    Type(TypeId),
    /// The number of the endpoint among all of them.
    Endpoint(usize),
}

#[derive(Clone, Debug)]
pub(crate) struct TypeDef {
    /// Names for the type, the best first.
    pub(crate) names: Vec<String>,
    /// Whether the document has a name for it.
    pub(crate) is_named: bool,
    /// The owner of the type, for a longer name.
    pub(crate) parent: Option<Parent>,
    /// Empty if the document has no description.
    pub(crate) docs: String,
    pub(crate) side: Side,
    pub(crate) shape: Shape,
    pub(crate) notes: Vec<Note>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    Struct(Vec<Line>),
    /// An open enum: each variant with its string.
    Enum(Vec<(String, String)>),
    Union(Union),
}

/// A value with alternatives.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Union {
    pub(crate) variants: Vec<Variant>,
    /// The field whose value selects the variant.
    pub(crate) tag: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Variant {
    pub(crate) name: String,
    pub(crate) ty: Ty,
    /// The value of the tag.
    pub(crate) value: Option<String>,
}

/// A type as it is written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Ty {
    Unit,
    Bool,
    Integer(&'static str),
    Number,
    /// `&'a str` in a request, `String` in a response.
    Text,
    Secret,
    Timestamp,
    Upload,
    /// A whole body as it is.
    Bytes,
    /// A whole body as text.
    Plain,
    Any,
    JsonObject,
    List(Box<Ty>),
    Map(Box<Ty>),
    Option(Box<Ty>),
    /// Required, and perhaps null.
    Nullable(Box<Ty>),
    Boxed(Box<Ty>),
    Events(Box<Ty>),
    Lines(Box<Ty>),
    Named(TypeId),
}

impl Ty {
    /// Returns whether the type is a secret, or contains secrets.
    pub(crate) fn has_secret(&self) -> bool {
        *self == Self::Secret || self.inner().is_some_and(Self::has_secret)
    }

    pub(crate) fn optional(self) -> Self {
        Self::Option(Box::new(self))
    }

    pub(crate) fn list(self) -> Self {
        Self::List(Box::new(self))
    }

    /// Returns the inner type, if there is one.
    pub(crate) fn inner(&self) -> Option<&Self> {
        match self {
            Self::List(inner)
            | Self::Map(inner)
            | Self::Option(inner)
            | Self::Nullable(inner)
            | Self::Boxed(inner)
            | Self::Events(inner)
            | Self::Lines(inner) => Some(inner),
            _ => None,
        }
    }

    /// Returns the type of the document that the type is or contains.
    pub(crate) fn named(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(*id),
            _ => self.inner().and_then(Self::named),
        }
    }

    /// Returns the type of the document that a value contains without an allocation in between.
    pub(crate) fn directly(&mut self) -> Option<(TypeId, &mut Self)> {
        match self {
            Self::Named(id) => Some((*id, self)),
            Self::Option(inner) | Self::Nullable(inner) => inner.directly(),
            _ => None,
        }
    }
}

impl Shape {
    /// Returns the types of all parts.
    pub(crate) fn parts(&self) -> Vec<&Ty> {
        match self {
            Self::Struct(members) => fields(members).map(|field| &field.ty).collect(),
            Self::Enum(_) => Vec::new(),
            Self::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        }
    }

    /// Returns the types of all parts, mutably.
    pub(crate) fn parts_mut(&mut self) -> Vec<&mut Ty> {
        match self {
            Self::Struct(members) => members
                .iter_mut()
                .filter_map(|member| match member {
                    Line::Field(field) => Some(&mut field.ty),
                    Line::Note(_) => None,
                })
                .collect(),
            Self::Enum(_) => Vec::new(),
            Self::Union(union) => union.variants.iter_mut().map(|variant| &mut variant.ty).collect(),
        }
    }
}

/// Returns the fields among the lines of a struct.
pub(crate) fn fields(members: &[Line]) -> impl Iterator<Item = &Field> {
    members.iter().filter_map(|member| match member {
        Line::Field(field) => Some(field),
        Line::Note(_) => None,
    })
}
