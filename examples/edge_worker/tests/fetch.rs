//! Tests the worker with a `fetch` that is not `Send`, like the `fetch` of a browser.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use bytes::Bytes;
use declapi::http::{HeaderValue, Request, Response};
use edge_worker_example::{Failure, Latest, call};

/// A platform that records requests and returns a prepared response.
struct Platform {
    sent: Rc<RefCell<Vec<Request<Bytes>>>>,
    response: Response<Bytes>,
}

impl Platform {
    fn new(response: Response<Bytes>) -> Self {
        Self { sent: Rc::default(), response }
    }

    async fn fetch(&self, request: Request<Bytes>) -> Result<Response<Bytes>, &'static str> {
        let sent = Rc::clone(&self.sent);
        // The future holds an `Rc` while it waits, so that it is not `Send`.
        tokio::task::yield_now().await;
        sent.borrow_mut().push(request);
        Ok(self.response.clone())
    }
}

fn token() -> HeaderValue {
    HeaderValue::from_static("Bearer secret")
}

#[tokio::test(flavor = "current_thread")]
async fn both_halves_are_enough() {
    let body = r#"{"temperature":-3.5,"sky":null,"more":true}"#;
    let platform = Platform::new(Response::new(Bytes::from_static(body.as_bytes())));
    let latest = Latest::builder().id("a/b").fields(["temperature", "sky"]).build();
    let observation = call(&latest, token(), |request| platform.fetch(request)).await.unwrap();
    assert_eq!((observation.temperature, observation.sky.as_str()), (-3.5, ""));

    let sent = platform.sent.borrow();
    let [request] = &**sent else { panic!("{} requests", sent.len()) };
    assert_eq!(
        request.uri(),
        "https://api.weather.example/stations/a%2Fb/observations/latest?fields=temperature,sky"
    );
    assert_eq!(request.method(), "GET");
    let header = |name| request.headers().get(name).map(|value| value.to_str().unwrap());
    assert_eq!(header("authorization"), Some("Bearer secret"));
    assert!(!format!("{request:?}").contains("secret"), "{request:?}");
    assert_eq!(header("accept"), Some("application/json"));
    assert_eq!(header("content-type"), None);
}

/// The date in the header is compared with the server's `Date`, because the platform may have no clock.
#[tokio::test(flavor = "current_thread")]
async fn an_error_response_is_an_error_of_the_api() {
    let response = Response::builder()
        .status(503)
        .header("date", "Sun, 06 Nov 1994 08:49:00 GMT")
        .header("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")
        .body(Bytes::from_static(br#"{"message":"the mast is frozen"}"#))
        .unwrap();
    let platform = Platform::new(response);
    let error = call(&Latest::builder().id("7").build(), token(), |request| platform.fetch(request)).await;
    let Err(Failure::Api(error)) = error else { panic!("{error:?}") };
    assert_eq!(error.status(), Some(503));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(37)));
    assert!(error.to_string().contains("frozen"), "{error}");
}

#[tokio::test(flavor = "current_thread")]
async fn errors_of_fetch_are_passed_on() {
    let unsent =
        call(&Latest::builder().id("7").build(), token(), async |_| Err::<Response<Bytes>, _>("offline"))
            .await;
    assert!(matches!(unsent, Err(Failure::Fetch("offline"))), "{unsent:?}");
    let rejected =
        call(&Latest::builder().id("..").build(), token(), async |_| Err::<Response<Bytes>, _>("sent")).await;
    assert!(matches!(rejected, Err(Failure::Api(_))), "{rejected:?}");
}
