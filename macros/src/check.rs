//! Checks that the parts of a declaration fit together. There is one function for each rule, with the reason for the
//! rule.

mod body;
mod constants;
mod destination;
mod idempotency;
mod literals;
mod names;
mod page;
mod path;
mod response;

use syn::LitInt;

pub(crate) use self::destination::hosts;
pub(crate) use self::idempotency::check_key_is_no_constant;
pub(crate) use self::names::{builder_methods, check_method};
pub(crate) use self::response::{check as response, transparent};
use crate::errors::Errors;
use crate::location::Location;
use crate::model::{Endpoint, Field, Method, Presence};
use crate::parse::constants::check_header_name;
use crate::parse::serde::check_shape;
use crate::types;

/// Checks an endpoint.
pub(crate) fn endpoint(endpoint: &Endpoint<'_>, errors: &Errors) {
    check_one_method(endpoint, errors);
    check_bare_resource(endpoint, errors);
    check_shape(&endpoint.item.attrs, errors);
    for field in &endpoint.fields {
        check_one_location(field, errors);
        check_not_skipped(field, errors);
        check_secret_in_query(endpoint, field, errors);
        check_null(endpoint, field, errors);
        check_flatten(field, errors);
        check_style(field, errors);
    }
    path::check(endpoint, errors);
    body::check(endpoint, errors);
    check_headers(endpoint, errors);
    constants::check(endpoint, errors);
    idempotency::check(endpoint, errors);
    destination::check(endpoint, errors);
    check_response_to_head_request(endpoint, errors);
    check_none(endpoint, errors);
    page::check(endpoint, errors);
    names::check(&endpoint.fields, &endpoint.twins, builder_methods(Some(endpoint)), errors);
    check_method(&endpoint.name, endpoint.on.as_ref(), errors);
}

/// Checks an object inside a request.
pub(crate) fn object(fields: &[Field<'_>], twins: &[Field<'_>], errors: &Errors) {
    for field in fields {
        check_not_skipped(field, errors);
    }
    names::check(fields, twins, builder_methods(None), errors);
}

/// An endpoint has one method and one path. The macro does not guess which of two is right.
fn check_one_method(endpoint: &Endpoint<'_>, errors: &Errors) {
    let Some(first) = endpoint.methods.first() else {
        if !endpoint.is_misspelt {
            let message = "no HTTP method: add one, as in `get = \"/path\"` or `post = \"/path/{field}\"`";
            errors.at(endpoint.start, message);
        }
        return;
    };
    for key in endpoint.methods.iter().skip(1) {
        let message = if key == first {
            format!("`{key}` is given twice: keep one")
        } else {
            format!("a second method: this endpoint already is `{first}`, declare another struct for `{key}`")
        };
        errors.at(key.span(), message);
    }
}

/// A resource has one generic parameter, the client. The macro adds it.
fn check_bare_resource(endpoint: &Endpoint<'_>, errors: &Errors) {
    if let Some(excess) = endpoint.on.as_ref().and_then(|on| on.excess.as_ref()) {
        errors.over(excess, "the macro adds the type of the client: write only the name of the resource");
    }
}

/// If a value were sent in two locations, they could differ.
fn check_one_location(field: &Field<'_>, errors: &Errors) {
    for span in &field.other_locations {
        let message = "a second location for this field: keep one of `path`, `query`, `body`, `whole_body` and `header`";
        errors.at(*span, message);
    }
}

/// A field that is never sent would mislead the user who sets it.
fn check_not_skipped(field: &Field<'_>, errors: &Errors) {
    if let Some(span) = field.skip {
        let message = "this field would never be sent: remove it, or make it an `Option` without this attribute, which \
                       is left out if it is not set";
        errors.at(span, message);
    }
}

/// The query is part of the URL, which access logs contain. So the author must declare this explicitly.
fn check_secret_in_query(endpoint: &Endpoint<'_>, field: &Field<'_>, errors: &Errors) {
    let is_implied = field.location == Location::Query && field.location_span.is_none();
    if let (Some(span), true) = (field.secret, is_implied) {
        let method = endpoint.method.as_str();
        let message = format!(
            "with {method}, this secret would be sent in the query, which access logs contain: write `header = \
             \"x-name\"` in addition to `secret`, or `query` if the API requires it"
        );
        errors.at(span, message);
    }
}

/// The response to a HEAD consists of status and headers, and few types can be read from an empty body.
fn check_response_to_head_request(endpoint: &Endpoint<'_>, errors: &Errors) {
    let Ok(response) = &endpoint.response else { return };
    if endpoint.method == Method::Head && !types::may_be_empty(response) {
        errors.over(
            response,
            "the response to a HEAD has no body: write `response = ()`, or `response = Response<()>` for its headers",
        );
    }
}

/// A missing response needs a value in the response type.
fn check_none(endpoint: &Endpoint<'_>, errors: &Errors) {
    let Ok(response) = &endpoint.response else { return };
    if let (Some(status), false) = (endpoint.none.first(), types::may_be_empty(response)) {
        let response = types::text(response);
        let message =
            format!("a response with {status} has no content: write `response = Option<{response}>`");
        errors.at(status.span(), message);
    }
    // A 204 with `none` must be different from other successes, which also have no content.
    let is_unit = types::option_inner(response).is_some_and(types::is_unit);
    let is_always_none = |status: &&LitInt| !is_unit && ["204", "205"].contains(&status.base10_digits());
    for status in endpoint.none.iter().filter(is_always_none) {
        errors.at(status.span(), format!("{status} is already read as `None`: remove this key"));
    }
}

/// The body formats of the runtime besides JSON.
const FORMATS: &[&str] =
    &["Form", "NestedForm", "Multipart", "MultipartRelated", "Bytes", "Text", "JsonLines"];

/// Only JSON has a null. A custom serializer can write it in another form.
fn check_null(endpoint: &Endpoint<'_>, field: &Field<'_>, errors: &Errors) {
    // A custom format may have null.
    let is_json = endpoint.format.as_ref().is_none_or(|format| types::of_runtime(format, FORMATS).is_none());
    let has_null =
        field.is_in_body() && is_json || field.location == Location::Path || field.serialize_with.is_some();
    if let (Presence::Nullable(_), false) = (field.presence, has_null) {
        errors.over(field.ty, "only a JSON body has null: write one `Option`");
    }
}

/// A style is for values with several parts.
fn check_style(field: &Field<'_>, errors: &Errors) {
    let Some((span, style)) = field.style else { return };
    if field.serialize_with.is_some() || field.flatten.is_some() {
        return;
    }
    let ty = match field.presence {
        Presence::Required => field.ty,
        Presence::Optional(inner) | Presence::Nullable(inner) => inner,
    };
    let (style, is_map) = (style.as_str(), types::several_values(ty) == Some("a map"));
    if types::is_one_value(ty) {
        errors.at(span, format!("`{style}` is for several values, but this is one value: write `query`"));
    } else if style == "comma" && is_map {
        errors.at(span, "`comma` is for a list, but this is a map: write `query(deep)`");
    }
}

/// A header or a path segment is a single value, so the names of the map's entries would not be sent.
fn check_flatten(field: &Field<'_>, errors: &Errors) {
    let is_one_value = matches!(field.location, Location::Path | Location::Header(_) | Location::WholeBody);
    if let (Some(span), true) = (field.flatten, is_one_value) {
        errors.at(
            span,
            "`flatten` adds the entries of a map to the body or the query: remove it, or the location",
        );
    }
}

/// A header must have a valid name, must not be set by the transport, and must belong to only one field.
fn check_headers(endpoint: &Endpoint<'_>, errors: &Errors) {
    let mut seen = Vec::new();
    for field in &endpoint.fields {
        let Location::Header(literal) = &field.location else { continue };
        let name = literal.value().to_ascii_lowercase();
        check_header_name(literal, "field", errors);
        if seen.contains(&name) && field.cfgs().is_empty() {
            errors.at(
                literal.span(),
                format!("another field is already sent in the header `{name}`: keep one"),
            );
        }
        seen.push(name);
    }
}
