//! `page(…)` on an endpoint: how the next page of a list is requested.

use proc_macro2::TokenStream;
use syn::parse::ParseStream;
use syn::{Ident, LitInt, Result, parenthesized, token};

use super::{Vocabulary, flag, keys, value};
use crate::errors::Errors;

const PAGE: Vocabulary = Vocabulary {
    owner: "`page(…)`",
    keys: &["cursor", "number", "offset", "link", "url", "first"],
    example: "cursor = after",
    synonyms: &[
        ("token", "cursor"),
        ("after", "cursor"),
        ("page", "number"),
        ("skip", "offset"),
        ("header", "link"),
        ("next", "url"),
    ],
    advice: &[
        ("items", "mark the field of the response: `#[response(items)]`"),
        ("limit", "how many items a page has is a field like any other"),
        ("per_page", "how many items a page has is a field like any other"),
    ],
};

const WANTED: &str = "`page` takes one of `page(cursor = field)`, `page(number = field)`, `page(offset = field)`, `page(link)` \
     and `page(url)`";

/// How the next page is requested.
pub(crate) struct Paging {
    pub(crate) key: Ident,
    pub(crate) kind: Kind,
}

/// Where a page starts, and the field of the request that says it.
pub(crate) enum Kind {
    Cursor(Ident),
    /// The first page has this number.
    Number(Ident, Option<LitInt>),
    Offset(Ident),
    Link,
    Url,
}

impl Kind {
    /// The field of the request that says where a page starts.
    pub(crate) fn field(&self) -> Option<&Ident> {
        match self {
            Self::Cursor(field) | Self::Number(field, _) | Self::Offset(field) => Some(field),
            Self::Link | Self::Url => None,
        }
    }
}

impl Paging {
    pub(crate) fn read(key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<Self> {
        let complain = || syn::Error::new(key.span(), WANTED);
        if !input.peek(token::Paren) {
            return Err(complain());
        }
        let content;
        parenthesized!(content in input);
        let (mut found, mut first) = (Vec::new(), None);
        keys(content.parse::<TokenStream>()?, &PAGE, errors, |name, key, input| {
            let field = |input| {
                value::<Ident>(key, "the field of the request that says where a page starts", input, errors)
            };
            found.push(match name {
                "cursor" => Kind::Cursor(field(input)?),
                "number" => Kind::Number(field(input)?, None),
                "offset" => Kind::Offset(field(input)?),
                "link" => flag(key, input).map(|()| Kind::Link)?,
                "url" => flag(key, input).map(|()| Kind::Url)?,
                _ => {
                    first = Some(value::<LitInt>(
                        key,
                        "the number of the first page, as in `first = 0`",
                        input,
                        errors,
                    )?);
                    return Ok(());
                }
            });
            Ok(())
        });
        let mut found = found.into_iter();
        let (Some(mut kind), None) = (found.next(), found.next()) else { return Err(complain()) };
        match (&mut kind, first) {
            (Kind::Number(_, of), first) => *of = first,
            (_, Some(first)) => {
                errors.at(first.span(), "only `page(number = field)` counts pages: remove `first`");
            }
            (_, None) => {}
        }
        Ok(Self { key: key.clone(), kind })
    }
}
