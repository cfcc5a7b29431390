//! A server that notes what it gets.

use std::sync::{Arc, Mutex};

use declapi::http::{Request, Response};
use declapi::{Body, Transport};

/// What was received so far.
#[derive(Clone, Default)]
pub(crate) struct Seen(Arc<Mutex<Vec<Received>>>);

/// One request.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Received {
    /// Method, path and query.
    pub(crate) line: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Seen {
    pub(crate) fn all(&self) -> Vec<Received> {
        self.0.lock().unwrap().clone()
    }

    pub(crate) fn last(&self) -> Received {
        self.all().pop().expect("nothing was received")
    }
}

impl Received {
    /// The values of the headers that are there.
    pub(crate) fn headers(&self, names: &[&str]) -> Vec<&str> {
        let values = |name: &&str| self.headers.iter().find(|(given, _)| given == name);
        names.iter().filter_map(|name| values(name)).map(|(_, value)| value.as_str()).collect()
    }
}

/// Answers every request with the same response.
pub(crate) fn noting(seen: &Seen, status: u16, body: &'static str) -> impl Transport + use<> {
    let seen = seen.clone();
    move |request: Request<Body>| {
        let uri = request.uri();
        let received = Received {
            line: format!("{} {}", request.method(), uri.path_and_query().unwrap()),
            headers: request
                .headers()
                .iter()
                .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
                .collect(),
            body: String::from_utf8(request.body().as_bytes().unwrap().to_vec()).unwrap(),
        };
        seen.0.lock().unwrap().push(received);
        async move { Ok(Response::builder().status(status).body(Body::from(body)).unwrap()) }
    }
}
