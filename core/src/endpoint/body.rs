//! The buffer for a request body. It is overwritten in memory when it is dropped.

use std::fmt;
use std::io;

use bytes::Bytes;
use zeroize::Zeroizing;

/// The serializer for a body field with `#[serde(with = …)]`.
pub(super) type Json<'b> = &'b mut serde_json::Serializer<&'b mut BodyBuffer>;

/// A body that is still being written. When it grows, the old memory is overwritten.
pub struct BodyBuffer(Zeroizing<Vec<u8>>);

impl BodyBuffer {
    pub(crate) fn with_capacity(capacity: usize) -> Self {
        Self(Zeroizing::new(Vec::with_capacity(capacity)))
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn push(&mut self, byte: u8) {
        self.extend(&[byte]);
    }

    pub(crate) fn extend(&mut self, bytes: &[u8]) {
        if self.0.capacity() - self.0.len() < bytes.len() {
            self.grow(bytes.len());
        }
        self.0.extend_from_slice(bytes);
    }

    /// Moves the content to a larger vector. The old vector is overwritten when it is dropped; a growing `Vec` would
    /// not do this.
    #[cold]
    fn grow(&mut self, more: usize) {
        const LEAST: usize = 128;
        let needed = (self.0.len() + more).max(self.0.len() * 2).max(LEAST);
        let mut grown = Zeroizing::new(Vec::with_capacity(needed));
        grown.extend_from_slice(&self.0);
        self.0 = grown;
    }

    pub(crate) fn truncate(&mut self, length: usize) {
        self.0.truncate(length);
    }

    pub(crate) fn as_mut_slice(&mut self) -> &mut [u8] {
        &mut self.0
    }

    /// Turns fields with a comma before each into an object: the first comma becomes the opening brace.
    pub(super) fn close_object(&mut self) {
        match self.0.first_mut() {
            Some(first) => *first = b'{',
            None => self.push(b'{'),
        }
        self.push(b'}');
    }

    /// Returns the bytes. The request and the transport share them, and the last owner overwrites them.
    pub(crate) fn freeze(self) -> Bytes {
        if self.0.is_empty() { Bytes::new() } else { Bytes::from_owner(self.0) }
    }
}

impl io::Write for BodyBuffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.extend(bytes);
        Ok(bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.extend(bytes);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl fmt::Debug for BodyBuffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} bytes, redacted>", self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows_and_keeps_everything() {
        let mut buffer = BodyBuffer::with_capacity(1);
        for byte in 0..=255 {
            buffer.push(byte);
        }
        buffer.extend(&[7; 1000]);
        assert_eq!(buffer.len(), 1256);
        let body = buffer.freeze();
        assert_eq!(body[..256], (0..=255).collect::<Vec<u8>>());
        assert_eq!(body[256..], [7; 1000]);
    }

    #[test]
    fn takes_as_much_as_it_was_made_for_without_growing() {
        let mut buffer = BodyBuffer::with_capacity(100);
        let before = buffer.as_mut_slice().as_ptr();
        buffer.extend(&[7; 100]);
        assert_eq!(buffer.freeze().as_ptr(), before);
    }
}
