//! One attempt: out, back, and a verdict.

mod breakage;
mod reading;
mod refusal;
mod snippet;

use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use tokio::sync::SemaphorePermit;

use self::breakage::{broken, out_of_time, transport_failed};
use self::reading::{Arriving, Reading};
use self::refusal::{REFUSAL_LIMIT, judge};
use crate::client::Client;
use crate::request::Request;
use crate::retry::Cause;
use crate::transport::{Progress, Stage, Wire};
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

/// The head of an answer.
struct Head {
    status: u16,
    headers: HeaderMap,
}

impl Head {
    fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// The right to keep a connection busy.
type Turn<'c> = Option<SemaphorePermit<'c>>;

/// Sends a request once, for the `attempt`th time; a success is its status and its body.
pub(crate) async fn make(
    client: &Client,
    request: &Request,
    attempt: u32,
    time_left: Option<Duration>,
) -> Result<(u16, Bytes), Failed> {
    let clock = &client.core.clock;
    let (started, progress) = (clock.now(), Progress::new(&request.body, attempt));
    let sending = async {
        let turn = wait_for_turn(client).await;
        progress.reach(Stage::Connecting);
        send(client, request, &progress).await.map(|(head, body)| (head, body, turn))
    };
    // The turn lasts until the body is read.
    let (head, body, _turn) = match clock.within(time_left, sending).await {
        Some(arrived) => arrived?,
        None => return Err(out_of_time(client, progress.stage())),
    };
    let limit = if head.is_success() { client.options.max_response_bytes } else { REFUSAL_LIMIT };
    let time_left = time_left.map(|left| left.saturating_sub(clock.now() - started));
    let mut reading = Reading::default();
    let ended = clock.within(time_left, reading.fill(body, limit)).await;
    let body = reading.finish();
    if head.is_success() {
        return match ended {
            Some(Ok(())) => Ok((head.status, body)),
            ended => Err(reading::failed(client, request, head.status, &body, ended)),
        };
    }
    let is_whole = matches!(ended, Some(Ok(())));
    Err(judge(client, request, head.status, &head.headers, &body, is_whole))
}

async fn wait_for_turn(client: &Client) -> Turn<'_> {
    // It fails only when it is closed, which nobody does.
    client.core.connections.as_ref()?.acquire().await.ok()
}

async fn send(client: &Client, request: &Request, progress: &Progress) -> Result<(Head, Arriving), Failed> {
    match &client.core.wire {
        Wire::Reqwest(http) => {
            let prepared = client.core.prepare(request, progress);
            let sent_to = client.core.redirects_possible.then(|| prepared.url().clone());
            let response = http.execute(prepared).await;
            let mut response = response.map_err(|error| broken(client, progress.stage(), error))?;
            if sent_to.is_some_and(|sent_to| sent_to != *response.url()) {
                return Err(Failed::finally(followed()));
            }
            let head =
                Head { status: response.status().as_u16(), headers: std::mem::take(response.headers_mut()) };
            Ok((head, Arriving::Streaming(response)))
        }
        Wire::Own(transport) => {
            let prepared = client.core.prepare_plain(request).map_err(Failed::finally)?;
            // It does not tell how far it comes.
            progress.reach(Stage::Begun);
            let answer = transport.send(prepared).await.map_err(|error| transport_failed(client, error))?;
            let (head, body) = answer.into_parts();
            Ok((Head { status: head.status.as_u16(), headers: head.headers }, Arriving::Whole(body)))
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
