//! A piece of the input in memory: what is being read, and nothing before it.

use std::io;

use super::source::Source;

/// How much is read at a time.
const PIECE: usize = 64 << 10;

/// The unread part of the input, as far as it is in memory. It grows until something is consumed.
pub(crate) struct Window {
    source: Box<dyn Source>,
    buffer: Vec<u8>,
    /// Where the unread part begins in `buffer`.
    at: usize,
    /// Where the unread part begins in the input.
    offset: u64,
    /// Whether the end was seen. A terminal would wait for more behind it.
    ended: bool,
}

impl Window {
    pub(crate) fn new(source: Box<dyn Source>) -> Self {
        Self { source, buffer: Vec::new(), at: 0, offset: 0, ended: false }
    }

    /// What is in memory and not consumed.
    pub(crate) fn unread(&self) -> &[u8] {
        &self.buffer[self.at..]
    }

    /// How many bytes of the input are consumed.
    pub(crate) fn offset(&self) -> u64 {
        self.offset
    }

    /// Takes another piece into memory; `false` at the end of the input.
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

    /// Takes pieces into memory until there are this many bytes, or no more.
    pub(crate) fn at_least(&mut self, length: usize) -> io::Result<&[u8]> {
        while self.unread().len() < length && self.more()? {}
        Ok(self.unread())
    }

    pub(crate) fn consume(&mut self, length: usize) {
        self.at += length;
        self.offset += length as u64;
    }

    /// Goes back to a place that was consumed already; `false` where there is no way back.
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

    #[test]
    fn holds_what_is_unread_and_nothing_else() {
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
