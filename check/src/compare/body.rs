//! Compares the bodies of requests.

use declapi::Location;

use super::fields::Declared;
use super::values::{Task, Values, resolved};
use super::{Comparison, essence, is_json, is_of_type, media_types, words};
use crate::Part;
use crate::document::{Content, Kind, Object};

impl<'c> Comparison<'c> {
    pub(super) fn body(&mut self) {
        let media_type = self.media_type();
        match (media_type, &self.operation.body) {
            (None, None) => {}
            (Some(media_type), None) => self.find(Part::Body, "", format!("`{media_type}`"), "no body"),
            (None, Some(body)) => {
                let Some(content) =
                    body.contents.iter().find(|content| content.is_json()).or(body.contents.first())
                else {
                    return;
                };
                let before = self.findings.len();
                if body.required || self.is_complete {
                    self.body_fields(content);
                }
                if body.required && self.findings.len() == before {
                    self.find(Part::Body, "", "no body", "required");
                }
            }
            (Some(media_type), Some(body)) => {
                let fits = |content: &&Content| is_of_type(media_type, &content.media_type);
                let exact = |content: &&Content| essence(media_type) == essence(&content.media_type);
                let Some(content) =
                    body.contents.iter().find(exact).or_else(|| body.contents.iter().find(fits))
                else {
                    let types = body.contents.iter().map(|content| &*content.media_type);
                    return self.find(Part::Body, "", format!("`{media_type}`"), media_types(types));
                };
                match self.info.fields().find(|field| field.location == Location::WholeBody) {
                    Some(field) => {
                        if body.required && !field.required {
                            self.find(Part::Body, "", "may be left out", "required");
                        }
                        if has_fields(&content.media_type) {
                            let schemas = vec![&content.schema];
                            let task =
                                Task { kind: field.kind, schemas, at: String::new(), takes_null: true };
                            Values::of(self, Part::Body).compare(task);
                        }
                    }
                    None => self.body_fields(content),
                }
            }
        }
    }

    /// Returns the media type of the body. The client may have a constant header for JSON bodies.
    fn media_type(&self) -> Option<&'static str> {
        let declared = self.info.media_type()?;
        let of_client = self.header("content-type").and_then(|constant| constant.value);
        if is_json(declared) { of_client.or(Some(declared)) } else { Some(declared) }
    }

    /// Compares the fields of a body that is an object.
    fn body_fields(&mut self, content: &'c Content) {
        let declared = Declared::of(self.info.fields().filter(|field| field.location == Location::Body));
        let schemas = resolved(self.document, &content.schema);
        if schemas.iter().any(|schema| schema.kind == Kind::Any) {
            return;
        }
        let objects = schemas.iter().filter_map(|schema| match &schema.kind {
            Kind::Object(object) => Some(object),
            _ => None,
        });
        let objects: Vec<&Object> = objects.collect();
        let constants = self.constants.iter().filter(|constant| constant.location == Location::Body);
        let constants: Vec<_> = constants.copied().collect();
        if objects.is_empty() {
            if !declared.fields.is_empty() || !constants.is_empty() {
                self.find(Part::Body, "", "an object", words::documented(&schemas));
            }
            return;
        }
        for &constant in constants.iter().filter(|constant| !declared.has(constant.name)) {
            let field = objects.iter().find_map(|object| object.field(constant.name));
            let others = objects.iter().find_map(|object| object.others.as_deref());
            self.constant(Part::Body, constant, field.map(|field| &field.schema).or(others));
        }
        let given: Vec<&str> = constants.iter().map(|constant| constant.name).collect();
        Values::of(self, Part::Body).compare_fields(&declared, &given, &objects);
    }
}

/// Returns whether a body of a media type has fields. A file or plain text has none.
fn has_fields(media_type: &str) -> bool {
    let essence = essence(media_type);
    is_json(media_type) || essence.starts_with("multipart/") || essence == "application/x-www-form-urlencoded"
}
