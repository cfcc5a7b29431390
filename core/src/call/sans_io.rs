//! A response that was received without a client: by the `fetch` of a browser or an edge worker, or by a test.

use std::sync::Arc;

use bytes::Bytes;
use http::Response;
use jiff::Timestamp;
use url::Url;

use super::outcome::Head;
use super::unsuccessful::{Api, judge};
use crate::endpoint::{Endpoint, Request};
use crate::error::{ErrorFormat, Redactor, ResponseParts};
use crate::response::{Bounds, Origin, Received};
use crate::{EndpointInfo, Error};

/// Reads a response as a client with such errors and such an envelope does.
pub(crate) fn read<E: Endpoint>(
    endpoint: &E,
    response: Response<Bytes>,
    errors: &ErrorFormat,
) -> Result<E::Response, Error> {
    let call = Unsent { request: endpoint.request()? };
    let (parts, body) = response.into_parts();
    let head = Head { status: parts.status, headers: parts.headers };
    call.check(&head, &body, errors)?;
    (E::READER.read)(Received::new(head.status, head.headers, body.into(), &call))
}

/// A call that this crate did not send.
#[derive(Clone)]
struct Unsent {
    request: Request,
}

impl Unsent {
    fn check(&self, head: &Head, body: &Bytes, errors: &ErrorFormat) -> Result<(), Error> {
        let is_error = || (errors.is_error)(&ResponseParts::new(head.status, &head.headers, body));
        if self.request.info.is_none(head.status) || head.status.is_success() && !is_error() {
            return Ok(());
        }
        let api = Api { errors, base: None, redactor: self.redactor(), now: Timestamp::now() };
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

    fn redactor(&self) -> Redactor {
        Redactor::new(self.request.possible_secrets())
    }

    fn failed(&self, error: Error) -> Error {
        error.at(self.request.info).with_attempts(1)
    }

    fn envelope(&self) -> &'static str {
        ""
    }

    /// The body is there, so that nothing has to be waited for.
    fn bounds(&self) -> Bounds {
        Bounds { max_bytes: usize::MAX, idle: None }
    }

    fn share(&self) -> Arc<dyn Origin> {
        Arc::new(self.clone())
    }
}
