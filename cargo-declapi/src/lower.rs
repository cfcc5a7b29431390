//! From a document to declarations.

mod apart;
mod body;
mod finish;
mod hosts;
mod objects;
mod operation;
mod pages;
mod parameters;
mod path;
mod response;
mod security;
mod text;
mod types;
mod unions;

use std::collections::HashMap;

use declapi_check::document::{Document, Operation};

use self::hosts::Hosts;
use self::security::Security;
use crate::model::{Api, Group, Item, Note, Parent, Reason, Ty, TypeDef, TypeId, fields};
use crate::names::{Taken, camel};

/// The part of a document to declare, and the name of the client.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choice<'c> {
    /// The tags; all operations if there are none.
    pub(crate) tags: &'c [String],
    /// The name of the client type.
    pub(crate) name: Option<&'c str>,
}

/// Makes declarations of the operations with one of the tags.
///
/// # Errors
///
/// Returns an error if too many schemas are inside each other.
pub(crate) fn api(document: &Document, choice: Choice<'_>) -> Result<Api, String> {
    let operations = chosen(document, choice.tags);
    let security = Security::of(document, &operations);
    let hosts = Hosts::of(document);
    let mut notes = hosts.notes.clone();
    notes.extend(security.notes.iter().cloned());
    if !document.webhooks.is_empty() {
        let names: Vec<_> = document.webhooks.iter().map(|name| format!("`{name}`")).collect();
        let text = format!("Not declared: the webhooks {}, which the API sends.", names.join(", "));
        notes.push(Note::new(Reason::Callback, text));
    }
    let docs = client_docs(document, &security);
    let mut lower = Lower::new(document, security, hosts);
    let mut groups: Vec<Group> = Vec::new();
    for (tag, operation) in operations {
        let item = lower.operation(operation, tag);
        match groups.iter_mut().find(|group| group.tag.as_deref() == tag) {
            Some(group) => group.items.push(item),
            None => groups.push(group(document, tag, item)),
        }
    }
    // The tags have the order of the document's list, which is made for readers.
    let place = |group: &Group| document.tags.iter().position(|tag| Some(&tag.name) == group.tag.as_ref());
    groups.sort_by_key(|group| (group.tag.is_some(), place(group).unwrap_or(usize::MAX)));
    let base_url = lower.hosts.base_url.clone();
    let hosts = lower.hosts.used();
    if let Some(name) = lower.too_deep {
        return Err(format!(
            "the schema `{name}` is inside {DEEPEST} other schemas, which is too deep: declare fewer operations, with `--tag`"
        ));
    }
    lower.finish(&mut groups);
    let name = choice.name.map_or_else(|| client_name(&document.title), str::to_owned);
    Ok(Api { name, title: title_of(document), docs, base_url, hosts, notes, groups, types: lower.types })
}

/// Returns the operations to declare, each with the first of its tags that was chosen.
fn chosen<'d>(document: &'d Document, tags: &[String]) -> Vec<(Option<&'d str>, &'d Operation)> {
    let choose = |operation: &'d Operation| {
        let mut own = operation.tags.iter();
        match tags {
            [] => Some((own.next().map(String::as_str), operation)),
            tags => own.find(|tag| tags.contains(tag)).map(|tag| (Some(tag.as_str()), operation)),
        }
    };
    document.operations.iter().filter_map(choose).collect()
}

fn group(document: &Document, tag: Option<&str>, item: Item) -> Group {
    let described = document.tags.iter().find(|other| Some(other.name.as_str()) == tag);
    let docs = described.and_then(|tag| tag.description.clone()).filter(|docs| !docs.trim().is_empty());
    let label = || text::label(tag.unwrap_or_default());
    let docs = docs.or_else(|| Some(label()).filter(|docs| !docs.is_empty()));
    let docs = docs.unwrap_or_else(|| "Operations without a name for their group.".to_owned());
    Group { tag: tag.map(str::to_owned), docs, items: vec![item] }
}

/// Returns a name from the first words of the title, without words that every API has in its title.
fn client_name(title: &str) -> String {
    const OF_EVERY_API: [&str; 20] = [
        "api",
        "apis",
        "rest",
        "restful",
        "http",
        "openapi",
        "open",
        "specification",
        "spec",
        "specs",
        "public",
        "the",
        "reference",
        "service",
        "of",
        "documentation",
        "official",
        "extension",
        "for",
        "a",
    ];
    let is_version = |word: &str| {
        let digits = word.strip_prefix('v').unwrap_or(word);
        !digits.is_empty() && digits.chars().all(|character| character.is_ascii_digit())
    };
    let title = title.replace("'s ", " ").replace("\u{2019}s ", " ");
    let parts = title.split(|character: char| !character.is_alphanumeric());
    let own = parts.filter(|part| {
        let lower = part.to_lowercase();
        !part.is_empty() && !OF_EVERY_API.contains(&lower.as_str()) && !is_version(&lower)
    });
    let name = camel(&own.take(3).collect::<Vec<_>>().join(" "));
    if name == "Empty" || !Taken::in_scope().is_free(&name) { "Api".to_owned() } else { name }
}

/// Returns the title as a sentence. Each item needs docs, also if the document says nothing.
fn title_of(document: &Document) -> String {
    let title = text::title(&document.title);
    if title.is_empty() { "An API.".to_owned() } else { title }
}

fn client_docs(document: &Document, security: &Security) -> String {
    let title = title_of(document);
    let description = document.description.as_deref().unwrap_or_default();
    let parts = [title, description.to_owned(), security.docs.clone()];
    parts.into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// The largest number of schemas inside each other. The stack of the program has room for more.
const DEEPEST: usize = 10_000;

/// The declarations of a document so far.
struct Lower<'d> {
    document: &'d Document,
    security: Security,
    hosts: Hosts,
    types: Vec<TypeDef>,
    /// The types of schemas with a name.
    named: HashMap<(&'d str, types::Use), types::Named>,
    /// The names of schemas that are being read and that become no separate type.
    inside: Vec<&'d str>,
    /// The number of schemas with a name that are being read, and the first one for which there are too many.
    depth: usize,
    too_deep: Option<&'d str>,
    /// Whether values are written as JSON, which alone has null.
    is_json: bool,
    endpoints: usize,
}

impl<'d> Lower<'d> {
    fn new(document: &'d Document, security: Security, hosts: Hosts) -> Self {
        Self {
            document,
            security,
            hosts,
            types: Vec::new(),
            named: HashMap::new(),
            inside: Vec::new(),
            depth: 0,
            too_deep: None,
            is_json: true,
            endpoints: 0,
        }
    }

    /// Sets the parent of the types in `parts`, unless they have one already.
    fn adopt<'t>(&mut self, parts: impl IntoIterator<Item = &'t Ty>, parent: Parent) {
        for id in parts.into_iter().filter_map(Ty::named) {
            let TypeId(at) = id;
            let is_itself = parent == Parent::Type(id);
            if let Some(child) = self.types.get_mut(at).filter(|child| !child.is_named && !is_itself) {
                child.parent.get_or_insert(parent);
            }
        }
    }

    /// Adds a type. A type without a name that exists already is not added again.
    fn add(&mut self, def: TypeDef) -> TypeId {
        let is_same = |other: &TypeDef| {
            !other.is_named
                && (&other.names, &other.shape) == (&def.names, &def.shape)
                && (other.side == def.side || matches!(def.shape, crate::model::Shape::Enum(_)))
        };
        if let Some(at) = self.types.iter().position(is_same).filter(|_| !def.is_named) {
            return TypeId(at);
        }
        let id = TypeId(self.types.len());
        let shape = def.shape.clone();
        self.types.push(def);
        self.adopt(shape.parts(), Parent::Type(id));
        id
    }

    fn def(&self, id: TypeId) -> Option<&TypeDef> {
        self.types.get(id.0)
    }

    /// Adopts the types of an endpoint, and returns its number.
    fn adopt_endpoint(&mut self, members: &[crate::model::Line], response: &Ty) -> usize {
        let parts: Vec<Ty> =
            fields(members).map(|field| field.ty.clone()).chain([response.clone()]).collect();
        let number = self.endpoints;
        self.adopt(&parts, Parent::Endpoint(number));
        self.endpoints += 1;
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_has_the_name_of_the_api() {
        for (title, name) in [
            ("GitHub v3 REST API", "GitHub"),
            ("GitHub's official OpenAPI spec + Octokit extension", "GitHubOctokit"),
            ("OpenAI API", "OpenAi"),
            ("Twilio - Api", "Twilio"),
            ("Swagger Petstore - OpenAPI 3.0", "SwaggerPetstore"),
            ("API", "Api"),
            ("", "Api"),
            ("3D printers", "N3dPrinters"),
        ] {
            assert_eq!(client_name(title), name);
        }
    }
}
