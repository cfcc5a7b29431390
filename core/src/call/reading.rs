//! Reading the body of an answer, counted while it comes in.

use std::error::Error as _;
use std::io;

use bytes::{Bytes, BytesMut};
use reqwest::Error as HttpError;

use super::Failed;
use crate::client::Client;
use crate::error::{Scrubber, find_request_id};
use crate::request::Request;
use crate::retry::Cause;
use crate::{Error, ErrorKind, Phase};

/// A body, or where it will come from.
pub(super) enum Arriving {
    Whole(Bytes),
    Streaming(reqwest::Response),
}

/// Why a body was not read to its end.
pub(super) enum Cut {
    /// There is more than the limit allows.
    OverLimit,
    /// The connection broke.
    Broken(HttpError),
}

/// What of a body has been read; it stays when reading is given up in the middle.
#[derive(Default)]
pub(super) struct Reading {
    /// Most answers are one chunk, which is then not copied.
    first: Bytes,
    all: BytesMut,
}

impl Reading {
    /// Reads up to `limit` bytes, and stops at the first one beyond.
    pub(super) async fn fill(&mut self, body: Arriving, limit: usize) -> Result<(), Cut> {
        let mut response = match body {
            Arriving::Whole(body) => {
                self.first = body.slice(..limit.min(body.len()));
                return if body.len() > limit { Err(Cut::OverLimit) } else { Ok(()) };
            }
            Arriving::Streaming(response) => response,
        };
        while let Some(chunk) = response.chunk().await.map_err(|error| Cut::Broken(error.without_url()))? {
            if self.len() + chunk.len() > limit {
                self.push(chunk.slice(..limit - self.len()));
                return Err(Cut::OverLimit);
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

    pub(super) fn finish(self) -> Bytes {
        if self.all.is_empty() { self.first } else { self.all.freeze() }
    }
}

/// A success of which only a part could be read; `cut` is `None` where time ran out.
pub(super) fn failed(
    client: &Client,
    request: &Request,
    status: u16,
    part: &[u8],
    cut: Option<Result<(), Cut>>,
) -> Failed {
    let (cause, error) = match cut {
        Some(Err(Cut::OverLimit)) => (None, too_large(status, client.options.max_response_bytes)),
        Some(Err(Cut::Broken(error))) if error.is_timeout() => {
            (Some(Cause::Unknown), Error::timeout(Phase::Reading, None).with_source(error))
        }
        Some(Err(Cut::Broken(error))) if is_garbled(&error) => (None, garbled(status).with_source(error)),
        Some(Err(Cut::Broken(error))) => (Some(Cause::Unknown), cut_short(status).with_source(error)),
        Some(Ok(())) | None => (Some(Cause::Unknown), Error::timeout(Phase::Reading, client.options.timeout)),
    };
    let scrubber = Scrubber::of(request, client.core.secrets());
    let request_id = find_request_id(part, &scrubber);
    Failed { error: error.with_status(status).with_request_id(request_id), cause }
}

fn too_large(status: u16, limit: usize) -> Error {
    let message =
        format!("{status} with a body over {limit} bytes: raise `max_response_bytes` if that is right");
    Error::new(ErrorKind::TooLarge, message)
}

fn cut_short(status: u16) -> Error {
    let message =
        format!("{status}, and the connection broke in the middle of the answer; the call was carried out");
    Error::new(ErrorKind::Connection, message)
}

fn garbled(status: u16) -> Error {
    let message =
        format!("{status} with a body whose chunks or compression are broken; the call was carried out");
    Error::new(ErrorKind::Decode, message)
}

/// Whether the bytes came, and make no sense.
fn is_garbled(error: &HttpError) -> bool {
    let mut source = error.source();
    while let Some(error) = source {
        let kind = error.downcast_ref::<io::Error>().map(io::Error::kind);
        if matches!(kind, Some(io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput)) {
            return true;
        }
        source = error.source();
    }
    false
}
