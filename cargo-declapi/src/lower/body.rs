//! From the body of requests to fields and a format.

use declapi_check::document::{Content, Kind, Object, Operation, RequestBody, Schema};

use super::Lower;
use super::types::Typed;
use crate::model::{Key, Line, Note, Reason, Side, Ty};
use crate::names::camel;

/// The fields of the body, and its format.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) members: Vec<Line>,
    /// The format, and constants.
    pub(super) keys: Vec<Key>,
    pub(super) notes: Vec<Note>,
}

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Json,
    JsonLines,
    Form,
    Multipart,
    Related,
    /// Parts in a form that the runtime does not write.
    OtherParts,
    Text,
    Bytes,
}

impl Format {
    fn of(content: &Content) -> Self {
        let media_type = essence(&content.media_type);
        match media_type.as_str() {
            _ if content.is_json() => Self::Json,
            "application/jsonl" | "application/x-ndjson" | "application/x-jsonlines" => Self::JsonLines,
            "application/x-www-form-urlencoded" => Self::Form,
            "multipart/form-data" => Self::Multipart,
            "multipart/related" => Self::Related,
            parts if parts.starts_with("multipart/") => Self::OtherParts,
            text if text.starts_with("text/") => Self::Text,
            _ => Self::Bytes,
        }
    }
}

/// Returns a media type without its parameters.
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

impl<'d> Lower<'d> {
    pub(super) fn body(&mut self, operation: &'d Operation, names: &[String]) -> Result<Body, Note> {
        let Some(described) = &operation.body else { return Ok(Body::default()) };
        let method = operation.method.as_str();
        if matches!(method, "GET" | "HEAD") {
            let text = format!("Not declared: the body. Proxies drop the body of a {method}.");
            return Ok(Body { notes: vec![Note::new(Reason::BodyOfGet, text)], ..Body::default() });
        }
        // JSON first, then the formats with fields.
        let rank = |content: &&'d Content| match self.format(content) {
            Format::Json => 0,
            Format::Multipart | Format::Related => 1,
            Format::Form => 2,
            Format::OtherParts => 4,
            _ => 3,
        };
        let Some(content) = described.contents.iter().min_by_key(rank) else { return Ok(Body::default()) };
        let format = self.format(content);
        if format == Format::OtherParts {
            let text = format!("No body format writes `{}`.", essence(&content.media_type));
            return Err(Note::new(Reason::MediaType, text));
        }
        self.is_json = format == Format::Json;
        let mut body = self.content(described, content, format, method == "DELETE", names);
        self.is_json = true;
        body.notes.extend(others(described, content));
        Ok(body)
    }

    fn format(&self, content: &'d Content) -> Format {
        if self.has_json(content) { Format::Json } else { Format::of(content) }
    }

    /// Returns whether a body is JSON. Some frameworks write `*/*` for JSON, so the schema decides.
    pub(super) fn has_json(&self, content: &'d Content) -> bool {
        let is_any = essence(&content.media_type) == "*/*";
        let kind = &self.document.resolve(&content.schema).schema.kind;
        content.is_json() || is_any && !matches!(kind, Kind::Any | Kind::String)
    }

    fn content(
        &mut self,
        described: &'d RequestBody,
        content: &'d Content,
        format: Format,
        is_delete: bool,
        names: &[String],
    ) -> Body {
        let media_type = content.media_type.as_str();
        let mut body = Body::default();
        let usual = match format {
            Format::Json => "application/json",
            Format::JsonLines => "application/x-ndjson",
            Format::Form => "application/x-www-form-urlencoded",
            Format::Multipart => "multipart/form-data",
            Format::Related => "multipart/related",
            Format::Text => "text/plain",
            Format::Bytes | Format::OtherParts => "application/octet-stream",
        };
        if essence(media_type) != usual && !media_type.contains('*') {
            let text = format!("header(\"content-type\" = \"{}\")", essence(media_type));
            body.keys.push(Key { text, imports: None });
        }
        let schema = self.document.resolve(&content.schema).schema;
        match (format, &schema.kind) {
            (Format::Json | Format::Form | Format::Multipart | Format::Related, Kind::Object(object))
                if !object.fields.is_empty() =>
            {
                self.fields(object, format, is_delete, &mut body);
            }
            _ => self.whole(described, content, format, names, &mut body),
        }
        let name = match format {
            Format::Json => return body,
            Format::JsonLines => "JsonLines",
            Format::Form if self.is_nested(&body.members) => "NestedForm",
            Format::Form => "Form",
            Format::Multipart => "Multipart",
            Format::Related => "MultipartRelated",
            Format::Text => "Text",
            Format::Bytes | Format::OtherParts => "Bytes",
        };
        // If all fields of the object are in responses only, the request has no body. A constant is a body, too.
        let has_constants = body.keys.iter().any(|key| key.text.starts_with("body("));
        if has_constants || !body.members.is_empty() {
            body.keys.push(Key { text: format!("body = {name}"), imports: Some(name) });
        }
        body
    }

    /// Declares each field of the object as a field of the endpoint.
    fn fields(&mut self, object: &'d Object, format: Format, is_delete: bool, body: &mut Body) {
        for described in &object.fields {
            if !self.is_on(described, Side::Request) {
                continue;
            }
            let schema = self.document.resolve(&described.schema).schema;
            let marks: Vec<String> = is_delete.then(|| "body".to_owned()).into_iter().collect();
            if let (Some(constant), true) = (constant(&described.name, schema), described.required) {
                body.keys.push(Key { text: constant, imports: None });
                continue;
            }
            let has_files = matches!(format, Format::Multipart | Format::Related);
            let field = match self.upload(schema).filter(|_| has_files) {
                Some(ty) => {
                    let typed = Typed { nullable: false, ..Typed::of(ty) };
                    self.sent(&described.name, &described.schema, typed, described.required, marks)
                }
                None => self.requested(described, marks),
            };
            body.members.push(Line::Field(field));
        }
        if let Some(mut field) = self.others(object, Side::Request) {
            field.marks.extend(is_delete.then(|| "body".to_owned()));
            body.members.push(Line::Field(field));
        }
    }

    /// Returns the type of a part that is a file.
    fn upload(&self, schema: &'d Schema) -> Option<Ty> {
        match &schema.kind {
            Kind::String if schema.format.as_deref() == Some("binary") => Some(Ty::Upload),
            Kind::List(element) => self.upload(self.document.resolve(element).schema).map(Ty::list),
            _ => None,
        }
    }

    /// Declares the whole body as one field.
    fn whole(
        &mut self,
        described: &'d RequestBody,
        content: &'d Content,
        format: Format,
        names: &[String],
        body: &mut Body,
    ) {
        let names: Vec<String> = names.iter().map(|name| format!("{name}Body")).collect();
        let typed = match format {
            Format::Text => Typed::of(Ty::Text),
            Format::Bytes => Typed::of(Ty::Upload),
            Format::JsonLines => {
                let (ty, notes) = self.typed(&content.schema, Side::Request, &names).element();
                let ty = if matches!(ty, Ty::List(_)) { ty } else { Ty::Any.list() };
                Typed { notes, ..Typed::of(ty) }
            }
            _ => self.typed(&content.schema, Side::Request, &names),
        };
        let typed = Typed { nullable: typed.nullable && described.required, ..typed };
        let is_required = described.required || format != Format::Json;
        let mut field = self.sent("body", &content.schema, typed, is_required, vec!["whole_body".to_owned()]);
        let description = described.description.as_deref().or(content.schema.description.as_deref());
        field.docs = super::text::field(description, "body", &Schema::default(), None);
        field.is_named = false;
        body.members.push(Line::Field(field));
    }

    /// Whether a form has fields that contain lists or objects.
    fn is_nested(&self, members: &[Line]) -> bool {
        crate::model::fields(members).any(|field| {
            let mut ty = &field.ty;
            let mut depth = 0;
            while let Some(inner) = ty.inner() {
                depth += usize::from(!matches!(ty, Ty::Option(_) | Ty::Boxed(_)));
                ty = inner;
            }
            let is_map = matches!(field.ty.inner().unwrap_or(&field.ty), Ty::Map(_));
            let named = ty.named().and_then(|id| self.def(id));
            let has_parts = named.is_some_and(|def| !matches!(def.shape, crate::model::Shape::Enum(_)));
            depth > 1 || is_map || has_parts || matches!(ty, Ty::JsonObject | Ty::Any)
        })
    }
}

/// Returns the key for a field with one value, which is a constant of the endpoint.
fn constant(name: &str, schema: &Schema) -> Option<String> {
    let Kind::Enum(values) = &schema.kind else { return None };
    let [value] = values.as_slice() else { return None };
    let is_scalar = value.is_string() || value.is_boolean() || value.is_number();
    let value = value.as_str().map_or_else(|| value.to_string(), |text| format!("{text:?}"));
    is_scalar.then(|| format!("body({name:?} = {value})"))
}

fn others(described: &RequestBody, chosen: &Content) -> Option<Note> {
    let others = described.contents.iter().filter(|content| content.media_type != chosen.media_type);
    let others: Vec<_> = others.map(|content| format!("`{}`", content.media_type)).collect();
    let text = || format!("The body may also be {}.", others.join(" or "));
    (!others.is_empty()).then(|| Note::new(Reason::MediaType, text()))
}

/// Returns names for a type, made from those of the endpoint.
pub(super) fn derived(names: &[String], ending: &str) -> Vec<String> {
    names.iter().map(|name| camel(&format!("{name}{ending}"))).collect()
}
