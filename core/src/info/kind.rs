//! The properties of a field besides its strings, encoded in one value by generated code.

#![allow(missing_docs, reason = "the names explain themselves")]

use super::json::JsonKind;
use super::{Location, QueryStyle};

/// The location of a field, whether it is required, whether it is secret, and its style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldKind {
    pub(super) location: Location,
    pub(super) required: bool,
    pub(super) secret: bool,
    pub(super) style: QueryStyle,
    /// The JSON type, if generated code has determined it.
    pub(super) json: Option<JsonKind>,
}

impl FieldKind {
    const fn optional(location: Location) -> Self {
        Self { location, required: false, secret: false, style: QueryStyle::Repeat, json: None }
    }

    const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    const fn secret(self) -> Self {
        Self { secret: true, ..self }
    }

    pub const fn of(self, json: JsonKind) -> Self {
        Self { json: Some(json), ..self }
    }

    /// Marks a field with a custom serializer, whose JSON type is unknown.
    pub const fn own(self) -> Self {
        self.of(JsonKind::Unknown)
    }

    pub const fn comma(self) -> Self {
        Self { style: QueryStyle::Comma, ..self }
    }

    pub const fn brackets(self) -> Self {
        Self { style: QueryStyle::Brackets, ..self }
    }

    pub const fn deep(self) -> Self {
        Self { style: QueryStyle::Deep, ..self }
    }
}

pub const PATH: FieldKind = FieldKind::optional(Location::Path);
pub const PATH_SECRET: FieldKind = PATH.secret();
pub const PATH_REQUIRED: FieldKind = PATH.required();
pub const PATH_REQUIRED_SECRET: FieldKind = PATH_REQUIRED.secret();
pub const QUERY: FieldKind = FieldKind::optional(Location::Query);
pub const QUERY_SECRET: FieldKind = QUERY.secret();
pub const QUERY_REQUIRED: FieldKind = QUERY.required();
pub const QUERY_REQUIRED_SECRET: FieldKind = QUERY_REQUIRED.secret();
pub const HEADER: FieldKind = FieldKind::optional(Location::Header);
pub const HEADER_SECRET: FieldKind = HEADER.secret();
pub const HEADER_REQUIRED: FieldKind = HEADER.required();
pub const HEADER_REQUIRED_SECRET: FieldKind = HEADER_REQUIRED.secret();
pub const BODY: FieldKind = FieldKind::optional(Location::Body);
pub const BODY_SECRET: FieldKind = BODY.secret();
pub const BODY_REQUIRED: FieldKind = BODY.required();
pub const BODY_REQUIRED_SECRET: FieldKind = BODY_REQUIRED.secret();
pub const WHOLE_BODY: FieldKind = FieldKind::optional(Location::WholeBody);
pub const WHOLE_BODY_SECRET: FieldKind = WHOLE_BODY.secret();
pub const WHOLE_BODY_REQUIRED: FieldKind = WHOLE_BODY.required();
pub const WHOLE_BODY_REQUIRED_SECRET: FieldKind = WHOLE_BODY_REQUIRED.secret();
