//! The part of the input in memory: the bytes that are being read, and none before them.

use std::io::{self, Read};

/// The number of bytes to read at once.
const PIECE: usize = 64 << 10;

/// A source of bytes.
pub(crate) trait Source: Read + Send {
    /// Goes back to an offset from the beginning. Returns `false` if that is not possible.
    fn back_to(&mut self, offset: u64) -> io::Result<bool>;
}

/// The unread part of the input that is in memory. It grows until bytes are consumed.
pub(crate) struct Window {
    source: Box<dyn Source>,
    buffer: Vec<u8>,
    /// The start of the unread part in `buffer`.
    at: usize,
    /// The start of the unread part in the input.
    offset: u64,
    /// Whether the end was reached. A terminal would wait for more input after it.
    ended: bool,
}

impl Window {
    pub(crate) fn new(source: Box<dyn Source>) -> Self {
        Self { source, buffer: Vec::new(), at: 0, offset: 0, ended: false }
    }

    /// Returns the bytes in memory that are not consumed.
    pub(crate) fn unread(&self) -> &[u8] {
        &self.buffer[self.at..]
    }

    /// Returns the number of consumed bytes of the input.
    pub(crate) fn offset(&self) -> u64 {
        self.offset
    }

    /// Reads another chunk. Returns `false` at the end of the input.
    pub(crate) fn more(&mut self) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        self.buffer.drain(..self.at);
        self.at = 0;
        let held = self.buffer.len();
        self.buffer.resize(held + PIECE, 0);
        let read = loop {
            match self.source.read(&mut self.buffer[held..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.buffer.truncate(held + *read.as_ref().unwrap_or(&0));
        self.ended = read? == 0;
        Ok(!self.ended)
    }

    /// Reads chunks until there are this many bytes, or until the end.
    pub(crate) fn at_least(&mut self, length: usize) -> io::Result<&[u8]> {
        while self.unread().len() < length && self.more()? {}
        Ok(self.unread())
    }

    pub(crate) fn consume(&mut self, length: usize) {
        self.at += length;
        self.offset += length as u64;
    }

    /// Goes back to a consumed position. Returns `false` if that is not possible.
    pub(crate) fn back_to(&mut self, offset: u64) -> io::Result<bool> {
        if !self.source.back_to(offset)? {
            return Ok(false);
        }
        self.buffer.clear();
        (self.at, self.offset, self.ended) = (0, offset, false);
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Source for io::Cursor<Vec<u8>> {
        fn back_to(&mut self, offset: u64) -> io::Result<bool> {
            self.set_position(offset);
            Ok(true)
        }
    }

    #[test]
    fn has_only_the_unread_part() {
        let bytes: Vec<u8> = (0..=255).cycle().take(5 * PIECE / 2).collect();
        let mut window = Window::new(Box::new(io::Cursor::new(bytes.clone())));
        assert_eq!(window.at_least(PIECE + 1).unwrap().len(), 2 * PIECE);
        window.consume(2 * PIECE - 3);
        assert_eq!(window.unread(), &bytes[2 * PIECE - 3..2 * PIECE]);
        assert!(window.more().unwrap());
        assert_eq!(window.unread(), &bytes[2 * PIECE - 3..]);
        assert!(window.buffer.len() <= PIECE + 3);
        assert!(!window.more().unwrap());
        assert!(window.back_to(7).unwrap());
        assert_eq!(window.at_least(1).unwrap()[0], 7);
    }
}
