//! How the names of fields, setters and methods fit together.

use crate::errors::Errors;
use crate::model::{Endpoint, Field, Place, Presence};

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
    for field in fields.iter().filter(|field| matches!(field.place, Place::Body | Place::Query)) {
        let sent = (field.wire.as_str(), field.place == Place::Body);
        if field.flatten.is_none() && field.cfgs().is_empty() {
            if seen.contains(&sent) {
                let message = format!("another field is sent as `{}` already: rename one", field.wire);
                errors.at(field.ident.span(), message);
            }
            seen.push(sent);
        }
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

/// A handle is made by its `new`.
pub(super) fn check_method(endpoint: &Endpoint<'_>, errors: &Errors) {
    if endpoint.name != "new" {
        return;
    }
    if let Some(handle) = endpoint.on.as_ref().filter(|handle| !handle.by_reference) {
        let handle = handle.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
        let message =
            format!("`{handle}` has a `new` already: give the method another, as in `name = create`");
        errors.at(endpoint.name.span(), message);
    }
}
