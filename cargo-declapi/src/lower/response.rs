//! From the responses of an operation to the type of a success.

use declapi_check::document::{Content, Kind, Operation, Response, Schema};

use super::Lower;
use super::body::{derived, essence};
use super::types::element_name;
use crate::model::{Note, Reason, Side, Ty};
use crate::names::{camel, singular, words};

/// The type of a successful response.
#[derive(Debug)]
pub(super) struct Success {
    pub(super) ty: Ty,
    /// The `accept` header. `None` if it is that of JSON.
    pub(super) accept: Option<String>,
    /// `none = 404`
    pub(super) keys: Vec<String>,
    pub(super) notes: Vec<Note>,
}

impl<'d> Lower<'d> {
    pub(super) fn response(
        &mut self,
        operation: &'d Operation,
        names: &[String],
        tag: Option<&str>,
    ) -> Success {
        let mut successes: Vec<&'d Response> =
            operation.responses.iter().filter(|response| response.is_success()).collect();
        successes.sort_by_key(|response| response.status.replace(['X', 'x'], "~"));
        let mut notes = Vec::new();
        if successes.is_empty() {
            let is_redirect =
                |response: &&Response| response.status.starts_with('3') && response.status != "304";
            if let Some(redirect) = operation.responses.iter().find(is_redirect) {
                let text = format!(
                    "A success is a redirect ({}). The client does not follow it: the result is an error with this status.",
                    redirect.status
                );
                notes.push(Note::new(Reason::Redirect, text));
            } else {
                successes.extend(operation.responses.iter().find(|response| response.status == "default"));
            }
        }
        let main = successes.iter().position(|response| !response.contents.is_empty());
        let is_head = operation.method == "HEAD";
        let Some(main) = main.filter(|_| !is_head).map(|main| successes.remove(main)) else {
            let (ty, keys) = presence(operation, &successes);
            return Success { ty, accept: None, keys, notes };
        };
        let content = preferred(&main.contents);
        // The type has to fit each success.
        let mut schemas = vec![&content.schema];
        notes.extend(other_media_types(main, content));
        let mut keys = Vec::new();
        let mut is_optional = false;
        for other in successes {
            let status = other.status.parse::<u16>().ok();
            match (status, other.contents.as_slice()) {
                (Some(204 | 205), []) => is_optional = true,
                // A response with this status is always read.
                (Some(200), []) => {
                    let text = "The status 200 has no content here, so such a response is an error.";
                    notes.push(Note::new(Reason::Status, text.to_owned()));
                }
                (Some(status), []) => {
                    is_optional = true;
                    keys.push(format!("none = {status}"));
                }
                (None, []) => {}
                (_, contents) => {
                    let own = preferred(contents);
                    if self.has_json(own) && self.has_json(content) {
                        schemas.push(&own.schema);
                    } else {
                        let text = format!(
                            "With the status {}, the response is `{}`.",
                            other.status, own.media_type
                        );
                        notes.push(Note::new(Reason::Status, text));
                    }
                }
            }
        }
        let (ty, more) = self.content_type(content, &schemas, names, operation, tag);
        notes.extend(more);
        let is_already = matches!(ty, Ty::Option(_));
        let ty = if is_optional && !is_already { ty.optional() } else { ty };
        Success { ty, accept: accept(main, content), keys, notes }
    }

    fn content_type(
        &mut self,
        content: &'d Content,
        schemas: &[&'d Schema],
        names: &[String],
        operation: &'d Operation,
        tag: Option<&str>,
    ) -> (Ty, Vec<Note>) {
        let media_type = essence(&content.media_type);
        let names = self.response_names(content, names, operation, tag);
        match media_type.as_str() {
            // With a JSON media type, the schema decides.
            _ if self.has_json(content) => {
                let says_something =
                    |schema: &&&Schema| self.document.resolve(schema).schema.kind != Kind::Any;
                let mut said: Vec<&'d Schema> = schemas.iter().filter(says_something).copied().collect();
                said.dedup();
                let typed = match said.as_slice() {
                    [_, _, ..] => self.union(&said, &content.schema, Side::Response, &names, false),
                    said => self.typed(said.first().unwrap_or(&&content.schema), Side::Response, &names),
                };
                let is_nullable = typed.nullable && typed.ty != Ty::Any;
                (if is_nullable { typed.ty.optional() } else { typed.ty }, typed.notes)
            }
            "text/event-stream" => {
                let typed = self.typed(&content.schema, Side::Response, &names);
                let is_data = !matches!(typed.ty, Ty::Text | Ty::Any);
                let ty = if is_data { typed.ty } else { Ty::Text };
                (Ty::Events(Box::new(ty)), typed.notes)
            }
            "application/jsonl" | "application/x-ndjson" | "application/x-jsonlines" => {
                let (ty, notes) = self.typed(&content.schema, Side::Response, &names).element();
                let ty = if matches!(ty, Ty::Text) { Ty::Any } else { ty };
                (Ty::Lines(Box::new(ty)), notes)
            }
            text if text.starts_with("text/") => (Ty::Plain, Vec::new()),
            _ => (Ty::Bytes, Vec::new()),
        }
    }

    /// Returns names for a type without a name: the element of a list, or the response.
    fn response_names(
        &self,
        content: &'d Content,
        names: &[String],
        operation: &Operation,
        tag: Option<&str>,
    ) -> Vec<String> {
        if !matches!(self.document.resolve(&content.schema).schema.kind, Kind::List(_)) {
            return derived(names, "Response");
        }
        let own = words(operation.id.as_deref().unwrap_or_default());
        let nouns: Vec<String> = words(&names[0]).into_iter().skip(1).collect();
        let noun = match nouns.last() {
            Some(_) => nouns.join(" "),
            None => words(tag.unwrap_or_default()).join(" "),
        };
        let longer = own.into_iter().skip(1).collect::<Vec<_>>().join(" ");
        let item = [noun, longer].map(|noun| element_name(&camel(&singular(&noun))));
        item.into_iter()
            .filter(|name| name != "Empty" && !name.is_empty())
            .chain(derived(names, "Item"))
            .collect()
    }
}

/// Returns the type of responses without a body.
fn presence(operation: &Operation, successes: &[&Response]) -> (Ty, Vec<String>) {
    let is_204 = successes.iter().any(|response| response.status == "204");
    let missing = operation.responses.iter().find(|response| response.status == "404");
    // Such a call checks whether something exists. Neither status is an error.
    let asks =
        is_204 && operation.method == "GET" && missing.is_some_and(|missing| missing.contents.is_empty());
    if asks { (Ty::Unit.optional(), vec!["none = 404".to_owned()]) } else { (Ty::Unit, Vec::new()) }
}

/// Returns the preferred content: JSON first, then streams, then the rest in the order of the document.
fn preferred(contents: &[Content]) -> &Content {
    let rank = |content: &&Content| match essence(&content.media_type).as_str() {
        "application/json" => 0,
        _ if content.is_json() => 1,
        "text/event-stream" | "application/jsonl" | "application/x-ndjson" => 2,
        _ => 3,
    };
    // Not empty: the caller looked for one with contents.
    contents.iter().min_by_key(rank).unwrap_or(&contents[0])
}

/// Returns the media types that are read into the same type as the preferred one.
fn alike<'d>(response: &'d Response, content: &Content) -> Vec<&'d Content> {
    let is_text = |content: &Content| essence(&content.media_type).starts_with("text/");
    let is_stream = |content: &Content| essence(&content.media_type) == "text/event-stream";
    let is_raw = |content: &Content| !content.is_json() && !is_stream(content);
    let is_alike = |other: &&Content| {
        other.media_type == content.media_type
            || is_raw(other) && is_raw(content) && is_text(other) == is_text(content)
    };
    response.contents.iter().filter(is_alike).collect()
}

fn accept(response: &Response, content: &Content) -> Option<String> {
    let alike = alike(response, content);
    let types: Vec<String> = alike.iter().map(|content| essence(&content.media_type)).collect();
    let is_usual = types == ["application/json"] || types.iter().any(|media_type| media_type.contains("*/*"));
    (!is_usual).then(|| format!("header(\"accept\" = \"{}\")", types.join(", ")))
}

fn other_media_types(response: &Response, content: &Content) -> Option<Note> {
    let alike = alike(response, content);
    let others = response.contents.iter().filter(|other| !alike.contains(other));
    let others: Vec<_> = others.map(|content| format!("`{}`", content.media_type)).collect();
    let text = || format!("The response may also be {}, if the request accepts it.", others.join(" or "));
    (!others.is_empty()).then(|| Note::new(Reason::MediaType, text()))
}
