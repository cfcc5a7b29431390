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
use self::reading::{Arriving, Cut, Reading};
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

/// How far an attempt has come; it stays when the attempt is given up in the middle.
#[derive(Default)]
struct Attempt {
    progress: Progress,
    head: Option<Head>,
    reading: Reading,
}

/// The right to keep a connection busy.
type Turn<'c> = Option<SemaphorePermit<'c>>;

/// Sends a request once; a success is its status and its body.
pub(crate) async fn make(
    client: &Client,
    request: &Request,
    time_left: Option<Duration>,
) -> Result<(u16, Bytes), Failed> {
    let mut attempt = Attempt::default();
    // One timer for all of it: setting one costs more than what it measures here.
    let ended = client.core.clock.within(time_left, go(client, request, &mut attempt)).await.transpose()?;
    let Some(head) = attempt.head else { return Err(out_of_time(client, attempt.progress.stage())) };
    let body = attempt.reading.finish();
    if head.is_success() {
        return match ended {
            Some(Ok(())) => Ok((head.status, body)),
            ended => Err(reading::failed(client, request, head.status, &body, ended)),
        };
    }
    let is_whole = matches!(ended, Some(Ok(())));
    Err(judge(client, request, head.status, &head.headers, &body, is_whole))
}

/// The attempt itself: ends with how reading the body ended.
async fn go(client: &Client, request: &Request, attempt: &mut Attempt) -> Result<Result<(), Cut>, Failed> {
    // The turn lasts until the body is read.
    let _turn = wait_for_turn(client).await;
    attempt.progress.reach(Stage::Connecting);
    let (head, body) = send(client, request, &attempt.progress).await?;
    let limit = if head.is_success() { client.options.max_response_bytes } else { REFUSAL_LIMIT };
    attempt.head = Some(head);
    Ok(attempt.reading.fill(body, limit).await)
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
