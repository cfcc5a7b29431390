//! Reads the fields of an endpoint from a request.

use declapi::{EndpointInfo, FieldInfo, JsonKind, JsonObject, Location, QueryStyle};
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use percent_encoding::percent_decode_str;
use serde_json::Value;
use url::form_urlencoded;

use crate::redact::FLAT;
use crate::{multipart, redact, template};

/// A field with the value that was sent.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) location: Location,
    pub(crate) name: String,
    pub(crate) value: Value,
    /// Its metadata; `None` for a value that belongs to no field of the endpoint.
    pub(crate) info: Option<FieldInfo>,
}

/// The parts of a request from which its fields are read.
pub(crate) struct Sent<'r> {
    pub(crate) info: &'static EndpointInfo,
    /// The whole URL, for an endpoint that has it as a field.
    pub(crate) url: &'r str,
    pub(crate) path: &'r str,
    pub(crate) query: &'r str,
    pub(crate) headers: &'r HeaderMap,
    pub(crate) body: &'r [u8],
}

/// Reads the fields in the order of the declaration. Values that belong to no field come last.
pub(crate) fn read(sent: &Sent<'_>) -> Vec<Field> {
    let mut fields = path(sent);
    let pairs = form_urlencoded::parse(sent.query.as_bytes()).into_owned().collect();
    fields.extend(of_pairs(sent.info, Location::Query, pairs));
    for field in of(sent.info, Location::Header) {
        let values = sent.headers.get_all(field.name).iter().filter_map(|value| value.to_str().ok());
        let values: Vec<String> = values.map(str::to_owned).collect();
        fields.extend(from_strings(field.kind, values).map(|value| known(&field, value)));
    }
    fields.extend(body(sent));
    fields
}

/// Returns the fields as arguments of the endpoint: the declared fields and the flattened ones.
///
/// If `numbers` is true, text becomes a number if the metadata does not contain its type.
pub(crate) fn arguments(info: &EndpointInfo, fields: &[Field], numbers: bool) -> JsonObject {
    let spreads = |location| of(info, location).any(|field| field.name == FLAT);
    let taken = fields.iter().filter(|field| field.info.is_some() || spreads(field.location));
    let value = |field: &Field| match (&field.value, field.info.map(|info| info.kind)) {
        (Value::String(text), Some(JsonKind::Unknown) | None)
            if numbers && !matches!(field.location, Location::Body | Location::WholeBody) =>
        {
            serde_json::from_str(text).unwrap_or_else(|_| field.value.clone())
        }
        _ => field.value.clone(),
    };
    taken.map(|field| (field.name.clone(), value(field))).collect()
}

pub(crate) fn of(info: &EndpointInfo, location: Location) -> impl Iterator<Item = FieldInfo> + use<> {
    info.fields().filter(move |field| field.location == location)
}

fn known(info: &FieldInfo, value: Value) -> Field {
    Field { location: info.location, name: info.name.to_owned(), value, info: Some(*info) }
}

fn path(sent: &Sent<'_>) -> Vec<Field> {
    if !sent.info.path.starts_with('/') {
        let url = of(sent.info, Location::Path).next();
        return url.map(|field| known(&field, Value::String(sent.url.to_owned()))).into_iter().collect();
    }
    let values = template::values(sent.info.path, sent.path).unwrap_or_default();
    let field = |(name, range): (&str, std::ops::Range<usize>)| {
        let field = of(sent.info, Location::Path).find(|field| field.name == name)?;
        let text = percent_decode_str(&sent.path[range]).decode_utf8_lossy().into_owned();
        Some(known(&field, scalar(field.kind, text)))
    };
    values.into_iter().filter_map(field).collect()
}

fn body(sent: &Sent<'_>) -> Vec<Field> {
    if sent.body.is_empty() {
        return Vec::new();
    }
    let content_type =
        sent.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let text = String::from_utf8_lossy(sent.body);
    let whole = of(sent.info, Location::WholeBody).next();
    if content_type.starts_with("application/x-www-form-urlencoded") {
        let pairs = form_urlencoded::parse(sent.body).into_owned().collect();
        return of_pairs(sent.info, Location::Body, pairs);
    }
    if whole.is_none() && content_type.starts_with("multipart/") {
        return of_parts(sent.info, multipart::parts(content_type, sent.body));
    }
    let json = declapi::from_json::<Value>(&text).ok().filter(|_| !content_type.starts_with("text/"));
    match (json, whole) {
        (Some(value), Some(field)) => vec![known(&field, value)],
        (Some(Value::Object(values)), None) => of_object(sent.info, values),
        (None, Some(field)) if content_type.contains("ndjson") => {
            let lines = text.lines().filter_map(|line| declapi::from_json(line).ok()).collect();
            vec![known(&field, Value::Array(lines))]
        }
        (None, Some(field)) => vec![known(&field, Value::String(text.into_owned()))],
        _ => Vec::new(),
    }
}

fn of_object(info: &EndpointInfo, values: JsonObject) -> Vec<Field> {
    let field = |(name, value): (String, Value)| {
        let info = of(info, Location::Body).find(|field| field.name == name);
        Field { location: Location::Body, name, value, info }
    };
    values.into_iter().filter(|(name, _)| !is_constant(info, Location::Body, name)).map(field).collect()
}

/// Returns the fields of a multipart body. Several parts with one name are the elements of a list.
fn of_parts(info: &EndpointInfo, parts: Vec<(String, Value)>) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    for (name, value) in parts.into_iter().filter(|(name, _)| !is_constant(info, Location::Body, name)) {
        match fields.iter_mut().find(|field| field.name == name) {
            Some(Field { value: Value::Array(items), .. }) => items.push(value),
            Some(field) => field.value = vec![field.value.take(), value].into(),
            None => {
                let info = of(info, Location::Body).find(|field| field.name == name);
                let kind = info.map_or(JsonKind::Unknown, |info| redact::inner(info.kind));
                let value = if matches!(kind, JsonKind::List(_)) { vec![value].into() } else { value };
                fields.push(Field { location: Location::Body, name, value, info });
            }
        }
    }
    for field in &mut fields {
        let kind = field.info.map_or(JsonKind::Unknown, |info| info.kind);
        field.value = of_kind(kind, field.value.take());
    }
    fields
}

/// Returns the fields of a query or a form.
fn of_pairs(info: &EndpointInfo, location: Location, mut pairs: Vec<(String, String)>) -> Vec<Field> {
    let mut fields = Vec::new();
    for field in of(info, location) {
        let brackets = format!("{}[", field.name);
        let (own, others): (Vec<_>, Vec<_>) =
            pairs.into_iter().partition(|(name, _)| name == field.name || name.starts_with(&brackets));
        pairs = others;
        fields.extend(from_pairs(&field, own).map(|value| known(&field, value)));
    }
    for (name, text) in pairs {
        if !is_constant(info, location, &name) {
            fields.push(Field { location, name, value: Value::String(text), info: None });
        }
    }
    fields
}

fn is_constant(info: &EndpointInfo, location: Location, name: &str) -> bool {
    let is_field = || of(info, location).any(|field| field.name == name);
    info.constants().any(|constant| constant.location == location && constant.name == name) && !is_field()
}

fn from_pairs(field: &FieldInfo, pairs: Vec<(String, String)>) -> Option<Value> {
    if field.style == QueryStyle::Comma {
        let all =
            pairs.into_iter().flat_map(|(_, text)| text.split(',').map(str::to_owned).collect::<Vec<_>>());
        return from_strings(field.kind, all.collect());
    }
    let is_deep = |(name, _): &(String, String)| name.len() > field.name.len() && !name.ends_with("[]");
    if !pairs.iter().any(is_deep) {
        return from_strings(field.kind, pairs.into_iter().map(|(_, text)| text).collect());
    }
    let mut whole = Value::Null;
    for (name, text) in pairs {
        let keys = name[field.name.len()..].split(['[', ']']).filter(|key| !key.is_empty());
        let place = keys.fold(&mut whole, |place, key| enter(place, key));
        *place = Value::String(text);
    }
    Some(of_kind(field.kind, lists(whole)))
}

/// Returns the value of a key. Creates the object and the value if necessary.
fn enter<'v>(value: &'v mut Value, key: &str) -> &'v mut Value {
    if !value.is_object() {
        *value = Value::Object(JsonObject::new());
    }
    &mut value[key]
}

/// Converts objects with the keys 0, 1, … to lists.
fn lists(value: Value) -> Value {
    let Value::Object(values) = value else { return value };
    let length = values.len();
    let is_list = (0..length).all(|index| values.contains_key(&index.to_string()));
    let mut values = values;
    if is_list {
        let items = (0..length).filter_map(|index| values.remove(&index.to_string()));
        return Value::Array(items.map(lists).collect());
    }
    Value::Object(values.into_iter().map(|(name, value)| (name, lists(value))).collect())
}

/// Converts the strings inside a value to the types of its kind.
fn of_kind(kind: JsonKind, value: Value) -> Value {
    match (kind, value) {
        (JsonKind::Nullable(kind), value) => of_kind(*kind, value),
        (JsonKind::List(kind), Value::Array(items)) => {
            items.into_iter().map(|item| of_kind(*kind, item)).collect()
        }
        (JsonKind::Map(kind), Value::Object(values)) => {
            values.into_iter().map(|(name, value)| (name, of_kind(*kind, value))).collect()
        }
        (JsonKind::Object(object), Value::Object(values)) => {
            let kind = |name: &str| {
                let mut fields = object.fields();
                fields.find(|field| field.name == name).map_or(JsonKind::Unknown, |field| field.kind)
            };
            values.into_iter().map(|(name, value)| (name.clone(), of_kind(kind(&name), value))).collect()
        }
        (kind, Value::String(text)) => scalar(kind, text),
        (_, value) => value,
    }
}

/// Returns one string, or a list if the kind is one; `None` if there is none.
fn from_strings(kind: JsonKind, mut texts: Vec<String>) -> Option<Value> {
    match kind {
        JsonKind::Nullable(kind) => from_strings(*kind, texts),
        _ if texts.is_empty() => None,
        JsonKind::List(kind) => Some(texts.into_iter().map(|text| scalar(*kind, text)).collect()),
        kind if texts.len() == 1 => texts.pop().map(|text| scalar(kind, text)),
        kind => Some(texts.into_iter().map(|text| scalar(kind, text)).collect()),
    }
}

fn scalar(kind: JsonKind, text: String) -> Value {
    match kind {
        JsonKind::Nullable(kind) => scalar(*kind, text),
        JsonKind::Integer | JsonKind::Number | JsonKind::Boolean => {
            serde_json::from_str(&text).unwrap_or(Value::String(text))
        }
        _ => Value::String(text),
    }
}
