//! Writes an endpoint.

use super::attributes::{attribute, literal};
use super::scope::Scope;
use super::{INDENT, Lines, types};
use crate::model::{Endpoint, Side, fields};

pub(super) fn write(endpoint: &Endpoint, name: &str, on: &str, scope: &mut Scope<'_>, lines: &mut Lines) {
    scope.declapi("endpoint");
    lines.notes(&endpoint.notes);
    lines.docs(&endpoint.docs);
    let room = lines.width - INDENT - endpoint.method.len() - " = ,".len();
    let mut keys = vec![format!("{} = {}", endpoint.method, literal(&endpoint.path, room))];
    for key in &endpoint.keys {
        key.imports.iter().for_each(|name| scope.declapi(name));
        keys.push(key.text.clone());
    }
    keys.push(format!("response = {}", scope.ty(&endpoint.response, Side::Response)));
    keys.extend(endpoint.more_keys.iter().cloned());
    keys.push(format!("on = {on}"));
    keys.extend(endpoint.idempotent.then(|| "idempotent".to_owned()));
    let (rename_all, renames) = types::renames_of(&endpoint.members);
    lines.push(attribute("endpoint", &keys, lines.width));
    lines.extend_deprecated(endpoint.deprecated);
    lines.extend_rename_all(rename_all);
    if fields(&endpoint.members).next().is_none() {
        types::notes_of(&endpoint.members, lines);
        lines.push(format!("pub struct {name};"));
        return;
    }
    let borrows = fields(&endpoint.members).any(|field| scope.borrows(&field.ty));
    let lifetime = if borrows { "<'a>" } else { "" };
    lines.push(format!("pub struct {name}{lifetime} {{"));
    types::struct_lines(&endpoint.members, "endpoint", renames, Side::Request, scope, lines);
    lines.push("}");
}
