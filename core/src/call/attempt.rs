//! Makes one attempt: sends the request, receives the response and evaluates it.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Response};
use tokio::sync::OwnedSemaphorePermit;

use super::failure::{self, transport_failed};
use super::host::Host;
use super::outcome::{Failed, StatusAndHeaders};
use super::reading::{self, Reading};
use super::unsuccessful::{Api, MAX_ERROR_BYTES, failure_of};
use super::{Call, Success};
use crate::auth::Granted;
use crate::error::ResponseParts;
use crate::response::{Arrival, JSON};
use crate::retry::Cause;
use crate::transport::timer::within;
use crate::transport::{Body, HookFuture, Next, PreparedRequest, Progress, Stage, TransportError};
use crate::{Error, Method};

/// The timeout for the body of an error response. It is short because the status line already contains the important
/// part.
const ERROR_BODY_TIMEOUT: Duration = Duration::from_secs(2);

/// The current attempt of a call.
pub(super) struct Attempt {
    pub(super) number: u32,
    pub(super) progress: Progress,
    /// The provider's credentials that were sent.
    pub(super) granted: Option<Arc<Granted>>,
    /// The status and headers of the response, once they have arrived.
    pub(super) head: Option<StatusAndHeaders>,
    /// The part of the body that has arrived.
    pub(super) reading: Reading,
    /// The error of this attempt, while the call waits for the next attempt.
    pub(super) failed: Option<Error>,
}

impl Attempt {
    pub(super) fn new(number: u32) -> Self {
        Self {
            number,
            progress: Progress::new(),
            granted: None,
            head: None,
            reading: Reading::default(),
            failed: None,
        }
    }
}

impl Call<'_> {
    /// Sends the request once.
    pub(super) async fn attempt(&self, current: &mut Attempt) -> Result<Success, Failed> {
        let Self { core, options, wanted, request, route } = self;
        if let Some(provider) = route.provider(core) {
            let granted = provider.get(&*core.timer).await.map_err(Failed::finally)?;
            current.granted = Some(granted);
        }
        let failed = |error| transport_failed(route, error);
        let (sent, connection_permit) = if core.hooks.is_empty() {
            let connection_permit = self.connection_permit(&current.progress).await;
            // Opened after the wait: more calls may wait than files can be open at the same time.
            let body = request.open_body().map_err(failed)?;
            (core.transport.send(prepare(self, body, current)).await, connection_permit)
        } else {
            let prepared = prepare(self, request.open_body().map_err(failed)?, current);
            // Boxed, so that the future of a call without hooks stays small.
            (Box::pin(self.send_through_hooks(prepared)).await, None)
        };
        let response = sent.map_err(failed)?;
        current.progress.reach(Stage::Reading);
        if let Some(host) = route.host() {
            host.note(response.version());
        }
        let (head, body) = response_parts(response);
        let body = body.holding(connection_permit);
        let head = current.head.insert(head);
        let is_none = request.info.is_none(head.status);
        if !is_none && !head.status.is_success() {
            let is_whole = self.read_error(&mut current.reading, body).await;
            return Err(failure_of(&self.api(), head, &current.reading.take(), is_whole));
        }
        if wanted.arrival != Arrival::Whole {
            return Ok(Success { status: head.status, headers: std::mem::take(&mut head.headers), body });
        }
        let ended = current.reading.fill(body, options.max_response_bytes).await;
        let body = current.reading.take();
        if let Err(cut) = ended {
            return Err(reading::failed(core, request, head, &body, cut, options.max_response_bytes));
        }
        if !is_none && (core.errors.is_error)(&ResponseParts::new(head.status, &head.headers, &body)) {
            return Err(failure_of(&self.api(), head, &body, true));
        }
        Ok(Success { status: head.status, headers: std::mem::take(&mut head.headers), body: body.into() })
    }

    /// Returns whether the server has rejected the provider's credentials and the provider has returned new ones.
    pub(super) async fn replaces_credentials(
        &self,
        current: &mut Attempt,
        cause: Option<Cause>,
        error: &Error,
    ) -> bool {
        let is_rejection = matches!(cause, Some(Cause::Status { status: 401, .. }));
        let (true, Some(provider), Some(sent)) =
            (is_rejection, self.route.provider(self.core), current.granted.as_ref())
        else {
            return false;
        };
        // If the call times out while it waits for the provider, this error is more useful.
        current.failed = Some(error.clone());
        Box::pin(provider.replace(sent, &*self.core.timer)).await.is_some()
    }

    /// Passes the request through the hooks. Waits for a connection permit only if the request reaches the transport.
    async fn send_through_hooks(&self, request: PreparedRequest) -> Result<Response<Body>, TransportError> {
        let transport = |request: PreparedRequest| -> HookFuture<'_> {
            Box::pin(async move {
                if let Some(settings) = &self.request.settings {
                    settings.added.note(&request.headers);
                }
                let connection_permit = self.connection_permit(&request.progress).await;
                let response = self.core.transport.send(request).await?;
                Ok(response.map(|body| body.holding(connection_permit)))
            })
        };
        Next::new(&self.core.hooks, &transport).send(request).await
    }

    /// Returns the data with which error responses are evaluated.
    fn api(&self) -> Api<'_> {
        Api {
            errors: &self.core.errors,
            base: Some(self.route.base()),
            redactor: self.core.redactor(self.request),
            now: self.core.timer.timestamp(),
        }
    }

    /// Waits for the permit to use a connection. On a host with shared connections, the server limits the calls instead.
    async fn connection_permit(&self, progress: &Progress) -> Option<OwnedSemaphorePermit> {
        progress.reach(Stage::Queued);
        let is_shared = self.route.host().is_some_and(Host::is_shared);
        let connection_permit = match self.core.connections.as_ref().filter(|_| !is_shared) {
            // This fails only if the semaphore is closed, and it never is.
            Some(connections) => Arc::clone(connections).acquire_owned().await.ok(),
            None => None,
        };
        progress.reach(Stage::Connecting);
        connection_permit
    }

    /// Reads the body of an error response until it ends or the timeout passes. Returns whether the body is complete.
    async fn read_error(&self, reading: &mut Reading, body: Body) -> bool {
        let limit = self.core.timer.timeout(ERROR_BODY_TIMEOUT);
        let ended = within(Some(limit), reading.fill(body, MAX_ERROR_BYTES)).await;
        matches!(ended, Some(Ok(())))
    }

    /// Returns the error of a call that timed out during an attempt. If a part of the response has arrived, the error
    /// contains it.
    pub(super) fn out_of_time(&self, current: &mut Attempt) -> Error {
        let Self { core, options, request, .. } = self;
        let part = current.reading.take();
        let error = failure::out_of_time(current.progress.stage(), options.timeout);
        match &current.head {
            None => error,
            Some(head) if head.status.is_success() => {
                reading::with_response(error, core, request, head, &part)
            }
            Some(head) => failure_of(&self.api(), head, &part, false).error,
        }
    }
}

/// Builds the HTTP request for the transport. Never inlined, so that its cost can be measured separately.
#[inline(never)]
fn prepare(call: &Call<'_>, body: Body, attempt: &Attempt) -> PreparedRequest {
    let Call { core, request, route, .. } = call;
    let granted = attempt.granted.as_deref();
    let mut headers = headers(call, granted);
    let may_have_body = matches!(request.info.method, Method::Post | Method::Put | Method::Patch);
    if may_have_body && body.as_bytes().is_some_and(Bytes::is_empty) {
        // HTTP requires this header if the method can have a body. Some proxies reject a request without it with 411.
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    let (url, own) = route.url(core, request, granted);
    PreparedRequest {
        method: request.info.method.into(),
        url,
        headers,
        body,
        info: request.info,
        attempt: attempt.number,
        progress: attempt.progress.clone(),
        own,
    }
}

/// Returns the headers of the client and of the endpoint. A header of the endpoint replaces one of the client.
fn headers(call: &Call<'_>, granted: Option<&Granted>) -> HeaderMap {
    let Call { core, request, route, wanted, .. } = call;
    let mut headers = route.headers(core, granted);
    if let Some(content_type) = request.content_type() {
        headers.insert(CONTENT_TYPE, content_type.clone());
    } else if !request.has_body() {
        headers.remove(CONTENT_TYPE);
    }
    if wanted.accept != JSON {
        headers.insert(ACCEPT, HeaderValue::from_static(wanted.accept));
    }
    request.write_headers(&mut headers);
    headers
}

fn response_parts(response: Response<Body>) -> (StatusAndHeaders, Body) {
    let (parts, body) = response.into_parts();
    (StatusAndHeaders { status: parts.status, headers: parts.headers }, body)
}
