//! One attempt: the request out, the response back, and what it means.

use std::time::Duration;

use http::Response;
use tokio::sync::SemaphorePermit;

use super::failure::transport_failed;
use super::outcome::{Failed, Head};
use super::reading::{self, Reading};
use super::unsuccessful::{MAX_ERROR_BYTES, judge};
use super::{Call, Success};
use crate::Error;
use crate::error::ResponseParts;
use crate::transport::timer::within;
use crate::transport::{Body, Progress, Stage};

/// How long the body of an error response may take: its status line says nearly everything.
const ERROR_BODY_TIMEOUT: Duration = Duration::from_secs(2);

/// The current attempt of a call.
pub(super) struct Attempt {
    pub(super) number: u32,
    pub(super) progress: Progress,
    /// The error of the attempt before, while the call waits for the next one.
    pub(super) failed: Option<Error>,
}

impl Call<'_> {
    /// Sends the request once.
    pub(super) async fn attempt(&self, progress: &Progress) -> Result<Success, Failed> {
        let Self { core, options, request } = self;
        // The turn lasts until the body is read.
        let _turn = self.turn().await;
        progress.reach(Stage::Connecting);
        let prepared = core.prepare(request, progress.clone());
        let response = core.transport.send(prepared).await.map_err(|error| transport_failed(core, error))?;
        progress.reach(Stage::Reading);
        let (head, body) = response_parts(response);
        if !head.status.is_success() {
            let (body, is_whole) = self.error_body(body).await;
            return Err(judge(core, request, &head, &body, is_whole));
        }
        let mut reading = Reading::default();
        let ended = reading.fill(body, options.max_response_bytes).await;
        let body = reading.finish();
        if let Err(cut) = ended {
            return Err(reading::failed(core, request, &head, &body, cut, options.max_response_bytes));
        }
        if (core.errors.is_error)(&ResponseParts::new(head.status, &head.headers, &body)) {
            return Err(judge(core, request, &head, &body, true));
        }
        Ok(Success { status: head.status, headers: head.headers, body })
    }

    /// The right to keep a connection busy.
    async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        // It fails only when it is closed, which nobody does.
        self.core.connections.as_ref()?.acquire().await.ok()
    }

    /// What arrives in time of the body of an error response, and whether that is all of it.
    async fn error_body(&self, body: Body) -> (bytes::Bytes, bool) {
        let mut reading = Reading::default();
        let limit = self.core.timer.timeout(ERROR_BODY_TIMEOUT);
        let ended = within(Some(limit), reading.fill(body, MAX_ERROR_BYTES)).await;
        (reading.finish(), matches!(ended, Some(Ok(()))))
    }
}

fn response_parts(response: Response<Body>) -> (Head, Body) {
    let (parts, body) = response.into_parts();
    (Head { status: parts.status, headers: parts.headers }, body)
}
