//! An OpenAPI document, read into a model that is the same for each version.
//!
//! [`Document::parse`] reads OpenAPI 3.0 and 3.1, as JSON and as YAML. The model does not depend on the version:
//!
//! - `nullable`, lists of types and alternatives with `null` become [`Schema::nullable`].
//! - `const` becomes an enum with one value.
//! - `allOf` is merged.
//! - References stay, because a schema may contain itself. [`Document::resolve`] follows them.
//!
//! ```
//! use declapi_check::document::{Document, Kind};
//!
//! let document = Document::parse(
//!     r##"{
//!         "openapi": "3.0.3",
//!         "info": {"title": "Notes", "version": "1"},
//!         "paths": {"/notes/{id}": {"get": {
//!             "parameters": [
//!                 {"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}}
//!             ],
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
//! [`oas3`] is the only maintained crate that reads OpenAPI 3.1 with few dependencies. `openapiv3` reads only 3.0,
//! `openapiv3_1` includes a builder and floating-point keys, and `roas` has 100 000 lines for all versions. But `oas3` does
//! not read 3.0, follows only references to components, ignores the keywords next to a reference, and does not report the
//! location of a mistake. So this module first converts a document of any version to the form that `oas3` reads well. The
//! conversion also adds the locations of mistakes.

mod error;
mod extras;
mod parts;
mod read;
mod schema;
mod schemas;
mod upgrade;

use std::collections::BTreeMap;

pub use self::error::DocumentError;
pub use self::schema::{Discriminator, Field, Kind, Object, Resolved, Schema};

/// The content of an OpenAPI document.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Document {
    /// The title of the API.
    pub title: String,
    /// The description of the API.
    pub description: Option<String>,
    /// The base URLs, with the defaults of their variables. The paths of operations do not contain the path of the base URL.
    pub servers: Vec<String>,
    /// The tags that the document describes, in its order.
    pub tags: Vec<Tag>,
    /// The operations, in the order of the document.
    pub operations: Vec<Operation>,
    /// The schemas that references lead to. The name of a schema outside `components` is its JSON pointer.
    pub schemas: BTreeMap<String, Schema>,
    /// The credentials of operations without their own [`Operation::security`].
    pub security: Option<Vec<Vec<String>>>,
    /// The kinds of credentials, by their names.
    pub security_schemes: BTreeMap<String, SecurityScheme>,
    /// The names of the requests that the API sends.
    pub webhooks: Vec<String>,
}

/// A kind of credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SecurityScheme {
    /// The way to send them.
    pub kind: SecurityKind,
    /// The description.
    pub description: Option<String>,
}

/// A way to send credentials.
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
    /// The description of the group.
    pub description: Option<String>,
}

/// A method of a path.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Operation {
    /// The method, in upper case.
    pub method: String,
    /// The path with its placeholders, such as `/repos/{owner}`.
    pub path: String,
    /// The `operationId`.
    pub id: Option<String>,
    /// The names of its tags.
    pub tags: Vec<String>,
    /// A short description.
    pub summary: Option<String>,
    /// A long description, often in Markdown.
    pub description: Option<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The parameters, those of the path item first. They do not contain `Accept`, `Content-Type` and `Authorization`, which
    /// OpenAPI ignores.
    pub parameters: Vec<Parameter>,
    /// The body of requests.
    pub body: Option<RequestBody>,
    /// The responses, in the order of the document.
    pub responses: Vec<Response>,
    /// The base URLs of the operation or of its path. If they are empty, those of the document apply.
    pub servers: Vec<String>,
    /// The credentials: alternatives, each with the names of credentials that are needed together. If they are `None`, those of
    /// the document apply.
    pub security: Option<Vec<Vec<String>>>,
    /// The names of the requests that the API sends in return.
    pub callbacks: Vec<String>,
}

/// A parameter in the path, the query, a header or a cookie.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// The location in the request.
    pub location: ParameterLocation,
    /// Whether it is required.
    pub required: bool,
    /// The style of a list or an object.
    pub style: ParameterStyle,
    /// Whether each element of a list or an object is a separate pair.
    pub explode: bool,
    /// The description.
    pub description: Option<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The schema of the value.
    pub schema: Schema,
    /// The media type of a value with `content`, for example of JSON inside a query pair.
    pub media_type: Option<String>,
}

/// The location of a parameter.
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

/// The style of a list or an object, as OpenAPI names it.
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
    /// Whether it is required.
    pub required: bool,
    /// The description.
    pub description: Option<String>,
    /// The alternatives: a request has one of these media types.
    pub contents: Vec<Content>,
}

/// The responses with a status.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Response {
    /// The status, such as `200`, `2XX` or `default`.
    pub status: String,
    /// The description.
    pub description: Option<String>,
    /// The alternatives: a response has one of these media types. Empty if there is no body.
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
    /// The schema of the body.
    pub schema: Schema,
}

impl Document {
    /// Reads a document in JSON or YAML.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is neither JSON nor YAML, if it is not OpenAPI 3.0 or 3.1, if a reference leads nowhere, or
    /// if a value has the wrong type. The error contains the location.
    pub fn parse(text: &str) -> Result<Self, DocumentError> {
        read::document(text)
    }

    /// Follows the references of a schema to their end.
    pub fn resolve<'d>(&'d self, schema: &'d Schema) -> Resolved<'d> {
        let mut resolved = Resolved { name: None, nullable: schema.nullable, schema };
        // `parse` rejects circular references, so this ends.
        while let Kind::Reference(name) = &resolved.schema.kind {
            let Some((name, schema)) = self.schemas.get_key_value(name) else { break };
            resolved = Resolved { name: Some(name), nullable: resolved.nullable || schema.nullable, schema };
        }
        resolved
    }
}

impl Response {
    /// Returns whether the status is a success.
    pub fn is_success(&self) -> bool {
        self.status.starts_with('2')
    }
}

impl Content {
    /// Returns whether the media type is JSON, for example `application/problem+json; charset=utf-8`.
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
