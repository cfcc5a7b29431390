//! reqwest-middleware with a client: a transport of ten lines, and a middleware that knows the endpoint.
//!
//! For behaviour that concerns every call of one client, a `Hook` needs less code. This example is for a stack of
//! middleware that a program already has.

use std::error::Error;

use declapi::{Body, PreparedRequest, Transport, TransportError, TransportFuture};
use declapi::{Client, EndpointInfo, endpoint, http};
use reqwest_middleware::{ClientBuilder, ClientWithMiddleware, Middleware, Next};

/// A transport that uses reqwest with middleware.
struct WithMiddleware(ClientWithMiddleware);

impl Transport for WithMiddleware {
    fn send(&self, request: PreparedRequest) -> TransportFuture {
        let client = self.0.clone();
        Box::pin(async move {
            // A streamed body would have to be wrapped instead.
            let request = request.into_http()?.map(|body| body.as_bytes().cloned().unwrap_or_default());
            let mut extensions = request.extensions().clone();
            let sent = client.execute_with_extensions(request.try_into()?, &mut extensions).await;
            let response = sent.map_err(|error| match error {
                reqwest_middleware::Error::Reqwest(error) => error.into(),
                reqwest_middleware::Error::Middleware(error) => TransportError::unknown(error),
            })?;
            Ok(http::Response::from(response).map(Body::wrap))
        })
    }

    fn needs_tokio(&self) -> bool {
        true
    }
}

/// Prints which endpoint was called, and the status of the response.
struct Log;

#[async_trait::async_trait]
impl Middleware for Log {
    async fn handle(
        &self,
        request: reqwest::Request,
        extensions: &mut http::Extensions,
        next: Next<'_>,
    ) -> reqwest_middleware::Result<reqwest::Response> {
        let path = extensions.get::<&EndpointInfo>().map(|info| info.path).unwrap_or_default();
        let response = next.run(request, extensions).await?;
        println!("{path} -> {}", response.status());
        Ok(response)
    }
}

/// Reads a word.
#[endpoint(get = "/words/{word}", response = String)]
pub struct ReadWord<'a> {
    /// The word.
    pub word: &'a str,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let server = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", server.local_addr()?);
    let read = |axum::extract::Path(word): axum::extract::Path<String>| async { axum::Json(word) };
    let words = axum::Router::new().route("/words/{word}", axum::routing::get(read));
    tokio::spawn(async { axum::serve(server, words).await });

    // In this workspace, reqwest has no cryptography: see `ClientBuilder::http_client`.
    if let Some(provider) = declapi::crypto_provider() {
        // It fails if the program has already installed one.
        let _ = (*provider).clone().install_default();
    }
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build()?;
    let transport = WithMiddleware(ClientBuilder::new(http).with(Log).build());
    let client = Client::builder(url).transport(transport).build()?;
    println!("{}", client.read_word().word("hello").send().await?);
    let error =
        client.request(declapi::Method::Get, "/numbers").send::<String>().await.expect_err("no such path");
    println!("{error}");
    Ok(())
}
