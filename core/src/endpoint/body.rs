//! The bytes of a request body: overwritten when they are dropped, and with a note of how far they have come.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use bytes::Bytes;
use zeroize::Zeroize;

/// Bodies up to this size lie in one piece of memory with what is noted of them; nearly all are smaller.
const INLINE: usize = 512;

/// A finished body, shared by the request and whatever sends it; the last owner overwrites it.
#[derive(Clone)]
pub(crate) struct Body(Arc<Shared>);

struct Shared {
    /// See [`Body::note`].
    note: AtomicU32,
    length: usize,
    room: Room,
}

#[expect(
    clippy::large_enum_variant,
    reason = "it lies on the heap as it is, and the large one is the usual one"
)]
enum Room {
    Inline([u8; INLINE]),
    Heap(Vec<u8>),
}

impl Body {
    pub(crate) fn as_slice(&self) -> &[u8] {
        let Shared { length, room, .. } = &*self.0;
        room.as_slice().get(..*length).unwrap_or_default()
    }

    /// The bytes as HTTP clients take them; they stay shared.
    pub(crate) fn to_bytes(&self) -> Bytes {
        if self.0.length == 0 { Bytes::new() } else { Bytes::from_owner(self.clone()) }
    }

    /// Raises a number that is kept beside the bytes, so that it needs no memory of its own.
    pub(crate) fn raise_note(&self, to: u32) {
        self.0.note.fetch_max(to, Ordering::AcqRel);
    }

    pub(crate) fn note(&self) -> u32 {
        self.0.note.load(Ordering::Acquire)
    }
}

impl AsRef<[u8]> for Body {
    fn as_ref(&self) -> &[u8] {
        self.as_slice()
    }
}

impl Room {
    fn as_slice(&self) -> &[u8] {
        match self {
            Self::Inline(bytes) => bytes,
            Self::Heap(bytes) => bytes,
        }
    }

    fn as_mut_slice(&mut self) -> &mut [u8] {
        match self {
            Self::Inline(bytes) => bytes,
            Self::Heap(bytes) => bytes,
        }
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self.as_mut_slice().zeroize();
    }
}

/// A body that is still being written. Growing leaves no copy of its contents behind.
pub struct BodyBuffer(Arc<Shared>);

impl BodyBuffer {
    pub(crate) fn with_capacity(capacity: usize) -> Self {
        let room = if capacity > INLINE { Room::Heap(vec![0; capacity]) } else { Room::Inline([0; INLINE]) };
        Self(Arc::new(Shared { note: AtomicU32::new(0), length: 0, room }))
    }

    pub(crate) fn len(&self) -> usize {
        self.0.length
    }

    pub(crate) fn push(&mut self, byte: u8) {
        self.extend(&[byte]);
    }

    pub(crate) fn extend(&mut self, bytes: &[u8]) {
        let shared = self.shared();
        let (start, end) = (shared.length, shared.length + bytes.len());
        if end > shared.room.as_slice().len() {
            shared.grow(end);
        }
        if let Some(tail) = shared.room.as_mut_slice().get_mut(start..end) {
            tail.copy_from_slice(bytes);
            shared.length = end;
        }
    }

    pub(crate) fn truncate(&mut self, length: usize) {
        let shared = self.shared();
        shared.length = shared.length.min(length);
    }

    pub(crate) fn as_mut_slice(&mut self) -> &mut [u8] {
        let Shared { length, room, .. } = self.shared();
        room.as_mut_slice().get_mut(..*length).unwrap_or_default()
    }

    /// The bytes, shared from here on.
    pub(crate) fn freeze(self) -> Body {
        Body(self.0)
    }

    fn shared(&mut self) -> &mut Shared {
        let Some(shared) = Arc::get_mut(&mut self.0) else {
            // A buffer cannot be cloned, and gives its memory away only together with itself.
            unreachable!("a body was shared before it was finished");
        };
        shared
    }
}

impl Shared {
    #[cold]
    fn grow(&mut self, needed: usize) {
        let old = self.room.as_slice();
        let mut grown = vec![0; needed.max(old.len() * 2)];
        grown[..old.len()].copy_from_slice(old);
        // What is replaced overwrites itself.
        self.room = Room::Heap(grown);
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
        assert_eq!(body.as_slice()[..256], (0..=255).collect::<Vec<u8>>());
        assert_eq!(body.to_bytes(), body.as_slice());
    }

    #[test]
    fn holds_what_was_asked_for_without_growing() {
        let mut buffer = BodyBuffer::with_capacity(INLINE + 1);
        let before = buffer.0.room.as_slice().as_ptr();
        buffer.extend(&[7; INLINE + 1]);
        assert_eq!(buffer.freeze().as_slice().as_ptr(), before);
    }

    #[test]
    fn a_note_is_only_raised() {
        let body = BodyBuffer::with_capacity(0).freeze();
        body.raise_note(5);
        body.raise_note(4);
        assert_eq!(body.note(), 5);
    }
}
