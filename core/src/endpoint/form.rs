//! Bodies as HTML forms.

use std::io::Write;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::format::{BodyError, BodyFormat, BodyWriter, of_fields};
use super::text::{Style, TextSerializer};

/// The fields as an HTML form: `name=Ada&tag=a&tag=b`.
///
/// A list repeats its name. For nested values, see [`NestedForm`].
///
/// ```
/// use declapi::{Endpoint, Form, endpoint};
///
/// /// Requests a token.
/// #[endpoint(post = "/token", response = String, body = Form, body("grant_type" = "client_credentials"))]
/// pub struct Token<'a> {
///     /// What the token is for.
///     pub scope: Option<&'a str>,
/// }
///
/// let request = Token::builder().scope("read write").build().request()?;
/// assert_eq!(request.body(), Some(&b"scope=read+write&grant_type=client_credentials"[..]));
/// # Ok::<(), declapi::Error>(())
/// ```
#[derive(Debug)]
pub struct Form;

/// The fields as an HTML form with brackets, as Stripe takes it: `metadata[a]=1&items[0][price]=x`.
#[derive(Debug)]
pub struct NestedForm;

pub(super) const CONTENT_TYPE: &str = "application/x-www-form-urlencoded";

/// What the WHATWG's serializer of forms leaves as it is; a space becomes `+`.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'*').remove(b'-').remove(b'.').remove(b'_').remove(b' ');

impl BodyFormat for Form {
    const CONTENT_TYPE: &'static str = CONTENT_TYPE;

    fn write<T: Serialize + ?Sized>(value: &T, to: &mut BodyWriter) -> Result<(), BodyError> {
        write(value, Style::Repeat { no_map: "a form has no nested values: use `body = NestedForm`" }, to)
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
    value.serialize(TextSerializer::members(style, &mut pair)).map_err(|error| of_fields(value, error.into()))
}

/// Writes text piece by piece, so that no copy of a secret is left in memory.
pub(super) fn encode(text: &str, to: &mut impl Write) {
    for piece in utf8_percent_encode(text, KEPT) {
        for (number, words) in piece.split(' ').enumerate() {
            let _ = to.write_all(if number > 0 { b"+" } else { b"" });
            let _ = to.write_all(words.as_bytes());
        }
    }
}
