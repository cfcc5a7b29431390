//! One connection: its requests, and the faults that strike them.

use std::{io::Write, pin::pin, sync::Arc, time::Duration};

use hyper::{
    StatusCode,
    body::Incoming,
    header::{CONNECTION, CONTENT_TYPE, HeaderValue, RETRY_AFTER},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{net::TcpStream, sync::watch, time::sleep};

use super::body::{self, MOST_BODY_BYTES, Outgoing, Unread};
use crate::{
    app::App,
    control,
    exchange::{Request, Response},
    fault::{Effect, Strike},
    record::RecordedRequest,
    refusal::{self, Refusal},
};

/// How long a client may take over the head of a request; an idle connection is closed after the same time.
const HEAD_DEADLINE: Duration = Duration::from_secs(30);
/// What the head of a request may weigh.
const MOST_HEAD_BYTES: usize = 64 << 10;

/// Serves a connection until the client leaves, the limits close it, or the emulator stops.
pub(super) async fn serve(stream: TcpStream, app: Arc<App>, mut stopping: watch::Receiver<bool>) {
    let service = service_fn(move |request| {
        let app = Arc::clone(&app);
        async move { exchange(&app, request).await }
    });
    let mut connection = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_DEADLINE)
            .max_buf_size(MOST_HEAD_BYTES)
            .serve_connection(TokioIo::new(stream), service)
    );
    // What ends a connection early is the client's own doing, and there is nobody left to tell.
    tokio::select! {
        _ = connection.as_mut() => {}
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
    app: &Arc<App>,
    incoming: hyper::Request<Incoming>,
) -> Result<hyper::Response<Outgoing>, Dropped> {
    let (parts, body) = incoming.into_parts();
    let (method, uri) = (parts.method.clone(), parts.uri.clone());
    let result = match body::read(body).await {
        Ok(body) => {
            let request = Request {
                method: parts.method,
                path: uri.path().to_owned(),
                query: uri.query().map(str::to_owned),
                headers: parts.headers,
                body,
            };
            handle(app, request).await
        }
        Err(Unread::Broken) => Err(Dropped),
        Err(unread) => Ok(plain(refuse_unread(app, &unread))),
    };
    if app.settings.log {
        let outcome = result
            .as_ref()
            .map_or_else(|_| "dropped".to_owned(), |answer| answer.status().as_u16().to_string());
        // A closed standard output is no reason to stop serving.
        let _ = writeln!(std::io::stdout(), "{method} {} {outcome}", uri.path());
    }
    result
}

async fn handle(app: &Arc<App>, request: Request) -> Result<hyper::Response<Outgoing>, Dropped> {
    if control::is_control(&request.path) {
        return Ok(plain(answer(app, request).await));
    }
    app.record().push(RecordedRequest::of(&request));
    let strike = app.faults().strike(&request.path);
    let Some(strike) = strike else { return Ok(plain(answer(app, request).await)) };
    sleep(strike.delay).await;
    let needs_answer = strike.once_handled || matches!(strike.effect, Effect::Delay | Effect::CutShort);
    let answered = if needs_answer { Some(answer(app, request).await) } else { None };
    struck(app, strike, answered)
}

/// Runs the endpoint on a thread where hashing holds up nobody else.
async fn answer(app: &Arc<App>, request: Request) -> Response {
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

fn refuse_unread(app: &App, unread: &Unread) -> Response {
    let refusal = match unread {
        Unread::TooLarge => Refusal::new(
            &refusal::REQUEST_TOO_LARGE,
            format!("The body is larger than {MOST_BODY_BYTES} bytes."),
        ),
        _ => Refusal::from(&refusal::REQUEST_TIMEOUT),
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
