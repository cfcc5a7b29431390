//! From schemas to types.

use declapi_check::document::{Kind, Object, Schema};
use serde_json::Value;

use super::{DEEPEST, Lower, text};
use crate::model::{Note, Reason, Shape, Side, Ty, TypeDef, TypeId};
use crate::names::{Taken, camel, singular, words};

/// The use of a schema with a name. An enum is the same in requests and responses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Use {
    Enum,
    Of(Side),
}

/// The type of a schema with a name.
#[derive(Clone, Debug)]
pub(super) enum Named {
    /// The type is not finished. The flag says whether something refers to it.
    Begun(TypeId, bool),
    Done(Typed),
}

/// The type of a schema.
#[derive(Clone, Debug)]
pub(super) struct Typed {
    pub(super) ty: Ty,
    pub(super) nullable: bool,
    /// The only value.
    pub(super) always: Option<Value>,
    pub(super) notes: Vec<Note>,
}

impl Typed {
    pub(super) fn of(ty: Ty) -> Self {
        Self { ty, nullable: false, always: None, notes: Vec::new() }
    }

    pub(super) fn noted(mut self, reason: Reason, text: impl Into<String>) -> Self {
        self.notes.push(Note::new(reason, text));
        self
    }

    /// Returns the type of an element, which may be null.
    pub(super) fn element(self) -> (Ty, Vec<Note>) {
        let ty = if self.nullable && self.ty != Ty::Any { self.ty.optional() } else { self.ty };
        (ty, self.notes)
    }
}

impl<'d> Lower<'d> {
    /// Makes a type of a schema. `names` are for a type without a name in the document.
    pub(super) fn typed(&mut self, schema: &'d Schema, side: Side, names: &[String]) -> Typed {
        let resolved = self.document.resolve(schema);
        let mut typed = match resolved.name {
            Some(name) if self.depth == DEEPEST => {
                self.too_deep.get_or_insert(name);
                Typed::of(Ty::Any)
            }
            Some(name) => {
                self.depth += 1;
                let typed = self.named(name, resolved.schema, side);
                self.depth -= 1;
                typed
            }
            None => self.inline(schema, side, names, false),
        };
        typed.nullable |= resolved.nullable;
        typed
    }

    fn named(&mut self, name: &'d str, schema: &'d Schema, side: Side) -> Typed {
        // A schema outside of the components has a pointer for a name.
        let last = name.rsplit('/').next().unwrap_or(name);
        let names = dotted(last);
        let is_component = !name.starts_with('#');
        let key = match &schema.kind {
            Kind::Enum(_) => Use::Enum,
            _ => Use::Of(side),
        };
        if !has_type(&schema.kind) {
            if self.inside.contains(&name) {
                let text = format!("`{name}` contains itself without an object in between: any JSON.");
                return Typed::of(Ty::Any).noted(Reason::Alternatives, text);
            }
            self.inside.push(name);
            let typed = self.inline(schema, side, &names, false);
            self.inside.pop();
            return typed;
        }
        match self.named.get_mut(&(name, key)) {
            Some(Named::Done(typed)) => return typed.clone(),
            Some(Named::Begun(id, is_used)) => {
                *is_used = true;
                return Typed::of(Ty::Named(*id));
            }
            None => {}
        }
        let id = TypeId(self.types.len());
        self.types.push(TypeDef {
            names: names.clone(),
            is_named: is_component,
            parent: None,
            docs: text::type_docs(schema),
            side,
            shape: Shape::Struct(Vec::new()),
            notes: Vec::new(),
        });
        self.named.insert((name, key), Named::Begun(id, false));
        let mut typed = self.inline(schema, side, &names, is_component);
        let is_used = matches!(self.named.get(&(name, key)), Some(Named::Begun(_, true)));
        typed = self.placed(id, typed, is_used);
        self.named.insert((name, key), Named::Done(typed.clone()));
        typed
    }

    /// Moves a finished type to the number that other types use for it.
    fn placed(&mut self, id: TypeId, typed: Typed, is_used: bool) -> Typed {
        let made = match typed.ty {
            Ty::Named(made) if made != id => made,
            _ if is_used => {
                // A schema that refers to itself must be a type.
                let def = self.types[id.0].clone();
                let variant = crate::model::Variant { name: "Value".to_owned(), ty: typed.ty, value: None };
                let shape = Shape::Union(crate::model::Union { variants: vec![variant], tag: None });
                self.types[id.0] = TypeDef { shape, ..def };
                return Typed { ty: Ty::Named(id), ..typed };
            }
            _ => return typed,
        };
        let is_last = made.0 + 1 == self.types.len();
        let def = self.types[made.0].clone();
        let begun = &mut self.types[id.0];
        begun.shape = def.shape.clone();
        begun.notes = def.notes;
        if is_last {
            self.types.pop();
        }
        let [parent, own] = [made, id].map(crate::model::Parent::Type);
        for child in self.types.iter_mut().filter(|child| child.parent == Some(parent)) {
            child.parent = Some(own);
        }
        Typed { ty: Ty::Named(id), ..typed }
    }

    /// Makes a type of a schema that is not a reference.
    fn inline(&mut self, schema: &'d Schema, side: Side, names: &[String], is_named: bool) -> Typed {
        match &schema.kind {
            Kind::Null => Typed { nullable: true, ..Typed::of(Ty::Any) },
            Kind::Boolean => Typed::of(Ty::Bool),
            Kind::Integer => Typed::of(Ty::Integer(integer(schema, side))),
            Kind::Number => Typed::of(Ty::Number),
            Kind::String => Typed::of(string(schema)),
            Kind::Enum(values) => self.values(values, schema, names, is_named),
            Kind::List(element) => {
                let names: Vec<String> = names.iter().map(|name| element_name(name)).collect();
                let (ty, notes) = self.typed(element, side, &names).element();
                Typed { notes, ..Typed::of(ty.list()) }
            }
            Kind::Object(object) => self.object(object, schema, side, names, is_named),
            Kind::OneOf(alternatives) => {
                let alternatives: Vec<&'d Schema> = alternatives.iter().collect();
                self.union(&alternatives, schema, side, names, is_named)
            }
            // A new kind of the reader that is not supported here.
            _ => Typed::of(Ty::Any),
        }
    }

    fn object(
        &mut self,
        object: &'d Object,
        schema: &'d Schema,
        side: Side,
        names: &[String],
        is_named: bool,
    ) -> Typed {
        if object.fields.is_empty() {
            return match &object.others {
                Some(others) if others.kind != Kind::Any => {
                    let names: Vec<String> = names.iter().map(|name| element_name(name)).collect();
                    let (ty, notes) = self.typed(others, side, &names).element();
                    Typed { notes, ..Typed::of(Ty::Map(Box::new(ty))) }
                }
                _ => Typed::of(Ty::JsonObject),
            };
        }
        let members = self.object_fields(object, side);
        let typed = self.define(names, is_named, text::type_docs(schema), side, Shape::Struct(members));
        if let (Some(discriminator), Ty::Named(TypeId(at))) = (&schema.discriminator, &typed.ty) {
            let field = &discriminator.field;
            let text = format!("Not declared: the fields of the extended objects that `{field}` selects.");
            self.types[*at].notes = vec![Note::new(Reason::Alternatives, text)];
        }
        typed
    }

    /// Adds a type.
    pub(super) fn define(
        &mut self,
        names: &[String],
        is_named: bool,
        docs: String,
        side: Side,
        shape: Shape,
    ) -> Typed {
        let names = names.to_vec();
        let def = TypeDef { names, is_named, parent: None, docs, side, shape, notes: Vec::new() };
        Typed::of(Ty::Named(self.add(def)))
    }

    /// Makes a type of a list of values.
    fn values(&mut self, values: &[Value], schema: &Schema, names: &[String], is_named: bool) -> Typed {
        // Parts of the document that contradict each other leave no value.
        if values.is_empty() {
            return Typed::of(Ty::Any);
        }
        let always = (values.len() == 1).then(|| values[0].clone());
        let all = |is: fn(&Value) -> bool| values.iter().all(is);
        if all(Value::is_string) {
            let texts: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
            let typed = if always.is_some() {
                Typed::of(Ty::Text)
            } else {
                self.open_enum(&texts, schema, names, is_named)
            };
            return Typed { always, ..typed };
        }
        let ty = if all(Value::is_boolean) {
            Ty::Bool
        } else if all(|value| value.is_i64() || value.is_u64()) {
            Ty::Integer("i64")
        } else if all(Value::is_number) {
            Ty::Number
        } else {
            Ty::Any
        };
        let typed = Typed { always, ..Typed::of(ty.clone()) };
        if typed.always.is_some() || ty == Ty::Bool {
            return typed;
        }
        let values: Vec<_> = values.iter().map(|value| format!("`{}`", text::plain(value))).collect();
        typed.noted(Reason::Values, format!("One of {}. An open enum has only strings.", values.join(", ")))
    }

    /// Makes an open enum.
    pub(super) fn open_enum(
        &mut self,
        texts: &[&str],
        schema: &Schema,
        names: &[String],
        is_named: bool,
    ) -> Typed {
        // The macro adds a variant for strings that are not listed.
        let mut taken = Taken::default();
        taken.add("Other");
        let mut variants: Vec<(String, String)> = Vec::new();
        for text in texts {
            if variants.iter().all(|(_, known)| known != text) {
                let name = camel(text);
                // Many APIs sort the other way round with a minus.
                let minus = text.strip_prefix('-').map(|rest| camel(&format!("minus {rest}")));
                let names: Vec<String> =
                    [name.clone()].into_iter().chain(minus).chain([format!("{name}Value")]).collect();
                let variant = taken.claim(&names);
                variants.push((variant, (*text).to_owned()));
            }
        }
        self.define(names, is_named, text::type_docs(schema), Side::Request, Shape::Enum(variants))
    }
}

/// Returns names for a type. For `api.v1.core.pod`, the first is `Pod`, then `CorePod`, and so on.
fn dotted(name: &str) -> Vec<String> {
    let parts: Vec<&str> = name.split('.').filter(|part| !part.is_empty()).collect();
    let from = |at: usize| camel(&parts[at..].join(" "));
    if parts.is_empty() { vec![camel(name)] } else { (0..parts.len()).rev().map(from).collect() }
}

/// Returns whether a schema of this kind becomes a separate type.
fn has_type(kind: &Kind) -> bool {
    match kind {
        Kind::Enum(values) => values.len() > 1 && values.iter().all(Value::is_string),
        Kind::Object(object) => !object.fields.is_empty(),
        Kind::OneOf(_) => true,
        _ => false,
    }
}

/// Returns the name of an element of a list or a map.
pub(super) fn element_name(name: &str) -> String {
    let mut words = words(name);
    match words.last_mut() {
        Some(last) => *last = singular(last),
        None => return name.to_owned(),
    }
    camel(&words.join(" "))
}

fn string(schema: &Schema) -> Ty {
    match schema.format.as_deref() {
        Some("date-time") => Ty::Timestamp,
        Some("password") => Ty::Secret,
        _ => Ty::Text,
    }
}

/// Returns the type of an integer. In a response, the number may be larger than documented.
fn integer(schema: &Schema, side: Side) -> &'static str {
    let is_unsigned = schema.minimum.is_some_and(|minimum| minimum >= 0.0);
    let is_small = schema.maximum.is_some_and(|maximum| maximum <= f64::from(u32::MAX));
    match schema.format.as_deref() {
        Some("int32") if is_unsigned => "u32",
        Some("int32") => "i32",
        Some("uint32") => "u32",
        Some("uint64") => "u64",
        _ if is_unsigned && is_small && side == Side::Request => "u32",
        _ if is_unsigned => "u64",
        _ => "i64",
    }
}
