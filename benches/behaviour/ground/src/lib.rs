//! The experiments for each client: servers that record requests, and the questions.

mod server;

use std::fmt::{Debug, Display};
use std::future::Future;
use std::time::{Duration, Instant};

use serde_json::Value;

pub use crate::server::{Conduct, Server};

pub const EMAIL: &str = "ada@example.com";
pub const PASSWORD: &str = "correct horse battery staple";

/// The time after which a call to a silent server counts as a call without a timeout.
const PATIENCE: Duration = Duration::from_secs(45);

/// The experiments, each run once. A result is printed as `question<TAB>result`.
#[derive(Clone, Copy, Debug)]
pub enum Question {
    /// A required field is not set, in a program that compiles without it.
    Forgotten,
    /// An optional field is not set.
    Unset,
    /// An optional field is set to null.
    Null,
    /// `..` as the value of a path parameter.
    Dots,
    /// A request with a password, printed with `{:?}`.
    Debug,
    /// A server that redirects to another host.
    Redirect,
    /// A login at a server that fails the first attempt with 503.
    LoginAgain,
    /// A request that only reads, at a server that does the same.
    ReadAgain,
    /// A server that accepts a request without a response.
    Silence,
}

/// Prints a result.
pub fn print_result(question: Question, text: impl AsRef<str>) {
    println!("{question:?}\t{}", text.as_ref().replace(['\n', '\t'], " "));
}

/// Returns how a field of the body was sent.
pub fn field<T, E: Display>(server: &Server, outcome: Result<T, E>, name: &str) -> String {
    let body = server.bodies().pop().and_then(|body| serde_json::from_str::<Value>(&body).ok());
    match (body, outcome) {
        (Some(body), _) => body.get(name).map_or("left out".into(), |value| format!("sent as {value}")),
        (None, Err(error)) => rejection(&error),
        (None, Ok(_)) => "nothing was sent".into(),
    }
}

/// Returns how the path was sent.
pub fn path<T, E: Display>(server: &Server, outcome: Result<T, E>) -> String {
    match (server.paths().pop(), outcome) {
        (Some(path), _) => format!("calls {path}"),
        (None, Err(error)) => rejection(&error),
        (None, Ok(_)) => "nothing was called".into(),
    }
}

/// Returns whether the `Debug` output of a request contains the password.
pub fn shown(request: &impl Debug) -> &'static str {
    if format!("{request:?}").contains(PASSWORD) { "shown" } else { "hidden" }
}

/// A login at a server that redirects to another host: whether the password was sent there.
pub async fn redirected<T, E: Display>(login: impl AsyncFnOnce(&str) -> Result<T, E>) -> String {
    let elsewhere = Server::start(Conduct::Respond);
    let target = elsewhere.url_of("localhost");
    let server = Server::start(Conduct::Redirect(target.clone()));
    let outcome = login(&server.url()).await;
    if elsewhere.bodies().iter().any(|body| body.contains(PASSWORD)) {
        return "the password goes there".into();
    }
    match outcome {
        Err(error) => rejection(&error).replace(&target, "another host"),
        Ok(_) => "taken for a response".into(),
    }
}

/// A call to a server that fails the first attempt: whether there was a retry.
pub async fn again<T, E>(call: impl AsyncFnOnce(&str) -> Result<T, E>) -> &'static str {
    let server = Server::start(Conduct::RejectOnce);
    let outcome = call(&server.url()).await;
    match (server.paths().len(), outcome.is_ok()) {
        (1, _) => "no retry",
        (_, true) => "retried",
        (_, false) => "retried in vain",
    }
}

/// A login at a silent server: whether the call ends by itself.
pub async fn patience<T, E>(login: impl AsyncFnOnce(&str) -> Result<T, E>) -> String {
    let server = Server::start(Conduct::Silence);
    let url = server.url();
    let started = Instant::now();
    match tokio::time::timeout(PATIENCE, login(&url)).await {
        Ok(_) => format!("ended after {:.0} s", started.elapsed().as_secs_f64()),
        Err(_) => format!("still waiting after {} s", PATIENCE.as_secs()),
    }
}

/// Runs the experiments of one program.
pub fn run(questions: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(questions);
}

fn rejection(error: &impl Display) -> String {
    format!("error: {}", error.to_string().lines().next().unwrap_or_default())
}
