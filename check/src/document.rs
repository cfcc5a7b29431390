//! An OpenAPI document, read into a model that is the same for each version.
//!
//! [`Document::parse`] reads OpenAPI 3.0 and 3.1, as JSON and as YAML. What the versions write in different ways is one
//! thing here: `nullable`, lists of types and alternatives with `null` are [`Schema::nullable`]; `const` is an enum with one
//! value; `allOf` is merged; references are followed when they are looked at, because a schema may contain itself.
//!
//! ```
//! use declapi_check::document::{Document, Kind};
//!
//! let document = Document::parse(
//!     r##"{
//!         "openapi": "3.0.3",
//!         "info": {"title": "Notes", "version": "1"},
//!         "paths": {"/notes/{id}": {"get": {
//!             "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}}],
//!             "responses": {"200": {"description": "A note", "content": {
//!                 "application/json": {"schema": {"$ref": "#/components/schemas/note"}}
//!             }}}
//!         }}},
//!         "components": {"schemas": {"note": {
//!             "type": "object",
//!             "properties": {"title": {"type": "string", "nullable": true}}
//!         }}}
//!     }"##,
//! )?;
//! let operation = &document.operations[0];
//! assert_eq!((operation.method.as_str(), operation.path.as_str()), ("GET", "/notes/{id}"));
//! assert_eq!(operation.parameters[0].schema.kind, Kind::Integer);
//!
//! let note = document.resolve(&operation.responses[0].contents[0].schema);
//! assert_eq!(note.name, Some("note"));
//! let Kind::Object(object) = &note.schema.kind else { unreachable!("a note is an object") };
//! assert_eq!(object.fields[0].name, "title");
//! assert!(object.fields[0].schema.nullable);
//! # Ok::<(), declapi_check::document::DocumentError>(())
//! ```
//!
//! # The parser
//!
//! [`oas3`] is the one maintained crate that reads OpenAPI 3.1 with few dependencies. `openapiv3` reads 3.0 only,
//! `openapiv3_1` brings a builder and floating-point keys along, and `roas` has 100 000 lines for all versions. But `oas3`
//! knows nothing of 3.0, follows references to components only, ignores what is written beside a reference, and does not
//! say where a mistake is. So the document is first brought into the one form that `oas3` reads well, with the same code
//! for each version, and this is where mistakes get their locations.

mod error;
mod extras;
mod parts;
mod read;
mod schema;
mod schemas;
mod upgrade;

use std::collections::BTreeMap;

pub use self::error::DocumentError;
pub use self::schema::{Field, Kind, Object, Resolved, Schema};

/// What an OpenAPI document says.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Document {
    /// The title of the API.
    pub title: String,
    /// What the API is for.
    pub description: Option<String>,
    /// The base URLs, with the defaults of their variables. Paths of operations do not contain theirs.
    pub servers: Vec<String>,
    /// The tags that the document describes, in its order.
    pub tags: Vec<Tag>,
    /// The operations, in the order of the document.
    pub operations: Vec<Operation>,
    /// The schemas that references lead to. A schema outside of `components` has its JSON pointer for a name.
    pub schemas: BTreeMap<String, Schema>,
    /// The credentials that operations need which do not say so themselves: see [`Operation::security`].
    pub security: Option<Vec<Vec<String>>>,
    /// The kinds of credentials, by their names.
    pub security_schemes: BTreeMap<String, SecurityScheme>,
    /// The names of requests that the API sends on its own.
    pub webhooks: Vec<String>,
}

/// A kind of credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SecurityScheme {
    /// How they are sent.
    pub kind: SecurityKind,
    /// What they are.
    pub description: Option<String>,
}

/// How credentials are sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecurityKind {
    /// In the header `Authorization`.
    Http {
        /// The scheme, such as `bearer` or `basic`.
        scheme: String,
    },
    /// In a header, a query pair or a cookie.
    ApiKey {
        /// Its name.
        name: String,
        /// `header`, `query` or `cookie`.
        location: String,
    },
    /// An access token of OAuth 2.0.
    OAuth2,
    /// A token of `openIdConnect`.
    OpenIdConnect,
    /// In another way.
    Other,
}

/// A group of operations.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Tag {
    /// Its name.
    pub name: String,
    /// What the operations have in common.
    pub description: Option<String>,
}

/// A method of a path.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Operation {
    /// The method, in capital letters.
    pub method: String,
    /// The path with its placeholders, such as `/repos/{owner}`.
    pub path: String,
    /// The `operationId`.
    pub id: Option<String>,
    /// The names of its tags.
    pub tags: Vec<String>,
    /// What it does, in a few words.
    pub summary: Option<String>,
    /// What it does, in detail; often Markdown.
    pub description: Option<String>,
    /// Whether it should not be used any more.
    pub deprecated: bool,
    /// The parameters, those of the path item first. `Accept`, `Content-Type` and `Authorization` are not among them, as
    /// OpenAPI says.
    pub parameters: Vec<Parameter>,
    /// The body of requests.
    pub body: Option<RequestBody>,
    /// The responses, in the order of the document.
    pub responses: Vec<Response>,
    /// The base URLs that are its own, or those of its path; empty if they are those of the document.
    pub servers: Vec<String>,
    /// The credentials: alternatives, each with the names of what is needed together. `None` if they are those of the document.
    pub security: Option<Vec<Vec<String>>>,
    /// The names of requests that the API sends in return.
    pub callbacks: Vec<String>,
}

/// A parameter in the path, the query, a header or a cookie.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Where it is sent.
    pub location: ParameterLocation,
    /// Whether a request needs it.
    pub required: bool,
    /// How a list or an object is written.
    pub style: ParameterStyle,
    /// Whether each element of a list or an object is a pair of its own.
    pub explode: bool,
    /// What it is for.
    pub description: Option<String>,
    /// Whether it should not be used any more.
    pub deprecated: bool,
    /// What it may be.
    pub schema: Schema,
    /// The media type of a value that is text of its own, such as JSON inside of a query pair.
    pub media_type: Option<String>,
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ParameterLocation {
    /// In a segment of the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

/// How a parameter writes a list or an object, as OpenAPI names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ParameterStyle {
    /// `a=1&a=2`, or `a=1,2` without `explode`.
    Form,
    /// `1,2`
    Simple,
    /// `a=1%202`
    SpaceDelimited,
    /// `a=1|2`
    PipeDelimited,
    /// `a[b]=1`
    DeepObject,
    /// `;a=1`
    Matrix,
    /// `.1`
    Label,
}

/// The body of requests.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RequestBody {
    /// Whether a request needs one.
    pub required: bool,
    /// What it is for.
    pub description: Option<String>,
    /// The media types of which a request has one.
    pub contents: Vec<Content>,
}

/// The responses with a status.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Response {
    /// The status, such as `200`, `2XX` or `default`.
    pub status: String,
    /// What it means.
    pub description: Option<String>,
    /// The media types of which a response has one; none if there is no body.
    pub contents: Vec<Content>,
    /// The names of its headers.
    pub headers: Vec<String>,
}

/// A body of one media type.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Content {
    /// The media type, as the document writes it.
    pub media_type: String,
    /// What the body is.
    pub schema: Schema,
}

impl Document {
    /// Reads a document in JSON or YAML.
    ///
    /// # Errors
    ///
    /// The text is neither JSON nor YAML, is not OpenAPI 3.0 or 3.1, refers to something that is not in it, or has a value of
    /// a wrong type. The error names the location.
    pub fn parse(text: &str) -> Result<Self, DocumentError> {
        read::document(text)
    }

    /// Returns what a schema is after all references.
    pub fn resolve<'d>(&'d self, schema: &'d Schema) -> Resolved<'d> {
        let mut resolved = Resolved { name: None, nullable: schema.nullable, schema };
        // A document in which references lead in a circle is not read, so this ends.
        while let Kind::Reference(name) = &resolved.schema.kind {
            let Some((name, schema)) = self.schemas.get_key_value(name) else { break };
            resolved = Resolved { name: Some(name), nullable: resolved.nullable || schema.nullable, schema };
        }
        resolved
    }
}

impl Response {
    /// Whether the status is one of a success.
    pub fn is_success(&self) -> bool {
        self.status.starts_with('2')
    }
}

impl Content {
    /// Whether the media type is one of JSON, such as `application/problem+json; charset=utf-8`.
    pub fn is_json(&self) -> bool {
        let essence = self.media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        essence.ends_with("/json") || essence.ends_with("+json")
    }
}

impl ParameterLocation {
    /// Returns the location as OpenAPI spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}
