//! Formats a scalar without an allocation.

use std::fmt::{self, Display, Write};
use std::io;

use serde::Serialize;

/// A text of at most 40 bytes, enough for every number.
pub(super) struct Scalar {
    bytes: [u8; 40],
    length: usize,
}

impl Scalar {
    const EMPTY: Self = Self { bytes: [0; 40], length: 0 };

    /// Returns the `Display` text; `None` if it is too long.
    pub(super) fn display(value: &impl Display) -> Option<Self> {
        let mut scalar = Self::EMPTY;
        write!(scalar, "{value}").is_ok().then_some(scalar)
    }

    /// Returns the JSON text; `None` if it is too long.
    pub(super) fn json(value: &impl Serialize) -> Option<Self> {
        let mut scalar = Self::EMPTY;
        serde_json::to_writer(&mut scalar, value).is_ok().then_some(scalar)
    }

    pub(super) fn as_str(&self) -> &str {
        // Only whole strings were written, so the bytes are valid UTF-8.
        std::str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }

    fn push(&mut self, bytes: &[u8]) -> Option<()> {
        let end = self.length + bytes.len();
        self.bytes.get_mut(self.length..end)?.copy_from_slice(bytes);
        self.length = end;
        Some(())
    }
}

impl Write for Scalar {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push(text.as_bytes()).ok_or(fmt::Error)
    }
}

impl io::Write for Scalar {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.push(bytes).map(|()| bytes.len()).ok_or_else(|| io::ErrorKind::WriteZero.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
