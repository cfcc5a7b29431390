//! Turns error responses into errors.

use std::time::Duration;

use bytes::Bytes;
use http::header::{LOCATION, RETRY_AFTER};
use http::{HeaderMap, HeaderName, StatusCode};
use jiff::Timestamp;
use url::Url;

use super::outcome::{Failed, StatusAndHeaders};
use crate::error::{ErrorFormat, GenericError, RateLimit, Redactor, ResponseParts, find_request_id};
use crate::retry::{Cause, read_retry_after};
use crate::{Error, ErrorKind};

/// A header that Azure and other APIs send in addition, because they want to specify less than a second.
const RETRY_AFTER_MS: HeaderName = HeaderName::from_static("retry-after-ms");

/// The part of the body that is kept, in bytes.
pub(super) const MAX_ERROR_BYTES: usize = 64 * 1024;

/// The data with which error responses are evaluated.
pub(super) struct Api<'c> {
    pub(super) errors: &'c ErrorFormat,
    /// The URL to which the request was sent. `None` if no client sent it.
    pub(super) base: Option<&'c Url>,
    pub(super) redactor: Redactor,
    pub(super) now: Timestamp,
}

/// Returns the failure for an error response. `is_whole` says whether its whole body has arrived.
pub(super) fn failure_of(api: &Api<'_>, head: &StatusAndHeaders, body: &Bytes, is_whole: bool) -> Failed {
    let Api { errors, base, ref redactor, now } = *api;
    let (status, headers) = (head.status, &head.headers);
    if is_redirect(status, headers) {
        return Failed::finally(redirected(base, head, redactor).with_headers(headers.clone()));
    }
    let response = ResponseParts::new(status, headers, body);
    let rate_limited = (errors.rate_limited)(&response, now);
    let retry_after = rate_limited.or_else(|| longest_wait(status, headers, now));
    let error = if let Some(said) = (errors.read)(&response) {
        Error::api(status, &said, errors.codes, redactor)
    } else {
        // The response comes from a gateway in front of the API, so its message can only have one of the usual formats.
        let said = (ErrorFormat::of::<GenericError>().read)(&response);
        Error::unexpected(&response, said.as_ref(), is_whole, redactor)
    };
    let error = error
        .with_request_id(find_request_id(body, headers, &|id| redactor.allows(id)))
        .with_headers(headers.clone())
        .with_body(body.clone())
        .with_retry_after(retry_after);
    match rate_limited {
        // The API says that it has not executed the request, regardless of the status.
        Some(_) => {
            let status = StatusCode::TOO_MANY_REQUESTS.as_u16();
            Failed::because(Cause::Status { status, retry_after }, error.retryable(true))
        }
        None => Failed::because(Cause::Status { status: status.as_u16(), retry_after }, error),
    }
}

/// Returns the delay that the server requests before a retry.
///
/// There should be only one such header. If there are several, the longest delay satisfies all of them. If there is
/// none, the rate limit headers of the API may contain the time of the reset.
fn longest_wait(status: StatusCode, headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let values = |name: &HeaderName| {
        let values: Vec<&str> =
            headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect();
        values.into_iter()
    };
    let asked = values(&RETRY_AFTER).filter_map(|value| read_retry_after(value, now));
    let millis =
        values(&RETRY_AFTER_MS).filter_map(|value| value.trim().parse().ok()).map(Duration::from_millis);
    let limit = || RateLimit::read(headers, now).filter(|_| status == StatusCode::TOO_MANY_REQUESTS);
    asked.chain(millis).max().or_else(|| limit()?.wait())
}

/// Returns whether the response is a redirect. For 300 and 304 this requires a `location` header.
fn is_redirect(status: StatusCode, headers: &HeaderMap) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
        || status.is_redirection() && headers.contains_key(LOCATION)
}

fn redirected(base: Option<&Url>, head: &StatusAndHeaders, redactor: &Redactor) -> Error {
    // Some servers send UTF-8, which `to_str` rejects.
    let location = head.headers.get(LOCATION).and_then(|value| std::str::from_utf8(value.as_bytes()).ok());
    // The message contains only the origin, because a redirect may have a token in its path or query.
    let target = location
        .and_then(|location| base.map_or_else(|| Url::parse(location), |base| base.join(location)).ok());
    let is_here = target.as_ref().zip(base).is_some_and(|(target, base)| target.origin() == base.origin());
    let to = match target.map(|target| target.origin()) {
        Some(origin) if origin.is_tuple() => redactor.quote(&origin.ascii_serialization(), 200),
        Some(_) => "an invalid URL".to_owned(),
        None => "nowhere".to_owned(),
    };
    let advice = if is_here {
        "the same server, which is not followed: if the path in the header `location` is right, write it in the \
         declaration"
            .to_owned()
    } else {
        format!(
            "{to}, which is not followed because the credentials would be sent there: if it is the right server, \
             use it as the base URL"
        )
    };
    let message = format!("{} redirect to {advice}", head.status.as_u16());
    Error::new(ErrorKind::Redirect, message).with_status(head.status)
}
