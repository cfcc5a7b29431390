//! The requests that arrived, as raw bytes, for assertions in tests.

use std::{collections::VecDeque, fmt};

use bytes::Bytes;

use crate::http::Request;

/// How many requests are kept.
const MAX_REQUESTS: usize = 1000;
/// How large they may be in total: bodies, headers and paths.
const MAX_BYTES: usize = 16 << 20;

/// A request exactly as it was received.
///
/// `Debug` shows the method, the path and the size of the body. It omits the query, the headers and the body, because
/// they can contain credentials and passwords.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// The method, such as `POST`.
    pub method: String,
    /// The path, percent-encoded, without the query.
    pub path: String,
    /// The part after the question mark, if there was one.
    pub query: Option<String>,
    /// The headers: lower-case names with raw values, in the order in which they were sent.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The body, byte for byte.
    pub body: Bytes,
}

impl RecordedRequest {
    /// Returns the first value of a header if it is UTF-8. The case of the name does not matter.
    pub fn header(&self, name: &str) -> Option<&str> {
        let (_, value) = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        std::str::from_utf8(value).ok()
    }

    fn size(&self) -> usize {
        let headers: usize = self.headers.iter().map(|(name, value)| name.len() + value.len()).sum();
        self.path.len() + self.query.as_ref().map_or(0, String::len) + headers + self.body.len()
    }

    pub(crate) fn of(request: &Request) -> Self {
        let header = |(name, value): (&hyper::header::HeaderName, &hyper::header::HeaderValue)| {
            (name.as_str().to_owned(), value.as_bytes().to_vec())
        };
        Self {
            method: request.method.as_str().to_owned(),
            path: request.path.clone(),
            query: request.query.clone(),
            headers: request.headers.iter().map(header).collect(),
            body: request.body.clone(),
        }
    }
}

impl fmt::Debug for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordedRequest")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// The latest requests. The oldest are removed when there are too many, or when they are too large in total.
#[derive(Debug, Default)]
pub(crate) struct Record {
    requests: VecDeque<RecordedRequest>,
    bytes: usize,
}

impl Record {
    pub(crate) fn push(&mut self, request: RecordedRequest) {
        self.bytes += request.size();
        self.requests.push_back(request);
        while self.requests.len() > MAX_REQUESTS || self.bytes > MAX_BYTES {
            let Some(oldest) = self.requests.pop_front() else { break };
            self.bytes -= oldest.size();
        }
    }

    pub(crate) fn all(&self) -> Vec<RecordedRequest> {
        self.requests.iter().cloned().collect()
    }
}
