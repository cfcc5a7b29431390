//! Checks that the body fields and the body format fit together.

use syn::Type;

use crate::errors::Errors;
use crate::location::Location;
use crate::model::{Endpoint, Field};
use crate::types;

pub(super) fn check(endpoint: &Endpoint<'_>, errors: &Errors) {
    check_body_on_bodiless(endpoint, errors);
    check_whole_body(endpoint, errors);
    check_format(endpoint, errors);
}

/// HTTP defines no meaning for the body of a GET or HEAD. Servers and proxies ignore or reject it.
fn check_body_on_bodiless(endpoint: &Endpoint<'_>, errors: &Errors) {
    let bodiless = endpoint.method.is_bodiless();
    // Body fields that are also in the path have their own error.
    let is_wrong = |field: &&Field<'_>| {
        bodiless && field.is_in_body() && endpoint.template.placeholder(&field.name).is_none()
    };
    for field in endpoint.fields.iter().filter(is_wrong) {
        let method = endpoint.method.as_str();
        let span = field.location_span.unwrap_or(field.ident.span());
        errors.at(span, format!("a {method} has no body: write `query`, or declare the endpoint as `post`"));
    }
}

/// If one field is the whole body, no other field can be in it.
fn check_whole_body(endpoint: &Endpoint<'_>, errors: &Errors) {
    let is_whole = |field: &&Field<'_>| field.location == Location::WholeBody;
    let Some(whole) = endpoint.fields.iter().find(is_whole) else { return };
    let others = endpoint.fields.iter().filter(|field| field.is_in_body() && field.ident != whole.ident);
    for field in others.filter(|field| field.cfgs().is_empty() || whole.cfgs().is_empty()) {
        let span = field.location_span.unwrap_or(field.ident.span());
        let message = format!("the whole body is `{}`: give this field another location", whole.name);
        errors.at(span, message);
    }
}

/// The content type of a format would be wrong without a body.
fn check_format(endpoint: &Endpoint<'_>, errors: &Errors) {
    let Some(format) = &endpoint.format else { return };
    if endpoint.has_body() {
        check_one_value(endpoint, format, errors);
    } else if endpoint.method.is_bodiless() {
        let method = endpoint.method.as_str();
        errors.over(
            format,
            format!("a {method} has no body: remove `body`, or declare the endpoint as `post`"),
        );
    } else {
        errors.over(
            format,
            "no field is sent in the body: remove `body`, or mark a field with `body` or `whole_body`",
        );
    }
}

/// Bytes, text and lines are a single value. A body of several fields would be an error in every call.
fn check_one_value(endpoint: &Endpoint<'_>, format: &Type, errors: &Errors) {
    let is_whole = endpoint.fields.iter().any(|field| field.location == Location::WholeBody);
    // Body fields on a GET have their own error.
    let name =
        types::of_runtime(format, &["Bytes", "Text", "JsonLines"]).filter(|_| !endpoint.method.is_bodiless());
    if let (Some(name), false) = (name, is_whole) {
        let message = format!(
            "`{name}` is the format of one value: mark the field that is the body with `#[endpoint(whole_body)]`"
        );
        errors.over(format, message);
    }
}
