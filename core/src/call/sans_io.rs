//! A response that was received without a client: by the `fetch` of a browser or an edge worker, or by a test.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, Response};
use jiff::Timestamp;
use url::Url;

use super::outcome::Head;
use super::sent::envelope;
use super::unsuccessful::{Api, judge};
use crate::endpoint::{Endpoint, Request};
use crate::error::{ErrorFormat, Redactor, ResponseParts};
use crate::info::Defaults;
use crate::response::{Arrival, Bounds, Origin, Received};
use crate::retry::read_http_date;
use crate::{EndpointInfo, Error, Reader};

/// Reads a response as a client with such errors and such an envelope does.
pub(crate) fn read<E: Endpoint>(
    endpoint: &E,
    response: Response<Bytes>,
    errors: &ErrorFormat,
    defaults: Defaults,
) -> Result<E::Response, Error> {
    Unsent { request: endpoint.request()?, defaults }.read(E::READER, response, errors)
}

/// Reads a response of which no request is known.
pub(crate) fn read_response<E: Endpoint>(
    response: Response<Bytes>,
    errors: &ErrorFormat,
    defaults: Defaults,
) -> Result<E::Response, Error> {
    Unsent { request: Request::unknown(E::INFO), defaults }.read(E::READER, response, errors)
}

/// The time of day when a response arrived, for dates in its headers: by the server's own clock if it says so.
fn arrival(headers: &HeaderMap) -> Timestamp {
    let date = headers.get(http::header::DATE).and_then(|date| read_http_date(date.to_str().ok()?));
    date.unwrap_or_else(clock)
}

/// The clock of the platform. `wasm32-unknown-unknown` has none, and to ask for it would panic: every date has passed.
fn clock() -> Timestamp {
    if cfg!(all(target_family = "wasm", target_os = "unknown")) { Timestamp::MAX } else { Timestamp::now() }
}

/// A call that this crate did not send.
#[derive(Clone)]
struct Unsent {
    request: Request,
    /// What the client's declaration says.
    defaults: Defaults,
}

impl Unsent {
    fn read<T>(
        &self,
        reader: Reader<T>,
        response: Response<Bytes>,
        errors: &ErrorFormat,
    ) -> Result<T, Error> {
        // What is inside of bytes or a stream is not the API's.
        let is_judged = reader.wanted.arrival == Arrival::Whole;
        let (parts, body) = response.into_parts();
        let head = Head { status: parts.status, headers: parts.headers };
        self.check(&head, &body, errors, is_judged)?;
        (reader.read)(Received::new(head.status, head.headers, body.into(), self))
    }

    /// Rejects an error response; `is_judged` says whether the body of a success may be one.
    fn check(&self, head: &Head, body: &Bytes, errors: &ErrorFormat, is_judged: bool) -> Result<(), Error> {
        let is_error =
            || is_judged && (errors.is_error)(&ResponseParts::new(head.status, &head.headers, body));
        if self.request.info.is_none(head.status) || head.status.is_success() && !is_error() {
            return Ok(());
        }
        let api = Api { errors, base: None, redactor: self.redactor(), now: arrival(&head.headers) };
        Err(self.failed(judge(&api, head, body, true).error))
    }
}

impl Origin for Unsent {
    fn info(&self) -> &'static EndpointInfo {
        self.request.info
    }

    fn url(&self) -> Option<Url> {
        None
    }

    fn idempotency_key(&self) -> Option<&str> {
        self.request.idempotency_key()
    }

    fn redactor(&self) -> Redactor {
        Redactor::new(self.request.possible_secrets())
    }

    fn failed(&self, error: Error) -> Error {
        error.at(self.request.info).with_attempts(1)
    }

    fn envelope(&self) -> &'static str {
        envelope(self.request.info, &self.defaults)
    }

    /// The body is there, so that nothing has to be waited for.
    fn bounds(&self) -> Bounds {
        Bounds { max_bytes: usize::MAX, idle: None }
    }

    fn share(&self) -> Arc<dyn Origin> {
        Arc::new(self.clone())
    }
}
