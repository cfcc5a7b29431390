//! The meaning of a declaration, after parsing and before code generation.

use proc_macro2::Span;
use quote::format_ident;
use syn::ext::IdentExt;
use syn::{Attribute, Data, DeriveInput, ExprPath, Fields, Ident, LitInt, Type};

use crate::errors::Errors;
use crate::location::Location;
use crate::names::{derived, method_name};
use crate::parse::arguments::{EndpointArguments, On};
use crate::parse::constants::Part;
use crate::parse::defaults::Defaults;
use crate::parse::field::{Marked, ParsedField, ParsedFields};
use crate::parse::page::Paging;
use crate::parse::query_style::QueryStyle;
use crate::parse::serde::Case;
use crate::parse::template::Template;
use crate::runtime::Runtime;
use crate::types;

/// An endpoint: the struct with the meaning of its attribute.
pub(crate) struct Endpoint<'i> {
    pub(crate) item: &'i DeriveInput,
    pub(crate) runtime: Runtime,
    /// The keys of all methods. The first one is used.
    pub(crate) methods: Vec<Ident>,
    /// Whether a reported mistake may have been meant as the method.
    pub(crate) is_misspelt: bool,
    /// The first argument, where missing arguments are reported.
    pub(crate) start: Span,
    pub(crate) method: Method,
    pub(crate) template: Template,
    /// An error if it is missing or cannot be parsed. The error is reported in the position of the type.
    pub(crate) response: syn::Result<Type>,
    /// The statuses that are read as `None`.
    pub(crate) none: Vec<LitInt>,
    /// The format of the body; `None` for a JSON object of fields.
    pub(crate) format: Option<Type>,
    pub(crate) paging: Option<Paging>,
    pub(crate) on: Option<On>,
    /// The name of the method on the client or the resource.
    pub(crate) name: Ident,
    pub(crate) idempotent: bool,
    /// In seconds.
    pub(crate) timeout: Option<u64>,
    pub(crate) defaults: Defaults,
    pub(crate) fields: Vec<Field<'i>>,
    /// Additional fields with the name of another field.
    pub(crate) twins: Vec<Field<'i>>,
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
    Head,
}

impl Method {
    fn from_key(key: &str) -> Self {
        match key {
            "get" => Self::Get,
            "put" => Self::Put,
            "patch" => Self::Patch,
            "delete" => Self::Delete,
            "head" => Self::Head,
            _ => Self::Post,
        }
    }

    /// Returns the name of its variant in the runtime.
    pub(crate) fn variant(self) -> Ident {
        format_ident!("{self:?}")
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Head => "HEAD",
        }
    }

    /// Returns whether HTTP defines no meaning for a body with this method.
    pub(crate) fn is_bodiless(self) -> bool {
        matches!(self, Self::Get | Self::Head)
    }

    /// Returns the location of a field if neither its attribute nor the path determines it.
    fn default_location(self) -> Location {
        match self {
            Self::Get | Self::Head | Self::Delete => Location::Query,
            Self::Post | Self::Put | Self::Patch => Location::Body,
        }
    }
}

/// A field of a request or of an object inside a request.
pub(crate) struct Field<'i> {
    pub(crate) ident: &'i Ident,
    /// The Rust name without `r#`.
    pub(crate) name: String,
    /// The parameter of the builder that says whether the field is set. It begins with `__`, so that it does not hide a
    /// constant in a field type.
    pub(crate) flag: Ident,
    /// The name on the wire.
    pub(crate) wire: String,
    pub(crate) ty: &'i Type,
    pub(crate) presence: Presence<'i>,
    pub(crate) location: Location,
    /// The key that sets the location, if there is one.
    pub(crate) location_span: Option<Span>,
    /// The keys of additional locations, each of which is a mistake.
    pub(crate) other_locations: Vec<Span>,
    /// How a list or an object is written in the query, with the span of the key.
    pub(crate) style: Option<(Span, QueryStyle)>,
    /// The key `secret`, if there is one.
    pub(crate) secret: Option<Span>,
    /// The key `idempotency_key`, if there is one.
    pub(crate) idempotency_key: Option<Span>,
    pub(crate) serialize_with: Option<ExprPath>,
    /// The function that reads the field, with the feature `arguments`.
    pub(crate) deserialize_with: Option<ExprPath>,
    /// The module, or the type, of `with`.
    pub(crate) with: Option<ExprPath>,
    pub(crate) skip_if: Option<ExprPath>,
    pub(crate) flatten: Option<Span>,
    /// serde's `skip`, if there is one.
    pub(crate) skip: Option<Span>,
    pub(crate) attributes: &'i [Attribute],
}

/// Whether a request can be sent without the field.
#[derive(Clone, Copy)]
pub(crate) enum Presence<'i> {
    /// The request cannot be sent without the field.
    Required,
    /// `Option<T>`: left out if it is not set.
    Optional(&'i Type),
    /// `Option<Option<T>>`: left out if it is not set, null, or a value.
    Nullable(&'i Type),
}

impl<'i> Endpoint<'i> {
    /// Determines the meaning of a declaration.
    pub(crate) fn new(item: &'i DeriveInput, arguments: EndpointArguments, fields: ParsedFields<'i>) -> Self {
        let (methods, templates): (Vec<Ident>, Vec<Option<Template>>) = arguments.methods.into_iter().unzip();
        let method = methods.first().map_or(Method::Post, |key| Method::from_key(&key.to_string()));
        let template = templates.into_iter().next().flatten();
        let template = template.unwrap_or_else(|| Template::unknown(arguments.start));
        let (fields, twins) = decide(fields, |field| {
            if template.placeholder(field).is_some() { Location::Path } else { method.default_location() }
        });
        Self {
            item,
            runtime: Runtime::new(arguments.runtime),
            methods,
            is_misspelt: arguments.is_misspelt,
            start: arguments.start,
            method,
            template,
            response: arguments.response,
            none: arguments.none,
            format: arguments.format,
            paging: arguments.paging,
            on: arguments.on,
            name: arguments.name.unwrap_or_else(|| method_name(&item.ident)),
            idempotent: arguments.idempotent,
            timeout: arguments.timeout,
            defaults: arguments.defaults,
            fields,
            twins,
        }
    }
}

impl Endpoint<'_> {
    /// Returns whether a field or a constant is sent in the body.
    pub(crate) fn has_body(&self) -> bool {
        self.fields.iter().any(Field::is_in_body) || self.defaults.constants.of(Part::Body).next().is_some()
    }
}

/// Returns the fields of an object inside a request, and additional fields with the same names.
pub(crate) fn object_fields(fields: ParsedFields<'_>) -> (Vec<Field<'_>>, Vec<Field<'_>>) {
    decide(fields, |_| Location::Body)
}

/// Determines the meaning of each field. The second of two fields with the same name is returned separately.
fn decide<'i>(
    parsed: ParsedFields<'i>,
    location: impl Fn(&str) -> Location,
) -> (Vec<Field<'i>>, Vec<Field<'i>>) {
    let (mut fields, mut twins): (Vec<Field<'i>>, Vec<Field<'i>>) = (Vec::new(), Vec::new());
    for field in parsed.fields {
        let mut field = Field::new(field, parsed.case, &location);
        if fields.iter().any(|before| before.name == field.name) {
            twins.push(field);
            continue;
        }
        while fields.iter().any(|before| before.flag == field.flag) {
            field.flag = derived(&format!("{}_", field.flag), field.ident.span());
        }
        fields.push(field);
    }
    (fields, twins)
}

/// Returns the attributes with one of the names, for example `doc`.
pub(crate) fn attributes_named<'a>(
    attributes: &'a [Attribute],
    names: &'static [&'static str],
) -> impl Iterator<Item = &'a Attribute> {
    attributes.iter().filter(|attribute| names.iter().any(|name| attribute.path().is_ident(name)))
}

impl<'i> Field<'i> {
    fn new(parsed: ParsedField<'i>, case: Option<Case>, location: impl Fn(&str) -> Location) -> Self {
        let ParsedField { ident, ty, attributes, marks, serde } = parsed;
        let name = ident.unraw().to_string();
        let renamed = || case.map_or_else(|| name.clone(), |case| case.apply(&name));
        let mut locations = marks.locations.into_iter();
        let (location_span, marked) = locations.next().unzip();
        let location = marked.map_or_else(|| location(&name), Location::from);
        // A `Secret` of the runtime is secret without a mark. In the path, a mark would be an error.
        let of_type = types::find_name(ty, "Secret").map(Ident::span).filter(|_| location != Location::Path);
        Self {
            ident,
            flag: derived(&format!("__{}", name.to_uppercase()), ident.span()),
            wire: serde.rename.take().unwrap_or_else(renamed),
            ty,
            presence: Presence::of(ty),
            location,
            location_span,
            other_locations: locations.map(|(span, _)| span).collect(),
            style: marks.style.span().zip(marks.style.take()),
            secret: marks.secret.span().or(of_type),
            idempotency_key: marks.idempotency_key.span(),
            serialize_with: serde.serialize_with.take(),
            deserialize_with: serde.deserialize_with.take(),
            with: serde.with.take(),
            skip_if: serde.skip_if.take(),
            flatten: serde.flatten.span(),
            skip: serde.skip.span(),
            attributes,
            name,
        }
    }

    pub(crate) fn is_required(&self) -> bool {
        matches!(self.presence, Presence::Required)
    }

    /// Returns whether the field is in the body, or is the whole body.
    pub(crate) fn is_in_body(&self) -> bool {
        matches!(self.location, Location::Body | Location::WholeBody)
    }

    /// Returns the `#[cfg]` attributes, which are copied to all generated code for the field.
    pub(crate) fn cfgs(&self) -> Vec<&Attribute> {
        attributes_named(self.attributes, &["cfg"]).collect()
    }

    /// Returns the style of a query field, if it has one. A style in another location has its own error.
    pub(crate) fn query_style(&self) -> Option<QueryStyle> {
        self.style.filter(|_| self.location == Location::Query).map(|(_, style)| style)
    }

    /// Returns the name with which the value is sent.
    pub(crate) fn name_on_the_wire(&self) -> String {
        match &self.location {
            Location::Header(name) => name.value().to_ascii_lowercase(),
            Location::Path => self.name.clone(),
            Location::Query | Location::Body | Location::WholeBody => self.wire.clone(),
        }
    }
}

impl<'i> Presence<'i> {
    fn of(ty: &'i Type) -> Self {
        match types::option_inner(ty) {
            None => Self::Required,
            Some(inner) => types::option_inner(inner).map_or(Self::Optional(inner), Self::Nullable),
        }
    }
}

impl From<Marked> for Location {
    fn from(marked: Marked) -> Self {
        match marked {
            Marked::Path => Self::Path,
            Marked::Query => Self::Query,
            Marked::Body => Self::Body,
            Marked::WholeBody => Self::WholeBody,
            Marked::Header(name) => Self::Header(name),
        }
    }
}

/// The advice for `#[response]` on an enum.
const FOR_AN_ENUM: &str = "derive `serde::Deserialize` and `serde::Serialize` for it instead, and mark fields of \
                           its type `lenient`, so that an unknown variant is `None` instead of an error";

/// Returns the named fields of a struct. Reports any other item.
pub(crate) fn named_fields<'i>(item: &'i DeriveInput, owner: &str, errors: &Errors) -> Option<&'i Fields> {
    let instead = match owner {
        "object" => "derive `serde::Serialize` for it instead",
        "response" if matches!(item.data, Data::Enum(_)) => FOR_AN_ENUM,
        "response" => "derive `serde::Deserialize` and `serde::Serialize` for it instead",
        _ => "write one, `struct Name { field: Type }`, for each request",
    };
    let (span, found) = match &item.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(_) => return Some(&data.fields),
            Fields::Unit if owner == "endpoint" => return Some(&data.fields),
            Fields::Unit => (item.ident.span(), "is a unit struct"),
            Fields::Unnamed(fields) => (fields.paren_token.span.open(), "is a tuple struct"),
        },
        Data::Enum(data) => (data.enum_token.span, "is an enum"),
        Data::Union(data) => (data.union_token.span, "is a union"),
    };
    errors.at(span, format!("`#[{owner}]` takes a struct with named fields, but this {found}: {instead}"));
    None
}
