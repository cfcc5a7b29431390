//! The bytes of a request body, overwritten when they are dropped.

use std::fmt;
use std::io;

use bytes::Bytes;
use zeroize::{Zeroize, Zeroizing};

/// A growing buffer that leaves no copy of its contents behind.
///
/// A `Vec` that grows frees its old memory as it is; this one overwrites it first.
#[derive(Default)]
pub struct BodyBuffer(Zeroizing<Vec<u8>>);

impl BodyBuffer {
    pub(crate) fn with_capacity(capacity: usize) -> Self {
        Self(Zeroizing::new(Vec::with_capacity(capacity)))
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn push(&mut self, byte: u8) {
        self.reserve(1);
        self.0.push(byte);
    }

    pub(crate) fn extend(&mut self, bytes: &[u8]) {
        self.reserve(bytes.len());
        self.0.extend_from_slice(bytes);
    }

    pub(crate) fn truncate(&mut self, length: usize) {
        self.0.truncate(length);
    }

    pub(crate) fn as_mut_slice(&mut self) -> &mut [u8] {
        &mut self.0
    }

    /// The bytes, shared from here on; the last owner overwrites them.
    pub(crate) fn freeze(self) -> Bytes {
        Bytes::from_owner(self.0)
    }

    fn reserve(&mut self, more: usize) {
        let needed = self.0.len() + more;
        if needed > self.0.capacity() {
            let mut grown = Vec::with_capacity(needed.max(self.0.capacity() * 2));
            grown.extend_from_slice(&self.0);
            let mut outgrown = std::mem::replace(&mut *self.0, grown);
            outgrown.zeroize();
        }
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
        write!(f, "<{} bytes, redacted>", self.0.len())
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
        assert_eq!(buffer.freeze()[..256], (0..=255).collect::<Vec<u8>>());
    }
}
