//! Bodies that consist of one field: bytes, text, and JSON lines.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CharEscape, Formatter};

use super::format::{BodyError, BodyFormat, BodyWriter, Content};
use super::text::TextSerializer;
use super::upload::collecting;
use crate::response::{Bytes, JsonLines, Text};

impl BodyFormat for Text {
    const CONTENT_TYPE: &'static str = "text/plain; charset=utf-8";
    const CONTENT: Content = Content::AsItIs;

    fn write<T: Serialize + ?Sized>(value: &T, to: &mut BodyWriter) -> Result<(), BodyError> {
        let mut put = |_: &str, text: &str| {
            // Writing to memory never fails.
            let _ = to.write_all(text.as_bytes());
            Ok(())
        };
        value.serialize(TextSerializer::one("body", "a body of text", &mut put)).map_err(|error| {
            let wanted =
                "a body of text is one string, boolean or finite number: convert this value to a string";
            if error.is_custom { error.into() } else { BodyError::new(wanted) }
        })
    }
}

impl BodyFormat for JsonLines {
    const CONTENT_TYPE: &'static str = "application/x-ndjson";
    const CONTENT: Content = Content::JsonLines;

    fn write<T: Serialize + ?Sized>(value: &T, to: &mut BodyWriter) -> Result<(), BodyError> {
        let mut to = Ending { to, last: None };
        value.serialize(&mut serde_json::Serializer::with_formatter(&mut to, OnLines::default()))?;
        // Only a list ends with a line break.
        if to.last.is_some_and(|last| last != b'\n') {
            return Err(BodyError::new("a body of JSON lines must be a list, but this is a single value"));
        }
        Ok(())
    }
}

/// A writer that remembers the last byte.
struct Ending<'w> {
    to: &'w mut BodyWriter,
    last: Option<u8>,
}

impl Write for Ending<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.last = bytes.last().copied().or(self.last);
        self.to.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A formatter that writes the outermost list without brackets and commas, and a line break after each element.
#[derive(Default)]
struct OnLines {
    depth: usize,
}

impl Formatter for OnLines {
    fn begin_array<W: Write + ?Sized>(&mut self, to: &mut W) -> io::Result<()> {
        self.depth += 1;
        if self.depth > 1 { to.write_all(b"[") } else { Ok(()) }
    }

    fn end_array<W: Write + ?Sized>(&mut self, to: &mut W) -> io::Result<()> {
        self.depth -= 1;
        if self.depth > 0 { to.write_all(b"]") } else { Ok(()) }
    }

    fn begin_array_value<W: Write + ?Sized>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        if self.depth > 1 && !first { to.write_all(b",") } else { Ok(()) }
    }

    fn end_array_value<W: Write + ?Sized>(&mut self, to: &mut W) -> io::Result<()> {
        if self.depth > 1 { Ok(()) } else { to.write_all(b"\n") }
    }

    fn begin_object<W: Write + ?Sized>(&mut self, to: &mut W) -> io::Result<()> {
        if self.depth == 0 {
            return Err(io::Error::other("a body of JSON lines must be a list, but this is an object"));
        }
        self.depth += 1;
        to.write_all(b"{")
    }

    fn end_object<W: Write + ?Sized>(&mut self, to: &mut W) -> io::Result<()> {
        self.depth -= 1;
        to.write_all(b"}")
    }
}

impl BodyFormat for Bytes {
    const CONTENT_TYPE: &'static str = "application/octet-stream";
    const CONTENT: Content = Content::AsItIs;

    fn write<T: Serialize + ?Sized>(value: &T, to: &mut BodyWriter) -> Result<(), BodyError> {
        let write = || value.serialize(&mut serde_json::Serializer::with_formatter(&mut *to, Raw));
        let (written, mut uploads) = collecting(write);
        written?;
        if let Some(upload) = uploads.pop() {
            to.set_content_type(upload.kind().unwrap_or(Self::CONTENT_TYPE).to_owned());
            to.upload(upload);
        }
        Ok(())
    }
}

/// A serializer that writes bytes, strings and lists of bytes without changes. An upload is null here and is written
/// separately.
struct Raw;

macro_rules! no_bytes {
    ($($method:ident($ty:ty)),* $(,)?) => {
        $(fn $method<W: Write + ?Sized>(&mut self, _: &mut W, _: $ty) -> io::Result<()> { no_bytes() })*
    };
}

fn no_bytes() -> io::Result<()> {
    Err(io::Error::other("a body of bytes must be one `whole_body` field that is bytes, text or an `Upload`"))
}

impl Formatter for Raw {
    no_bytes! {
        write_bool(bool), write_i8(i8), write_i16(i16), write_i32(i32), write_i64(i64), write_i128(i128),
        write_u16(u16), write_u32(u32), write_u64(u64), write_u128(u128), write_f32(f32), write_f64(f64),
        write_number_str(&str),
    }

    fn begin_object<W: Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        no_bytes()
    }

    fn write_null<W: Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        Ok(())
    }

    fn write_u8<W: Write + ?Sized>(&mut self, to: &mut W, byte: u8) -> io::Result<()> {
        to.write_all(&[byte])
    }

    fn write_byte_array<W: Write + ?Sized>(&mut self, to: &mut W, bytes: &[u8]) -> io::Result<()> {
        to.write_all(bytes)
    }

    fn begin_array<W: Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        Ok(())
    }

    fn end_array<W: Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        Ok(())
    }

    fn begin_array_value<W: Write + ?Sized>(&mut self, _: &mut W, _: bool) -> io::Result<()> {
        Ok(())
    }

    fn begin_string<W: Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        Ok(())
    }

    fn end_string<W: Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        Ok(())
    }

    fn write_char_escape<W: Write + ?Sized>(&mut self, to: &mut W, escape: CharEscape) -> io::Result<()> {
        to.write_all(&[match escape {
            CharEscape::Quote => b'"',
            CharEscape::ReverseSolidus => b'\\',
            CharEscape::Solidus => b'/',
            CharEscape::Backspace => 8,
            CharEscape::FormFeed => 12,
            CharEscape::LineFeed => b'\n',
            CharEscape::CarriageReturn => b'\r',
            CharEscape::Tab => b'\t',
            CharEscape::AsciiControl(byte) => byte,
        }])
    }
}
