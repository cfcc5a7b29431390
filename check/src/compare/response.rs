//! Compares the responses.

use declapi::JsonKind;

use super::values::{Task, Values, resolved};
use super::{Comparison, below, essence, is_of_type, media_types, words};
use crate::Part;
use crate::document::{Content, Kind, Response, Schema};

/// Media types of streams. A document may describe the whole stream or an element.
const STREAMS: [&str; 6] = [
    "text/event-stream",
    "application/x-ndjson",
    "application/ndjson",
    "application/jsonl",
    "application/json-seq",
    "application/stream+json",
];

impl<'c> Comparison<'c> {
    /// Compares the response type of the endpoint with each successful response.
    pub(super) fn response(&mut self) {
        // An `Option` allows a response without a body.
        let kind = match self.info.response {
            JsonKind::Nullable(kind) => *kind,
            kind => kind,
        };
        let operation = self.operation;
        let is_default = |response: &&Response| response.status == "default";
        let mut responses: Vec<_> =
            operation.responses.iter().filter(|response| response.is_success()).collect();
        if responses.is_empty() {
            responses = operation.responses.iter().filter(is_default).collect();
        }
        let accepted = self.header("accept").copied();
        let is_accepted = |content: &&Content| match accepted.and_then(|constant| constant.value) {
            Some(types) => types.split(',').any(|media_type| is_of_type(media_type, &content.media_type)),
            None => is_of_type("application/json", &content.media_type),
        };
        let contents = || responses.iter().flat_map(|response| &response.contents);
        let is_own = accepted.is_some_and(|constant| constant.is_own);
        if kind == JsonKind::Null || responses.is_empty() || (kind == JsonKind::Unknown && !is_own) {
            return;
        }
        if contents().next().is_none() {
            if self.info.response == kind && kind != JsonKind::Unknown {
                self.find(Part::Response, "", words::declared(kind), "no body");
            }
            return;
        }
        let fitting: Vec<&'c Content> =
            responses.iter().filter_map(|one| one.contents.iter().find(is_accepted)).collect();
        if fitting.is_empty() {
            if !contents().any(|content| STREAMS.contains(&&*essence(&content.media_type))) {
                let declared = accepted.and_then(|constant| constant.value).unwrap_or("application/json");
                let types = contents().map(|content| &*content.media_type);
                self.find(
                    Part::Response,
                    "",
                    media_types(declared.split(',').map(str::trim)),
                    media_types(types),
                );
            }
            return;
        }
        for content in fitting.into_iter().filter(|content| content.is_json() || content.media_type == "*/*")
        {
            let Some((schema, at)) = self.enveloped(&content.schema) else { continue };
            let takes_null = self.info.response != kind;
            Values::of(self, Part::Response).compare(Task { kind, schemas: vec![schema], at, takes_null });
        }
    }

    /// Returns the schema inside the envelope, with its location. `None` if the document does not describe it.
    fn enveloped(&mut self, schema: &'c Schema) -> Option<(&'c Schema, String)> {
        let (mut schema, mut at) = (schema, String::new());
        for name in self.envelope.split('.').filter(|name| !name.is_empty()) {
            at = below(&at, name);
            let schemas = resolved(self.document, schema);
            if schemas.iter().any(|schema| schema.kind == Kind::Any) {
                return None;
            }
            let field = schemas.iter().find_map(|schema| match &schema.kind {
                Kind::Object(object) => {
                    object.field(name).map(|field| &field.schema).or(object.others.as_deref())
                }
                _ => None,
            });
            let Some(field) = field else {
                self.find(Part::Response, &at, "the envelope of the response", "no such field");
                return None;
            };
            schema = field;
        }
        Some((schema, at))
    }
}
