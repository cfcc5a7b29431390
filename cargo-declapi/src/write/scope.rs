//! The imports of a module, and its types as source code.

use std::collections::{BTreeMap, BTreeSet};

use super::Lines;
use crate::model::{Side, Ty, TypeDef, TypeId};
use crate::plan::{Plan, Planned};

pub(super) struct Scope<'p> {
    plan: &'p Plan,
    /// The number of the module; `None` for the root.
    module: Option<usize>,
    /// The names of each path.
    imports: BTreeMap<String, BTreeSet<String>>,
}

impl<'p> Scope<'p> {
    pub(super) fn new(plan: &'p Plan, module: Option<usize>) -> Self {
        Self { plan, module, imports: BTreeMap::new() }
    }

    pub(super) fn planned(&self, id: TypeId) -> Option<&'p Planned> {
        self.plan.planned(id)
    }

    pub(super) fn endpoint_of(&self, def: &TypeDef) -> Option<&'p str> {
        self.plan.endpoint_of(def)
    }

    pub(super) fn declapi(&mut self, name: &str) {
        self.import("declapi", name);
    }

    /// Imports an item of the root module.
    pub(super) fn root(&mut self, name: &str) {
        if self.module.is_some() {
            self.import("super", name);
        }
    }

    pub(super) fn import(&mut self, path: &str, name: &str) {
        self.imports.entry(path.to_owned()).or_default().insert(name.to_owned());
    }

    /// Returns a type as source code.
    pub(super) fn ty(&mut self, ty: &Ty, side: Side) -> String {
        let text = if side == Side::Request { "&'a str" } else { "String" };
        let mut of_runtime = |name: &str| {
            self.declapi(name);
            name.to_owned()
        };
        match ty {
            Ty::Unit => "()".to_owned(),
            Ty::Bool => "bool".to_owned(),
            Ty::Integer(name) => (*name).to_owned(),
            Ty::Number => "f64".to_owned(),
            Ty::Text => text.to_owned(),
            Ty::Secret => of_runtime("Secret"),
            Ty::Timestamp => of_runtime("Timestamp"),
            Ty::Upload => of_runtime("Upload"),
            Ty::Bytes => of_runtime("Bytes"),
            Ty::Plain => of_runtime("Text"),
            Ty::JsonObject => of_runtime("JsonObject"),
            Ty::Any => {
                self.import("serde_json", "Value");
                "Value".to_owned()
            }
            Ty::Events(inner) if **inner == Ty::Text => of_runtime("Events"),
            Ty::Events(inner) => format!("{}<{}>", of_runtime("Events"), self.ty(inner, side)),
            Ty::Lines(inner) => format!("{}<{}>", of_runtime("JsonLines"), self.ty(inner, side)),
            Ty::List(inner) => format!("Vec<{}>", self.ty(inner, side)),
            Ty::Option(inner) => format!("Option<{}>", self.ty(inner, side)),
            Ty::Nullable(inner) => {
                self.root("Nullable");
                format!("Nullable<{}>", self.ty(inner, side))
            }
            Ty::Boxed(inner) => format!("Box<{}>", self.ty(inner, side)),
            Ty::Map(inner) => {
                self.import("std::collections", "BTreeMap");
                format!("BTreeMap<{text}, {}>", self.ty(inner, side))
            }
            Ty::Named(id) => self.named(*id),
        }
    }

    fn named(&mut self, id: TypeId) -> String {
        let Some(planned) = self.planned(id) else { return "Value".to_owned() };
        let here = self.module.or_else(|| self.plan.modules.iter().position(|module| module.name.is_none()));
        if Some(planned.module) != here {
            let module = self.plan.modules[planned.module].name.as_deref().unwrap_or_default();
            let path =
                if self.module.is_some() { format!("super::{module}") } else { format!("self::{module}") };
            self.import(&path, &planned.name);
        }
        let lifetime = if planned.borrows { "<'a>" } else { "" };
        format!("{}{lifetime}", planned.name)
    }

    /// Returns whether a type of a request has a lifetime parameter.
    pub(super) fn borrows(&self, ty: &Ty) -> bool {
        match ty {
            Ty::Text | Ty::Map(_) => true,
            Ty::Named(id) => self.planned(*id).is_some_and(|planned| planned.borrows),
            ty => ty.inner().is_some_and(|inner| self.borrows(inner)),
        }
    }

    /// Writes the imports, as rustfmt does: the standard library, crates, this crate.
    pub(super) fn imports(&self, lines: &mut Lines) {
        let kind = |path: &str| match path.split(':').next().unwrap_or_default() {
            "std" => 0,
            "super" | "self" => 2,
            _ => 1,
        };
        for wanted in 0..3 {
            let mut paths: Vec<_> = self.imports.iter().filter(|(path, _)| kind(path) == wanted).collect();
            paths.sort_by_key(|(path, names)| order(path, names));
            if !paths.is_empty() {
                lines.blank();
            }
            for (path, names) in paths {
                import(path, names, lines);
            }
        }
    }
}

/// Returns the key for rustfmt's order: names with a capital, other names, lists.
fn order(path: &str, names: &BTreeSet<String>) -> Vec<(u8, String)> {
    let last = names.first().filter(|_| names.len() == 1).map_or("{", String::as_str);
    let rank = |segment: &str| match segment.chars().next() {
        Some('{') => 2,
        Some(first) if first.is_uppercase() => 0,
        _ => 1,
    };
    path.split("::").chain([last]).map(|segment| (rank(segment), segment.to_owned())).collect()
}

fn import(path: &str, names: &BTreeSet<String>, lines: &mut Lines) {
    // Capitals first, as rustfmt sorts in edition 2024.
    let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
    names.sort_by(|one, other| version_order(one, other));
    if let [name] = names.as_slice() {
        lines.push(format!("use {path}::{name};"));
        return;
    }
    let line = format!("use {path}::{{{}}};", names.join(", "));
    // As rustfmt counts.
    if line.chars().count() + 2 <= lines.width {
        lines.push(line);
        return;
    }
    lines.push(format!("use {path}::{{"));
    let mut inside = Lines::new(lines.width - super::INDENT);
    let mut line = String::new();
    for name in names {
        if !line.is_empty() && line.len() + name.len() + 3 > inside.width {
            inside.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&format!("{name},"));
    }
    inside.push(line);
    lines.nested(inside);
    lines.push("};");
}

/// Compares names like rustfmt: numbers inside names count as numbers.
fn version_order(one: &str, other: &str) -> std::cmp::Ordering {
    let key = |name: &str| {
        let is_lower = name.starts_with(char::is_lowercase);
        (is_lower, chunks(name))
    };
    key(one).cmp(&key(other))
}

/// Splits a name into text and numbers.
fn chunks(name: &str) -> Vec<(String, u64)> {
    let mut chunks: Vec<(String, u64)> = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let digits = rest.find(|character: char| character.is_ascii_digit()).unwrap_or(rest.len());
        let (text, after) = rest.split_at(digits);
        let end = after.find(|character: char| !character.is_ascii_digit()).unwrap_or(after.len());
        let (number, after) = after.split_at(end);
        chunks.push((text.to_owned(), number.parse().unwrap_or(0)));
        rest = after;
    }
    chunks
}
