//! The pagination of lists, if the document is clear about it.

use declapi_check::document::{Kind, Operation};

use super::Lower;
use super::operation::is_in_query;
use crate::model::{Field, Line, Shape, Ty, TypeId, fields};
use crate::names::words;

/// The way to request the next page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Page {
    Link,
    /// The wire name of a parameter.
    Cursor(String),
    Offset(String),
    /// The wire name of a parameter, and the number of the first page.
    Number(String, u64),
}

impl Page {
    pub(super) fn key(&self, members: &[Line]) -> String {
        let name = |wire: &String| {
            let field = fields(members).find(|field| field.wire == *wire);
            field.map_or_else(|| wire.clone(), |field| field.name.clone())
        };
        match self {
            Self::Link => "page(link)".to_owned(),
            Self::Cursor(wire) => format!("page(cursor = {})", name(wire)),
            Self::Offset(wire) => format!("page(offset = {})", name(wire)),
            Self::Number(wire, 1) => format!("page(number = {})", name(wire)),
            Self::Number(wire, first) => format!("page(number = {}, first = {first})", name(wire)),
        }
    }
}

/// Parameters for the size of a page.
const SIZES: [&str; 9] = [
    "per_page",
    "page_size",
    "limit",
    "count",
    "page_limit",
    "max_results",
    "size",
    "first",
    "results_per_page",
];

impl<'d> Lower<'d> {
    pub(super) fn page(&mut self, operation: &'d Operation, members: &[Line], response: &Ty) -> Option<Page> {
        if operation.method != "GET" {
            return None;
        }
        let is_list = matches!(response, Ty::List(_));
        let has_link = operation.responses.iter().any(|response| {
            response.is_success() && response.headers.iter().any(|name| name.eq_ignore_ascii_case("link"))
        });
        let object = match response {
            Ty::Named(id) => self.page_object(*id),
            _ => None,
        };
        if has_link && (is_list || object.is_some()) {
            self.mark(object.as_ref(), None);
            return Some(Page::Link);
        }
        // Values in the path have no name on the wire, and cannot be the start of a page.
        let is_in_query = |field: &&Field| field.is_named && field.marks.iter().all(|mark| mark == "query");
        let query: Vec<&Field> = fields(members).filter(is_in_query).collect();
        let has = |names: &[&str]| query.iter().any(|field| names.contains(&snake(&field.wire).as_str()));
        if let Some(object) = &object
            && let Some((wire, next)) =
                query.iter().find_map(|field| Some((field.wire.clone(), self.next(object, field)?)))
        {
            self.mark(Some(object), Some(&next));
            return Some(Page::Cursor(wire));
        }
        if !(is_list || object.is_some()) || !has(&SIZES) {
            return None;
        }
        let number = |name: &str| {
            let is_it = |field: &&&Field| snake(&field.wire) == name && is_integer(&field.ty);
            query.iter().find(is_it).map(|field| field.wire.clone())
        };
        let page = match (number("page").or_else(|| number("page_number")), number("offset")) {
            (Some(wire), None) => Page::Number(wire.clone(), first(operation, &wire)?),
            (None, Some(wire)) => Page::Offset(wire),
            _ => return None,
        };
        self.mark(object.as_ref(), None);
        Some(page)
    }

    /// Returns the object if it has exactly one list: that of the items.
    fn page_object(&self, id: TypeId) -> Option<PageObject> {
        let Shape::Struct(members) = &self.def(id)?.shape else { return None };
        let mut lists = fields(members).filter(|field| matches!(field.ty, Ty::List(_)));
        let list = lists.next()?;
        let is_one = lists.next().is_none()
            && fields(members).all(|field| !matches!(field.ty.inner(), Some(Ty::List(_))));
        is_one.then(|| PageObject { id, items: list.wire.clone() })
    }

    /// Returns the field of the response whose value is sent as `field` of the next request.
    fn next(&self, object: &PageObject, field: &Field) -> Option<String> {
        let Shape::Struct(members) = &self.def(object.id)?.shape else { return None };
        let is_text = |ty: &Ty| matches!(ty, Ty::Text) || matches!(ty.inner(), Some(Ty::Text));
        let wanted = format!("next_{}", snake(&field.wire));
        let is_wanted = |other: &&Field| snake(&other.wire) == wanted && is_text(&other.ty);
        let next = fields(members).find(is_wanted).filter(|_| is_text(&field.ty))?;
        Some(next.wire.clone())
    }

    /// Marks the fields of a page.
    fn mark(&mut self, object: Option<&PageObject>, next: Option<&str>) {
        let Some(object) = object else { return };
        let Some(Shape::Struct(members)) = self.types.get_mut(object.id.0).map(|def| &mut def.shape) else {
            return;
        };
        for member in members {
            let Line::Field(field) = member else { continue };
            let mark = match &field.wire {
                wire if *wire == object.items => "items",
                wire if Some(wire.as_str()) == next => "next",
                _ => continue,
            };
            if !field.marks.iter().any(|other| other == mark) {
                field.marks.push(mark.to_owned());
            }
        }
    }
}

#[derive(Debug)]
struct PageObject {
    id: TypeId,
    /// The field with the items.
    items: String,
}

fn is_integer(ty: &Ty) -> bool {
    matches!(ty, Ty::Integer(_)) || matches!(ty.inner(), Some(Ty::Integer(_)))
}

/// Returns the number of the first page, or `None` if the document contradicts itself.
fn first(operation: &Operation, wire: &str) -> Option<u64> {
    let is_it = |parameter: &&declapi_check::document::Parameter| {
        is_in_query(parameter.location) && parameter.name == wire && parameter.schema.kind != Kind::String
    };
    let schema = &operation.parameters.iter().find(is_it)?.schema;
    let default = schema.default.as_ref().and_then(serde_json::Value::as_u64);
    let is_from_zero = schema.minimum == Some(0.0);
    match default {
        Some(first @ (0 | 1)) => Some(first),
        Some(_) => None,
        None if is_from_zero => Some(0),
        None => Some(1),
    }
}

fn snake(wire: &str) -> String {
    words(wire).join("_")
}
