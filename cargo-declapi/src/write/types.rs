//! Writes structs, open enums and unions.

use super::attributes::{attribute, literal, renames};
use super::scope::Scope;
use super::{INDENT, Lines};
use crate::model::{Field, Line, Shape, Side, Ty, TypeDef, Union, fields};
use crate::names::words;

pub(super) fn write(def: &TypeDef, name: &str, borrows: bool, scope: &mut Scope<'_>, lines: &mut Lines) {
    let lifetime = if borrows { "<'a>" } else { "" };
    match &def.shape {
        Shape::Struct(struct_members) => {
            let (rename_all, renames) = renames_of(struct_members);
            lines.notes(&def.notes);
            docs(def, name, scope, lines);
            let macro_name = if def.side == Side::Request { "object" } else { "response" };
            scope.declapi(macro_name);
            lines.push(format!("#[{macro_name}]"));
            if def.side == Side::Response {
                lines.push("#[derive(Clone, Debug)]");
                lines.push("#[non_exhaustive]");
            }
            lines.extend_rename_all(rename_all);
            if struct_members.is_empty() {
                lines.push(format!("pub struct {name} {{}}"));
                return;
            }
            lines.push(format!("pub struct {name}{lifetime} {{"));
            struct_lines(struct_members, macro_name, renames, def.side, scope, lines);
            lines.push("}");
        }
        Shape::Enum(variants) => {
            scope.declapi("open_enum");
            lines.notes(&def.notes);
            lines.push("open_enum! {");
            let mut inside = Lines::new(lines.width - INDENT);
            docs(def, name, scope, &mut inside);
            inside.push(format!("pub enum {name} {{"));
            let mut listed = Lines::new(inside.width - INDENT);
            for (variant, text) in variants {
                let room = listed.width - variant.len() - " = ,".len();
                listed.push(format!("{variant} = {},", literal(text, room)));
            }
            inside.nested(listed);
            inside.push("}");
            lines.nested(inside);
            lines.push("}");
        }
        Shape::Union(shape) => union(def, shape, name, lifetime, scope, lines),
    }
}

/// Writes the docs of a type. If the document has none, they name its owner.
fn docs(def: &TypeDef, name: &str, scope: &Scope<'_>, lines: &mut Lines) {
    let said = words(def.names.first().map_or(name, String::as_str)).join(" ");
    let is = |ending: &str| name.ends_with(ending) && name.len() > ending.len();
    let endpoint = scope.endpoint_of(def);
    let text = match (endpoint, &def.shape) {
        _ if !def.docs.is_empty() => return lines.docs(&def.docs),
        (Some(endpoint), _) if is("Response") => format!("/// The response to [`{endpoint}`]."),
        (Some(endpoint), _) if is("Body") => format!("/// The body of [`{endpoint}`]."),
        (_, Shape::Enum(_)) => format!("/// The values of {said}."),
        _ => format!("/// {}", a(&said)),
    };
    lines.push(text);
}

/// Returns a noun as a sentence.
fn a(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o']) { "An" } else { "A" };
    format!("{article} {noun}.")
}

fn union(def: &TypeDef, union: &Union, name: &str, lifetime: &str, scope: &mut Scope<'_>, lines: &mut Lines) {
    lines.notes(&def.notes);
    docs(def, name, scope, lines);
    scope.import("serde", "Serialize");
    match def.side {
        Side::Request => lines.push("#[derive(Debug, Serialize)]"),
        Side::Response => {
            scope.import("serde", "Deserialize");
            lines.push("#[derive(Clone, Debug, Deserialize, Serialize)]");
            lines.push("#[non_exhaustive]");
        }
    }
    lines.push(match &union.tag {
        Some(tag) => format!("#[serde(tag = {tag:?})]"),
        None => "#[serde(untagged)]".to_owned(),
    });
    lines.push(format!("pub enum {name}{lifetime} {{"));
    let mut inside = Lines::new(lines.width - INDENT);
    for variant in &union.variants {
        let ty = scope.ty(&variant.ty, def.side);
        inside.push(format!("/// {}", variant_docs(&variant.ty, &ty)));
        if let Some(value) =
            variant.value.as_ref().filter(|value| union.tag.is_some() && **value != variant.name)
        {
            inside.push(format!("#[serde(rename = {value:?})]"));
        }
        let line = format!("{}({ty}),", variant.name);
        let fits = line.chars().count() <= inside.width;
        inside.push(if fits { line } else { format!("{}(\n    {ty},\n),", variant.name) });
    }
    if union.tag.is_some() && def.side == Side::Response {
        inside.docs("A variant that this version does not know.");
        inside.push("#[serde(other)]");
        inside.push("Other,");
    }
    lines.nested(inside);
    lines.push("}");
}

fn variant_docs(ty: &Ty, written: &str) -> String {
    let name = written.split('<').next().unwrap_or_default();
    match ty {
        Ty::Named(_) => format!("[`{name}`]."),
        Ty::Boxed(inner) => variant_docs(inner, written.trim_start_matches("Box<").trim_end_matches('>')),
        Ty::Text | Ty::Timestamp | Ty::Secret => "A string.".to_owned(),
        Ty::Bool => "True or false.".to_owned(),
        Ty::Integer(_) | Ty::Number => "A number.".to_owned(),
        Ty::List(_) => "A list.".to_owned(),
        _ => "An object.".to_owned(),
    }
}

pub(super) fn renames_of(members: &[Line]) -> (Option<&'static str>, Vec<Option<String>>) {
    renames(&fields(members).collect::<Vec<&Field>>())
}

/// Writes the notes of a struct without fields.
pub(super) fn notes_of(members: &[Line], lines: &mut Lines) {
    for member in members {
        if let Line::Note(note) = member {
            lines.notes(std::slice::from_ref(note));
        }
    }
}

/// Writes the lines between the braces of a struct.
pub(super) fn struct_lines(
    members: &[Line],
    macro_name: &str,
    renames: Vec<Option<String>>,
    side: Side,
    scope: &mut Scope<'_>,
    lines: &mut Lines,
) {
    let mut inside = Lines::new(lines.width - INDENT);
    let mut renames = renames.into_iter();
    for member in members {
        match member {
            Line::Note(note) => inside.notes(std::slice::from_ref(note)),
            Line::Field(field) => {
                let rename = renames.next().flatten();
                inside.notes(&field.notes);
                inside.docs(&field.docs);
                inside.extend_deprecated(field.deprecated);
                if !field.marks.is_empty() {
                    inside.push(attribute(macro_name, &field.marks, inside.width));
                }
                if field.flatten {
                    inside.push("#[serde(flatten)]");
                } else if let Some(rename) = rename {
                    inside.push(format!("#[serde(rename = {rename:?})]"));
                }
                inside.push(field_line(&field.name, &scope.ty(&field.ty, side), inside.width));
            }
        }
    }
    lines.nested(inside);
}

/// Returns a field with its type. A long type gets a separate line, as in rustfmt.
fn field_line(name: &str, ty: &str, width: usize) -> String {
    let fits = |line: &str| line.chars().count() <= width;
    let line = format!("pub {name}: {ty},");
    let below = format!("    {ty},");
    let inner = ty.strip_prefix("Option<").and_then(|ty| ty.strip_suffix('>'));
    match inner {
        _ if fits(&line) => line,
        Some(inner) if !fits(&below) => format!("pub {name}: Option<\n    {inner},\n>,"),
        _ => format!("pub {name}:\n{below}"),
    }
}

impl Lines {
    pub(super) fn extend_deprecated(&mut self, deprecated: bool) {
        if deprecated {
            self.push("#[deprecated]");
        }
    }

    pub(super) fn extend_rename_all(&mut self, rule: Option<&str>) {
        if let Some(rule) = rule {
            self.push(format!("#[serde(rename_all = {rule:?})]"));
        }
    }
}
