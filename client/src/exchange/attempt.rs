//! One attempt: out, back, and a verdict.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use http::header::{CONTENT_TYPE, LOCATION, RETRY_AFTER};

use crate::client::Client;
use crate::error::{ApiError, Scrubber};
use crate::request::Request;
use crate::retry::{Cause, read_retry_after};
use crate::transport::Wire;
use crate::{Error, ErrorKind, Phase};

/// How much of the body of a refusal is kept.
const REFUSAL_LIMIT: usize = 64 * 1024;
/// How much of a body that is no refusal is quoted.
const SNIPPET: usize = 200;

/// An attempt without success.
pub(crate) struct Failed {
    pub(crate) error: Error,
    /// What a retry policy has to know; `None` where a repeat could not help.
    pub(crate) cause: Option<Cause>,
}

impl Failed {
    pub(crate) fn finally(error: Error) -> Self {
        Self { error, cause: None }
    }

    pub(crate) fn because(cause: Cause, error: Error) -> Self {
        Self { error, cause: Some(cause) }
    }
}

/// An answer whose body may still be on its way.
struct Arrived {
    status: u16,
    headers: HeaderMap,
    body: Arriving,
}

enum Arriving {
    Whole(Bytes),
    Streaming(reqwest::Response),
}

/// Sends a request once; a success is its status and its body.
pub(crate) async fn make(
    client: &Client,
    request: &Request,
    time_left: Option<Duration>,
) -> Result<(u16, Bytes), Failed> {
    let clock = &client.core.clock;
    let limit = client.options.timeout.unwrap_or_default();
    let started = clock.now();
    let arrived = match clock.within(time_left, send(client, request)).await {
        Some(arrived) => arrived?,
        None => return Err(Failed::because(Cause::Unknown, Error::timeout(Phase::Waiting, limit))),
    };
    let (status, headers) = (arrived.status, arrived.headers);
    let time_left = time_left.map(|left| left.saturating_sub(clock.now() - started));
    if !(200..300).contains(&status) {
        let body = match clock.within(time_left, read(arrived.body, REFUSAL_LIMIT)).await {
            Some(Read::Whole(body) | Read::Part(body)) => body,
            None => Bytes::new(),
        };
        return Err(judge(client, request, status, &headers, &body));
    }
    let cap = client.options.max_response_bytes;
    match clock.within(time_left, read(arrived.body, cap)).await {
        Some(Read::Whole(body)) => Ok((status, body)),
        Some(Read::Part(body)) => Err(cut_short(status, &body, cap)),
        None => {
            Err(Failed::because(Cause::Unknown, Error::timeout(Phase::Reading, limit).with_status(status)))
        }
    }
}

async fn send(client: &Client, request: &Request) -> Result<Arrived, Failed> {
    match &client.core.wire {
        Wire::Reqwest(http) => {
            let prepared = client.core.prepare(request);
            let sent_to = client.core.redirects_possible.then(|| prepared.url().clone());
            let response = http.execute(prepared).await.map_err(|error| broken(client, error))?;
            if sent_to.is_some_and(|sent_to| sent_to != *response.url()) {
                return Err(Failed::finally(Error::new(
                    ErrorKind::Redirect,
                    "the HTTP client that was handed in followed a redirect, and the credentials went along: \
                     build it with `redirect::Policy::none()`",
                )));
            }
            let (status, headers) = (response.status().as_u16(), response.headers().clone());
            Ok(Arrived { status, headers, body: Arriving::Streaming(response) })
        }
        Wire::Own(transport) => {
            let prepared = client.core.prepare_plain(request).map_err(Failed::finally)?;
            let (head, body) = match transport.send(prepared).await {
                Ok(response) => response.into_parts(),
                Err(error) if error.sent => {
                    return Err(Failed::because(
                        Cause::Unknown,
                        connection_broke().with_source(error.source),
                    ));
                }
                Err(error) => {
                    return Err(Failed::because(
                        Cause::NotSent,
                        no_connection(client).with_source(error.source),
                    ));
                }
            };
            Ok(Arrived { status: head.status.as_u16(), headers: head.headers, body: Arriving::Whole(body) })
        }
    }
}

/// What a failed send means: whether anything may have reached the server decides about a repeat.
fn broken(client: &Client, error: reqwest::Error) -> Failed {
    // The URL in it would show the query.
    let error = error.without_url();
    if error.is_connect() && error.is_timeout() {
        let limit = client.core.connect_timeout;
        return Failed::because(Cause::NotSent, Error::timeout(Phase::Connecting, limit).with_source(error));
    }
    if error.is_connect() {
        return Failed::because(Cause::NotSent, no_connection(client).with_source(error));
    }
    if error.is_timeout() {
        let limit = client.options.timeout.unwrap_or_default();
        return Failed::because(Cause::Unknown, Error::timeout(Phase::Waiting, limit).with_source(error));
    }
    if error.is_builder() || error.is_request() && error.is_redirect() {
        return Failed::finally(
            Error::new(ErrorKind::Request, "the HTTP client refused the request").with_source(error),
        );
    }
    Failed::because(Cause::Unknown, connection_broke().with_source(error))
}

fn no_connection(client: &Client) -> Error {
    let message = format!(
        "no connection to {}: check that the server is up and the address right",
        client.core.origin()
    );
    Error::new(ErrorKind::Connect, message)
}

fn connection_broke() -> Error {
    Error::new(
        ErrorKind::Connection,
        "the connection broke before an answer came; the request may have arrived",
    )
}

/// How far a body was read.
enum Read {
    Whole(Bytes),
    /// The connection broke or the limit was reached.
    Part(Bytes),
}

async fn read(body: Arriving, limit: usize) -> Read {
    let mut response = match body {
        Arriving::Whole(body) if body.len() <= limit => return Read::Whole(body),
        Arriving::Whole(body) => return Read::Part(body.slice(..limit.saturating_add(1).min(body.len()))),
        Arriving::Streaming(response) => response,
    };
    // Most answers are one chunk, which is then not copied.
    let mut first = Bytes::new();
    let mut all = BytesMut::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if first.is_empty() && all.is_empty() => first = chunk,
            Ok(Some(chunk)) => {
                if all.is_empty() {
                    all.extend_from_slice(&std::mem::take(&mut first));
                }
                all.extend_from_slice(&chunk);
            }
            Ok(None) => return Read::Whole(whole(first, all)),
            Err(_) => return Read::Part(whole(first, all)),
        }
        if first.len().max(all.len()) > limit {
            return Read::Part(whole(first, all));
        }
    }
}

fn whole(first: Bytes, all: BytesMut) -> Bytes {
    if all.is_empty() { first } else { all.freeze() }
}

/// A success of which only a part could be read.
fn cut_short(status: u16, body: &Bytes, cap: usize) -> Failed {
    let request_id = super::find_request_id(body);
    if body.len() > cap {
        let message =
            format!("{status} with a body over {cap} bytes: raise `max_response_bytes` if that is right");
        let error = Error::new(ErrorKind::TooLarge, message);
        return Failed::finally(error.with_status(status).with_request_id(request_id));
    }
    let message =
        format!("{status}, and the connection broke in the middle of the answer; the call was carried out");
    let error = Error::new(ErrorKind::Connection, message).with_status(status).with_request_id(request_id);
    Failed::because(Cause::Unknown, error)
}

/// What an answer that is no success means.
fn judge(client: &Client, request: &Request, status: u16, headers: &HeaderMap, body: &Bytes) -> Failed {
    if (300..400).contains(&status) {
        return Failed::finally(redirected(client, status, headers));
    }
    let header = headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok());
    let retry_after = header.and_then(|value| read_retry_after(value, client.core.clock.timestamp()));
    let kept = body.slice(..body.len().min(REFUSAL_LIMIT));
    let scrubber = Scrubber::of(request, client.core.secrets());
    let error = match ApiError::read(body, status, &scrubber) {
        Some(api) => Error::refused(api, status, kept),
        None => unexpected(status, headers, body, &scrubber).with_body(kept),
    };
    Failed::because(Cause::Status { status, retry_after }, error.with_retry_after(retry_after))
}

fn unexpected(status: u16, headers: &HeaderMap, body: &[u8], scrubber: &Scrubber) -> Error {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("no content type");
    // Cleaned before it is cut, so that no half of a secret is left over at the end.
    let text = scrubber.clean(&String::from_utf8_lossy(body));
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut snippet: String =
        words.join(" ").chars().filter(|letter| !letter.is_control()).take(SNIPPET).collect();
    if snippet.is_empty() {
        snippet.push_str("an empty body");
    }
    let kind = scrubber.clean(kind);
    let message = format!("{status} from something that is not the API ({kind}): {snippet}");
    Error::new(ErrorKind::Status, message).with_status(status).with_request_id(super::find_request_id(body))
}

fn redirected(client: &Client, status: u16, headers: &HeaderMap) -> Error {
    let location = headers.get(LOCATION).and_then(|value| value.to_str().ok());
    // Only the origin: a redirect may carry a token in its path or query.
    let target = location.and_then(|location| client.core.base.join(location).ok());
    let to = target.map_or_else(|| "nowhere".to_owned(), |target| target.origin().ascii_serialization());
    let message = format!(
        "{status} redirect to {to}, which is not followed because the credentials would go along: \
         if that is the right server, make it the base URL"
    );
    Error::new(ErrorKind::Redirect, message).with_status(status)
}
