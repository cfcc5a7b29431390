//! One connection: its requests, and the faults that apply to them.

use std::{fmt, pin::pin, sync::Arc};

use hyper::{
    StatusCode,
    body::Incoming,
    header::{
        CACHE_CONTROL, CONNECTION, CONTENT_TYPE, EXPECT, HeaderName, HeaderValue, REFERRER_POLICY,
        RETRY_AFTER, X_CONTENT_TYPE_OPTIONS,
    },
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{net::TcpStream, sync::watch, time::sleep};
use tokio_io_timeout::TimeoutStream;

use super::{
    allowed_hosts::AllowedHosts,
    body::{self, Outgoing, Unread},
    entry::Entry,
    slots::Slot,
    workers::Workers,
};
use crate::{
    api_error::{ApiError, INTERNAL_SERVER_ERROR, REQUEST_TIMEOUT, REQUEST_TOO_LARGE},
    app::App,
    dispatch,
    fault::{Effect, Fault},
    http::{Request, Response},
    log::Event,
    page,
    record::{Outcome, RecordedRequest},
    route::{is_control, templates_of},
    routes::ROUTES,
};

/// How large the request line and the headers of a request may be.
const MAX_HEADER_BYTES: usize = 64 << 10;

/// The shared state that the requests of one connection need.
pub(super) struct Context {
    pub(super) app: Arc<App>,
    pub(super) workers: Arc<Workers>,
    pub(super) hosts: Arc<AllowedHosts>,
    pub(super) slot: Arc<Slot>,
}

/// Serves a connection until the client closes it, a limit is reached, or the emulator stops.
pub(super) async fn serve(stream: TcpStream, context: Arc<Context>, mut stopping: watch::Receiver<bool>) {
    let limits = context.app.settings.limits;
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.write_deadline));
    let stream = pin!(stream);
    let (app, slot) = (Arc::clone(&context.app), Arc::clone(&context.slot));
    let service = service_fn(move |request| {
        let context = Arc::clone(&context);
        async move { exchange(&context, request).await }
    });
    let mut connection = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(limits.head_deadline)
            .max_buf_size(MAX_HEADER_BYTES)
            .serve_connection(TokioIo::new(stream), service)
    );
    tokio::select! {
        result = connection.as_mut() => log_malformed(&app, result),
        () = slot.evicted() => {}
        () = stopped(&mut stopping) => {
            connection.as_mut().graceful_shutdown();
            log_malformed(&app, connection.await);
        }
    }
}

/// Logs a request line or headers that hyper rejected: it responds itself, so no request reaches the service.
fn log_malformed(app: &App, result: hyper::Result<()>) {
    if let (Some(log), Err(error)) = (&app.log, result)
        && error.is_parse()
    {
        log.print(&Event::Rejected { what: "a malformed request", reason: &error.to_string() });
    }
}

/// Returns when the emulator stops.
async fn stopped(stopping: &mut watch::Receiver<bool>) {
    let _ = stopping.wait_for(|stop| *stop).await;
}

/// The connection must be closed without a response.
#[derive(Debug)]
struct NoResponse(Outcome);

impl fmt::Display for NoResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for NoResponse {}

/// A response with the outcome for the log and the list of requests.
struct Reply {
    response: hyper::Response<Outgoing>,
    outcome: Outcome,
}

async fn exchange(
    context: &Arc<Context>,
    incoming: hyper::Request<Incoming>,
) -> Result<hyper::Response<Outgoing>, NoResponse> {
    let busy = context.slot.busy();
    let (parts, body) = incoming.into_parts();
    let mut entry = Entry::new(&context.app, &parts.method, parts.uri.path());
    match reply(context, parts, body, &mut entry).await {
        Ok(Reply { response, outcome }) => {
            entry.finish(outcome);
            Ok(response.map(|body| body.keeping(busy)))
        }
        Err(NoResponse(outcome)) => {
            entry.finish(outcome.clone());
            Err(NoResponse(outcome))
        }
    }
}

async fn reply(
    context: &Context,
    parts: hyper::http::request::Parts,
    body: Incoming,
    entry: &mut Entry,
) -> Result<Reply, NoResponse> {
    let allowed = context.hosts.check(&parts);
    let waits = parts.headers.contains_key(EXPECT);
    let body = match body::read(body, &context.app.settings.limits, waits).await {
        Ok(body) => body,
        Err(Unread::Broken) => return Err(NoResponse(Outcome::BrokenBody)),
        Err(unread) => return Ok(whole(unread_error(&context.app, unread))),
    };
    if let Err(error) = allowed {
        return Ok(whole(for_this_origin(error.into_response(&request_id(&context.app)))));
    }
    let request = Request {
        method: parts.method,
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().map(str::to_owned),
        headers: parts.headers,
        body,
    };
    handle(context, request, entry).await
}

async fn handle(context: &Context, request: Request, entry: &mut Entry) -> Result<Reply, NoResponse> {
    let app = &context.app;
    if is_control(&request.path) {
        let response = match page::find(&request.method, &request.path) {
            Some(file) => file,
            None => respond(context, request).await,
        };
        return Ok(whole(for_this_origin(response)));
    }
    entry.record(RecordedRequest::of(&request));
    let templates: Vec<_> = templates_of(ROUTES, &request.path).collect();
    let fault = app.faults().take(&request.path, &templates);
    let Some(fault) = fault else { return Ok(whole(respond(context, request).await)) };
    sleep(fault.delay).await;
    let needs_response = fault.once_handled || matches!(fault.effect, Effect::Delay | Effect::CutShort);
    let response = if needs_response { Some(respond(context, request).await) } else { None };
    faulty(app, fault, response)
}

/// Adds headers, so that a browser does not give a response of the emulator to a page of another site, and does not
/// store it.
fn for_this_origin(response: Response) -> Response {
    response
        .with(
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("same-origin"),
        )
        .with(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"))
        .with(REFERRER_POLICY, HeaderValue::from_static("no-referrer"))
        .with(CACHE_CONTROL, HeaderValue::from_static("no-store"))
}

/// Runs the endpoint on a worker.
async fn respond(context: &Context, request: Request) -> Response {
    let app = Arc::clone(&context.app);
    let response = context.workers.run(move || dispatch::respond(&app, &request)).await;
    response.unwrap_or_else(|| failed(&context.app))
}

/// The response to a request that made the emulator panic.
fn failed(app: &App) -> Response {
    ApiError::from(&INTERNAL_SERVER_ERROR).into_response(&request_id(app))
}

/// Applies a fault to the response, if there is one.
fn faulty(app: &App, fault: Fault, response: Option<Response>) -> Result<Reply, NoResponse> {
    let mut reply = match fault.effect {
        Effect::Drop => return Err(NoResponse(Outcome::Dropped)),
        Effect::Delay => whole(response.unwrap_or_else(|| failed(app))),
        Effect::CutShort => cut_short(response.unwrap_or_else(|| failed(app))),
        Effect::Status(status) => whole(ApiError::injected(status).into_response(&request_id(app))),
        Effect::Raw { status, content_type, body } => whole(raw(status, &content_type, body)),
    };
    if let Some(seconds) = fault.retry_after {
        reply.response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(reply)
}

fn raw(status: u16, content_type: &str, body: bytes::Bytes) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = HeaderValue::from_str(content_type).ok().map(|value| (CONTENT_TYPE, value));
    Response { status, headers: headers.into_iter().collect(), body, error_type: None }
}

fn unread_error(app: &App, unread: Unread) -> Response {
    let error = if unread == Unread::TooLarge {
        let max = app.settings.limits.body_bytes;
        ApiError::new(&REQUEST_TOO_LARGE, format!("The body is larger than {max} bytes."))
    } else {
        ApiError::from(&REQUEST_TIMEOUT)
    };
    error.into_response(&request_id(app)).with(CONNECTION, HeaderValue::from_static("close"))
}

fn request_id(app: &App) -> String {
    app.request_ids.id("request-id")
}

fn whole(response: Response) -> Reply {
    let body = Outgoing::whole(response.body.clone());
    sent(response, body, false)
}

fn cut_short(response: Response) -> Reply {
    let body = Outgoing::cut_short(&response.body);
    sent(response, body, true)
}

fn sent(response: Response, body: Outgoing, cut_short: bool) -> Reply {
    let Response { status, headers, body: bytes, error_type } = response;
    let outcome = Outcome::Responded { status: status.as_u16(), error_type, body: bytes, cut_short };
    Reply { outcome, response: outgoing(status, headers, body) }
}

fn outgoing(
    status: StatusCode,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Outgoing,
) -> hyper::Response<Outgoing> {
    let mut response = hyper::Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().extend(headers);
    response
}
