//! What an answer that is no success means.

use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use http::header::{CONTENT_TYPE, LOCATION, RETRY_AFTER};
use jiff::Timestamp;

use super::{Failed, snippet};
use crate::client::Client;
use crate::error::{ApiError, Scrubber, find_request_id, one_line};
use crate::request::Request;
use crate::retry::{Cause, read_retry_after};
use crate::{Error, ErrorKind};

/// How much of the body is kept.
pub(super) const REFUSAL_LIMIT: usize = 64 * 1024;

/// The error for an answer that is no success; `is_whole` says whether all of its body came.
pub(super) fn judge(
    client: &Client,
    request: &Request,
    status: u16,
    headers: &HeaderMap,
    body: &Bytes,
    is_whole: bool,
) -> Failed {
    let scrubber = Scrubber::of(request, client.core.secrets());
    if is_redirect(status, headers) {
        return Failed::finally(redirected(client, status, headers, &scrubber));
    }
    let retry_after = longest_wait(headers, client.core.clock.timestamp());
    let error = match ApiError::read(body, status, &scrubber) {
        Some(api) => Error::refused(api, status),
        None => unexpected(status, headers, body, is_whole, &scrubber),
    };
    let error = error.with_body(body.clone()).with_retry_after(retry_after);
    Failed::because(Cause::Status { status, retry_after }, error)
}

/// There should be one such header; where there are several, all of them are content with the longest wait.
fn longest_wait(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let values = headers.get_all(RETRY_AFTER).iter().filter_map(|value| value.to_str().ok());
    values.filter_map(|value| read_retry_after(value, now)).max()
}

fn unexpected(status: u16, headers: &HeaderMap, body: &[u8], is_whole: bool, scrubber: &Scrubber) -> Error {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("no content type");
    let kind = one_line(&scrubber.clean(kind), 100);
    let cut = if is_whole { "" } else { ", cut short" };
    let said = snippet::quote(body, scrubber);
    let message = format!("{status} from something that is not the API ({kind}{cut}): {said}");
    let error = Error::new(ErrorKind::Status, message).with_status(status);
    error.with_request_id(find_request_id(body, scrubber))
}

/// 300 and 304 are redirects only if they say where to.
fn is_redirect(status: u16, headers: &HeaderMap) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
        || (300..400).contains(&status) && headers.contains_key(LOCATION)
}

fn redirected(client: &Client, status: u16, headers: &HeaderMap, scrubber: &Scrubber) -> Error {
    let location = headers.get(LOCATION).and_then(|value| value.to_str().ok());
    // Only the origin: a redirect may carry a token in its path or query.
    let target = location.and_then(|location| client.core.base.join(location).ok());
    let to = match target.map(|target| target.origin()) {
        Some(origin) if origin.is_tuple() => one_line(&scrubber.clean(&origin.ascii_serialization()), 200),
        Some(_) => "something that is no web address".to_owned(),
        None => "nowhere".to_owned(),
    };
    let message = format!(
        "{status} redirect to {to}, which is not followed because the credentials would go along: \
         if that is the right server, make it the base URL"
    );
    Error::new(ErrorKind::Redirect, message).with_status(status)
}
