//! From the responses of an operation to what a success is read into.

use declapi_check::document::{Content, Kind, Operation, Response};

use super::Lower;
use super::body::{derived, essence};
use super::types::element_name;
use crate::model::{Note, Reason, Side, Ty};
use crate::names::{camel, singular, words};

/// What a success is read into.
#[derive(Debug)]
pub(super) struct Success {
    pub(super) ty: Ty,
    /// The `accept` header, unless it is that of JSON.
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
                    "A success is a redirect ({}), which is never followed: it is an error whose status says so.",
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
        let (ty, more) = self.content_type(content, names, operation, tag);
        notes.extend(more);
        notes.extend(other_media_types(main, content));
        let mut keys = Vec::new();
        let mut is_optional = false;
        for other in successes {
            let none = other.status.parse::<u16>().ok().filter(|_| other.contents.is_empty());
            match none {
                Some(204 | 205) => is_optional = true,
                Some(status) => {
                    is_optional = true;
                    keys.push(format!("none = {status}"));
                }
                None if other.contents.is_empty() => {}
                None => {
                    let own = preferred(&other.contents);
                    if own.schema != content.schema {
                        let said = self.document.resolve(&own.schema).name;
                        let what = said.map_or_else(|| "another type".to_owned(), |name| format!("`{name}`"));
                        let text = format!("With the status {}, the response is {what}.", other.status);
                        notes.push(Note::new(Reason::Status, text));
                    }
                }
            }
        }
        let is_already = matches!(ty, Ty::Option(_));
        let ty = if is_optional && !is_already { ty.optional() } else { ty };
        Success { ty, accept: accept(main, content), keys, notes }
    }

    fn content_type(
        &mut self,
        content: &'d Content,
        names: &[String],
        operation: &'d Operation,
        tag: Option<&str>,
    ) -> (Ty, Vec<Note>) {
        let media_type = essence(&content.media_type);
        let names = self.response_names(content, names, operation, tag);
        match media_type.as_str() {
            // A string without its quotes is text, whatever the media type says.
            _ if content.is_json() => {
                let typed = self.typed(&content.schema, Side::Response, &names);
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

    /// Names for what has none: a list has elements, and anything else is the response.
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

/// The type of responses without a body.
fn presence(operation: &Operation, successes: &[&Response]) -> (Ty, Vec<String>) {
    let is_204 = successes.iter().any(|response| response.status == "204");
    let missing = operation.responses.iter().find(|response| response.status == "404");
    // "Is it there?" has two answers that are no errors.
    let asks =
        is_204 && operation.method == "GET" && missing.is_some_and(|missing| missing.contents.is_empty());
    if asks { (Ty::Unit.optional(), vec!["none = 404".to_owned()]) } else { (Ty::Unit, Vec::new()) }
}

/// JSON first, then what is read piece by piece, then the rest in the order of the document.
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

/// The media types that are read into the same type as the preferred one.
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
    let text = || format!("The response may also be {}, if a request asks for it.", others.join(" or "));
    (!others.is_empty()).then(|| Note::new(Reason::MediaType, text()))
}
