//! The requests that arrived, as raw bytes, and their outcomes.

use std::{
    collections::VecDeque,
    fmt,
    time::{Duration, SystemTime},
};

use bytes::Bytes;

use crate::http::Request;

/// How many requests are kept.
const MAX_REQUESTS: usize = 1000;
/// Their maximum total size: bodies, headers and paths, and the bodies of the responses.
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
    /// When it had arrived completely, according to the system's clock.
    pub received_at: SystemTime,
    /// The outcome.
    pub outcome: Outcome,
    /// The time from the end of its headers to its outcome. `None` as long as it is pending.
    pub duration: Option<Duration>,
    pub(crate) number: u64,
}

/// The outcome of a request.
///
/// `Debug` omits the body of the response, which can contain tokens.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// It is still being carried out.
    Pending,
    /// The emulator responded.
    Responded {
        /// The HTTP status.
        status: u16,
        /// The `error_type` of an API error.
        error_type: Option<&'static str>,
        /// The body of the response. If `cut_short` is set, only half of it was sent.
        body: Bytes,
        /// Whether a fault cut the response short.
        cut_short: bool,
    },
    /// A fault closed the connection without a response.
    Dropped,
    /// The client closed the connection before the response.
    Abandoned,
    /// The body was not valid HTTP. Such a request is logged, but not recorded.
    BrokenBody,
}

impl Outcome {
    /// Returns the HTTP status of the response; `None` if there was none.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Responded { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// Returns the `error_type` of the response; `None` for a success, or without a response.
    pub fn error_type(&self) -> Option<&'static str> {
        match self {
            Self::Responded { error_type, .. } => *error_type,
            _ => None,
        }
    }

    /// Returns one word for what happened, such as `responded` or `abandoned`.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Responded { cut_short: false, .. } => "responded",
            Self::Responded { cut_short: true, .. } => "cut_short",
            Self::Dropped => "dropped",
            Self::Abandoned => "abandoned",
            Self::BrokenBody => "broken_body",
        }
    }

    fn size(&self) -> usize {
        match self {
            Self::Responded { body, .. } => body.len(),
            _ => 0,
        }
    }
}

/// The status and the error type, or why there was no response.
impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Responded { status, error_type, cut_short, .. } = self else {
            return f.write_str(self.word());
        };
        write!(f, "{status}")?;
        error_type.iter().try_for_each(|error_type| write!(f, " {error_type}"))?;
        f.write_str(if *cut_short { " cut_short" } else { "" })
    }
}

impl fmt::Debug for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Outcome({self})")
    }
}

impl RecordedRequest {
    /// Returns the first value of a header if it is UTF-8. The case of the name does not matter.
    pub fn header(&self, name: &str) -> Option<&str> {
        let (_, value) = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        std::str::from_utf8(value).ok()
    }

    fn size(&self) -> usize {
        let headers: usize = self.headers.iter().map(|(name, value)| name.len() + value.len()).sum();
        let query = self.query.as_ref().map_or(0, String::len);
        self.path.len() + query + headers + self.body.len() + self.outcome.size()
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
            received_at: SystemTime::now(),
            outcome: Outcome::Pending,
            duration: None,
            number: 0,
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
    /// How many requests were recorded since the start, removed ones included.
    count: u64,
}

impl Record {
    /// Adds a request, and returns the number under which it can be [finished](Self::finish).
    pub(crate) fn push(&mut self, mut request: RecordedRequest) -> u64 {
        self.count += 1;
        request.number = self.count;
        self.bytes += request.size();
        self.requests.push_back(request);
        self.remove_oldest();
        self.count
    }

    /// Sets the outcome of a request, if it is still in the list.
    pub(crate) fn finish(&mut self, number: u64, outcome: Outcome, duration: Duration) {
        // The latest requests are the most likely ones to be finished.
        let Some(request) = self.requests.iter_mut().rev().find(|request| request.number == number) else {
            return;
        };
        self.bytes += outcome.size();
        request.outcome = outcome;
        request.duration = Some(duration);
        self.remove_oldest();
    }

    fn remove_oldest(&mut self) {
        while self.requests.len() > MAX_REQUESTS || self.bytes > MAX_BYTES {
            let Some(oldest) = self.requests.pop_front() else { break };
            self.bytes -= oldest.size();
        }
    }

    /// Removes all requests. A pending one is not added again when it is finished.
    pub(crate) fn clear(&mut self) {
        *self = Self { count: self.count, ..Self::default() };
    }

    pub(crate) fn all(&self) -> Vec<RecordedRequest> {
        self.latest(usize::MAX)
    }

    /// Returns at most this many of the latest requests, oldest first.
    pub(crate) fn latest(&self, most: usize) -> Vec<RecordedRequest> {
        let skipped = self.requests.len().saturating_sub(most);
        self.requests.iter().skip(skipped).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(body: Bytes) -> RecordedRequest {
        let (method, path, headers) = (hyper::Method::POST, "/v1".to_owned(), hyper::HeaderMap::new());
        RecordedRequest::of(&Request { method, path, query: None, headers, body })
    }

    fn responded(bytes: usize) -> Outcome {
        Outcome::Responded { status: 200, error_type: None, body: vec![0; bytes].into(), cut_short: false }
    }

    #[test]
    fn responses_count_for_the_size_of_the_record() {
        let mut record = Record::default();
        for _ in 0..4 {
            let number = record.push(request(Bytes::new()));
            record.finish(number, responded(MAX_BYTES / 3), Duration::ZERO);
        }
        assert_eq!(record.all().iter().map(|request| request.number).collect::<Vec<_>>(), [3, 4]);
        assert_eq!(record.bytes, record.requests.iter().map(RecordedRequest::size).sum::<usize>());
    }

    #[test]
    fn a_request_from_before_a_reset_does_not_come_back() {
        let mut record = Record::default();
        let old = record.push(request(Bytes::new()));
        record.clear();
        let new = record.push(request(Bytes::new()));
        record.finish(old, responded(1), Duration::ZERO);
        let [kept] = &record.all()[..] else { panic!("one request") };
        assert_eq!((kept.number, &kept.outcome), (new, &Outcome::Pending));
    }

    #[test]
    fn the_latest_are_the_last_ones() {
        let mut record = Record::default();
        for _ in 0..3 {
            record.push(request(Bytes::new()));
        }
        assert_eq!(record.latest(2).iter().map(|request| request.number).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(record.latest(9).len(), 3);
    }
}
