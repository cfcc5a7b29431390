//! Reads responses that were received without a client, for example by the `fetch` of a browser or by a test.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, Response};
use jiff::Timestamp;
use url::Url;

use super::outcome::StatusAndHeaders;
use super::sent::envelope;
use super::unsuccessful::{Api, failure_of};
use crate::endpoint::{Endpoint, Request};
use crate::error::{ErrorFormat, Redactor, ResponseParts};
use crate::info::Defaults;
use crate::response::{Arrival, Bounds, Origin, Received};
use crate::retry::read_http_date;
use crate::{EndpointInfo, Error, Reader};

/// Reads a response with the error format and the envelope of a client.
pub(crate) fn read<E: Endpoint>(
    endpoint: &E,
    response: Response<Bytes>,
    errors: &ErrorFormat,
    defaults: Defaults,
) -> Result<E::Response, Error> {
    Unsent { request: endpoint.request()?, defaults }.read(E::READER, response, errors)
}

/// Reads a response without its request.
pub(crate) fn read_response<E: Endpoint>(
    response: Response<Bytes>,
    errors: &ErrorFormat,
    defaults: Defaults,
) -> Result<E::Response, Error> {
    Unsent { request: Request::unknown(E::INFO), defaults }.read(E::READER, response, errors)
}

/// Returns the time when a response arrived, for dates in its headers. Uses the `Date` header of the server if there is
/// one.
fn arrival(headers: &HeaderMap) -> Timestamp {
    let date = headers.get(http::header::DATE).and_then(|date| read_http_date(date.to_str().ok()?));
    date.unwrap_or_else(clock)
}

/// Returns the time of the platform's clock. `wasm32-unknown-unknown` has no clock and would panic, so there every date
/// counts as past.
fn clock() -> Timestamp {
    if cfg!(all(target_family = "wasm", target_os = "unknown")) { Timestamp::MAX } else { Timestamp::now() }
}

/// A call that was not sent by this crate.
#[derive(Clone)]
struct Unsent {
    request: Request,
    /// The settings from the declaration of the client.
    defaults: Defaults,
}

impl Unsent {
    fn read<T>(
        &self,
        reader: Reader<T>,
        response: Response<Bytes>,
        errors: &ErrorFormat,
    ) -> Result<T, Error> {
        // The content of bytes or a stream does not belong to the API, so it is not checked for errors.
        let may_be_error = reader.wanted.arrival == Arrival::Whole;
        let (parts, body) = response.into_parts();
        let head = StatusAndHeaders { status: parts.status, headers: parts.headers };
        self.check(&head, &body, errors, may_be_error)?;
        (reader.read)(Received::new(head.status, head.headers, body.into(), self))
    }

    /// Returns an error for an error response. `is_judged` says whether the body of a success may contain an error.
    fn check(
        &self,
        head: &StatusAndHeaders,
        body: &Bytes,
        errors: &ErrorFormat,
        may_be_error: bool,
    ) -> Result<(), Error> {
        let is_error =
            || may_be_error && (errors.is_error)(&ResponseParts::new(head.status, &head.headers, body));
        if self.request.info.is_none(head.status) || head.status.is_success() && !is_error() {
            return Ok(());
        }
        let api = Api { errors, base: None, redactor: self.redactor(), now: arrival(&head.headers) };
        Err(self.failed(failure_of(&api, head, body, true).error))
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

    /// The body is complete, so no timeout is needed.
    fn bounds(&self) -> Bounds {
        Bounds { max_bytes: usize::MAX, idle: None }
    }

    fn share(&self) -> Arc<dyn Origin> {
        Arc::new(self.clone())
    }
}
