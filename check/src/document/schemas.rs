//! Reads schemas into the model, and merges schemas that belong together.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use oas3::spec as oas;
use oas3::spec::{ObjectOrReference, SchemaType};
use serde_json::Value;

use super::upgrade::SCHEMAS;
use super::{Discriminator, DocumentError, Field, Kind, Object, Schema};

/// The longest chain of references inside `allOf`. The stack of a test has room for more.
const LONGEST_CHAIN: usize = 64;

/// Reads schemas of a document.
pub(super) struct Reader<'d> {
    spec: &'d oas3::Spec,
    /// The names of the schemas that are being merged.
    inside: Vec<String>,
    /// The end of a chain that is too long.
    too_deep: Rc<OnceCell<String>>,
}

impl<'d> Reader<'d> {
    pub(super) fn new(spec: &'d oas3::Spec) -> Self {
        Self { spec, inside: Vec::new(), too_deep: Rc::default() }
    }

    /// Reads the schemas that references lead to.
    pub(super) fn components(&self) -> BTreeMap<String, Schema> {
        let schemas = self.spec.components.iter().flat_map(|components| components.schemas.iter());
        schemas.map(|(name, schema)| (name.clone(), self.schema(schema))).collect()
    }

    /// Returns an error if a schema could not be merged completely.
    pub(super) fn finish(&self) -> Result<(), DocumentError> {
        let Some(name) = self.too_deep.get() else { return Ok(()) };
        let problem = format!(
            "more than {LONGEST_CHAIN} references follow each other in `allOf` up to here: merge some of these schemas"
        );
        Err(DocumentError::new(format!("{SCHEMAS}{name}"), problem))
    }

    pub(super) fn schema(&self, schema: &'d oas::Schema) -> Schema {
        match schema {
            oas::Schema::Boolean(_) => Schema::default(),
            oas::Schema::Object(schema) => match &**schema {
                ObjectOrReference::Ref { ref_path, .. } => {
                    Schema::of(Kind::Reference(name(ref_path).to_owned()))
                }
                ObjectOrReference::Object(schema) => self.inline(schema),
            },
        }
    }

    /// Reads a schema that is not a reference.
    fn inline(&self, schema: &'d oas::ObjectSchema) -> Schema {
        let own = self.own(schema);
        let all = schema.all_of.iter().map(|schema| self.schema(schema));
        let mut whole = all.fold(own, |whole, next| self.both(whole, next));
        for alternatives in [&schema.any_of, &schema.one_of] {
            // "At least one of these fields" does not describe the fields.
            let alternatives = alternatives.iter().filter(|schema| !is_about_presence(schema));
            let alternatives: Vec<_> = alternatives.map(|schema| self.schema(schema)).collect();
            if !alternatives.is_empty() {
                whole = self.both(whole, one_of(alternatives));
            }
        }
        whole
    }

    /// Reads a schema without its `allOf`, `anyOf` and `oneOf`.
    fn own(&self, schema: &'d oas::ObjectSchema) -> Schema {
        let types = match &schema.schema_type {
            None => &[],
            Some(oas::SchemaTypeSet::Single(ty)) => std::slice::from_ref(ty),
            Some(oas::SchemaTypeSet::Multiple(types)) => types.as_slice(),
        };
        let bound = |inclusive: &Option<serde_json::Number>, exclusive: &Option<serde_json::Number>| {
            inclusive.as_ref().or(exclusive.as_ref()).and_then(serde_json::Number::as_f64)
        };
        let kind = if schema.enum_values.is_empty() {
            one_of(self.kinds(schema, types).into_iter().map(Schema::of).collect()).kind
        } else {
            let values: Vec<_> =
                schema.enum_values.iter().filter(|value| !value.is_null()).cloned().collect();
            if values.is_empty() { Kind::Null } else { Kind::Enum(values) }
        };
        Schema {
            kind,
            nullable: types.contains(&SchemaType::Null) || schema.enum_values.iter().any(Value::is_null),
            title: schema.title.clone(),
            description: schema.description.clone(),
            format: schema.format.clone(),
            discriminator: schema.discriminator.as_ref().map(|discriminator| Discriminator {
                field: discriminator.property_name.clone(),
                schemas: discriminator
                    .mapping
                    .iter()
                    .flatten()
                    .map(|(value, target)| (value.clone(), name(target).to_owned()))
                    .collect(),
            }),
            default: schema.default.clone(),
            minimum: bound(&schema.minimum, &schema.exclusive_minimum),
            maximum: bound(&schema.maximum, &schema.exclusive_maximum),
            deprecated: schema.deprecated == Some(true),
            read_only: schema.read_only == Some(true),
            write_only: schema.write_only == Some(true),
        }
    }

    /// Returns the kinds of the types. Without a type, the keywords determine the kind.
    fn kinds(&self, schema: &'d oas::ObjectSchema, types: &[SchemaType]) -> Vec<Kind> {
        let object = || Kind::Object(self.object(schema));
        let is_object = !schema.properties.is_empty()
            || !schema.required.is_empty()
            || matches!(schema.additional_properties, Some(oas::Schema::Object(_)));
        match types {
            [] if is_object => vec![object()],
            [] if schema.items.is_some() || !schema.prefix_items.is_empty() => vec![self.list(schema)],
            [] => vec![Kind::Any],
            [SchemaType::Null] => vec![Kind::Null],
            types => {
                let is_number = types.contains(&SchemaType::Number);
                let types = types.iter().filter(|ty| !(is_number && **ty == SchemaType::Integer));
                let kind = |ty: &SchemaType| match ty {
                    SchemaType::Null => None,
                    SchemaType::Boolean => Some(Kind::Boolean),
                    SchemaType::Integer => Some(Kind::Integer),
                    SchemaType::Number => Some(Kind::Number),
                    SchemaType::String => Some(Kind::String),
                    SchemaType::Array => Some(self.list(schema)),
                    SchemaType::Object => Some(object()),
                };
                types.filter_map(kind).collect()
            }
        }
    }

    fn list(&self, schema: &'d oas::ObjectSchema) -> Kind {
        let elements = schema.prefix_items.iter().chain(schema.items.as_deref());
        Kind::List(Box::new(one_of(elements.map(|element| self.schema(element)).collect())))
    }

    fn object(&self, schema: &'d oas::ObjectSchema) -> Object {
        let is_required = |name: &String| schema.required.contains(name);
        let mut fields: Vec<_> = schema
            .properties
            .iter()
            .map(|(name, property)| Field {
                name: name.clone(),
                required: is_required(name),
                schema: self.schema(property),
            })
            .collect();
        for name in &schema.required {
            if !schema.properties.contains_key(name) {
                fields.push(Field { name: name.clone(), required: true, schema: Schema::default() });
            }
        }
        let others = match &schema.additional_properties {
            None => None,
            Some(oas::Schema::Boolean(others)) => others.0.then(Schema::default),
            Some(others) => Some(self.schema(others)),
        };
        Object { fields, others: others.map(Box::new) }
    }

    /// Merges two schemas, of which the first one is around the second. Null is allowed if one of them allows it, because
    /// this is the meaning in existing documents.
    fn both(&self, outer: Schema, inner: Schema) -> Schema {
        // If one adds no information, keep the other one and its name.
        if is_bare(&outer.kind, &inner.kind) {
            return Schema { kind: Kind::Any, ..outer }.around(inner);
        }
        if is_bare(&inner.kind, &outer.kind) || outer.kind == inner.kind {
            return outer.around(Schema { kind: Kind::Any, ..inner });
        }
        if let Some((inside, target)) = self.target(&outer) {
            return inside.both(target, inner);
        }
        if let Some((inside, target)) = self.target(&inner) {
            return inside.both(outer, target);
        }
        let (mut outer, mut inner) = (outer, inner);
        let kind = match (std::mem::take(&mut outer.kind), std::mem::take(&mut inner.kind)) {
            (Kind::OneOf(alternatives), other) | (other, Kind::OneOf(alternatives)) => {
                let each = alternatives.into_iter().map(|one| self.both(Schema::of(other.clone()), one));
                one_of(each.collect()).kind
            }
            (Kind::Object(outer), Kind::Object(inner)) => Kind::Object(self.joined(outer, inner)),
            (Kind::List(outer), Kind::List(inner)) => Kind::List(Box::new(self.both(*outer, *inner))),
            (Kind::Enum(values), Kind::Enum(others)) => {
                Kind::Enum(values.into_iter().filter(|value| others.contains(value)).collect())
            }
            (Kind::Integer, Kind::Number) | (Kind::Number, Kind::Integer) => Kind::Integer,
            // Prefer the enum. In all other cases, the document contradicts itself.
            (_, kind @ Kind::Enum(_)) | (kind, _) => kind,
        };
        Schema { kind, ..outer.around(inner) }
    }

    /// Returns the schema that a reference leads to. A schema that contains itself becomes `Any`.
    fn target(&self, schema: &Schema) -> Option<(Self, Schema)> {
        let Kind::Reference(name) = &schema.kind else { return None };
        let target = self.spec.components.as_ref()?.schemas.get(name)?;
        let mut inside = self.inside.clone();
        let is_circle = inside.contains(name);
        let is_too_deep = inside.len() == LONGEST_CHAIN || self.too_deep.get().is_some();
        if is_too_deep {
            self.too_deep.get_or_init(|| name.clone());
        }
        inside.push(name.clone());
        let inside = Self { spec: self.spec, inside, too_deep: Rc::clone(&self.too_deep) };
        let target = if is_circle || is_too_deep { Schema::default() } else { inside.schema(target) };
        let outer = Schema { kind: Kind::Any, ..schema.clone() };
        // The discriminator of an object selects one of its extensions. They do not inherit it.
        Some((inside, Schema { discriminator: None, ..outer.around(target) }))
    }

    /// Returns an object with the fields of both.
    fn joined(&self, mut outer: Object, inner: Object) -> Object {
        for field in inner.fields {
            match outer.fields.iter_mut().find(|own| own.name == field.name) {
                Some(own) => {
                    own.required |= field.required;
                    own.schema = self.both(std::mem::take(&mut own.schema), field.schema);
                }
                None => outer.fields.push(field),
            }
        }
        outer.others = outer.others.or(inner.others);
        outer
    }
}

/// Returns the name in a reference.
fn name(reference: &str) -> &str {
    reference.strip_prefix(SCHEMAS).unwrap_or(reference)
}

/// Returns whether a schema only has a list of required fields.
fn is_about_presence(schema: &oas::Schema) -> bool {
    let oas::Schema::Object(schema) = schema else { return false };
    let ObjectOrReference::Object(schema) = &**schema else { return false };
    let only_required = oas::ObjectSchema { required: schema.required.clone(), ..Default::default() };
    !schema.required.is_empty() && *schema == only_required
}

/// Returns whether a kind adds no information to another one.
fn is_bare(kind: &Kind, other: &Kind) -> bool {
    let is_object = matches!(other, Kind::Object(_) | Kind::Reference(_) | Kind::OneOf(_));
    match kind {
        Kind::Any => true,
        Kind::Object(object) => object.fields.is_empty() && object.others.is_none() && is_object,
        Kind::List(element) => {
            element.kind == Kind::Any && matches!(other, Kind::List(_) | Kind::Reference(_))
        }
        _ => false,
    }
}

/// Returns a schema with the alternatives, or the only alternative.
fn one_of(alternatives: Vec<Schema>) -> Schema {
    let mut nullable = false;
    let mut different: Vec<Schema> = Vec::new();
    for mut alternative in alternatives {
        nullable |= alternative.nullable || alternative.kind == Kind::Null;
        let inner = match alternative.kind {
            Kind::Null => Vec::new(),
            Kind::OneOf(inner) => inner,
            _ => {
                alternative.nullable = false;
                vec![alternative]
            }
        };
        for alternative in inner {
            if !different.contains(&alternative) {
                different.push(alternative);
            }
        }
    }
    match different.len() {
        0 if nullable => Schema::of(Kind::Null),
        0 => Schema::default(),
        1 => Schema { nullable, ..different.swap_remove(0) },
        _ => Schema { nullable, ..Schema::of(Kind::OneOf(different)) },
    }
}
