//! Checks that `page(…)` and the fields fit together.

use syn::ext::IdentExt;

use crate::errors::Errors;
use crate::location::Location;
use crate::model::{Endpoint, Field};
use crate::suggest::hint;

/// The start of the next page must be sent in a field of the request.
pub(super) fn check(endpoint: &Endpoint<'_>, errors: &Errors) {
    let Some(name) = endpoint.paging.as_ref().and_then(|paging| paging.kind.field()) else { return };
    let text = name.unraw().to_string();
    let Some(field) = endpoint.fields.iter().find(|field| field.name == text) else {
        let is_sent_as = |field: &&Field<'_>| field.name_on_the_wire() == text;
        let hint = if let Some(field) = endpoint.fields.iter().find(is_sent_as) {
            format!(": write the Rust name of the field, `{}`", field.name)
        } else {
            let fields = endpoint.fields.iter().map(|field| field.name.as_str());
            hint(&text, fields, format!(": add an `Option` with that name, `{text}: Option<…>`"))
        };
        errors.at(name.span(), format!("`{text}` is not a field of this request{hint}"));
        return;
    };
    let wrong = match field.location {
        Location::Path => "is part of the path",
        Location::WholeBody => "is the whole body",
        _ if field.flatten.is_some() => "is flattened",
        Location::Query | Location::Header(_) | Location::Body => return,
    };
    errors.at(
        name.span(),
        format!("`{text}` {wrong}: the start of a page must be one value in the query, a header, a JSON body or a \
                 form"),
    );
}
