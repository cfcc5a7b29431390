//! From an operation to an endpoint.

use declapi_check::document::{Operation, ParameterLocation};

use super::{Lower, path, text};
use crate::model::{Endpoint, Item, Key, Note, Reason};
use crate::names::{camel, same_noun, words};

/// The methods that an endpoint can have.
const METHODS: [&str; 6] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"];

/// The methods that a builder has; one of pages has two more.
pub(super) const OF_A_BUILDER: [&str; 6] = ["build", "send", "send_as", "with_options", "pages", "items"];

impl<'d> Lower<'d> {
    pub(super) fn operation(&mut self, operation: &'d Operation, tag: Option<&str>) -> Item {
        let name = format!("{} {}", operation.method, operation.path);
        match self.endpoint(operation, tag) {
            Ok(endpoint) => Item::Endpoint(endpoint),
            Err(note) => Item::LeftOut(name, note),
        }
    }

    fn endpoint(&mut self, operation: &'d Operation, tag: Option<&str>) -> Result<Endpoint, Note> {
        let method = operation.method.as_str();
        if !METHODS.contains(&method) {
            return Err(Note::new(Reason::Method, format!("`#[endpoint]` has no key for {method}.")));
        }
        path::check(&operation.path)?;
        let names = names(operation, tag);
        let mut notes = callbacks(operation);
        let (parameters, constants) = self.parameters(operation)?;
        let body = self.body(operation, &names)?;
        let response = self.response(operation, &names, tag);
        let mut members = parameters;
        members.extend(body.members);
        notes.extend(body.notes);
        notes.extend(response.notes);
        let page = self.page(operation, &members, &response.ty);
        let own = if page.is_some() { &OF_A_BUILDER[..] } else { &OF_A_BUILDER[..4] };
        super::objects::name_fields(&mut members, own);
        let path = path::written(operation, &members);
        let mut keys: Vec<Key> = Vec::new();
        if let Some(host) = self.hosts.of_operation(operation, &mut notes) {
            keys.push(Key { text: format!("host = \"{host}\""), imports: None });
        }
        if let Some(auth) = self.security.auth(operation, &mut notes) {
            keys.push(Key { text: auth, imports: None });
        }
        keys.extend(constants);
        keys.extend(response.accept.map(|accept| Key { text: accept, imports: None }));
        keys.extend(body.keys);
        let mut more_keys = response.keys;
        more_keys.extend(page.map(|page| page.key(&members)));
        // As HTTP defines the methods.
        let is_idempotent = !matches!(method, "POST" | "PATCH");
        let summary = operation.summary.as_deref();
        let label = crate::docs::sentence(&text::label(&names[0]));
        let docs = text::operation(summary, operation.description.as_deref(), &label);
        let number = self.adopt_endpoint(&members, &response.ty);
        Ok(Endpoint {
            number,
            names,
            docs,
            deprecated: operation.deprecated,
            method: method.to_lowercase(),
            path,
            keys,
            members,
            response: response.ty,
            more_keys,
            idempotent: is_idempotent,
            notes,
        })
    }
}

fn callbacks(operation: &Operation) -> Vec<Note> {
    let names: Vec<_> = operation.callbacks.iter().map(|name| format!("`{name}`")).collect();
    let text = || {
        format!(
            "Not declared: the callbacks {}, which the API sends to a URL of the caller.",
            names.join(", ")
        )
    };
    (!names.is_empty()).then(|| Note::new(Reason::Callback, text())).into_iter().collect()
}

/// Returns names for the struct, the best first. The method of a resource does not repeat the name of the resource.
fn names(operation: &Operation, tag: Option<&str>) -> Vec<String> {
    let own = operation.id.as_deref().map(words).filter(|words| !words.is_empty());
    let own = own.unwrap_or_else(|| from_path(operation));
    let tag = words(tag.unwrap_or_default());
    let mut names: Vec<String> = Vec::new();
    if let Some(short) = without(&own, &tag) {
        names.push(camel(&short.join(" ")));
    }
    names.push(camel(&own.join(" ")));
    names.push(format!("{}Call", camel(&own.join(" "))));
    names.dedup();
    names
}

/// `repos/list-for-org` of `repos` is `list-for-org`, and `listUsers` of `Users` is `list`.
fn without(own: &[String], tag: &[String]) -> Option<Vec<String>> {
    if tag.is_empty() {
        return None;
    }
    let begins = own.len() > tag.len() && own.iter().zip(tag).all(|(own, tag)| same_noun(own, tag));
    if begins {
        return Some(own[tag.len()..].to_vec());
    }
    let (verb, nouns) = own.split_first()?;
    let ends = !nouns.is_empty()
        && nouns.len() <= tag.len()
        && nouns.iter().rev().zip(tag.iter().rev()).all(|(own, tag)| same_noun(own, tag));
    ends.then(|| vec![verb.clone()])
}

/// `GET /users/{id}/keys` is `get_users_keys`.
fn from_path(operation: &Operation) -> Vec<String> {
    let is_version = |segment: &str| {
        segment.strip_prefix('v').is_some_and(|digits| digits.chars().all(|digit| digit.is_ascii_digit()))
    };
    let segments =
        operation.path.split('/').filter(|segment| !segment.starts_with('{') && !is_version(segment));
    let last = operation.path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let by = last.strip_prefix('{').map(|name| format!("by_{}", name.trim_end_matches('}')));
    let path: Vec<String> = segments.map(str::to_owned).chain(by).collect();
    words(&format!("{} {}", operation.method.to_lowercase(), path.join(" ")))
}

/// Whether a parameter is sent in the query.
pub(super) fn is_in_query(location: ParameterLocation) -> bool {
    location == ParameterLocation::Query
}
