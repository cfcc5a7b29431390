//! How the pages of a list and the fields fit together.

use syn::ext::IdentExt;

use crate::errors::Errors;
use crate::model::{Endpoint, Location};
use crate::suggest::hint;

/// Where the next page starts is sent in a field that the request has.
pub(super) fn check(endpoint: &Endpoint<'_>, errors: &Errors) {
    let Some(name) = endpoint.paging.as_ref().and_then(|paging| paging.kind.field()) else { return };
    let text = name.unraw().to_string();
    let Some(field) = endpoint.fields.iter().find(|field| field.name == text) else {
        let fields = endpoint.fields.iter().map(|field| field.name.as_str());
        let hint = hint(&text, fields, format!(": add an `Option` of that name, `{text}: Option<…>`"));
        errors.at(name.span(), format!("`{text}` is no field of this request{hint}"));
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
        format!("`{text}` {wrong}: where a page starts is one value in the query, a header or the body"),
    );
}
