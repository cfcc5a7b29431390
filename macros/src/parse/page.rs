//! Parses `page(…)` on an endpoint: how the next page of a list is requested.

use proc_macro2::TokenStream;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitInt, Result, Token, parenthesized, token};

use super::{Slot, Vocabulary, flag, keys, value};
use crate::errors::Errors;

const PAGE_SIZE: &str = "the number of items per page is an ordinary field: remove this";
const NEXT: &str = "mark the field of the response with the start of the next page with `#[response(next)]`";

pub(super) const PAGE: Vocabulary = Vocabulary {
    owner: "`page(…)`",
    keys: &["cursor", "number", "offset", "link", "url", "first"],
    example: "cursor = after",
    synonyms: &[
        ("token", "cursor"),
        ("page_token", "cursor"),
        ("continuation", "cursor"),
        ("after", "cursor"),
        ("page", "number"),
        ("index", "number"),
        ("skip", "offset"),
        ("header", "link"),
        ("next_url", "url"),
        ("start", "first"),
    ],
    advice: &[
        ("items", "mark the field of the response with `#[response(items)]`"),
        ("next", NEXT),
        ("next_cursor", NEXT),
        ("limit", PAGE_SIZE),
        ("size", PAGE_SIZE),
        ("per_page", PAGE_SIZE),
        ("page_size", PAGE_SIZE),
    ],
};

const WANTED: &str = "`page` takes one of `page(cursor = field)`, `page(number = field)`, `page(offset = field)`, `page(link)` \
                      and `page(url)`";

/// How the next page is requested.
pub(crate) struct Paging {
    pub(crate) kind: Kind,
}

/// The kind of the position, and the field of the request for it.
pub(crate) enum Kind {
    Cursor(Ident),
    /// The first page has this number.
    Number(Ident, u64),
    Offset(Ident),
    Link,
    Url,
}

impl Kind {
    /// Returns the field of the request for the start of the page.
    pub(crate) fn field(&self) -> Option<&Ident> {
        match self {
            Self::Cursor(field) | Self::Number(field, _) | Self::Offset(field) => Some(field),
            Self::Link | Self::Url => None,
        }
    }
}

/// The keys in the parentheses.
#[derive(Default)]
struct Read {
    /// The first kind and its key.
    kind: Option<(Ident, Kind)>,
    first: Slot<u64>,
    /// Whether a reported mistake may have been meant as the kind.
    is_misspelt: bool,
}

impl Paging {
    /// Parses the rest of `page`. After a mistake, the endpoint still has pages, so that code that uses them causes no
    /// further errors.
    pub(crate) fn read(key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<Self> {
        let complain = || errors.at(key.span(), WANTED);
        if !input.peek(token::Paren) {
            complain();
            super::skip_to_comma(input)?;
            return Ok(Self { kind: Kind::Link });
        }
        let content;
        parenthesized!(content in input);
        let mut read = Read::default();
        let known = keys(content.parse::<TokenStream>()?, &PAGE, errors, |name, key, input| {
            let outcome = read.key(name, key, input, errors);
            read.is_misspelt |= outcome.is_err();
            outcome
        });
        let Read { kind, first, is_misspelt } = read;
        let Some((_, mut kind)) = kind else {
            if known && !is_misspelt {
                complain();
            }
            return Ok(Self { kind: Kind::Link });
        };
        match (&mut kind, first.span(), first.take()) {
            (Kind::Number(_, number), _, Some(first)) => *number = first,
            (_, Some(span), _) => {
                errors
                    .at(span, "`first` is the number of the first page of `page(number = field)`: remove it");
            }
            _ => {}
        }
        Ok(Self { kind })
    }
}

impl Read {
    fn key(&mut self, name: &str, key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<()> {
        let field = |input| {
            let wanted = format!(
                "the field of the request for the start of the page, as in `{name} = {}`",
                example(name)
            );
            value::<Field>(key, &wanted, input, errors).map(|Field(field)| field)
        };
        let kind = match name {
            "cursor" => Kind::Cursor(field(input)?),
            "number" => Kind::Number(field(input)?, 1),
            "offset" => Kind::Offset(field(input)?),
            "link" => flag(key, input).map(|()| Kind::Link)?,
            "url" => flag(key, input).map(|()| Kind::Url)?,
            _ => {
                let wanted = "the number of the first page, as in `first = 0`";
                let PageNumber(first) = value(key, wanted, input, errors)?;
                self.first.set(key, first, errors);
                return Ok(());
            }
        };
        match &self.kind {
            Some((before, _)) if before == key => {
                errors.at(key.span(), format!("`{key}` is given twice: keep one"));
            }
            Some((before, _)) => errors.at(
                key.span(),
                format!("a second kind of page: there already is `{before}`, keep one of the two"),
            ),
            None => self.kind = Some((key.clone(), kind)),
        }
        Ok(())
    }
}

fn example(key: &str) -> &'static str {
    match key {
        "cursor" => "after",
        "number" => "page",
        _ => "skip",
    }
}

/// The name of a field without a path below it.
struct Field(Ident);

impl Parse for Field {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let field = input.parse()?;
        if input.peek(Token![.]) { Err(input.error("a field below")) } else { Ok(Self(field)) }
    }
}

/// The number of a page.
struct PageNumber(u64);

impl Parse for PageNumber {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let literal: LitInt = input.parse()?;
        if literal.suffix().is_empty() {
            literal.base10_parse().map(Self)
        } else {
            Err(input.error("a suffix"))
        }
    }
}
