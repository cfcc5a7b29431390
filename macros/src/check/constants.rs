//! Checks the constants of an endpoint.

use crate::errors::Errors;
use crate::location::Location;
use crate::model::{Endpoint, Field};
use crate::parse::constants::{Constant, Part};

pub(super) fn check(endpoint: &Endpoint<'_>, errors: &Errors) {
    for constant in &endpoint.defaults.constants.0 {
        check_no_field(constant, endpoint, errors);
    }
    check_body_on_bodiless(endpoint, errors);
    check_whole_body(endpoint, errors);
}

/// A name in a request has one value. With a field of the same name, either the field or the constant would have no
/// effect.
fn check_no_field(constant: &Constant, endpoint: &Endpoint<'_>, errors: &Errors) {
    let is_same = |field: &&Field<'_>| {
        let part = match field.location {
            Location::Header(_) => Part::Header,
            Location::Query => Part::Query,
            Location::Body => Part::Body,
            Location::Path | Location::WholeBody => return false,
        };
        // If the field has a `cfg`, the constant may be for the other case.
        let has_name = field.flatten.is_none() && field.cfgs().is_empty();
        has_name && (part, field.name_on_the_wire()) == (constant.part, constant.name.clone())
    };
    if let Some(field) = endpoint.fields.iter().find(is_same) {
        let (name, field) = (&constant.name, &field.name);
        let message =
            format!("the field `{field}` is also sent as `{name}`: remove the constant or the field");
        errors.at(constant.literal.span(), message);
    }
}

/// HTTP defines no meaning for the body of a GET or HEAD.
fn check_body_on_bodiless(endpoint: &Endpoint<'_>, errors: &Errors) {
    if let (Some(constant), true) =
        (endpoint.defaults.constants.of(Part::Body).next(), endpoint.method.is_bodiless())
    {
        let method = endpoint.method.as_str();
        let message = format!("a {method} has no body: write `query(…)`, or declare the endpoint as `post`");
        errors.at(constant.literal.span(), message);
    }
}

/// If one field is the whole body, no constant can be in it.
fn check_whole_body(endpoint: &Endpoint<'_>, errors: &Errors) {
    let whole = endpoint.fields.iter().find(|field| field.location == Location::WholeBody);
    if let (Some(constant), Some(whole)) = (endpoint.defaults.constants.of(Part::Body).next(), whole) {
        let message = format!("the whole body is `{}`: remove the constant", whole.name);
        errors.at(constant.literal.span(), message);
    }
}
