//! Timeouts and retries.
//!
//! A server that is too busy returns a 429 with the time to wait. The client waits and retries. A call that the
//! server may have carried out is not retried, unless its endpoint is declared `idempotent`.

use std::error::Error;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use stytch_client::http::header::{HeaderValue, RETRY_AFTER};
use stytch_client::http::{Request, Response, StatusCode};
use stytch_client::{Body, Client, RetryPolicy};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::builder("project-test-1", "secret-test-1")
        .connect_timeout(Duration::from_secs(2))
        .timeout(Duration::from_secs(10))
        .retries(RetryPolicy::default().with_max_attempts(4).with_max_retry_after(Duration::from_secs(3)))
        .transport(busy_at_first())
        .build()?;

    let checked = client.passwords().strength_check().password("…").send().await?;
    println!("a response at the third attempt: score {}", checked.score);

    let once = client.with_retries(RetryPolicy::never()).with_timeout(Duration::from_secs(1));
    match once.passwords().create().email("ada@example.com").password("…").send().await {
        Ok(_) => println!("that should have been rejected"),
        Err(error) => println!("{error}; it asks to wait for {:?}", error.retry_after().unwrap_or_default()),
    }
    Ok(())
}

const BUSY: &str = r#"{"status_code":429,"error_type":"too_many_requests","error_message":"Slow down."}"#;
const STRONG: &str = r#"{"valid_password":true,"score":4}"#;

/// A server that is busy for two requests, responds to one, and is then always busy.
fn busy_at_first() -> impl stytch_client::Transport {
    let seen = AtomicU32::new(0);
    move |_: Request<Body>| {
        let busy = seen.fetch_add(1, Ordering::Relaxed) != 2;
        let mut response = Response::new(if busy { BUSY } else { STRONG }.into());
        if busy {
            *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
        }
        println!("-> attempt, {}", response.status());
        async move { Ok(response) }
    }
}
