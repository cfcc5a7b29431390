//! A transport that plays the server: it gives the answers it was told to, and keeps what it was sent.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use stytch::http::{HeaderMap, Request, Response, StatusCode};
use stytch::{Body, Client, TransportError};

/// A request as it would have gone over the wire.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    /// The method, and the path with its query.
    pub(crate) line: String,
    pub(crate) body: String,
    headers: HeaderMap,
}

impl Call {
    fn of(request: &Request<Body>) -> Self {
        let target = request.uri().path_and_query().unwrap();
        let body = String::from_utf8(request.body().as_bytes().unwrap().to_vec()).unwrap();
        Self { line: format!("{} {target}", request.method()), body, headers: request.headers().clone() }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

#[derive(Clone)]
pub(crate) struct Server {
    status: StatusCode,
    answers: Arc<Mutex<VecDeque<&'static str>>>,
    calls: Arc<Mutex<Vec<Call>>>,
}

impl Server {
    pub(crate) fn answering(answers: impl IntoIterator<Item = &'static str>) -> Self {
        let answers = Arc::new(Mutex::new(answers.into_iter().collect()));
        Self { status: StatusCode::OK, answers, calls: Arc::default() }
    }

    pub(crate) fn refusing(status: StatusCode, answer: &'static str) -> Self {
        Self { status, ..Self::answering([answer]) }
    }

    /// The ordinary client, with this server behind it.
    pub(crate) fn client(&self) -> Client {
        let server = self.clone();
        let transport = move |request: Request<Body>| {
            let answer = server.answer(&request);
            async move { Ok::<_, TransportError>(answer) }
        };
        Client::builder("project-test-1", "secret-test-1").transport(transport).build().unwrap()
    }

    fn answer(&self, request: &Request<Body>) -> Response<Body> {
        self.calls.lock().unwrap().push(Call::of(request));
        let answer = self.answers.lock().unwrap().pop_front().unwrap();
        let mut response = Response::new(answer.into());
        *response.status_mut() = self.status;
        response
    }

    /// Every call so far, in order.
    pub(crate) fn calls(&self) -> Vec<Call> {
        self.calls.lock().unwrap().clone()
    }

    /// The call, where there was one and no more.
    pub(crate) fn only_call(&self) -> Call {
        let [call] = <[Call; 1]>::try_from(self.calls()).unwrap();
        call
    }
}
