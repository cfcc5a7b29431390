//! Converts a document of any version to the form that is parsed: OpenAPI 3.1 with only the keys that the model needs.
//! References lead to components and have no other keys.

use percent_encoding::percent_decode_str;
use yaml_serde::{Mapping, Value};

use super::DocumentError;
use super::parts::{Child, Part};

/// The location of the schemas that references lead to.
pub(super) const SCHEMAS: &str = "#/components/schemas/";

/// The longest chain of references to references. A longer chain is a circle.
const LONGEST_CHAIN: usize = 32;

/// Reads a converted part with the parser, and returns its error.
type Probe = fn(Part, &Value) -> Result<(), String>;

/// Converts a document.
///
/// # Errors
///
/// Returns an error if a reference leads nowhere, or if a part is not a list or object as expected. With a probe, also if
/// the parser rejects a part. The error is that of the innermost part.
pub(super) fn document(source: &Value, probe: Option<Probe>) -> Result<Value, DocumentError> {
    let mut upgrade = Upgrade { source, at: Vec::new(), chain: 0, probe, named: Vec::new() };
    let Value::Mapping(mut document) = upgrade.part(Part::Document, source)? else {
        return Err(upgrade.error("it is not an object"));
    };
    // The conversion may add more of them.
    let mut next = 0;
    let mut named = Mapping::new();
    while let Some(pointer) = upgrade.named.get(next).cloned() {
        next += 1;
        let target = upgrade.target(&pointer)?;
        upgrade.at = segments(&pointer);
        named.insert(pointer.into(), upgrade.part(Part::Schema, target)?);
    }
    let components = document.entry("components".into()).or_insert_with(|| Mapping::new().into());
    if let Value::Mapping(components) = components {
        let schemas = components.entry("schemas".into()).or_insert_with(|| Mapping::new().into());
        if let Value::Mapping(schemas) = schemas {
            schemas.extend(named);
        }
    }
    Ok(document.into())
}

struct Upgrade<'d> {
    source: &'d Value,
    /// The names and numbers that lead to the current value.
    at: Vec<String>,
    /// The number of references that led to the current value.
    chain: usize,
    probe: Option<Probe>,
    /// The schemas outside of `components` that something refers to.
    named: Vec<String>,
}

impl<'d> Upgrade<'d> {
    fn error(&self, problem: impl Into<String>) -> DocumentError {
        let escaped = self.at.iter().map(|segment| segment.replace('~', "~0").replace('/', "~1"));
        let segments: Vec<_> = std::iter::once("#".to_owned()).chain(escaped).collect();
        DocumentError::new(segments.join("/"), problem)
    }

    /// Converts a value one level further inside.
    fn within<T>(
        &mut self,
        step: String,
        convert: impl FnOnce(&mut Self) -> Result<T, DocumentError>,
    ) -> Result<T, DocumentError> {
        self.at.push(step);
        let converted = convert(self)?;
        self.at.pop();
        Ok(converted)
    }

    fn part(&mut self, part: Part, source: &'d Value) -> Result<Value, DocumentError> {
        if part == Part::Schema && source.is_bool() {
            return Ok(source.clone());
        }
        let Value::Mapping(fields) = source else {
            return Err(self.error(format!("{} is here, but it must be an object", kind(source))));
        };
        let reference = fields.get("$ref").and_then(Value::as_str);
        if let Some(reference) = reference.filter(|_| part != Part::Schema) {
            return self.followed(part, reference);
        }
        let mut converted = Mapping::new();
        for (name, value) in fields {
            let child = name.as_str().and_then(|name| part.children().iter().find(|(key, _)| *key == name));
            if let Some((name, child)) = child
                && (!value.is_null() || *name == "const")
            {
                let value = self.within((*name).to_owned(), |this| this.child(*child, value))?;
                converted.insert((*name).into(), value);
            }
        }
        let converted = match part {
            Part::Schema => self.schema(converted, reference)?,
            _ => converted.into(),
        };
        match self.probe.map(|probe| probe(part, &converted)) {
            Some(Err(problem)) => Err(self.error(problem)),
            _ => Ok(converted),
        }
    }

    fn child(&mut self, child: Child, value: &'d Value) -> Result<Value, DocumentError> {
        match (child, value) {
            (Child::Plain, value) | (Child::Text, value @ Value::String(_)) => Ok(value.clone()),
            (Child::Text, value) => match text(value) {
                Some(text) => Ok(text.into()),
                None => Err(self.error(format!("{} is here, but it must be a string", kind(value)))),
            },
            (Child::One(part), value) => self.part(part, value),
            (Child::List(part), Value::Sequence(items)) => {
                let mut converted = Vec::with_capacity(items.len());
                for (index, item) in items.iter().enumerate() {
                    converted.push(self.within(index.to_string(), |this| this.part(part, item))?);
                }
                Ok(converted.into())
            }
            (Child::Map(part), Value::Mapping(values)) => {
                let mut converted = Mapping::new();
                for (name, value) in values {
                    let Some(name) = text(name) else {
                        return Err(self.error(format!("a name is {}, but it must be a string", kind(name))));
                    };
                    let is_extension =
                        matches!(part, Part::PathItem | Part::Response) && name.starts_with("x-");
                    if !is_extension {
                        let value = self.within(name.clone(), |this| this.part(part, value))?;
                        converted.insert(name.into(), value);
                    }
                }
                Ok(converted.into())
            }
            (Child::List(_), value) => {
                Err(self.error(format!("{} is here, but it must be a list", kind(value))))
            }
            (Child::Map(_), value) => {
                Err(self.error(format!("{} is here, but it must be an object", kind(value))))
            }
        }
    }

    /// Converts the target of a reference.
    fn followed(&mut self, part: Part, reference: &str) -> Result<Value, DocumentError> {
        let target = self.target(reference)?;
        if self.chain == LONGEST_CHAIN {
            return Err(self.error(format!("`{reference}` leads back to itself: make it lead to a value")));
        }
        // The location of a mistake in the target is that of the target.
        let at = std::mem::replace(&mut self.at, segments(reference));
        self.chain += 1;
        let converted = self.part(part, target)?;
        self.chain -= 1;
        self.at = at;
        Ok(converted)
    }

    /// Returns the target of a reference.
    fn target(&self, reference: &str) -> Result<&'d Value, DocumentError> {
        let Some(pointer) = reference.strip_prefix('#') else {
            return Err(self.error(format!(
                "`{reference}` refers to another file, but only one file is read: bundle the document first, for example with \
                 `redocly bundle`"
            )));
        };
        let dangling =
            || self.error(format!("`{reference}` leads nowhere: correct the reference, or add its target"));
        if !pointer.is_empty() && !pointer.starts_with('/') {
            return Err(dangling());
        }
        segments(reference)
            .iter()
            .try_fold(self.source, |value, segment| step(value, segment))
            .ok_or_else(dangling)
    }

    /// Converts a schema to OpenAPI 3.1.
    fn schema(&mut self, mut fields: Mapping, reference: Option<&str>) -> Result<Value, DocumentError> {
        if let Some(reference) = reference {
            self.target(reference)?;
            let mut target = Mapping::new();
            target.insert("$ref".into(), format!("{SCHEMAS}{}", self.component(reference)).into());
            if fields.is_empty() {
                return Ok(target.into());
            }
            let all = fields.entry("allOf".into()).or_insert_with(|| Value::Sequence(Vec::new()));
            if let Value::Sequence(all) = all {
                all.insert(0, target.into());
            }
        }
        for (bound, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
            if let Some(is_exclusive) = fields.get(exclusive).and_then(Value::as_bool) {
                fields.remove(exclusive);
                if let Some(value) = is_exclusive.then(|| fields.remove(bound)).flatten() {
                    fields.insert(exclusive.into(), value);
                }
            }
        }
        if let Some(Value::Sequence(types)) = fields.get_mut("type") {
            // In YAML, `null` without quotes is not the name of a type.
            types.iter_mut().filter(|ty| ty.is_null()).for_each(|ty| *ty = "null".into());
        }
        if let Some(ty) = fields.get("type").and_then(unknown_type) {
            return Err(self.error(format!("`{ty}` is not a type: write one of {}", TYPES.join(", "))));
        }
        // A file has a media type in OpenAPI 3.1, and this format in 3.0.
        let (media_type, encoding) = (fields.remove("contentMediaType"), fields.remove("contentEncoding"));
        if encoding.is_none() && media_type.as_ref().and_then(Value::as_str).is_some_and(is_of_a_file) {
            fields.entry("format".into()).or_insert_with(|| "binary".into());
        }
        if let Some(value) = fields.remove("discriminator").as_ref().and_then(discriminator) {
            fields.insert("discriminator".into(), value);
        }
        if let Some(value) = fields.remove("const") {
            fields.insert("enum".into(), vec![value].into());
        }
        if fields.remove("nullable").is_none_or(|nullable| nullable != Value::Bool(true)) {
            return Ok(fields.into());
        }
        let null: Value = Mapping::from_iter([("type".into(), "null".into())]).into();
        match fields.get_mut("type") {
            Some(Value::Sequence(types)) => types.push("null".into()),
            Some(ty) => *ty = vec![ty.clone(), "null".into()].into(),
            None => {
                return Ok(Mapping::from_iter([("anyOf".into(), vec![fields.into(), null].into())]).into());
            }
        }
        Ok(fields.into())
    }

    /// Returns the name of the component that a reference leads to. If it leads elsewhere, the reference itself is the name.
    fn component(&mut self, reference: &str) -> String {
        let name = reference.strip_prefix(SCHEMAS).filter(|name| !name.contains('/'));
        if let Some(name) = name {
            return unescaped(name);
        }
        if !self.named.iter().any(|named| named == reference) {
            self.named.push(reference.to_owned());
        }
        reference.to_owned()
    }
}

/// The types of JSON Schema.
const TYPES: [&str; 7] = ["boolean", "integer", "number", "string", "array", "object", "null"];

fn unknown_type(ty: &Value) -> Option<String> {
    let types = ty.as_sequence().map_or(std::slice::from_ref(ty), Vec::as_slice);
    let is_known = |ty: &Value| ty.as_str().is_some_and(|ty| TYPES.contains(&ty));
    let unknown = types.iter().find(|ty| !is_known(ty))?;
    Some(text(unknown).unwrap_or_else(|| kind(unknown).to_owned()))
}

/// Returns whether content of a media type is not text.
fn is_of_a_file(media_type: &str) -> bool {
    !media_type.starts_with("text/") && !["json", "xml"].iter().any(|text| media_type.ends_with(text))
}

/// Returns a discriminator with its strings only. A mistake in it must not make the document unreadable.
fn discriminator(value: &Value) -> Option<Value> {
    let name = value.get("propertyName")?.as_str()?;
    let mut mapping = Mapping::new();
    for (value, target) in value.get("mapping").and_then(Value::as_mapping).into_iter().flatten() {
        if let (Some(value), Some(target)) = (text(value), target.as_str()) {
            mapping.insert(value.into(), target.into());
        }
    }
    let fields = [("propertyName".into(), name.into()), ("mapping".into(), mapping.into())];
    Some(Mapping::from_iter(fields).into())
}

pub(super) fn segments(reference: &str) -> Vec<String> {
    reference.split('/').skip(1).map(unescaped).collect()
}

fn unescaped(segment: &str) -> String {
    percent_decode_str(segment).decode_utf8_lossy().replace("~1", "/").replace("~0", "~")
}

pub(super) fn step<'v>(value: &'v Value, segment: &str) -> Option<&'v Value> {
    match value {
        Value::Mapping(fields) => fields.get(segment).or_else(|| {
            // YAML reads the key `200` as a number.
            fields.iter().find(|(name, _)| text(name).as_deref() == Some(segment)).map(|(_, value)| value)
        }),
        Value::Sequence(items) => items.get(segment.parse::<usize>().ok()?),
        _ => None,
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Sequence(_) => "a list",
        Value::Mapping(_) => "an object",
        Value::Tagged(_) => "a value with a tag of YAML",
    }
}
