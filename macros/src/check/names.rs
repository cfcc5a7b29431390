//! How the names of fields, setters and methods fit together.

use proc_macro2::Ident;

use crate::errors::Errors;
use crate::model::{Field, Place, Presence};
use crate::parse::arguments::Handle;

pub(super) fn check(fields: &[Field<'_>], own: &[&str], errors: &Errors) {
    check_wire_names(fields, errors);
    check_setters(fields, own, errors);
}

/// Which of two fields with one name exists is decided after the macro has run, so that a builder with both has
/// setters for neither.
pub(crate) fn declared_twice(first: &Field<'_>, second: &Field<'_>, errors: &Errors) {
    // Without a `cfg`, rustc refuses the second by itself.
    if !first.cfgs().is_empty() || !second.cfgs().is_empty() {
        let name = &second.name;
        let message = format!("`{name}` is declared twice: put the `cfg` on the struct, and write two");
        errors.at(second.ident.span(), message);
    }
}

/// Of two members with one name, a JSON reader keeps whichever it likes.
fn check_wire_names(fields: &[Field<'_>], errors: &Errors) {
    let mut seen: Vec<(&str, bool)> = Vec::new();
    let has_name =
        |field: &&Field<'_>| matches!(field.place, Place::Body | Place::Query) && field.flatten.is_none();
    for field in fields.iter().filter(has_name) {
        let sent = (field.wire.as_str(), field.place == Place::Body);
        // Of two under `cfg`, it may be that only one is ever there.
        if seen.contains(&sent) && field.cfgs().is_empty() {
            let message = format!("another field is sent as `{}` already: rename one", field.wire);
            errors.at(field.ident.span(), message);
        }
        seen.push(sent);
    }
}

/// A setter has its field's name, and the builder has methods of its own.
fn check_setters(fields: &[Field<'_>], own: &[&str], errors: &Errors) {
    for field in fields {
        let name = &field.name;
        if own.contains(&name.as_str()) {
            let otherwise = another_name(field);
            errors
                .at(field.ident.span(), format!("the builder has a method `{name}` of its own: {otherwise}"));
        }
        if let Some(other) = fields.iter().find(|other| is_twin(name, other)) {
            let (other, otherwise) = (&other.name, another_name(field));
            let message = format!("`{name}` is also a setter of the optional field `{other}`: {otherwise}");
            errors.at(field.ident.span(), message);
        }
    }
}

/// Whether `name` is a further setter of `field`.
fn is_twin(name: &str, field: &Field<'_>) -> bool {
    let is = |prefix: &str| name.strip_prefix(prefix) == Some(field.name.as_str());
    match field.presence {
        Presence::Required => false,
        Presence::Optional(_) => is("maybe_"),
        Presence::Nullable(_) => is("maybe_") || is("null_"),
    }
}

/// What to do about a field whose name is taken.
fn another_name(field: &Field<'_>) -> String {
    match field.place {
        Place::Body | Place::Query => {
            format!("call the field something else and add `#[serde(rename = \"{}\")]`", field.wire)
        }
        Place::Path => "call the field and its placeholder something else".to_owned(),
        Place::Header(_) => "call the field something else".to_owned(),
    }
}

/// What a client has of its own, which a trait's method of that name would never be called before.
const OF_A_CLIENT: [&str; 7] =
    ["send", "send_as", "clone", "with_timeout", "with_retries", "project_id", "base_url"];

/// A handle is made by its `new`, and a client has methods of its own.
pub(crate) fn check_method(name: &Ident, on: Option<&Handle>, errors: &Errors) {
    let owner = match on {
        None if OF_A_CLIENT.iter().any(|taken| name == taken) => "every client",
        Some(handle) if !handle.by_reference && name == "new" => {
            let last = handle.path.segments.last();
            &format!("`{}`", last.map(|last| last.ident.to_string()).unwrap_or_default())
        }
        _ => return,
    };
    let message = format!("{owner} has a `{name}` already: give the method another, as in `name = create`");
    errors.at(name.span(), message);
}
