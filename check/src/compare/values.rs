//! Compares values, and the values inside them.

use std::collections::{HashSet, VecDeque};

use declapi::{JsonKind, ObjectInfo};
use serde_json::Value;

use super::fields::{Declared, Documented};
use super::{Comparison, below, words};
use crate::Part;
use crate::document::{Document, Kind, Object, Schema};

/// A value that is still to be compared.
pub(super) struct Task<'d> {
    pub(super) kind: JsonKind,
    /// The documented alternatives of the value.
    pub(super) schemas: Vec<&'d Schema>,
    pub(super) at: String,
    /// Whether null is read like a missing value.
    pub(super) takes_null: bool,
}

/// The documented alternatives of a value, without references.
struct Alternatives<'d> {
    schemas: Vec<&'d Schema>,
    nullable: bool,
}

/// The side that writes a value. The other side must be able to read it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Writer {
    Client,
    Server,
}

/// Compares a value and the values inside it, from the outside in.
pub(super) struct Values<'v, 'c> {
    comparison: &'v mut Comparison<'c>,
    part: Part,
    writer: Writer,
    tasks: VecDeque<Task<'c>>,
    /// The objects that were compared. A type that contains itself is compared once, and a type of several fields is
    /// reported in the first of them.
    seen: HashSet<(&'static str, &'static str, Vec<*const Object>)>,
}

impl<'v, 'c> Values<'v, 'c> {
    pub(super) fn of(comparison: &'v mut Comparison<'c>, part: Part) -> Self {
        let writer = if part == Part::Response { Writer::Server } else { Writer::Client };
        Self { comparison, part, writer, tasks: VecDeque::new(), seen: HashSet::new() }
    }

    /// Compares a value.
    pub(super) fn compare(&mut self, task: Task<'c>) {
        self.tasks.push_back(task);
        self.finish();
    }

    /// Compares the fields of an object. `given` are the names of its constants.
    pub(super) fn compare_fields(&mut self, declared: &Declared, given: &[&str], objects: &[&'c Object]) {
        self.fields(declared, given, objects, "");
        self.finish();
    }

    fn finish(&mut self) {
        while let Some(task) = self.tasks.pop_front() {
            self.value(&task);
        }
    }

    fn find(&mut self, at: &str, declared: impl Into<String>, documented: impl Into<String>) {
        self.comparison.find(self.part, at, declared, documented);
    }

    fn value(&mut self, task: &Task<'c>) {
        let (kind, may_be_null) = match task.kind {
            JsonKind::Nullable(kind) => (*kind, true),
            kind => (kind, false),
        };
        let Alternatives { schemas, nullable } = alternatives(self.comparison.document, &task.schemas);
        let is_any = schemas.iter().any(|schema| schema.kind == Kind::Any);
        if matches!(kind, JsonKind::Unknown | JsonKind::Null) || (is_any && !nullable) {
            return;
        }
        match self.writer {
            Writer::Client if may_be_null && !nullable => {
                self.find(&task.at, "may be null", words::documented(&schemas));
            }
            Writer::Server if nullable && !may_be_null && !task.takes_null => {
                self.find(&task.at, format!("{}, and not null", words::declared(kind)), "may be null");
            }
            _ => {}
        }
        if is_any || schemas.is_empty() {
            return;
        }
        let (fitting, others): (Vec<&Schema>, Vec<&Schema>) =
            schemas.iter().partition(|schema| fits(kind, &schema.kind, self.writer));
        // A client must read each of them, and sends one.
        if fitting.is_empty() || (self.writer == Writer::Server && !others.is_empty()) {
            self.find(&task.at, words::declared(kind), words::documented(&schemas));
        }
        if !fitting.is_empty() {
            self.inside(kind, &fitting, &task.at);
        }
    }

    /// Compares the values inside a value of a fitting kind.
    fn inside(&mut self, kind: JsonKind, schemas: &[&'c Schema], at: &str) {
        let objects = || {
            let objects = schemas.iter().filter_map(|schema| match &schema.kind {
                Kind::Object(object) => Some(object),
                _ => None,
            });
            objects.collect::<Vec<_>>()
        };
        match kind {
            JsonKind::Enum(values) => self.enumerated(values, schemas, at),
            JsonKind::List(kind) => {
                let elements = schemas.iter().filter_map(|schema| match &schema.kind {
                    Kind::List(element) => Some(&**element),
                    _ => None,
                });
                let elements: Vec<_> = elements.collect();
                if !elements.is_empty() {
                    self.push(*kind, elements, format!("{at}[]"), false);
                }
            }
            JsonKind::Map(kind) => {
                for object in objects() {
                    for field in &object.fields {
                        self.push(*kind, vec![&field.schema], below(at, &field.name), false);
                    }
                    if let Some(others) = &object.others {
                        self.push(*kind, vec![others], below(at, "*"), false);
                    }
                }
            }
            JsonKind::Object(object) => self.object(object, &objects(), at),
            _ => {}
        }
    }

    fn push(&mut self, kind: JsonKind, schemas: Vec<&'c Schema>, at: String, takes_null: bool) {
        self.tasks.push_back(Task { kind, schemas, at, takes_null });
    }

    /// Compares the values of enums, if each documented alternative is an enum.
    fn enumerated(&mut self, declared: &[&str], schemas: &[&'c Schema], at: &str) {
        let mut documented = Vec::new();
        for schema in schemas {
            let Kind::Enum(values) = &schema.kind else { return };
            documented.extend(values.iter().filter_map(Value::as_str));
        }
        let only = |values: &[&str], others: &[&str]| {
            let only = values.iter().filter(|value| !others.contains(value));
            words::list(only.map(|value| format!("{value:?}")))
        };
        let (added, missing) = (only(declared, &documented), only(&documented, declared));
        let said = |values: String| {
            if values.is_empty() { "no other value".to_owned() } else { format!("also {values}") }
        };
        if !added.is_empty() || !missing.is_empty() {
            self.find(at, said(added), said(missing));
        }
    }

    fn object(&mut self, object: &'static ObjectInfo, objects: &[&'c Object], at: &str) {
        let pointers = objects.iter().map(|object| std::ptr::from_ref(*object)).collect();
        if self.seen.insert((object.module, object.name, pointers)) {
            self.fields(&Declared::of(object.fields()), &[], objects, at);
        }
    }

    fn fields(&mut self, declared: &Declared, given: &[&str], objects: &[&'c Object], at: &str) {
        let documented = Documented::of(objects);
        for field in &declared.fields {
            let location = below(at, field.name);
            let Some(known) = documented.field(field.name) else {
                if documented.others.is_empty() {
                    self.find(&location, words::declared(field.kind), "no such field");
                } else {
                    self.push(field.kind, documented.others.clone(), location, !field.required);
                }
                continue;
            };
            let is_required = known.required
                && match self.writer {
                    Writer::Client => !known.is_read_only(),
                    Writer::Server => !known.is_write_only(),
                };
            match (self.writer, field.required, is_required) {
                (Writer::Client, false, true) => self.find(&location, "may be left out", "required"),
                (Writer::Client, true, false) => self.find(&location, "required", "may be left out"),
                (Writer::Server, true, false) => self.find(&location, "required", "may be missing"),
                _ => {}
            }
            self.push(field.kind, known.schemas.clone(), location, !field.required);
        }
        for field in &documented.fields {
            let is_sent = match self.writer {
                Writer::Client => !field.is_read_only(),
                Writer::Server => !field.is_write_only(),
            };
            let is_required = self.writer == Writer::Client && field.required;
            let is_missed = is_required || (self.comparison.is_complete && !field.is_deprecated());
            let is_known = declared.has(field.name) || declared.takes_others || given.contains(&field.name);
            if is_sent && is_missed && !is_known {
                let kind = alternatives(self.comparison.document, &field.schemas);
                let kind = words::documented(&kind.schemas);
                let documented = if field.required { format!("required, {kind}") } else { kind };
                self.find(&below(at, field.name), "no such field", documented);
            }
        }
    }
}

/// Follows references and alternatives, each once.
fn alternatives<'d>(document: &'d Document, schemas: &[&'d Schema]) -> Alternatives<'d> {
    let mut found: Alternatives<'d> = Alternatives { schemas: Vec::new(), nullable: false };
    let mut next: VecDeque<&Schema> = schemas.iter().copied().collect();
    let mut seen: HashSet<*const Schema> = HashSet::new();
    while let Some(schema) = next.pop_front() {
        let resolved = document.resolve(schema);
        found.nullable |= resolved.nullable;
        if !seen.insert(std::ptr::from_ref(resolved.schema)) {
            continue;
        }
        match &resolved.schema.kind {
            Kind::OneOf(alternatives) => next.extend(alternatives),
            Kind::Null => found.nullable = true,
            _ => found.schemas.push(resolved.schema),
        }
    }
    found
}

/// Returns the documented alternatives of a value, without references and without null.
pub(super) fn resolved<'d>(document: &'d Document, schema: &'d Schema) -> Vec<&'d Schema> {
    alternatives(document, &[schema]).schemas
}

/// Returns whether the reader can read each value of the writer's kind.
fn fits(declared: JsonKind, documented: &Kind, writer: Writer) -> bool {
    let all = |is: fn(&Value) -> bool| matches!(documented, Kind::Enum(values) if values.iter().all(is));
    match declared {
        JsonKind::Boolean => *documented == Kind::Boolean || all(Value::is_boolean),
        JsonKind::Integer => {
            let is_integer = |value: &Value| value.is_i64() || value.is_u64();
            matches!(documented, Kind::Integer)
                || (*documented == Kind::Number && writer == Writer::Client)
                || all(is_integer)
        }
        JsonKind::Number => {
            *documented == Kind::Number
                || (*documented == Kind::Integer && writer == Writer::Server)
                || all(Value::is_number)
        }
        JsonKind::String | JsonKind::Enum(_) => *documented == Kind::String || all(Value::is_string),
        JsonKind::List(_) => matches!(documented, Kind::List(_)),
        JsonKind::Map(_) | JsonKind::Object(_) => matches!(documented, Kind::Object(_)),
        _ => true,
    }
}
