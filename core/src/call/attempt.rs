//! One attempt: the request out, the response back, and what it means.

use std::sync::Arc;
use std::time::Duration;

use http::Response;
use tokio::sync::OwnedSemaphorePermit;

use super::failure::{self, transport_failed};
use super::outcome::{Failed, Head};
use super::reading::{self, Reading};
use super::unsuccessful::{MAX_ERROR_BYTES, judge};
use super::{Call, Success};
use crate::Error;
use crate::error::ResponseParts;
use crate::response::Arrival;
use crate::transport::timer::within;
use crate::transport::{Body, Progress, Stage};

/// How long the body of an error response may take: its status line says nearly everything.
const ERROR_BODY_TIMEOUT: Duration = Duration::from_secs(2);

/// The current attempt of a call.
pub(super) struct Attempt {
    pub(super) number: u32,
    pub(super) progress: Progress,
    /// Status and headers of the response, once they have arrived.
    pub(super) head: Option<Head>,
    /// What of the body has arrived.
    pub(super) reading: Reading,
    /// The error of this attempt, while the call waits for the next one.
    pub(super) failed: Option<Error>,
}

impl Attempt {
    pub(super) fn new(number: u32) -> Self {
        Self { number, progress: Progress::new(), head: None, reading: Reading::default(), failed: None }
    }
}

impl Call<'_> {
    /// Sends the request once.
    pub(super) async fn attempt(&self, current: &mut Attempt) -> Result<Success, Failed> {
        let Self { core, options, wanted, request } = self;
        // The turn lasts until the body is read.
        let turn = self.turn().await;
        current.progress.reach(Stage::Connecting);
        let failed = |error| transport_failed(core, error);
        let body = request.open_body().map_err(failed)?;
        let prepared = core.prepare(request, wanted.accept, body, current.progress.clone());
        let response = core.transport.send(prepared).await.map_err(failed)?;
        current.progress.reach(Stage::Reading);
        let (head, body) = response_parts(response);
        let head = current.head.insert(head);
        if !head.status.is_success() && !request.info.is_none(head.status) {
            let is_whole = self.read_error(&mut current.reading, body).await;
            return Err(judge(&core.api(request), head, &current.reading.take(), is_whole));
        }
        if wanted.arrival != Arrival::Whole {
            let headers = std::mem::take(&mut head.headers);
            return Ok(Success { status: head.status, headers, body: body.holding(turn) });
        }
        let ended = current.reading.fill(body, options.max_response_bytes).await;
        let body = current.reading.take();
        if let Err(cut) = ended {
            return Err(reading::failed(core, request, head, &body, cut, options.max_response_bytes));
        }
        if (core.errors.is_error)(&ResponseParts::new(head.status, &head.headers, &body)) {
            return Err(judge(&core.api(request), head, &body, true));
        }
        Ok(Success { status: head.status, headers: std::mem::take(&mut head.headers), body: body.into() })
    }

    /// The right to keep a connection busy.
    async fn turn(&self) -> Option<OwnedSemaphorePermit> {
        let connections = Arc::clone(self.core.connections.as_ref()?);
        // It fails only when it is closed, which nobody does.
        connections.acquire_owned().await.ok()
    }

    /// Reads what arrives in time of the body of an error response; returns whether that is all of it.
    async fn read_error(&self, reading: &mut Reading, body: Body) -> bool {
        let limit = self.core.timer.timeout(ERROR_BODY_TIMEOUT);
        let ended = within(Some(limit), reading.fill(body, MAX_ERROR_BYTES)).await;
        matches!(ended, Some(Ok(())))
    }

    /// The error of a call whose time ran out during an attempt. What has arrived of a response says more.
    pub(super) fn out_of_time(&self, current: &mut Attempt) -> Error {
        let Self { core, options, request, .. } = self;
        let part = current.reading.take();
        let error = failure::out_of_time(current.progress.stage(), options.timeout);
        match &current.head {
            None => error,
            Some(head) if head.status.is_success() => {
                reading::with_response(error, core, request, head, &part)
            }
            Some(head) => judge(&core.api(request), head, &part, false).error,
        }
    }
}

fn response_parts(response: Response<Body>) -> (Head, Body) {
    let (parts, body) = response.into_parts();
    (Head { status: parts.status, headers: parts.headers }, body)
}
