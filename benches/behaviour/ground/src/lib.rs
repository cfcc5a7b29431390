//! What a client is put on to see what it does: servers that write down what arrives, and the questions.

mod server;

use std::fmt::{Debug, Display};
use std::future::Future;
use std::time::{Duration, Instant};

use serde_json::Value;

pub use crate::server::{Conduct, Server};

pub const EMAIL: &str = "ada@example.com";
pub const PASSWORD: &str = "correct horse battery staple";

/// How long a call may take on a server that never answers, until it counts as one without a limit.
const PATIENCE: Duration = Duration::from_secs(45);

/// What a client is asked, each once. An answer is printed as `question<TAB>answer`.
#[derive(Clone, Copy, Debug)]
pub enum Question {
    /// A required field that was never set, where the program compiles without it.
    Forgotten,
    /// An optional field that was never set.
    Unset,
    /// An optional field that is to be null.
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
    /// A server that never answers.
    Silence,
}

/// Prints an answer.
pub fn answer(question: Question, text: impl AsRef<str>) {
    println!("{question:?}\t{}", text.as_ref().replace(['\n', '\t'], " "));
}

/// What became of one member of the body.
pub fn member<T, E: Display>(server: &Server, outcome: Result<T, E>, name: &str) -> String {
    let body = server.bodies().pop().and_then(|body| serde_json::from_str::<Value>(&body).ok());
    match (body, outcome) {
        (Some(body), _) => body.get(name).map_or("left out".into(), |value| format!("sent as {value}")),
        (None, Err(error)) => refused(&error),
        (None, Ok(_)) => "nothing was sent".into(),
    }
}

/// What the path became.
pub fn path<T, E: Display>(server: &Server, outcome: Result<T, E>) -> String {
    match (server.paths().pop(), outcome) {
        (Some(path), _) => format!("calls {path}"),
        (None, Err(error)) => refused(&error),
        (None, Ok(_)) => "nothing was called".into(),
    }
}

/// Whether a password can be read in what a request prints.
pub fn shown(request: &impl Debug) -> &'static str {
    if format!("{request:?}").contains(PASSWORD) { "shown" } else { "hidden" }
}

/// A login at a server that sends everybody to another host: whether the password got there.
pub async fn redirected<T, E: Display>(login: impl AsyncFnOnce(&str) -> Result<T, E>) -> String {
    let elsewhere = Server::start(Conduct::Answer);
    let target = elsewhere.url_of("localhost");
    let server = Server::start(Conduct::Redirect(target.clone()));
    let outcome = login(&server.url()).await;
    if elsewhere.bodies().iter().any(|body| body.contains(PASSWORD)) {
        return "the password goes there".into();
    }
    match outcome {
        Err(error) => refused(&error).replace(&target, "another host"),
        Ok(_) => "taken for a response".into(),
    }
}

/// A call to a server that fails the first attempt: whether there was a second.
pub async fn again<T, E>(call: impl AsyncFnOnce(&str) -> Result<T, E>) -> &'static str {
    let server = Server::start(Conduct::RefuseOnce);
    let outcome = call(&server.url()).await;
    match (server.paths().len(), outcome.is_ok()) {
        (1, _) => "no retry",
        (_, true) => "retried",
        (_, false) => "retried in vain",
    }
}

/// A login at a server that never answers: whether it ends by itself.
pub async fn patience<T, E>(login: impl AsyncFnOnce(&str) -> Result<T, E>) -> String {
    let server = Server::start(Conduct::Silence);
    let url = server.url();
    let started = Instant::now();
    match tokio::time::timeout(PATIENCE, login(&url)).await {
        Ok(_) => format!("ended after {:.0} s", started.elapsed().as_secs_f64()),
        Err(_) => format!("still waiting after {} s", PATIENCE.as_secs()),
    }
}

/// Runs the questions of one program.
pub fn run(questions: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a run time").block_on(questions);
}

fn refused(error: &impl Display) -> String {
    format!("error: {}", error.to_string().lines().next().unwrap_or_default())
}
