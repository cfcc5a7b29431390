//! Reading the body of a response, counted while it arrives.

use bytes::{Bytes, BytesMut};

use super::core::Core;
use super::outcome::{Failed, Head};
use crate::endpoint::Request;
use crate::error::find_request_id;
use crate::retry::Cause;
use crate::transport::{Body, TransportError, TransportErrorKind};
use crate::{Error, Phase};

/// Why a body was not read to its end.
pub(super) enum Cut {
    /// There is more than the size limit allows.
    TooLarge,
    /// The connection broke.
    Broken(TransportError),
}

/// What of a body has been read; it stays when reading is given up in the middle.
#[derive(Default)]
pub(super) struct Reading {
    /// Most bodies are one piece, which is then not copied.
    first: Bytes,
    all: BytesMut,
}

impl Reading {
    /// Reads up to `limit` bytes, and stops at the first one beyond.
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

    /// Returns what has been read, and forgets it.
    pub(super) fn take(&mut self) -> Bytes {
        let Self { first, all } = std::mem::take(self);
        if all.is_empty() { first } else { all.freeze() }
    }
}

/// A success of which only a part could be read.
pub(super) fn failed(
    core: &Core,
    request: &Request,
    head: &Head,
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

/// The error with what is known of the response: status, headers and, from either part of it, the id.
pub(super) fn with_response(error: Error, core: &Core, request: &Request, head: &Head, part: &[u8]) -> Error {
    let redactor = core.redactor(request);
    let request_id = find_request_id(part, &head.headers, &|id| redactor.allows(id));
    error.with_status(head.status).with_request_id(request_id).with_headers(head.headers.clone())
}
