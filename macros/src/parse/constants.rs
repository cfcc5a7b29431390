//! Parses `header("name" = "value")`, `query(…)` and `body(…)` on an endpoint, a resource or a client: constants of
//! each request.

use proc_macro2::{Span, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, Lit, LitInt, LitStr, Result, Token, parenthesized, token};

use super::{skip_to_comma, value};
use crate::errors::Errors;

/// The advice for the key of a media type.
pub(super) const CONTENT_TYPE: &str =
    "a media type is a header: write `header(\"content-type\" = \"application/merge-patch+json\")`";
pub(super) const ACCEPT: &str =
    "a media type is a header: write `header(\"accept\" = \"application/vnd.github.raw\")`";

/// Headers that the transport sets. Another value could only contradict it.
const TRANSPORT_HEADERS: [&str; 6] =
    ["connection", "content-length", "host", "te", "transfer-encoding", "upgrade"];

/// The constants of a declaration, in their order.
#[derive(Default)]
pub(crate) struct Constants(pub(crate) Vec<Constant>);

/// A header, a query pair or a body field that does not change.
pub(crate) struct Constant {
    pub(crate) part: Part,
    /// The name as written.
    pub(crate) literal: LitStr,
    /// The name that is sent.
    pub(crate) name: String,
    pub(crate) value: Scalar,
}

/// The location of a constant in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Header,
    Query,
    Body,
}

/// The value of a constant.
pub(crate) enum Scalar {
    Text(String),
    /// A number or a boolean in JSON.
    Bare(String),
}

impl Part {
    /// Returns the location for a key.
    fn of(key: &str) -> Self {
        match key {
            "header" => Self::Header,
            "query" => Self::Query,
            _ => Self::Body,
        }
    }

    fn wanted(self) -> &'static str {
        match self {
            Self::Header => {
                "`header` takes a name and a value, as in `header(\"accept\" = \"application/json\")`"
            }
            Self::Query => "`query` takes a name and a value, as in `query(\"alt\" = \"media\")`",
            Self::Body => "`body` takes a name and a value, as in `body(\"stream\" = true)`",
        }
    }
}

impl Constants {
    /// Parses the rest of one of the three keys.
    pub(super) fn read(
        &mut self,
        name: &str,
        key: &Ident,
        input: ParseStream<'_>,
        errors: &Errors,
    ) -> Result<()> {
        let part = Part::of(name);
        if part == Part::Body && input.peek(Token![=]) {
            let message = "the format of the body belongs on each endpoint: write it there, or write a constant \
                           here, as in `body(\"stream\" = true)`";
            return Err(syn::Error::new(key.span(), message));
        }
        if !input.peek(token::Paren) {
            return Err(syn::Error::new(key.span(), part.wanted()));
        }
        let content;
        let parentheses = parenthesized!(content in input);
        if content.is_empty() {
            errors.at(parentheses.span.join(), part.wanted());
        }
        while !content.is_empty() {
            let pair = Constant::read(part, &content, errors);
            let end = || if content.is_empty() { Ok(None) } else { content.parse::<Token![,]>().map(Some) };
            match pair.and_then(|pair| end().map(|_| pair).map_err(|error| complain(part, error.span()))) {
                Ok(constant) => self.push(constant, errors),
                Err(error) => {
                    // The rest was meant differently too, so it is skipped.
                    errors.push(error);
                    while content.parse::<TokenTree>().is_ok() {}
                }
            }
        }
        Ok(())
    }

    fn push(&mut self, constant: Constant, errors: &Errors) {
        let is_same = |other: &&Constant| (other.part, &other.name) == (constant.part, &constant.name);
        if self.0.iter().any(|other| is_same(&other)) {
            errors.at(constant.literal.span(), format!("`{}` is given twice: keep one", constant.name));
        } else {
            self.0.push(constant);
        }
    }

    pub(crate) fn of(&self, part: Part) -> impl Iterator<Item = &Constant> {
        self.0.iter().filter(move |constant| constant.part == part)
    }
}

impl Constant {
    fn read(part: Part, input: ParseStream<'_>, errors: &Errors) -> Result<Self> {
        let literal = if input.peek(Ident::peek_any) && input.peek2(Token![=]) {
            let ident = input.call(Ident::parse_any)?;
            let text = ident.unraw().to_string();
            errors.at(ident.span(), format!("the name must be in quotes: `\"{text}\"`"));
            LitStr::new(&text, ident.span())
        } else {
            input.parse::<LitStr>().map_err(|error| complain(part, error.span()))?
        };
        if !input.peek(Token![=]) || input.peek(Token![=>]) {
            return Err(complain(part, if input.is_empty() { literal.span() } else { input.span() }));
        }
        input.parse::<Token![=]>()?;
        let span = if input.is_empty() { literal.span() } else { input.span() };
        let value = match Scalar::read(part, input) {
            Ok(value) => value,
            Err(wrong) => {
                errors.at(span, wrong);
                skip_to_comma(input)?;
                Scalar::Text(String::new())
            }
        };
        let name = match part {
            Part::Header => literal.value().to_ascii_lowercase(),
            Part::Query | Part::Body => literal.value(),
        };
        if part == Part::Header {
            check_header_name(&literal, "constant", errors);
            check_header_value(&value, span, errors);
        } else if name.is_empty() {
            errors.at(literal.span(), "this name is empty");
        }
        Ok(Self { part, literal, name, value })
    }
}

fn complain(part: Part, span: Span) -> syn::Error {
    syn::Error::new(span, part.wanted())
}

impl Scalar {
    /// Parses a literal. The error says what the location accepts.
    fn read(part: Part, input: ParseStream<'_>) -> std::result::Result<Self, &'static str> {
        let wrong = match part {
            Part::Header => "a header value is a string, as in `header(\"accept\" = \"application/json\")`",
            Part::Query => {
                "a constant of the query is a string, an integer or a boolean, as in `query(\"alt\" = \"media\")`"
            }
            Part::Body => {
                "a constant of the body is a string, a number or a boolean, as in `body(\"stream\" = true)`"
            }
        };
        let minus = input.parse::<Option<Token![-]>>().ok().flatten();
        let sign = if minus.is_some() { "-" } else { "" };
        let scalar = match input.parse::<Lit>().map_err(|_| wrong)? {
            Lit::Str(text) if minus.is_none() => Self::Text(text.value()),
            Lit::Bool(value) if minus.is_none() => Self::Bare(value.value.to_string()),
            Lit::Int(number) if is_number(number.suffix()) => {
                Self::Bare(format!("{sign}{}", number.base10_digits()))
            }
            Lit::Float(number) if is_number(number.suffix()) && part == Part::Body => {
                let digits = number.base10_digits();
                // JSON requires a digit after the point.
                let end = if digits.ends_with('.') { "0" } else { "" };
                Self::Bare(format!("{sign}{digits}{end}"))
            }
            _ => return Err(wrong),
        };
        match (part, scalar) {
            (Part::Header, Self::Bare(_)) => Err(wrong),
            (_, Self::Bare(text)) if text.parse::<f64>().is_ok_and(f64::is_infinite) => Err(wrong),
            (_, scalar) => Ok(scalar),
        }
    }

    /// Returns the value as text.
    pub(crate) fn text(&self) -> &str {
        let (Self::Text(text) | Self::Bare(text)) = self;
        text
    }
}

/// Returns whether a suffix is empty or a number type.
fn is_number(suffix: &str) -> bool {
    let is_size = |bits: &str| ["8", "16", "32", "64", "128", "size"].contains(&bits);
    suffix.is_empty() || suffix.strip_prefix(['u', 'i', 'f']).is_some_and(is_size)
}

/// Rejects a header with an invalid name and a header that the transport sets. `what` is the declaration.
pub(crate) fn check_header_name(literal: &LitStr, what: &str, errors: &Errors) {
    let name = literal.value().to_ascii_lowercase();
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if name.is_empty() || !name.bytes().all(legal) {
        let message = "not a valid header name: use letters, digits and dashes, as in `\"x-request-id\"`";
        errors.at(literal.span(), message);
    } else if TRANSPORT_HEADERS.contains(&name.as_str()) {
        errors.at(literal.span(), format!("`{name}` is set by the transport: remove the {what}"));
    }
}

fn check_header_value(value: &Scalar, span: Span, errors: &Errors) {
    if value.text().chars().any(|character| character.is_control() || !character.is_ascii()) {
        errors.at(span, "a header value must be printable ASCII");
    }
}

/// Parses the `= 120` of `timeout`.
pub(super) fn timeout(key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<u64> {
    let wanted = "whole seconds, as in `timeout = 120`";
    let Seconds(literal) = value(key, wanted, input, errors)?;
    match literal.base10_parse() {
        Ok(0) => Err(syn::Error::new(
            literal.span(),
            "with a timeout of 0 seconds every call fails: write at least 1",
        )),
        Ok(seconds) => Ok(seconds),
        Err(_) => Err(syn::Error::new(literal.span(), format!("`{key}` takes {wanted}"))),
    }
}

/// An integer without a unit.
struct Seconds(LitInt);

impl Parse for Seconds {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let literal: LitInt = input.parse()?;
        if is_number(literal.suffix()) { Ok(Self(literal)) } else { Err(input.error("a unit")) }
    }
}
