//! Runs the worker once, with a `fetch` that returns a fixed response. CI also compiles it to WebAssembly and runs it
//! in Node.

use std::pin::pin;
use std::process::ExitCode;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use declapi::http::{HeaderValue, Request, Response};
use edge_worker_example::{Failure, Latest, call};

/// The service, which knows one station.
async fn fetch(request: Request<Bytes>) -> Result<Response<Bytes>, declapi::http::Error> {
    let (status, body) = match request.uri().path() {
        "/stations/7/observations/latest" => (200, r#"{"temperature":21.5,"sky":"clear"}"#),
        _ => (404, r#"{"message":"no such station"}"#),
    };
    let response = Response::builder().status(status).header("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT");
    response.body(Bytes::from_static(body.as_bytes()))
}

/// The measurement of a station, as the page of the worker shows it.
async fn page(station: &str) -> Result<String, Failure<declapi::http::Error>> {
    let latest = Latest::builder().id(station).fields(["temperature", "sky"]).build();
    let observation = call(&latest, HeaderValue::from_static("Bearer secret"), fetch).await?;
    Ok(format!("{} degrees, {}", observation.temperature, observation.sky))
}

fn main() -> ExitCode {
    // No future here has to wait, so that polling each of them once is enough.
    let mut context = Context::from_waker(Waker::noop());
    let known = pin!(page("7")).poll(&mut context);
    let unknown = pin!(page("8")).poll(&mut context);
    println!("{known:?}\n{unknown:?}");
    let is_known = matches!(&known, Poll::Ready(Ok(page)) if page == "21.5 degrees, clear");
    let is_unknown = matches!(&unknown, Poll::Ready(Err(Failure::Api(error))) if error.status() == Some(404));
    if is_known && is_unknown { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
