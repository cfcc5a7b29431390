//! Reads the body of a response and counts its bytes while they arrive.

use bytes::{Bytes, BytesMut};

use super::core::Core;
use super::outcome::{Failed, StatusAndHeaders};
use crate::endpoint::Request;
use crate::error::find_request_id;
use crate::retry::Cause;
use crate::transport::{Body, TransportError, TransportErrorKind};
use crate::{Error, Phase};

/// The reason why a body was not read to its end.
pub(super) enum Cut {
    /// The body is larger than the size limit.
    TooLarge,
    /// The connection was closed.
    Broken(TransportError),
}

/// The part of a body that has been read. It stays available if reading is stopped early.
#[derive(Default)]
pub(super) struct Reading {
    /// Most bodies are one chunk, which does not have to be copied.
    first: Bytes,
    all: BytesMut,
}

impl Reading {
    /// Reads up to `limit` bytes. Fails as soon as there are more.
    pub(super) async fn fill(&mut self, mut body: Body, limit: usize) -> Result<(), Cut> {
        while let Some(chunk) = body.chunk().await.map_err(Cut::Broken)? {
            if self.len() + chunk.len() > limit {
                self.push(chunk.slice(..limit - self.len()));
                return Err(Cut::TooLarge);
            }
            self.push(chunk);
        }
        Ok(())
    }

    fn len(&self) -> usize {
        self.first.len().max(self.all.len())
    }

    fn push(&mut self, chunk: Bytes) {
        if self.len() == 0 {
            self.first = chunk;
            return;
        }
        if self.all.is_empty() {
            self.all.extend_from_slice(&std::mem::take(&mut self.first));
        }
        self.all.extend_from_slice(&chunk);
    }

    /// Returns the bytes that have been read, and leaves the buffer empty.
    pub(super) fn take(&mut self) -> Bytes {
        let Self { first, all } = std::mem::take(self);
        if all.is_empty() { first } else { all.freeze() }
    }
}

/// Returns the error of a successful response whose body could not be read completely.
pub(super) fn failed(
    core: &Core,
    request: &Request,
    head: &StatusAndHeaders,
    part: &[u8],
    cut: Cut,
    limit: usize,
) -> Failed {
    let status = head.status.as_u16();
    let (cause, error) = match cut {
        Cut::TooLarge => (None, Error::too_large(status, "a body", limit)),
        Cut::Broken(TransportError { kind, timed_out, timeout, source, .. }) => {
            let can_improve = kind != TransportErrorKind::InvalidResponse;
            let error = match (timed_out, can_improve) {
                (true, _) => Error::timeout(Phase::Reading, timeout),
                (false, true) => Error::cut_short(status),
                (false, false) => Error::garbled(status),
            };
            (can_improve.then_some(Cause::Unknown), error.with_source(source))
        }
    };
    Failed { error: with_response(error, core, request, head, part), cause }
}

/// Adds the status, the headers and the request id of the response to an error. The request id comes from a header or
/// the body.
pub(super) fn with_response(
    error: Error,
    core: &Core,
    request: &Request,
    head: &StatusAndHeaders,
    part: &[u8],
) -> Error {
    let request_id = find_request_id(part, &head.headers, &core.redactor(request));
    error.with_status(head.status).with_request_id(request_id).with_headers(head.headers.clone())
}
