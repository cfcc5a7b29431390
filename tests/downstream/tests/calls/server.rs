//! A transport that replaces the server. It sends prepared responses and records the requests.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use stytch::http::{HeaderMap, Request, Response, StatusCode};
use stytch::{Body, Client, TransportError};

/// A request as it would be sent.
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
    responses: Arc<Mutex<VecDeque<&'static str>>>,
    calls: Arc<Mutex<Vec<Call>>>,
}

impl Server {
    pub(crate) fn responding(responses: impl IntoIterator<Item = &'static str>) -> Self {
        let responses = Arc::new(Mutex::new(responses.into_iter().collect()));
        Self { status: StatusCode::OK, responses, calls: Arc::default() }
    }

    pub(crate) fn rejecting(status: StatusCode, response: &'static str) -> Self {
        Self { status, ..Self::responding([response]) }
    }

    /// Returns the ordinary client with this server as its transport.
    pub(crate) fn client(&self) -> Client {
        let server = self.clone();
        let transport = move |request: Request<Body>| {
            let response = server.respond(&request);
            async move { Ok::<_, TransportError>(response) }
        };
        Client::builder("project-test-1", "secret-test-1").transport(transport).build().unwrap()
    }

    fn respond(&self, request: &Request<Body>) -> Response<Body> {
        self.calls.lock().unwrap().push(Call::of(request));
        let body = self.responses.lock().unwrap().pop_front().unwrap();
        let mut response = Response::new(body.into());
        *response.status_mut() = self.status;
        response
    }

    /// Returns every call so far, in order.
    pub(crate) fn calls(&self) -> Vec<Call> {
        self.calls.lock().unwrap().clone()
    }

    /// Returns the only call.
    pub(crate) fn only_call(&self) -> Call {
        let [call] = <[Call; 1]>::try_from(self.calls()).unwrap();
        call
    }
}
