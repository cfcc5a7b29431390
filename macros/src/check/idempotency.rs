//! Rules for idempotency keys.

use crate::errors::Errors;
use crate::model::{Endpoint, Location};
use crate::parse::constants::Part;
use crate::parse::defaults::Defaults;

pub(super) fn check(endpoint: &Endpoint<'_>, errors: &Errors) {
    check_fields(endpoint, errors);
    check_key_is_no_constant(&endpoint.defaults, errors);
}

/// One header field carries the key, and nothing else makes the call retryable.
fn check_fields(endpoint: &Endpoint<'_>, errors: &Errors) {
    let mut marked = endpoint.fields.iter().filter_map(|field| Some((field, field.idempotency_key?)));
    let Some((field, span)) = marked.next() else { return };
    if !matches!(field.location, Location::Header(_)) {
        errors.at(span, "an idempotency key is a header: write `header = \"Idempotency-Key\"` beside it");
    } else if endpoint.idempotent {
        errors.at(
            span,
            "with `idempotent`, a call is retryable whether this is set or not: remove one of the two",
        );
    } else if endpoint.defaults.idempotency_key.is_set() {
        let message =
            "the key of the endpoint generates a value where this field is not set: remove one of the two";
        errors.at(span, message);
    }
    for (_, span) in marked {
        errors.at(span, "a call has one idempotency key: keep one");
    }
}

/// A key that is the same for every call would make a server ignore all but the first.
pub(crate) fn check_key_is_no_constant(defaults: &Defaults, errors: &Errors) {
    let Some(key) = defaults.idempotency_key.get().map(|key| key.value().to_ascii_lowercase()) else {
        return;
    };
    for constant in defaults.constants.of(Part::Header).filter(|constant| constant.name == key) {
        errors.at(
            constant.literal.span(),
            "the idempotency key differs from call to call: remove this constant",
        );
    }
}
