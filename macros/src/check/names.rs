//! Checks the names of fields, setters and methods.

use proc_macro2::Ident;

use crate::errors::Errors;
use crate::location::Location;
use crate::model::{Endpoint, Field, Presence};
use crate::parse::arguments::On;

/// The methods of a builder besides its setters: of an object, of an endpoint, and of an endpoint with pages.
const BUILDER_METHODS: [&str; 6] = ["build", "send", "send_as", "with_options", "pages", "items"];

/// Returns the methods of a builder besides its setters. Without an endpoint, it is the builder of an object.
pub(crate) fn builder_methods(endpoint: Option<&Endpoint<'_>>) -> &'static [&'static str] {
    match endpoint {
        None => &BUILDER_METHODS[..1],
        Some(endpoint) if endpoint.paging.is_none() => &BUILDER_METHODS[..4],
        Some(_) => &BUILDER_METHODS,
    }
}

pub(super) fn check(fields: &[Field<'_>], twins: &[Field<'_>], own: &[&str], errors: &Errors) {
    check_twins(fields, twins, errors);
    check_wire_names(fields, errors);
    check_setters(fields, own, errors);
}

/// The `cfg`s of two fields with the same name are evaluated after the macro has run, so the builder cannot have a
/// setter for either of them.
fn check_twins(fields: &[Field<'_>], twins: &[Field<'_>], errors: &Errors) {
    for second in twins {
        let name = &second.name;
        let mut both = fields.iter().filter(|first| first.name == *name).chain([second]);
        // Without a `cfg`, rustc reports the second field.
        if both.any(|field| !field.cfgs().is_empty()) {
            let message = format!("`{name}` is declared twice: write two structs, each with a `#[cfg]`");
            errors.at(second.ident.span(), message);
        }
    }
}

/// If JSON has two entries with the same name, readers keep either of them.
fn check_wire_names(fields: &[Field<'_>], errors: &Errors) {
    let mut seen: Vec<(&str, bool)> = Vec::new();
    let has_name = |field: &&Field<'_>| {
        matches!(field.location, Location::Body | Location::Query) && field.flatten.is_none()
    };
    for field in fields.iter().filter(has_name) {
        let sent = (field.wire.as_str(), field.location == Location::Body);
        // Fields with a `cfg` may exclude each other.
        if seen.contains(&sent) && field.cfgs().is_empty() {
            let message = format!("another field is already sent as `{}`: rename one", field.wire);
            errors.at(field.ident.span(), message);
        }
        seen.push(sent);
    }
}

/// A setter has the name of its field, which must not be the name of another method of the builder.
fn check_setters(fields: &[Field<'_>], own: &[&str], errors: &Errors) {
    for field in fields {
        let name = &field.name;
        if own.contains(&name.as_str()) {
            let otherwise = another_name(field);
            errors.at(field.ident.span(), format!("`{name}` is a method of the builder: {otherwise}"));
        }
        if let Some(other) = fields.iter().find(|other| is_twin(name, other)) {
            let (other, otherwise) = (&other.name, another_name(field));
            let message = format!("`{name}` is also a setter of the optional field `{other}`: {otherwise}");
            errors.at(field.ident.span(), message);
        }
    }
}

/// Returns whether `name` is an additional setter of `field`.
fn is_twin(name: &str, field: &Field<'_>) -> bool {
    let is = |prefix: &str| name.strip_prefix(prefix) == Some(field.name.as_str());
    match field.presence {
        Presence::Required => false,
        Presence::Optional(_) => is("maybe_"),
        Presence::Nullable(_) => is("maybe_") || is("null_"),
    }
}

/// Returns the advice for a field whose name is not available.
fn another_name(field: &Field<'_>) -> String {
    match field.location {
        Location::Body | Location::Query => {
            format!("rename the field and add `#[serde(rename = \"{}\")]`", field.wire)
        }
        Location::Path => "rename the field and its placeholder".to_owned(),
        Location::Header(_) | Location::WholeBody => "rename the field".to_owned(),
    }
}

/// The methods of every client. They hide trait methods with the same name.
const OF_A_CLIENT: [&str; 10] = [
    "send",
    "send_as",
    "request",
    "clone",
    "builder",
    "with_timeout",
    "with_retries",
    "base_url",
    "to_async",
    "inner",
];

/// `new` is the constructor of a resource, and a client has other methods.
pub(crate) fn check_method(name: &Ident, on: Option<&On>, errors: &Errors) {
    let owner = match on {
        _ if on.is_none_or(|on| on.by_reference) && OF_A_CLIENT.iter().any(|taken| name == taken) => {
            "every client"
        }
        Some(on) if !on.by_reference && name == "new" => {
            let last = on.path.segments.last();
            &format!("`{}`", last.map(|last| last.ident.to_string()).unwrap_or_default())
        }
        _ => return,
    };
    let message =
        format!("{owner} already has a method `{name}`: give this one another name, as in `name = create`");
    errors.at(name.span(), message);
}
