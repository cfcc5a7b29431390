//! hyper-util's client. All constant parts of a request are prepared once.

use bytes::Bytes;
use harness::Bench;
use harness::inputs::{EMAIL, HASH, MINUTES, PASSWORD, PROJECT_ID, SECRET};
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, USER_AGENT};
use http::{HeaderMap, Method, Request, Uri};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde::Serialize;
use serde::de::DeserializeOwned;
use types::lean::{AuthenticateResponse, MigrateResponse};
use types::requests::{Authenticate, Migrate};

fn main() {
    let bench = Bench::from_arguments();
    let api = Api::new();
    bench.plain("build-authenticate", || api.request(&api.authenticate, &authenticate()));
    bench.plain("build-migrate", || api.request(&api.migrate, &migrate()));
    bench.call("call-authenticate", async || {
        api.send::<AuthenticateResponse>(api.request(&api.authenticate, &authenticate())).await
    });
    bench.call("call-migrate", async || {
        api.send::<MigrateResponse>(api.request(&api.migrate, &migrate())).await
    });
}

struct Api {
    client: Client<HttpConnector, Full<Bytes>>,
    headers: [(http::HeaderName, HeaderValue); 4],
    authenticate: Uri,
    migrate: Uri,
}

impl Api {
    fn new() -> Self {
        let credentials = harness::base64(&format!("{PROJECT_ID}:{SECRET}"));
        let mut authorization = HeaderValue::from_str(&format!("Basic {credentials}")).expect("a header");
        authorization.set_sensitive(true);
        let json = HeaderValue::from_static("application/json");
        let base = Bench::url();
        let uri = |path| format!("{base}/v1/passwords/{path}").parse().expect("a URI");
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        Self {
            client: Client::builder(TokioExecutor::new()).build(connector),
            headers: [
                (AUTHORIZATION, authorization),
                (CONTENT_TYPE, json.clone()),
                (ACCEPT, json),
                (USER_AGENT, HeaderValue::from_static("by-hand/1.0")),
            ],
            authenticate: uri("authenticate"),
            migrate: uri("migrate"),
        }
    }

    fn request(&self, uri: &Uri, body: &impl Serialize) -> Request<Full<Bytes>> {
        let body = serde_json::to_vec(body).expect("a body");
        let mut request = Request::new(Full::from(body));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = uri.clone();
        let mut headers = HeaderMap::with_capacity(self.headers.len());
        headers.extend(self.headers.iter().cloned());
        *request.headers_mut() = headers;
        request
    }

    async fn send<T: DeserializeOwned>(&self, request: Request<Full<Bytes>>) -> T {
        let response = self.client.request(request).await.expect("a response");
        assert!(response.status().is_success());
        let body = response.into_body().collect().await.expect("a whole response").to_bytes();
        serde_json::from_slice(&body).expect("a readable response")
    }
}

fn authenticate() -> Authenticate<'static> {
    Authenticate {
        email: EMAIL,
        password: PASSWORD,
        session_duration_minutes: Some(MINUTES),
        ..Authenticate::default()
    }
}

fn migrate() -> Migrate<'static> {
    Migrate { email: EMAIL, hash: HASH, hash_type: "bcrypt", ..Migrate::default() }
}
