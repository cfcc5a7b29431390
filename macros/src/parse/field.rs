//! Parses `#[endpoint(…)]`, `#[object(…)]` and `#[response(…)]` on a field.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use syn::parse::discouraged::Speculative;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, DeriveInput, Fields, Ident, LitStr, Meta, Result, Token, Type, token};

use super::query_style::QueryStyle;
use super::serde::{Case, SerdeField, rename_all};
use super::{Slot, Vocabulary, flag, keys, value};
use crate::errors::Errors;
use crate::prepare;
use crate::suggest::listed;

/// The fields of a struct and their attributes.
pub(crate) struct ParsedFields<'i> {
    /// The `rename_all` of the struct.
    pub(crate) case: Option<Case>,
    pub(crate) fields: Vec<ParsedField<'i>>,
}

/// A field and its attributes.
pub(crate) struct ParsedField<'i> {
    pub(crate) ident: &'i Ident,
    pub(crate) ty: &'i Type,
    pub(crate) attributes: &'i [Attribute],
    pub(crate) marks: FieldAttributes,
    pub(crate) serde: SerdeField,
}

impl<'i> ParsedFields<'i> {
    /// Parses the attributes of every field of `item`, for the macro of `keys`.
    pub(crate) fn read(item: &'i DeriveInput, fields: &'i Fields, keys: &FieldKeys, errors: &Errors) -> Self {
        // serde's derive reports mistakes in serde's attributes.
        let by_serde = prepare::derives_serde(item);
        let read = |field: &'i syn::Field| {
            // rustc rejects a field with the name `_`.
            let ident = field.ident.as_ref().filter(|ident| *ident != "_")?;
            let marks = FieldAttributes::read(&field.attrs, keys, errors);
            let serde = errors.muted_if(by_serde, || SerdeField::read(&field.attrs, errors));
            Some(ParsedField { ident, ty: &field.ty, attributes: &field.attrs, marks, serde })
        };
        let case = errors.muted_if(by_serde, || rename_all(&item.attrs, errors));
        Self { case, fields: fields.iter().filter_map(read).collect() }
    }
}

/// The location of a field in its attribute.
#[derive(Clone)]
pub(crate) enum Marked {
    Path,
    Query,
    Body,
    WholeBody,
    Header(LitStr),
}

/// The keys in the attributes of one of our macros on a field.
#[derive(Default)]
pub(crate) struct FieldAttributes {
    /// All locations that were given. More than one is a mistake.
    pub(crate) locations: Vec<(Span, Marked)>,
    pub(crate) style: Slot<QueryStyle>,
    pub(crate) secret: Slot<()>,
    pub(crate) idempotency_key: Slot<()>,
    pub(crate) required: Slot<()>,
    pub(crate) lenient: Slot<()>,
    /// Whether the field contains the items of a page.
    pub(crate) items: Slot<()>,
    /// Whether the field contains the start of the next page, and the path to it inside of the field.
    pub(crate) next: Slot<Vec<Ident>>,
}

/// The keys that a macro accepts on a field.
pub(crate) struct FieldKeys {
    /// The name of the macro, which is also the name of the attribute.
    pub(crate) owner: &'static str,
    pub(super) vocabulary: Vocabulary,
}

const BY_TYPE: &str = "a field is optional if its type is an `Option`, and required otherwise";
const BY_SERDE: &str = "this is an attribute of serde: write it there, as in `#[serde(rename = \"type\")]`";
const DEFAULTED: &str =
    "make the field an `Option`: it is left out if it is not set, and the server uses its default";

pub(crate) const ENDPOINT: FieldKeys = FieldKeys {
    owner: "endpoint",
    vocabulary: Vocabulary {
        owner: "a field",
        keys: &["path", "query", "body", "whole_body", "header", "secret", "idempotency_key"],
        example: "secret",
        synonyms: &[
            ("raw", "whole_body"),
            ("raw_body", "whole_body"),
            ("entire_body", "whole_body"),
            ("payload", "whole_body"),
            ("idempotent", "idempotency_key"),
        ],
        advice: &[
            ("optional", BY_TYPE),
            ("required", BY_TYPE),
            ("default", DEFAULTED),
            ("rename", BY_SERDE),
            ("with", BY_SERDE),
            ("serialize_with", BY_SERDE),
            ("flatten", BY_SERDE),
            ("comma", "this is a style of the query: write `query(comma)`"),
            ("brackets", "this is a style of the query: write `query(brackets)`"),
            ("deep", "this is a style of the query: write `query(deep)`"),
        ],
    },
};

pub(crate) const OBJECT: FieldKeys = FieldKeys {
    owner: "object",
    vocabulary: Vocabulary {
        owner: "a field of an object",
        keys: &["secret"],
        example: "secret",
        synonyms: &[],
        advice: &[("optional", BY_TYPE), ("required", BY_TYPE), ("default", DEFAULTED), ("rename", BY_SERDE)],
    },
};

pub(crate) const RESPONSE: FieldKeys = FieldKeys {
    owner: "response",
    vocabulary: Vocabulary {
        owner: "a field of a response",
        keys: &["required", "lenient", "secret", "items", "next"],
        example: "required",
        synonyms: &[
            ("item", "items"),
            ("results", "items"),
            ("data", "items"),
            ("cursor", "next"),
            ("next_cursor", "next"),
            ("next_page", "next"),
            ("next_url", "next"),
        ],
        advice: &[
            (
                "has_more",
                "a page without a `next` is the last one: for another rule, implement `declapi::Page` by hand",
            ),
            ("page", "mark the list with `items`, and the field with the start of the next page with `next`"),
            ("optional", "a field of a response is optional unless it is marked `required`"),
            ("default", "a missing field becomes the default of its type unless it is marked `required`"),
            ("rename", BY_SERDE),
        ],
    },
};

impl FieldAttributes {
    /// Parses every attribute of `keys.owner` on a field.
    pub(crate) fn read(attributes: &[Attribute], field: &FieldKeys, errors: &Errors) -> Self {
        let mut read = Self::default();
        for attribute in attributes {
            match prepare::ours(attribute) {
                Some(owner) if owner == field.owner => read.attribute(attribute, field, errors),
                Some(other) => {
                    let FieldKeys { owner, vocabulary } = field;
                    let keys = listed(vocabulary.keys);
                    let message =
                        format!("`#[{other}]` on a field of `#[{owner}]`: write `#[{owner}(…)]` with {keys}");
                    errors.over(attribute.path(), message);
                }
                None => {}
            }
        }
        read
    }

    fn attribute(&mut self, attribute: &Attribute, field: &FieldKeys, errors: &Errors) {
        match &attribute.meta {
            Meta::List(list) if !list.tokens.is_empty() => {
                let read =
                    |name: &str, key: &Ident, input: ParseStream<'_>| self.key(name, key, input, errors);
                keys(list.tokens.clone(), &field.vocabulary, errors, read);
            }
            _ => {
                let FieldKeys { owner, vocabulary } = field;
                let keys = listed(vocabulary.keys);
                errors.over(
                    attribute,
                    format!("this attribute is empty: write `#[{owner}(…)]` with {keys} in it"),
                );
            }
        }
    }

    fn key(&mut self, name: &str, key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<()> {
        match name {
            "path" => self.location(key, Marked::Path, input, errors)?,
            "query" => self.query(key, input, errors)?,
            "body" => self.location(key, Marked::Body, input, errors)?,
            "whole_body" => self.location(key, Marked::WholeBody, input, errors)?,
            "header" => {
                let wanted = "the header's name, as in `header = \"x-request-id\"`";
                let name = value(key, wanted, input, errors)?;
                self.locations.push((key.span(), Marked::Header(name)));
            }
            "required" => self.required.set(key, flag(key, input)?, errors),
            "idempotency_key" => self.idempotency_key.set(key, flag(key, input)?, errors),
            "lenient" => self.lenient.set(key, flag(key, input)?, errors),
            "items" => self.items.set(key, flag(key, input)?, errors),
            "next" => self.next.set(key, fields_below(key, input, errors)?, errors),
            _ => self.secret.set(key, flag(key, input)?, errors),
        }
        Ok(())
    }

    /// Parses `query`, or `query(style)`.
    fn query(&mut self, key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<()> {
        let ahead = input.fork();
        match ahead.parse::<Group>() {
            Ok(group) if group.delimiter() == Delimiter::Parenthesis && !has_literal(group.stream()) => {
                input.advance_to(&ahead);
                self.locations.push((key.span(), Marked::Query));
                self.style = QueryStyle::read(group.stream(), key, errors);
                Ok(())
            }
            _ => self.location(key, Marked::Query, input, errors),
        }
    }

    /// Parses a location without a value. A name after it is reported, with advice about the attribute that sets it.
    fn location(
        &mut self,
        key: &Ident,
        location: Marked,
        input: ParseStream<'_>,
        errors: &Errors,
    ) -> Result<()> {
        self.locations.push((key.span(), location));
        let span = input.span();
        let Some(name) = given_name(input) else { return flag(key, input) };
        let is_query = matches!(self.locations.last(), Some((_, Marked::Query)));
        if let Some(style) = QueryStyle::meant_by(&name).filter(|_| is_query) {
            errors
                .at(span, format!("the style of a query field is written in parentheses: `{key}({style})`"));
            return Ok(());
        }
        let otherwise = match self.locations.last() {
            Some((_, Marked::Path)) => format!("a path value has the name of its placeholder, `{{{name}}}`"),
            Some((_, Marked::WholeBody)) => "the whole body has no name".to_owned(),
            _ => format!("for another name on the wire, add `#[serde(rename = \"{name}\")]`"),
        };
        errors.at(span, format!("`{key}` takes no value: {otherwise}"));
        Ok(())
    }
}

/// Returns whether the tokens contain a literal, as in `query("name")`.
fn has_literal(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| matches!(token, TokenTree::Literal(_)))
}

/// Returns the string in `= "name"`, `("name")` or `(name = "name")`, which other crates accept after a location.
fn given_name(input: ParseStream<'_>) -> Option<String> {
    let ahead = input.fork();
    let name = if ahead.peek(Token![=]) {
        ahead.parse::<Token![=]>().ok()?;
        ahead.parse::<LitStr>().ok().map(|literal| literal.value())
    } else {
        let string = |token: TokenTree| syn::parse2::<LitStr>(token.into()).ok();
        let group: Group = ahead.parse().ok()?;
        group.stream().into_iter().find_map(string).map(|literal| literal.value())
    };
    if name.is_some() {
        input.advance_to(&ahead);
    }
    name
}

/// Parses the `= field` or `= field.field` of a key whose value is optional.
fn fields_below(key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<Vec<Ident>> {
    if !input.peek(Token![=]) && !input.peek(token::Paren) {
        return flag(key, input).map(|()| Vec::new());
    }
    let wanted = "a field inside of this field, as in `next = cursor` or `next = cursors.after`; without a value, \
                  it is this field itself";
    value::<Below>(key, wanted, input, errors).map(|Below(fields)| fields)
}

/// Names of fields with dots between them.
struct Below(Vec<Ident>);

impl Parse for Below {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let mut fields = vec![input.parse()?];
        while input.parse::<Option<Token![.]>>()?.is_some() {
            fields.push(input.parse()?);
        }
        Ok(Self(fields))
    }
}
