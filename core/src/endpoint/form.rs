//! Bodies as HTML forms.

use std::io::Write;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::format::{BodyError, BodyFormat, BodyWriter, of_fields};
use super::text::{Style, TextSerializer};

/// The fields as an HTML form: `name=Ada&tag=a&tag=b`.
///
/// A list becomes several pairs with the same name. A nested value is an error; use [`NestedForm`] for nested values.
///
/// ```
/// use declapi::{Endpoint, Form, endpoint};
///
/// /// Requests a token.
/// #[endpoint(post = "/token", response = String, body = Form, body("grant_type" = "client_credentials"))]
/// pub struct Token<'a> {
///     /// The scopes of the token.
///     pub scope: Option<&'a str>,
/// }
///
/// let request = Token::builder().scope("read write").build().request()?;
/// assert_eq!(request.body(), Some(&b"scope=read+write&grant_type=client_credentials"[..]));
/// # Ok::<(), declapi::Error>(())
/// ```
#[derive(Debug)]
pub struct Form;

/// The fields as an HTML form with brackets, as Stripe expects it: `metadata[a]=1&items[0][price]=x`.
///
/// ```
/// use std::collections::BTreeMap;
///
/// use declapi::{Endpoint, NestedForm, endpoint};
///
/// /// Creates a customer.
/// #[endpoint(post = "/customers", response = (), body = NestedForm)]
/// pub struct CreateCustomer<'a> {
///     /// Data that the API stores for the caller.
///     pub metadata: BTreeMap<&'a str, &'a str>,
///     /// The objects that the response contains in full.
///     pub expand: Option<Vec<&'a str>>,
/// }
///
/// let create = CreateCustomer::builder().metadata([("order", "7")]).expand(["sources"]).build();
/// assert_eq!(create.request()?.body(), Some(&b"metadata%5Border%5D=7&expand%5B0%5D=sources"[..]));
/// # Ok::<(), declapi::Error>(())
/// ```
#[derive(Debug)]
pub struct NestedForm;

pub(super) const CONTENT_TYPE: &str = "application/x-www-form-urlencoded";

/// The characters that the WHATWG form serializer does not encode. A space becomes `+`.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'*').remove(b'-').remove(b'.').remove(b'_').remove(b' ');

impl BodyFormat for Form {
    const CONTENT_TYPE: &'static str = CONTENT_TYPE;

    fn write<T: Serialize + ?Sized>(value: &T, to: &mut BodyWriter) -> Result<(), BodyError> {
        write(
            value,
            Style::Repeat { no_map: "a form cannot contain nested values: use `body = NestedForm`" },
            to,
        )
    }
}

impl BodyFormat for NestedForm {
    const CONTENT_TYPE: &'static str = CONTENT_TYPE;

    fn write<T: Serialize + ?Sized>(value: &T, to: &mut BodyWriter) -> Result<(), BodyError> {
        write(value, Style::Deep, to)
    }
}

fn write<T: Serialize + ?Sized>(value: &T, style: Style, to: &mut BodyWriter) -> Result<(), BodyError> {
    let mut before = "";
    let mut pair = |name: &str, value: &str| {
        // Writing to memory never fails.
        let _ = to.write_all(before.as_bytes());
        encode(name, to);
        let _ = to.write_all(b"=");
        encode(value, to);
        before = "&";
        Ok(())
    };
    value.serialize(TextSerializer::entries(style, &mut pair)).map_err(|error| of_fields(value, error.into()))
}

/// Encodes a string in small chunks, so that no copy of a secret stays in memory.
pub(super) fn encode(text: &str, to: &mut impl Write) {
    for piece in utf8_percent_encode(text, KEPT) {
        for (number, words) in piece.split(' ').enumerate() {
            let _ = to.write_all(if number > 0 { b"+" } else { b"" });
            let _ = to.write_all(words.as_bytes());
        }
    }
}
