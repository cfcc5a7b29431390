//! One connection: its requests, and the faults that strike them.

use std::{pin::pin, sync::Arc};

use hyper::{
    Method, StatusCode,
    body::Incoming,
    header::{CONNECTION, CONTENT_TYPE, EXPECT, HeaderValue, RETRY_AFTER},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::TcpStream,
    sync::{Semaphore, watch},
    time::sleep,
};
use tokio_io_timeout::TimeoutStream;

use super::{
    body::{self, Finished, Outgoing, Unread},
    seats::Seat,
};
use crate::{
    app::App,
    control,
    exchange::{Request, Response},
    fault::{Effect, Strike},
    record::RecordedRequest,
    refusal::{self, Refusal},
};

/// What the head of a request may weigh.
const MOST_HEAD_BYTES: usize = 64 << 10;
/// How many characters of a path are printed.
const MOST_SHOWN: usize = 200;

/// What the requests of one connection are answered with.
pub(super) struct Desk {
    pub(super) app: Arc<App>,
    /// A permit for each request that may be worked on at once.
    pub(super) workers: Arc<Semaphore>,
    pub(super) seat: Seat,
}

/// Serves a connection until the client leaves, the limits close it, or the emulator stops.
pub(super) async fn serve(stream: TcpStream, desk: Arc<Desk>, mut stopping: watch::Receiver<bool>) {
    let limits = desk.app.settings.limits;
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.write_deadline));
    let stream = pin!(stream);
    let seat = Arc::clone(&desk);
    let service = service_fn(move |request| {
        let desk = Arc::clone(&desk);
        async move { exchange(&desk, request).await }
    });
    let mut connection = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(limits.head_deadline)
            .max_buf_size(MOST_HEAD_BYTES)
            .serve_connection(TokioIo::new(stream), service)
    );
    // What ends a connection early is the client's own doing, and there is nobody left to tell.
    tokio::select! {
        _ = connection.as_mut() => {}
        () = seat.seat.has_to_go() => {}
        () = stopped(&mut stopping) => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}

/// Returns when the emulator stops.
async fn stopped(stopping: &mut watch::Receiver<bool>) {
    let _ = stopping.wait_for(|stop| *stop).await;
}

/// The connection is to be closed without an answer.
#[derive(Debug)]
struct Dropped;

impl std::fmt::Display for Dropped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the connection was dropped on request")
    }
}

impl std::error::Error for Dropped {}

async fn exchange(
    desk: &Arc<Desk>,
    incoming: hyper::Request<Incoming>,
) -> Result<hyper::Response<Outgoing>, Dropped> {
    desk.seat.begin();
    let finished = Finished(Arc::clone(desk));
    let (parts, body) = incoming.into_parts();
    let (method, uri) = (parts.method.clone(), parts.uri.clone());
    let waits = parts.headers.contains_key(EXPECT);
    let result = match body::read(body, &desk.app.settings.limits, waits).await {
        Ok(body) => {
            let request = Request {
                method: parts.method,
                path: uri.path().to_owned(),
                query: uri.query().map(str::to_owned),
                headers: parts.headers,
                body,
            };
            handle(desk, request).await
        }
        Err(Unread::Broken) => Err(Dropped),
        Err(unread) => Ok(plain(refuse_unread(&desk.app, unread))),
    };
    if let Some(log) = &desk.app.log {
        log.print(line(&method, uri.path(), &result));
    }
    result.map(|answer| answer.map(|body| body.finishing(finished)))
}

/// The method, the path as far as there is room for it, and the status or `dropped`.
fn line(method: &Method, path: &str, result: &Result<hyper::Response<Outgoing>, Dropped>) -> String {
    let status = result.as_ref().map(hyper::Response::status);
    let outcome = status.as_ref().map_or("dropped", StatusCode::as_str);
    let shown: String = path.chars().take(MOST_SHOWN).collect();
    let ellipsis = if shown.len() < path.len() { "…" } else { "" };
    format!("{method} {shown}{ellipsis} {outcome}")
}

async fn handle(desk: &Desk, request: Request) -> Result<hyper::Response<Outgoing>, Dropped> {
    let app = &desk.app;
    if control::is_control(&request.path) {
        return Ok(plain(answer(desk, request).await));
    }
    app.record().push(RecordedRequest::of(&request));
    let strike = app.faults().strike(&request.path);
    let Some(strike) = strike else { return Ok(plain(answer(desk, request).await)) };
    sleep(strike.delay).await;
    let needs_answer = strike.once_handled || matches!(strike.effect, Effect::Delay | Effect::CutShort);
    let answered = if needs_answer { Some(answer(desk, request).await) } else { None };
    struck(app, strike, answered)
}

/// Runs the endpoint on a thread where hashing holds up nobody else.
async fn answer(desk: &Desk, request: Request) -> Response {
    let Desk { app, workers, .. } = desk;
    // It is never closed, so that there is always a permit to wait for.
    let _permit = workers.acquire().await;
    let worker = Arc::clone(app);
    let answered = tokio::task::spawn_blocking(move || worker.answer(&request)).await;
    answered.unwrap_or_else(|_| failed(app))
}

/// The answer to a request that made the emulator panic.
fn failed(app: &App) -> Response {
    Refusal::from(&refusal::INTERNAL_SERVER_ERROR).into_response(&app.request_ids.id("request-id"))
}

fn struck(
    app: &App,
    strike: Strike,
    answered: Option<Response>,
) -> Result<hyper::Response<Outgoing>, Dropped> {
    let mut answer = match strike.effect {
        Effect::Drop => return Err(Dropped),
        Effect::Delay => plain(answered.unwrap_or_else(|| failed(app))),
        Effect::CutShort => cut_short(answered.unwrap_or_else(|| failed(app))),
        Effect::Status(status) => {
            plain(Refusal::injected(status).into_response(&app.request_ids.id("request-id")))
        }
        Effect::Raw { status, content_type, body } => plain(raw(status, &content_type, body)),
    };
    if let Some(seconds) = strike.retry_after {
        answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(answer)
}

fn raw(status: u16, content_type: &str, body: bytes::Bytes) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = HeaderValue::from_str(content_type).ok().map(|value| (CONTENT_TYPE, value));
    Response { status, headers: headers.into_iter().collect(), body }
}

fn refuse_unread(app: &App, unread: Unread) -> Response {
    let refusal = if unread == Unread::TooLarge {
        let most = app.settings.limits.body_bytes;
        Refusal::new(&refusal::REQUEST_TOO_LARGE, format!("The body is larger than {most} bytes."))
    } else {
        Refusal::from(&refusal::REQUEST_TIMEOUT)
    };
    let close = HeaderValue::from_static("close");
    refusal.into_response(&app.request_ids.id("request-id")).with(CONNECTION, close)
}

fn plain(response: Response) -> hyper::Response<Outgoing> {
    outgoing(response.status, response.headers, Outgoing::whole(response.body))
}

fn cut_short(response: Response) -> hyper::Response<Outgoing> {
    outgoing(response.status, response.headers, Outgoing::cut_short(&response.body))
}

fn outgoing(
    status: StatusCode,
    headers: Vec<(hyper::header::HeaderName, HeaderValue)>,
    body: Outgoing,
) -> hyper::Response<Outgoing> {
    let mut answer = hyper::Response::new(body);
    *answer.status_mut() = status;
    answer.headers_mut().extend(headers);
    answer
}
