//! A custom transport, to test code that logs users in without a server.
//!
//! A closure that takes a request is a transport. This one reads the request and returns a response from memory.

use std::error::Error;

use stytch_client::http::{Request, Response};
use stytch_client::{Body, Client, TransportError};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::builder("project-test-1", "secret-test-1")
        .transport(|request: Request<Body>| async move {
            println!("-> {} {}", request.method(), request.uri());
            match request.uri().path() {
                "/v1/passwords/authenticate" => Ok(Response::new(r#"{"user_id":"user-test-1"}"#.into())),
                other => Err(TransportError::not_sent(format!("nothing is known about {other}"))),
            }
        })
        .retries(stytch_client::RetryPolicy::never())
        .build()?;

    println!("{:?}", who_is(&client, "ada@example.com", "correct horse battery staple").await);
    let error = client.passwords().strength_check().password("…").send().await.expect_err("it is not played");
    println!("{error}: {}", error.source().map(ToString::to_string).unwrap_or_default());
    Ok(())
}

/// The code under test.
async fn who_is(client: &Client, email: &str, password: &str) -> Option<String> {
    let login = client.passwords().authenticate().email(email).password(password).send().await;
    login.ok().map(|login| login.user_id)
}
