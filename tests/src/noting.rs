//! A transport that records its requests.

use std::sync::{Arc, Mutex, PoisonError};

use declapi::http::{HeaderName, HeaderValue, Request, Response};
use declapi::{Body, Transport};

/// The requests so far.
#[derive(Clone, Debug, Default)]
pub struct Seen(Arc<Mutex<Vec<Received>>>);

/// One request.
#[derive(Clone, Debug, PartialEq)]
pub struct Received {
    /// Method, path and query.
    pub line: String,
    /// Names and values.
    pub headers: Vec<(String, String)>,
    /// The whole body.
    pub body: String,
}

impl Seen {
    /// Records a request, and returns its number.
    fn push(&self, received: Received) -> usize {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.push(received);
        all.len() - 1
    }

    /// Returns all requests, in order.
    pub fn all(&self) -> Vec<Received> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns the last request.
    pub fn last(&self) -> Received {
        self.all().pop().expect("nothing was received")
    }
}

impl Received {
    /// Returns the values of the headers with these names. Missing headers are skipped.
    pub fn headers(&self, names: &[&str]) -> Vec<&str> {
        let values = |name: &&str| self.headers.iter().find(|(given, _)| given == name);
        names.iter().filter_map(values).map(|(_, value)| value.as_str()).collect()
    }
}

/// Returns a transport that responds to every request with the same response.
pub fn noting(seen: &Seen, status: u16, body: &'static str) -> impl Transport + use<> {
    noting_each(seen, move |_| (status, body))
}

/// Returns a transport that chooses the response by the number of the request. The numbers start at 0.
pub fn noting_each<R>(seen: &Seen, response: R) -> impl Transport + use<R>
where
    R: Fn(usize) -> (u16, &'static str) + Send + Sync + 'static,
{
    let seen = seen.clone();
    move |request: Request<Body>| {
        let received = Received {
            line: format!("{} {}", request.method(), request.uri().path_and_query().expect("a path")),
            headers: request.headers().iter().map(header).collect(),
            body: String::from_utf8_lossy(request.body().as_bytes().expect("a whole body")).into_owned(),
        };
        let number = seen.push(received);
        let (status, body) = response(number);
        let response = Response::builder().status(status).body(Body::from(body)).expect("a status");
        async move { Ok(response) }
    }
}

fn header((name, value): (&HeaderName, &HeaderValue)) -> (String, String) {
    (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())
}
