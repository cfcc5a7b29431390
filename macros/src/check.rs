//! How the parts of a declaration fit together: one named function a rule, its reason above it.

use proc_macro2::Span;
use syn::punctuated::Punctuated;
use syn::{DeriveInput, Meta, Path, Token};

use crate::errors::Errors;
use crate::model::{Endpoint, Field, Place, Presence};
use crate::parse::arguments::{EndpointArguments, METHODS};
use crate::parse::field::FieldAttributes;
use crate::parse::serde::SerdeField;
use crate::suggest::hint;

/// What is said where `response = …` is missing.
pub(crate) const NO_RESPONSE: &str =
    "`response` is missing: write `response = Type`, what a success decodes to, or `response = ()`";

/// Header names that the transport writes itself, so that a field could only contradict it.
const TRANSPORT_HEADERS: [&str; 7] =
    ["connection", "content-length", "content-type", "host", "te", "transfer-encoding", "upgrade"];

/// Rules for the arguments alone.
pub(crate) fn arguments(arguments: &EndpointArguments, start: Span, errors: &Errors) {
    check_one_method(arguments, start, errors);
}

/// Rules for the attributes of one field alone.
pub(crate) fn marks(marks: &FieldAttributes, serde: &SerdeField, errors: &Errors) {
    check_one_place(marks, errors);
    check_not_skipped(serde, errors);
}

/// Rules for an endpoint as a whole.
pub(crate) fn endpoint(endpoint: &Endpoint<'_>, errors: &Errors) {
    check_placeholders(endpoint, errors);
    check_path_fields(endpoint, errors);
    check_one_value_a_path_field(endpoint, errors);
    check_secret_path(endpoint, errors);
    check_body_on_bodiless(endpoint, errors);
    check_null_outside_body(endpoint, errors);
    check_flatten(endpoint, errors);
    check_headers(endpoint, errors);
    check_wire_names(&endpoint.fields, errors);
    check_builder_names(&endpoint.fields, &["build", "send", "send_as"], errors);
    check_debug_derive(endpoint.item, "endpoint", errors);
}

/// Rules for an object inside a request.
pub(crate) fn object(item: &DeriveInput, fields: &[Field<'_>], errors: &Errors) {
    check_wire_names(fields, errors);
    check_builder_names(fields, &["build"], errors);
    check_debug_derive(item, "object", errors);
}

/// An endpoint has one method and one path; which of two was meant is not ours to guess.
fn check_one_method(arguments: &EndpointArguments, start: Span, errors: &Errors) {
    if arguments.methods.is_empty() && !arguments.misspelt {
        let [get, post, ..] = METHODS;
        let message =
            format!("no HTTP method: write one, as in `{get} = \"/path\"` or `{post} = \"/path/{{field}}\"`");
        errors.at(start, message);
    }
    for (key, _) in arguments.methods.iter().skip(1) {
        let first = &arguments.methods[0].0;
        let message = if key == first {
            format!("`{key}` is given twice: keep one")
        } else {
            format!("a second method: this endpoint is `{first}` already, declare another struct for `{key}`")
        };
        errors.at(key.span(), message);
    }
}

/// A value that goes to two places has two truths as soon as one of them is edited.
fn check_one_place(marks: &FieldAttributes, errors: &Errors) {
    for (span, _) in marks.places.iter().skip(1) {
        errors.at(*span, "a second place for this field: keep one of `path`, `query`, `body` and `header`");
    }
}

/// A field of a request that is never sent can only mislead whoever sets it.
fn check_not_skipped(serde: &SerdeField, errors: &Errors) {
    if let Some(span) = serde.skip.span() {
        errors.at(span, "a request field that is never sent: remove the field, or make it an `Option`");
    }
}

/// A placeholder that no field fills would go out as text.
fn check_placeholders(endpoint: &Endpoint<'_>, errors: &Errors) {
    for name in &endpoint.template.placeholders {
        if endpoint.fields.iter().any(|field| field.name == *name) {
            continue;
        }
        let hint = hint(
            name,
            endpoint.fields.iter().map(|field| field.name.as_str()),
            format!(": add `{name}` to the struct, or take it out of the path"),
        );
        errors.at(endpoint.template.span, format!("`{{{name}}}` names no field{hint}"));
    }
}

/// A path field has a placeholder, that placeholder is its only place, and it always has a value.
fn check_path_fields(endpoint: &Endpoint<'_>, errors: &Errors) {
    for field in endpoint.fields.iter().filter(|field| field.place == Place::Path) {
        let (name, span) = (&field.name, field.place_span.unwrap_or(field.ident.span()));
        if !endpoint.template.placeholders.contains(name) {
            errors.at(span, format!("the path has no place for `{name}`: write `{{{name}}}` into it"));
        }
        if !field.is_required() {
            errors.over(
                field.ty,
                format!("`{name}` stands in the path and cannot be left out: drop the `Option`"),
            );
        }
    }
}

/// A field that the path names leaves the query and the body, so a mark for one of them contradicts the path.
fn check_one_value_a_path_field(endpoint: &Endpoint<'_>, errors: &Errors) {
    for field in endpoint.fields.iter().filter(|field| field.place != Place::Path) {
        if let (true, Some(span)) = (endpoint.template.placeholders.contains(&field.name), field.place_span) {
            let name = &field.name;
            errors.at(span, format!("`{{{name}}}` already puts this field into the path: remove the mark"));
        }
    }
}

/// Paths stand in the logs of every server and proxy on the way.
fn check_secret_path(endpoint: &Endpoint<'_>, errors: &Errors) {
    for field in endpoint.fields.iter().filter(|field| field.place == Place::Path) {
        if let Some(span) = field.secret {
            errors.at(
                span,
                "a secret in the path would stand in every access log: send it in a header or the body",
            );
        }
    }
}

/// HTTP gives a body on GET or HEAD no meaning, and servers and proxies drop or refuse it.
fn check_body_on_bodiless(endpoint: &Endpoint<'_>, errors: &Errors) {
    let bodiless = endpoint.method.is_bodiless();
    for field in endpoint.fields.iter().filter(|field| bodiless && field.place == Place::Body) {
        let method = endpoint.method.as_str();
        let span = field.place_span.unwrap_or(field.ident.span());
        errors.at(
            span,
            format!("a {method} carries no body: write `query`, or declare the endpoint as `post`"),
        );
    }
}

/// Only JSON has a null.
fn check_null_outside_body(endpoint: &Endpoint<'_>, errors: &Errors) {
    for field in endpoint.fields.iter().filter(|field| !matches!(field.place, Place::Body | Place::Path)) {
        if let Presence::Nullable(_) = field.presence {
            errors.over(field.ty, "only a JSON body can say null: write one `Option`");
        }
    }
}

/// A header or a path segment is one value, and a name of its own would never be sent.
fn check_flatten(endpoint: &Endpoint<'_>, errors: &Errors) {
    for field in &endpoint.fields {
        if let (Some(span), Place::Path | Place::Header(_)) = (field.flatten, &field.place) {
            errors.at(span, "`flatten` spreads a map over the body or the query: remove it, or the place");
        }
    }
}

/// A header that HTTP cannot spell, or that the transport writes, or that two fields write.
fn check_headers(endpoint: &Endpoint<'_>, errors: &Errors) {
    let mut seen = Vec::new();
    for field in &endpoint.fields {
        let Place::Header(literal) = &field.place else { continue };
        let name = literal.value().to_ascii_lowercase();
        let legal = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if name.is_empty() || !name.bytes().all(legal) {
            let message = "not a header name: write letters, digits and dashes, as in `\"x-request-id\"`";
            errors.at(literal.span(), message);
        } else if TRANSPORT_HEADERS.contains(&name.as_str()) {
            errors.at(literal.span(), format!("`{name}` is written by the transport: remove the field"));
        } else if seen.contains(&name) {
            errors.at(literal.span(), format!("another field writes the header `{name}` already: keep one"));
        }
        seen.push(name);
    }
}

/// Of two members with one name, a JSON reader keeps whichever it likes.
fn check_wire_names(fields: &[Field<'_>], errors: &Errors) {
    let mut seen: Vec<(&str, bool)> = Vec::new();
    for field in fields.iter().filter(|field| matches!(field.place, Place::Body | Place::Query)) {
        let (wire, in_body) = (field.wire.as_str(), field.place == Place::Body);
        if field.flatten.is_none() && field.cfgs().is_empty() {
            if seen.contains(&(wire, in_body)) {
                errors
                    .at(field.ident.span(), format!("another field is sent as `{wire}` already: rename one"));
            }
            seen.push((wire, in_body));
        }
    }
}

/// A setter has its field's name, and the builder has methods of its own.
fn check_builder_names(fields: &[Field<'_>], own: &[&str], errors: &Errors) {
    for field in fields {
        let name = field.name.as_str();
        let rename = format!("call the field something else and add `#[serde(rename = \"{name}\")]`");
        if own.contains(&name) {
            errors.at(field.ident.span(), format!("the builder has a method `{name}` of its own: {rename}"));
        }
        let twin = fields.iter().filter(|other| !other.is_required()).find(|other| {
            ["maybe_", "null_"].iter().any(|prefix| name.strip_prefix(prefix) == Some(other.name.as_str()))
        });
        if let Some(other) = twin {
            let other = &other.name;
            errors.at(
                field.ident.span(),
                format!("`{name}` is also a setter of the optional field `{other}`: {rename}"),
            );
        }
    }
}

/// A derived `Debug` would print what `secret` hides.
fn check_debug_derive(item: &DeriveInput, owner: &str, errors: &Errors) {
    for attribute in item.attrs.iter().filter(|attribute| attribute.path().is_ident("derive")) {
        let Meta::List(list) = &attribute.meta else { continue };
        let Ok(derives) = list.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated) else {
            continue;
        };
        let is_debug = |path: &&Path| path.segments.last().is_some_and(|last| last.ident == "Debug");
        for derive in derives.iter().filter(is_debug) {
            errors.over(
                derive,
                format!("`#[{owner}]` writes `Debug` so that secrets stay hidden: remove it here"),
            );
        }
    }
}
