//! Checks idempotency keys.

use crate::errors::Errors;
use crate::location::Location;
use crate::model::Endpoint;
use crate::parse::constants::Part;
use crate::parse::defaults::Defaults;

pub(super) fn check(endpoint: &Endpoint<'_>, errors: &Errors) {
    check_fields(endpoint, errors);
    check_key_is_no_constant(&endpoint.defaults, errors);
}

/// The key is sent in one header field, and only the key makes the call safe to retry.
fn check_fields(endpoint: &Endpoint<'_>, errors: &Errors) {
    let mut marked = endpoint.fields.iter().filter_map(|field| Some((field, field.idempotency_key?)));
    let Some((field, span)) = marked.next() else { return };
    if !matches!(field.location, Location::Header(_)) {
        errors.at(span, "an idempotency key is a header: also write `header = \"Idempotency-Key\"`");
    } else if endpoint.idempotent {
        errors.at(
            span,
            "with `idempotent`, every call can be retried, even without this field: remove one of the two",
        );
    } else if endpoint.defaults.idempotency_key.is_set() {
        let message = "the `idempotency_key` of the endpoint already generates a key: remove one of the two";
        errors.at(span, message);
    }
    for (_, span) in marked {
        errors.at(span, "a call has one idempotency key: keep one");
    }
}

/// With the same key for every call, a server would ignore all calls but the first one.
pub(crate) fn check_key_is_no_constant(defaults: &Defaults, errors: &Errors) {
    let Some(key) = defaults.idempotency_key.get().map(|key| key.value().to_ascii_lowercase()) else {
        return;
    };
    for constant in defaults.constants.of(Part::Header).filter(|constant| constant.name == key) {
        errors.at(
            constant.literal.span(),
            "the idempotency key must be different for each call: remove this constant",
        );
    }
}
