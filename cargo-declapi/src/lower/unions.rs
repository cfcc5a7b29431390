//! Values with alternatives.

use declapi_check::document::{Kind, Object, Schema};
use serde_json::Value;

use super::types::{Typed, element_name};
use super::{Lower, text};
use crate::model::{Reason, Shape, Side, Ty, Union, Variant};
use crate::names::{Taken, camel, words};

/// The kinds of JSON that a reader can distinguish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Text,
    Number,
    Boolean,
    List,
    Object,
    Any,
}

impl<'d> Lower<'d> {
    pub(super) fn union(
        &mut self,
        alternatives: &[&'d Schema],
        schema: &'d Schema,
        side: Side,
        names: &[String],
        is_named: bool,
    ) -> Typed {
        let mut leaves = Vec::new();
        let mut nullable = self.leaves(alternatives, &mut leaves, 0);
        let of = |class: Class| -> Vec<&'d Schema> {
            leaves.iter().filter(|leaf| self.class(leaf) == class).copied().collect()
        };
        let [texts, numbers, booleans, lists, objects, any] =
            [Class::Text, Class::Number, Class::Boolean, Class::List, Class::Object, Class::Any].map(of);
        // Without a leaf, the alternatives only contain each other.
        if !any.is_empty() || leaves.is_empty() {
            return Typed { nullable, ..Typed::of(Ty::Any) };
        }
        let is_alone =
            [&texts, &numbers, &booleans, &lists, &objects].iter().filter(|of| !of.is_empty()).count() == 1;
        let part = |name: &str| -> Vec<String> {
            if is_alone {
                names.to_vec()
            } else {
                names.iter().map(|whole| format!("{whole}{name}")).collect()
            }
        };
        let mut parts: Vec<(&str, Typed)> = Vec::new();
        if !texts.is_empty() {
            parts.push(("Text", self.text_of(&texts, schema, side, &part("Text"), is_named && is_alone)));
        }
        if !booleans.is_empty() {
            parts.push(("Boolean", Typed::of(Ty::Bool)));
        }
        if let Some(typed) = self.number_of(&numbers, side) {
            parts.push(("Number", typed));
        }
        if !lists.is_empty() {
            parts.push(("List", self.list_of(&lists, schema, side, names)));
        }
        if !objects.is_empty() {
            parts.push((
                "Object",
                self.object_of(&objects, schema, side, &part("Object"), is_named && is_alone),
            ));
        }
        let notes: Vec<_> = parts.iter().flat_map(|(_, part)| part.notes.clone()).collect();
        nullable |= parts.iter().any(|(_, part)| part.nullable);
        if parts.len() == 1 {
            let (_, typed) = parts.swap_remove(0);
            return Typed { nullable, ..typed };
        }
        let variants = parts.into_iter().map(|(name, typed)| Variant {
            name: name.to_owned(),
            ty: typed.ty,
            value: None,
        });
        let shape = Shape::Union(Union { variants: variants.collect(), tag: None });
        Typed { nullable, notes, ..self.define(names, is_named, text::type_docs(schema), side, shape) }
    }

    /// Adds the alternatives that are not unions themselves, and returns whether one of them may be null.
    fn leaves(&self, alternatives: &[&'d Schema], leaves: &mut Vec<&'d Schema>, depth: usize) -> bool {
        let mut nullable = false;
        for alternative in alternatives {
            let resolved = self.document.resolve(alternative);
            nullable |= resolved.nullable;
            match &resolved.schema.kind {
                Kind::Null => nullable = true,
                // A union this deep contains itself.
                Kind::OneOf(inner) if depth < 8 => {
                    let inner: Vec<&'d Schema> = inner.iter().collect();
                    nullable |= self.leaves(&inner, leaves, depth + 1);
                }
                Kind::OneOf(_) => {}
                _ if leaves.contains(alternative) => {}
                _ => leaves.push(alternative),
            }
        }
        nullable
    }

    fn class(&self, schema: &Schema) -> Class {
        match &self.document.resolve(schema).schema.kind {
            Kind::Boolean => Class::Boolean,
            Kind::Integer | Kind::Number => Class::Number,
            Kind::String => Class::Text,
            Kind::Enum(values) if values.iter().all(Value::is_string) => Class::Text,
            Kind::Enum(values) if values.iter().all(Value::is_number) => Class::Number,
            Kind::Enum(values) if values.iter().all(Value::is_boolean) => Class::Boolean,
            Kind::List(_) => Class::List,
            Kind::Object(_) => Class::Object,
            _ => Class::Any,
        }
    }

    /// Returns the type of several strings. An open enum accepts every other string, too.
    fn text_of(
        &mut self,
        texts: &[&'d Schema],
        schema: &'d Schema,
        side: Side,
        names: &[String],
        is_named: bool,
    ) -> Typed {
        if let [only] = texts {
            return self.typed(only, side, names);
        }
        let mut values: Vec<&str> = Vec::new();
        for text in texts {
            if let Kind::Enum(own) = &self.document.resolve(text).schema.kind {
                values.extend(own.iter().filter_map(Value::as_str));
            }
        }
        if values.is_empty() {
            // With several formats, the type is a plain string.
            let types: Vec<Ty> = texts.iter().map(|text| self.typed(text, side, names).ty).collect();
            let is_one = types.iter().all(|ty| *ty == types[0]);
            return Typed::of(if is_one { types[0].clone() } else { Ty::Text });
        }
        self.open_enum(&values, schema, names, is_named)
    }

    fn number_of(&mut self, numbers: &[&'d Schema], side: Side) -> Option<Typed> {
        let typed: Vec<Typed> = numbers.iter().map(|number| self.typed(number, side, &[])).collect();
        let first = typed.first()?;
        let is_one = typed.iter().all(|other| other.ty == first.ty);
        let is_integer = |ty: &Ty| matches!(ty, Ty::Integer(_));
        let ty = match &first.ty {
            ty if is_one => ty.clone(),
            ty if is_integer(ty) && typed.iter().all(|other| is_integer(&other.ty)) => Ty::Integer("i64"),
            _ => Ty::Number,
        };
        Some(Typed { notes: typed.into_iter().flat_map(|typed| typed.notes).collect(), ..Typed::of(ty) })
    }

    /// Returns the type of several lists: one list, whose elements have several kinds.
    fn list_of(&mut self, lists: &[&'d Schema], schema: &'d Schema, side: Side, names: &[String]) -> Typed {
        if let [only] = lists {
            return self.typed(only, side, names);
        }
        let document = self.document;
        let elements: Vec<&'d Schema> = lists
            .iter()
            .filter_map(|list| match &document.resolve(list).schema.kind {
                Kind::List(element) => Some(&**element),
                _ => None,
            })
            .collect();
        let names: Vec<String> = names.iter().map(|name| element_name(name)).collect();
        let (ty, notes) = self.one_of(&elements, schema, side, &names).element();
        Typed { notes, ..Typed::of(ty.list()) }
    }

    /// Returns the type of alternatives that are not together in the document.
    fn one_of(&mut self, elements: &[&'d Schema], schema: &'d Schema, side: Side, names: &[String]) -> Typed {
        let mut kinds: Vec<(Class, Typed)> = Vec::new();
        for element in elements {
            let typed = self.typed(element, side, names);
            if kinds.iter().all(|(_, other)| other.ty != typed.ty) {
                kinds.push((self.class(element), typed));
            }
        }
        let are_distinct = kinds
            .iter()
            .enumerate()
            .all(|(at, (class, _))| kinds[..at].iter().all(|(other, _)| other != class));
        if kinds.len() == 1 {
            return kinds.swap_remove(0).1;
        }
        if !are_distinct || kinds.iter().any(|(class, _)| *class == Class::Any) {
            let text = "The elements have several kinds that cannot be distinguished: any JSON.";
            return Typed::of(Ty::Any).noted(Reason::Alternatives, text);
        }
        let name = |class: Class| match class {
            Class::Text => "Text",
            Class::Number => "Number",
            Class::Boolean => "Boolean",
            Class::List => "List",
            Class::Object | Class::Any => "Object",
        };
        let variants = kinds.into_iter().map(|(class, typed)| Variant {
            name: name(class).to_owned(),
            ty: typed.ty,
            value: None,
        });
        let shape = Shape::Union(Union { variants: variants.collect(), tag: None });
        self.define(names, false, text::type_docs(schema), side, shape)
    }

    fn object_of(
        &mut self,
        objects: &[&'d Schema],
        schema: &'d Schema,
        side: Side,
        names: &[String],
        is_named: bool,
    ) -> Typed {
        if let [only] = objects {
            return self.typed(only, side, names);
        }
        let mut variants: Vec<(Variant, &'d Object)> = Vec::new();
        let mut taken = Taken::default();
        taken.add("Other");
        let mapped = || self.mapped(schema.discriminator.as_ref()?, objects);
        let tag = self.tag(objects).or_else(mapped);
        for (at, object) in objects.iter().enumerate() {
            let resolved = self.document.resolve(object);
            let Kind::Object(described) = &resolved.schema.kind else { continue };
            let value = tag.as_ref().map(|(_, values)| values[at].clone());
            let own =
                resolved.name.map(|name| name.rsplit('/').next().unwrap_or(name)).or(object.title.as_deref());
            let name = own.or(value.as_deref()).map_or_else(|| "Object".to_owned(), camel);
            let own_names: Vec<String> = names.iter().map(|whole| format!("{whole}{name}")).collect();
            let ty = self.typed(object, side, &own_names).ty;
            if variants.iter().all(|(other, _)| other.ty != ty) {
                let name = taken.claim(&[name.clone(), format!("{name}Value")]);
                variants.push((Variant { name, ty, value }, described));
            }
        }
        if variants.len() == 1 {
            return Typed::of(variants.swap_remove(0).0.ty);
        }
        let shorter = without_common(variants.iter().map(|(variant, _)| variant.name.as_str()));
        variants.iter_mut().zip(shorter).for_each(|((variant, _), name)| variant.name = name);
        let tag = tag
            .map(|(tag, _)| tag)
            .filter(|_| variants.iter().all(|(variant, _)| variant.ty.named().is_some()));
        let variants = if side == Side::Request || tag.is_some() {
            variants.into_iter().map(|(variant, _)| variant).collect()
        } else if let Some(variants) = self.ordered(variants) {
            variants
        } else {
            let mut names: Vec<String> = objects.iter().map(|object| self.said(object)).collect();
            names.dedup();
            let text = format!("One of {}, which cannot be distinguished: any object.", names.join(", "));
            return Typed::of(Ty::JsonObject).noted(Reason::Alternatives, text);
        };
        let shape = Shape::Union(Union { variants, tag });
        self.define(names, is_named, text::type_docs(schema), side, shape)
    }
}

/// Returns the names without the words that all of them begin and end with.
fn without_common<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut all: Vec<Vec<String>> = names.map(words).collect();
    let whole: Vec<String> = all.iter().map(|words| camel(&words.join(" "))).collect();
    for take in
        [|words: &mut Vec<String>| words.remove(0), |words: &mut Vec<String>| words.pop().unwrap_or_default()]
    {
        loop {
            let mut shorter = all.clone();
            let taken: Vec<String> = shorter.iter_mut().filter(|words| words.len() > 1).map(take).collect();
            if taken.len() < all.len() || taken.iter().any(|word| *word != taken[0]) {
                break;
            }
            all = shorter;
        }
    }
    let mut taken = Taken::default();
    taken.add("Other");
    let shorter =
        all.iter().zip(&whole).map(|(words, whole)| taken.claim(&[camel(&words.join(" ")), whole.clone()]));
    shorter.collect()
}
