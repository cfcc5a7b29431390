//! Checks that the path and the fields fit together.

use proc_macro2::Span;

use super::literals;
use crate::errors::Errors;
use crate::location::Location;
use crate::model::{Endpoint, Field, Presence};
use crate::names::is_name;
use crate::parse::template::placeholder::{Placeholder, is_not_in_a_name, signs};
use crate::suggest::{hint, nearest, same_word};
use crate::types;

pub(super) fn check(endpoint: &Endpoint<'_>, errors: &Errors) {
    check_placeholders(endpoint, errors);
    literals::check(endpoint, errors);
    for field in &endpoint.fields {
        if field.location == Location::Path {
            check_has_placeholder(endpoint, field, errors);
            match endpoint.template.placeholder(&field.name).filter(|placeholder| placeholder.is_optional) {
                Some(placeholder) => check_left_out(field, placeholder, errors),
                None => check_always_there(endpoint, field, errors),
            }
            check_never_skipped(endpoint, field, errors);
            check_one_value(endpoint, field, errors);
            check_not_secret(endpoint, field, errors);
        } else {
            check_not_in_path_as_well(endpoint, field, errors);
        }
    }
}

/// Returns the placeholders that are not the name of a field.
fn orphans<'e>(endpoint: &'e Endpoint<'_>) -> impl Iterator<Item = &'e str> {
    let named = |name: &&str| endpoint.fields.iter().any(|field| field.name == **name);
    let all = endpoint.template.placeholders.iter().map(|placeholder| placeholder.name.as_str());
    all.filter(move |name| !named(name))
}

/// A placeholder without a field would be sent literally.
fn check_placeholders(endpoint: &Endpoint<'_>, errors: &Errors) {
    for name in orphans(endpoint) {
        let fields = || endpoint.fields.iter().map(|field| field.name.as_str());
        let hint = match meant(name, fields) {
            Some(meant) => format!("; did you mean `{{{meant}{}}}`?", signs(name)),
            None => hint(name, fields(), unknown(name)),
        };
        errors.at(endpoint.template.span, format!("`{{{name}}}` is not the name of a field{hint}"));
    }
}

/// Finds the field in a placeholder with other characters, for example `{*rest}`, `{user-id}` or `{id:int}`.
fn meant<'f, F: Iterator<Item = &'f str>>(name: &str, fields: impl Fn() -> F) -> Option<&'f str> {
    let mut words = name.split(is_not_in_a_name).filter(|word| *word != "r");
    same_word(name, fields()).or_else(|| words.find_map(|word| same_word(word, fields())))
}

/// Returns the advice for a placeholder that is not similar to a field.
fn unknown(name: &str) -> String {
    let with_underscores = name.replace('-', "_");
    if is_name(name) {
        format!(": add `{name}` to the struct, or remove it from the path")
    } else if is_name(&with_underscores) {
        format!(
            ": the name of a field cannot contain `-`, write `{{{with_underscores}}}` and add that field to the \
             struct"
        )
    } else {
        ": write only the name of a field between the braces".to_owned()
    }
}

/// A path field without a placeholder would not be sent.
fn check_has_placeholder(endpoint: &Endpoint<'_>, field: &Field<'_>, errors: &Errors) {
    let (name, template) = (&field.name, &endpoint.template);
    let is_meant =
        |orphan| nearest(orphan, [name.as_str()]).is_some() || same_word(orphan, [name.as_str()]).is_some();
    let is_misspelt = || orphans(endpoint).any(is_meant) || literals::is_named(endpoint, name);
    if template.is_sound && template.placeholder(name).is_none() && !is_misspelt() {
        let span = field.location_span.unwrap_or(field.ident.span());
        errors.at(span, format!("the path has no placeholder for `{name}`: add `{{{name}}}` to it"));
    }
}

/// Without a value, the path would be a different one. A custom serializer can write `None`, too.
fn check_always_there(endpoint: &Endpoint<'_>, field: &Field<'_>, errors: &Errors) {
    let name = &field.name;
    if !field.is_required() && field.serialize_with.is_none() {
        let whole_segment = format!("/{{{name}}}");
        let mut after = endpoint.template.text.split(&whole_segment).skip(1);
        let otherwise = match after.next() {
            Some(after) if after.is_empty() || after.starts_with('/') => {
                format!(", or write `/{{{name}?}}` for a segment that may be left out")
            }
            _ => String::new(),
        };
        errors.over(
            field.ty,
            format!("`{name}` is part of the path and cannot be left out: remove the `Option`{otherwise}"),
        );
    }
}

/// A segment can be left out only if its field is optional.
fn check_left_out(field: &Field<'_>, placeholder: &Placeholder, errors: &Errors) {
    match field.presence {
        Presence::Required => {
            let required = Placeholder { is_optional: false, ..placeholder.clone() }.written();
            let message = format!(
                "`{}` can be left out: make this type an `Option`, or write `{required}`",
                placeholder.written()
            );
            errors.over(field.ty, message);
        }
        Presence::Nullable(_) if field.serialize_with.is_none() => {
            errors.over(field.ty, "only a JSON body has null: write one `Option`");
        }
        Presence::Optional(_) | Presence::Nullable(_) => {}
    }
}

/// A path value is always written, except for an optional field.
fn check_never_skipped(endpoint: &Endpoint<'_>, field: &Field<'_>, errors: &Errors) {
    let name = &field.name;
    if let Some(skip) = &field.skip_if {
        let reason = if is_optional(endpoint, field) {
            "is left out if it is not set"
        } else {
            "is part of the path and cannot be left out"
        };
        errors.over(skip, format!("`{name}` {reason}: remove `skip_serializing_if`"));
    }
    for cfg in field.cfgs() {
        let message = format!(
            "`{name}` is part of the path and cannot be left out: write two structs, each with a `#[cfg]`"
        );
        errors.over(cfg, message);
    }
}

/// Returns whether the segment of a field can be left out.
fn is_optional(endpoint: &Endpoint<'_>, field: &Field<'_>) -> bool {
    endpoint.template.placeholder(&field.name).is_some_and(|placeholder| placeholder.is_optional)
}

/// A list or a map has no standard form in a path. A custom serializer can write one.
fn check_one_value(endpoint: &Endpoint<'_>, field: &Field<'_>, errors: &Errors) {
    if field.serialize_with.is_some() {
        return;
    }
    // Other uses of `Option` have their own errors.
    let is_reported = !field.is_required() && !is_optional(endpoint, field);
    if let (Some(found), false) = (types::several_values(field.ty), is_reported) {
        let message = format!(
            "a path value is one string, but this is {found}: write `#[endpoint(query)]`, or \
             `#[serde(serialize_with = \"…\")]` with a function that writes one string"
        );
        errors.over(field.ty, message);
    }
}

/// Servers and proxies write paths to their logs. A whole URL may be presigned, and cannot be sent in another location.
fn check_not_secret(endpoint: &Endpoint<'_>, field: &Field<'_>, errors: &Errors) {
    if let Some(span) = field.secret.filter(|_| !endpoint.template.is_absolute()) {
        errors.at(span, "access logs contain the path: send the secret in a header or the body");
    }
}

/// A placeholder already determines the location of its field.
fn check_not_in_path_as_well(endpoint: &Endpoint<'_>, field: &Field<'_>, errors: &Errors) {
    let in_path = endpoint.template.placeholder(&field.name).is_some();
    let span: Option<Span> = field.location_span.filter(|_| in_path);
    if let Some(span) = span {
        let name = &field.name;
        errors
            .at(span, format!("`{{{name}}}` already determines the location of this field: remove this key"));
    }
}
