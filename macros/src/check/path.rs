//! How the path and the fields fit together.

use proc_macro2::Span;

use crate::errors::Errors;
use crate::model::{Endpoint, Field, Place};
use crate::path::Template;
use crate::suggest::{hint, nearest};
use crate::types;

pub(super) fn check(endpoint: &Endpoint<'_>, errors: &Errors) {
    check_placeholders(endpoint, errors);
    check_colons(endpoint, errors);
    for field in &endpoint.fields {
        if field.place == Place::Path {
            check_has_placeholder(endpoint, field, errors);
            check_always_there(field, errors);
            check_one_value(field, errors);
            check_not_secret(field, errors);
        } else {
            check_not_in_path_as_well(endpoint, field, errors);
        }
    }
}

/// The placeholders that name no field.
fn orphans<'e>(endpoint: &'e Endpoint<'_>) -> impl Iterator<Item = &'e str> {
    let named = |name: &&String| endpoint.fields.iter().any(|field| field.name == **name);
    endpoint.template.placeholders.iter().filter(move |name| !named(name)).map(String::as_str)
}

/// A placeholder that no field fills would go out as text.
fn check_placeholders(endpoint: &Endpoint<'_>, errors: &Errors) {
    for name in orphans(endpoint) {
        let otherwise = if syn::parse_str::<syn::Ident>(name).is_ok() && name.trim() == name {
            format!(": add `{name}` to the struct, or take it out of the path")
        } else {
            ": write the name of a field and nothing else between the braces".to_owned()
        };
        // What a raw name or a format string would have behind it is not what is looked for.
        let meant = name.trim().trim_start_matches("r#").split(':').next().unwrap_or_default();
        let hint = hint(meant, endpoint.fields.iter().map(|field| field.name.as_str()), otherwise);
        errors.at(endpoint.template.span, format!("`{{{name}}}` names no field{hint}"));
    }
}

/// `:user_id` is how others write a placeholder; here it would go out as text.
fn check_colons(endpoint: &Endpoint<'_>, errors: &Errors) {
    let Template { text, span, .. } = &endpoint.template;
    for name in text.split('/').filter_map(|segment| segment.strip_prefix(':')) {
        if endpoint.fields.iter().any(|field| field.name == name) {
            errors.at(*span, format!("`:{name}` is sent as it stands: write `{{{name}}}`"));
        }
    }
}

/// A path field without a placeholder would not be sent.
fn check_has_placeholder(endpoint: &Endpoint<'_>, field: &Field<'_>, errors: &Errors) {
    let (name, template) = (&field.name, &endpoint.template);
    let misspelt = || orphans(endpoint).any(|orphan| nearest(orphan, [name.as_str()]).is_some());
    if template.is_sound && !template.placeholders.contains(name) && !misspelt() {
        let span = field.place_span.unwrap_or(field.ident.span());
        errors.at(span, format!("the path has no place for `{name}`: write `{{{name}}}` into it"));
    }
}

/// A path with a hole in it is another path.
fn check_always_there(field: &Field<'_>, errors: &Errors) {
    let name = &field.name;
    if !field.is_required() {
        errors
            .over(field.ty, format!("`{name}` stands in the path and cannot be left out: drop the `Option`"));
    }
    if let Some(skip) = &field.skip_if {
        let message =
            format!("`{name}` stands in the path and cannot be left out: drop `skip_serializing_if`");
        errors.over(skip, message);
    }
    for cfg in field.cfgs() {
        errors.over(
            cfg,
            format!("without `{name}` the path has a hole: put the `cfg` on the struct, and write two"),
        );
    }
}

/// A list has no form of its own in a path.
fn check_one_value(field: &Field<'_>, errors: &Errors) {
    if types::vec_element(field.ty).is_some() {
        let message =
            "a path value is one text: write `#[endpoint(query)]`, or join the list into a `String`";
        errors.over(field.ty, message);
    }
}

/// Paths stand in the logs of every server and proxy on the way.
fn check_not_secret(field: &Field<'_>, errors: &Errors) {
    if let Some(span) = field.secret {
        errors.at(
            span,
            "a secret in the path would stand in every access log: send it in a header or the body",
        );
    }
}

/// A field that the path names leaves the query and the body, so a mark for one of them contradicts the path.
fn check_not_in_path_as_well(endpoint: &Endpoint<'_>, field: &Field<'_>, errors: &Errors) {
    let in_path = endpoint.template.placeholders.contains(&field.name);
    let span: Option<Span> = field.place_span.filter(|_| in_path);
    if let Some(span) = span {
        let name = &field.name;
        errors.at(span, format!("`{{{name}}}` already puts this field into the path: remove the mark"));
    }
}
