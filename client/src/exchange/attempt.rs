//! One attempt: out, back, and a verdict.

mod breakage;
mod reading;
mod refusal;
mod snippet;

use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;

use self::breakage::{broken, out_of_time, transport_failed};
use self::reading::{Arriving, Reading};
use self::refusal::{REFUSAL_LIMIT, judge};
use crate::client::Client;
use crate::request::Request;
use crate::retry::Cause;
use crate::transport::{Begun, Wire};
use crate::{Error, ErrorKind};

/// An attempt without success.
pub(crate) struct Failed {
    pub(crate) error: Error,
    /// What a retry policy has to know; `None` where a repeat could not help.
    pub(crate) cause: Option<Cause>,
}

impl Failed {
    fn finally(error: Error) -> Self {
        Self { error, cause: None }
    }

    fn because(cause: Cause, error: Error) -> Self {
        Self { error, cause: Some(cause) }
    }
}

/// An answer whose body may still be on its way.
struct Arrived {
    status: u16,
    headers: HeaderMap,
    body: Arriving,
}

/// Sends a request once; a success is its status and its body.
pub(crate) async fn make(
    client: &Client,
    request: &Request,
    time_left: Option<Duration>,
) -> Result<(u16, Bytes), Failed> {
    let clock = &client.core.clock;
    let (started, begun) = (clock.now(), Begun::default());
    let arrived = match clock.within(time_left, send(client, request, &begun)).await {
        Some(arrived) => arrived?,
        None => return Err(out_of_time(client, &begun)),
    };
    let (status, headers) = (arrived.status, arrived.headers);
    let is_success = (200..300).contains(&status);
    let limit = if is_success { client.options.max_response_bytes } else { REFUSAL_LIMIT };
    let time_left = time_left.map(|left| left.saturating_sub(clock.now() - started));
    let mut reading = Reading::default();
    let ended = clock.within(time_left, reading.fill(arrived.body, limit)).await;
    let body = reading.finish();
    if is_success {
        return match ended {
            Some(Ok(())) => Ok((status, body)),
            ended => Err(reading::failed(client, request, status, &body, ended)),
        };
    }
    let is_whole = matches!(ended, Some(Ok(())));
    Err(judge(client, request, status, &headers, &body, is_whole))
}

async fn send(client: &Client, request: &Request, begun: &Begun) -> Result<Arrived, Failed> {
    match &client.core.wire {
        Wire::Reqwest(http) => {
            let prepared = client.core.prepare(request, begun);
            let sent_to = client.core.redirects_possible.then(|| prepared.url().clone());
            let response = http.execute(prepared).await.map_err(|error| broken(client, begun, error))?;
            if sent_to.is_some_and(|sent_to| sent_to != *response.url()) {
                return Err(Failed::finally(followed()));
            }
            let (status, headers) = (response.status().as_u16(), response.headers().clone());
            Ok(Arrived { status, headers, body: Arriving::Streaming(response) })
        }
        Wire::Own(transport) => {
            let prepared = client.core.prepare_plain(request).map_err(Failed::finally)?;
            let answer = transport.send(prepared).await.map_err(|error| transport_failed(client, error))?;
            let (head, body) = answer.into_parts();
            Ok(Arrived { status: head.status.as_u16(), headers: head.headers, body: Arriving::Whole(body) })
        }
    }
}

fn followed() -> Error {
    Error::new(
        ErrorKind::Redirect,
        "the HTTP client that was handed in followed a redirect, so this is another server's answer: build it \
         with `redirect::Policy::none()`",
    )
}
