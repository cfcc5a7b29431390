//! What was decided about a declaration: the stage between reading it and writing code for it.

use proc_macro2::{Span, TokenStream};
use quote::format_ident;
use syn::ext::IdentExt;
use syn::{Attribute, Data, DeriveInput, ExprPath, Fields, Ident, LitStr, Type};

use crate::errors::Errors;
use crate::parse::arguments::{EndpointArguments, Handle};
use crate::parse::field::{self, FieldAttributes, FieldKeys, Marked};
use crate::parse::serde::{Case, SerdeField, rename_all};
use crate::path::Template;
use crate::runtime::Runtime;
use crate::types;

/// An endpoint: the struct, and everything its attribute says of it.
pub(crate) struct Endpoint<'i> {
    pub(crate) item: &'i DeriveInput,
    pub(crate) runtime: Runtime,
    pub(crate) method: Method,
    pub(crate) template: Template,
    /// An error where it is missing or unreadable, which is reported in the place of the type.
    pub(crate) response: syn::Result<Type>,
    pub(crate) on: Option<Handle>,
    /// The name of the method on the client or the handle.
    pub(crate) name: Ident,
    pub(crate) idempotent: bool,
    pub(crate) fields: Vec<Field<'i>>,
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

    /// The name of its variant in the run time.
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

    /// Whether HTTP gives no meaning to a body with this method.
    pub(crate) fn is_bodiless(self) -> bool {
        matches!(self, Self::Get | Self::Head)
    }

    /// Where a field goes that neither its attribute nor the path places.
    fn default_place(self) -> Place {
        match self {
            Self::Get | Self::Head | Self::Delete => Place::Query,
            Self::Post | Self::Put | Self::Patch => Place::Body,
        }
    }
}

/// One field of a request or of an object inside a request.
pub(crate) struct Field<'i> {
    pub(crate) ident: &'i Ident,
    /// The Rust name without `r#`.
    pub(crate) name: String,
    /// The parameter of the builder that says whether it is set. `__` in front, so that a constant of the user's in
    /// a field type is not shadowed.
    pub(crate) flag: Ident,
    /// The name on the wire.
    pub(crate) wire: String,
    pub(crate) ty: &'i Type,
    pub(crate) presence: Presence<'i>,
    pub(crate) place: Place,
    /// Where the place was said, if it was.
    pub(crate) place_span: Option<Span>,
    /// Where `secret` was said, if it was.
    pub(crate) secret: Option<Span>,
    pub(crate) serialize_with: Option<ExprPath>,
    pub(crate) skip_if: Option<ExprPath>,
    pub(crate) flatten: Option<Span>,
    pub(crate) attributes: &'i [Attribute],
}

/// Whether a request can do without a field.
#[derive(Clone, Copy)]
pub(crate) enum Presence<'i> {
    /// It cannot.
    Required,
    /// `Option<T>`: left out when unset.
    Optional(&'i Type),
    /// `Option<Option<T>>`: left out when unset, null, or a value.
    Nullable(&'i Type),
}

/// Where a field goes.
#[derive(Clone)]
pub(crate) enum Place {
    Path,
    Query,
    Header(LitStr),
    Body,
}

impl PartialEq for Place {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Header(one), Self::Header(other)) => one.value().eq_ignore_ascii_case(&other.value()),
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }
}

impl<'i> Endpoint<'i> {
    /// Decides what a declaration means. `None` when the item is no struct with named fields, which was reported.
    pub(crate) fn read(arguments: TokenStream, item: &'i DeriveInput, errors: &Errors) -> Option<Self> {
        let start = crate::parse::arguments::arguments_span(&arguments, item.ident.span());
        let arguments = EndpointArguments::read(arguments, errors);
        crate::check::arguments(&arguments, start, errors);
        let missing = || Err(syn::Error::new(start, crate::check::NO_RESPONSE));
        let mut response = arguments.response.take().unwrap_or_else(missing);
        if let Ok(response) = &mut response {
            crate::prepare::with_self_named(item, response);
        }
        let Some(fields) = named_fields(item, "endpoint", errors) else {
            // With a struct, the expansion says it, in the place of the type.
            if let Err(error) = response {
                errors.push(error);
            }
            return None;
        };
        let (key, path) = arguments.methods.into_iter().next().unzip();
        let method = key.map_or(Method::Post, |key| Method::from_key(&key.to_string()));
        let template =
            path.flatten().map_or_else(|| Template::unknown(start), |path| Template::read(&path, errors));
        let fields = Source { keys: &field::ENDPOINT, item, errors }.fields(fields, |field| {
            let in_path = template.placeholders.iter().any(|name| field == name);
            if in_path { Place::Path } else { method.default_place() }
        });
        let name = arguments.name.take().unwrap_or_else(|| method_name(&item.ident));
        Some(Self {
            item,
            runtime: Runtime::new(arguments.runtime.take()),
            method,
            template,
            response,
            on: arguments.on.take(),
            name,
            idempotent: arguments.idempotent.is_set(),
            fields,
        })
    }
}

/// Where fields are read from, and for which attribute.
pub(crate) struct Source<'s, 'i> {
    pub(crate) keys: &'static FieldKeys,
    pub(crate) item: &'i DeriveInput,
    pub(crate) errors: &'s Errors,
}

impl<'i> Source<'_, 'i> {
    /// Reads every field; of two with one name the second is left aside, as it was reported here or will be by rustc.
    pub(crate) fn fields(&self, fields: &'i Fields, place: impl Fn(&str) -> Place) -> Vec<Field<'i>> {
        let case = self.by_serde(|errors| rename_all(&self.item.attrs, errors));
        let mut read: Vec<Field<'i>> = Vec::new();
        let named = fields.iter().filter_map(|field| Some((field.ident.as_ref()?, field)));
        // A field called `_` is one that rustc refuses.
        for (ident, field) in named.filter(|(ident, _)| *ident != "_") {
            let mut field = self.field(ident, field, case, &place);
            if let Some(before) = read.iter().find(|before| before.name == field.name) {
                crate::check::declared_twice(before, &field, self.errors);
                continue;
            }
            while read.iter().any(|before| before.flag == field.flag) {
                field.flag = Ident::new(&format!("{}_", field.flag), ident.span());
            }
            read.push(field);
        }
        read
    }

    fn field(
        &self,
        ident: &'i Ident,
        field: &'i syn::Field,
        case: Option<Case>,
        place: impl Fn(&str) -> Place,
    ) -> Field<'i> {
        let marks = FieldAttributes::read(&field.attrs, self.keys, self.errors);
        let serde = self.by_serde(|errors| SerdeField::read(&field.attrs, errors));
        crate::check::marks(&marks, &serde, self.errors);
        let name = ident.unraw().to_string();
        let renamed = serde
            .rename
            .take()
            .unwrap_or_else(|| case.map_or_else(|| name.clone(), |case| case.apply(&name)));
        let marked = marks.places.first();
        Field {
            ident,
            flag: Ident::new(&format!("__{}", name.to_uppercase()), ident.span()),
            wire: renamed,
            ty: &field.ty,
            presence: Presence::of(&field.ty),
            place: marked.map_or_else(|| place(&name), |(_, marked)| Place::from(marked)),
            place_span: marked.map(|(span, _)| *span),
            secret: marks.secret.span(),
            serialize_with: serde.serialize_with.take(),
            skip_if: serde.skip_if.take(),
            flatten: serde.flatten.span(),
            attributes: &field.attrs,
            name,
        }
    }

    /// Reads serde's attributes, silently where serde itself is derived and says what is wrong with them.
    fn by_serde<T>(&self, read: impl FnOnce(&Errors) -> T) -> T {
        if crate::prepare::derives_serde(self.item) {
            return self.errors.muted(|| read(self.errors));
        }
        read(self.errors)
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

impl From<&Marked> for Place {
    fn from(marked: &Marked) -> Self {
        match marked {
            Marked::Path => Self::Path,
            Marked::Query => Self::Query,
            Marked::Body => Self::Body,
            Marked::Header(name) => Self::Header(name.clone()),
        }
    }
}

impl Field<'_> {
    pub(crate) fn is_required(&self) -> bool {
        matches!(self.presence, Presence::Required)
    }

    /// The attributes of one kind, such as `doc`.
    pub(crate) fn attributes_named(&self, names: &[&str]) -> Vec<&Attribute> {
        let wanted = |attribute: &&Attribute| names.iter().any(|name| attribute.path().is_ident(name));
        self.attributes.iter().filter(wanted).collect()
    }

    /// The `#[cfg(…)]`s, which have to stand beside every mention of the field.
    pub(crate) fn cfgs(&self) -> Vec<&Attribute> {
        self.attributes_named(&["cfg"])
    }
}

/// The named fields of a struct; anything else is reported and has none.
pub(crate) fn named_fields<'i>(item: &'i DeriveInput, owner: &str, errors: &Errors) -> Option<&'i Fields> {
    let instead = match owner {
        "object" => "derive `serde::Serialize` for it instead",
        "response" if matches!(item.data, Data::Enum(_)) => crate::check::FOR_AN_ENUM,
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
    errors
        .at(span, format!("`#[{owner}]` stands on a struct with named fields, and this {found}: {instead}"));
    None
}

/// `LoginOrCreate` → `login_or_create`, raw where that is a keyword.
pub(crate) fn method_name(ident: &Ident) -> Ident {
    let mut snake = String::new();
    let name = ident.unraw().to_string();
    let letters: Vec<char> = name.chars().collect();
    for (at, letter) in letters.iter().enumerate() {
        let after_lower = at > 0 && !letters[at - 1].is_uppercase() && letters[at - 1] != '_';
        let before_lower = at > 0 && letters.get(at + 1).is_some_and(|next| next.is_lowercase());
        if letter.is_uppercase() && (after_lower || before_lower) && !snake.ends_with('_') {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    // `gen` is a keyword since the edition of 2024, which syn does not know of.
    if snake != "gen" && syn::parse_str::<Ident>(&snake).is_ok() {
        return Ident::new(&snake, ident.span());
    }
    if matches!(snake.as_str(), "self" | "super" | "crate" | "_") {
        snake.push('_');
        return Ident::new(&snake, ident.span());
    }
    Ident::new_raw(&snake, ident.span())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn method_names_are_snake_case() {
        for (name, method) in [
            ("Migrate", "migrate"),
            ("LoginOrCreate", "login_or_create"),
            ("GetJWKS", "get_jwks"),
            ("JWKSGet", "jwks_get"),
            ("Move", "r#move"),
            ("Crate", "crate_"),
            ("Gen", "r#gen"),
            ("Reset2Start", "reset2_start"),
        ] {
            assert_eq!(method_name(&format_ident!("{name}")).to_string(), method);
        }
    }
}
