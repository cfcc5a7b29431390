//! How the parts of a declaration fit together: one named function a rule, its reason above it.

mod names;
mod path;
mod response;

use proc_macro2::Span;
use syn::Type;

pub(crate) use self::names::{check_method, declared_twice};
pub(crate) use self::response::{check as response, transparent};
use crate::errors::Errors;
use crate::model::{Endpoint, Field, Method, Place, Presence};
use crate::parse::arguments::{EndpointArguments, METHODS};
use crate::parse::field::FieldAttributes;
use crate::parse::serde::{SerdeField, check_shape};
use crate::types;

/// What is said where `response = …` is missing.
pub(crate) const NO_RESPONSE: &str =
    "`response` is missing: write `response = Type`, what a success decodes to, or `response = ()`";

/// What is said instead of `#[response]` on an enum.
pub(crate) const FOR_AN_ENUM: &str = "derive `serde::Deserialize` and `serde::Serialize` for it instead, and mark \
     fields of its type `lenient`, so that a variant of tomorrow is `None` and no error";

/// Header names that the transport writes itself, so that a field could only contradict it.
const TRANSPORT_HEADERS: [&str; 7] =
    ["connection", "content-length", "content-type", "host", "te", "transfer-encoding", "upgrade"];

/// Rules for the arguments alone.
pub(crate) fn arguments(arguments: &EndpointArguments, start: Span, errors: &Errors) {
    check_one_method(arguments, start, errors);
    check_bare_handle(arguments, errors);
}

/// Rules for the attributes of one field alone.
pub(crate) fn marks(marks: &FieldAttributes, serde: &SerdeField, errors: &Errors) {
    check_one_place(marks, errors);
    check_not_skipped(serde, errors);
}

/// Rules for an endpoint as a whole.
pub(crate) fn endpoint(endpoint: &Endpoint<'_>, errors: &Errors) {
    check_shape(&endpoint.item.attrs, errors);
    path::check(endpoint, errors);
    check_body_on_bodiless(endpoint, errors);
    check_null_outside_body(endpoint, errors);
    check_flatten(endpoint, errors);
    check_headers(endpoint, errors);
    check_answer_to_head(endpoint, errors);
    names::check(&endpoint.fields, &["build", "send", "send_as"], errors);
    check_method(&endpoint.name, endpoint.on.as_ref(), errors);
}

/// Rules for an object inside a request.
pub(crate) fn object(fields: &[Field<'_>], errors: &Errors) {
    names::check(fields, &["build"], errors);
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

/// A handle has one parameter, the client, and the expansion fills it.
fn check_bare_handle(arguments: &EndpointArguments, errors: &Errors) {
    if let Some(excess) = arguments.on.get().and_then(|handle| handle.excess.as_ref()) {
        errors.over(excess, "the client's type is added for you: write the handle's name alone");
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
        let message = "a request field that is never sent: remove it, or make it an `Option` without this, which is \
                       left out when unset";
        errors.at(span, message);
    }
}

/// The answer to a HEAD is its status and headers, and from an empty body few types can be read.
fn check_answer_to_head(endpoint: &Endpoint<'_>, errors: &Errors) {
    let Ok(response) = &endpoint.response else { return };
    let reads_nothing = matches!(response, Type::Tuple(tuple) if tuple.elems.is_empty());
    if endpoint.method == Method::Head && !reads_nothing && types::option_inner(response).is_none() {
        errors.over(response, "the answer to a HEAD has no body: write `response = ()`");
    }
}

/// HTTP gives a body on GET or HEAD no meaning, and servers and proxies drop or refuse it.
fn check_body_on_bodiless(endpoint: &Endpoint<'_>, errors: &Errors) {
    let bodiless = endpoint.method.is_bodiless();
    // What the path names as well was reported, and has its place there.
    let is_wrong = |field: &&Field<'_>| {
        bodiless && field.place == Place::Body && !endpoint.template.placeholders.contains(&field.name)
    };
    for field in endpoint.fields.iter().filter(is_wrong) {
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
        } else if seen.contains(&name) && field.cfgs().is_empty() {
            errors.at(literal.span(), format!("another field writes the header `{name}` already: keep one"));
        }
        seen.push(name);
    }
}
