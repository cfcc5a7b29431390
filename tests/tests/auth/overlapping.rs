//! Requests to a provider that several calls wait for, or that end while calls are in progress.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;

use declapi::{AuthProvider, Error, RetryPolicy};
use tokio::sync::Semaphore;

use super::{
    Body, Client, Credentials, Duration, ReadExt, Request, TransportError, client, for_an_hour, response,
    tokens,
};

/// A provider of the credentials that a function makes of their number, and the count of its requests. They wait until
/// the gate has a permit.
fn provider(
    gate: &Arc<Semaphore>,
    make: impl Fn(usize) -> Credentials + Copy + Send + Sync + 'static,
) -> (impl AuthProvider, Arc<AtomicUsize>) {
    let (gate, asked) = (Arc::clone(gate), Arc::new(AtomicUsize::new(0)));
    let count = Arc::clone(&asked);
    let provider = move || {
        let number = count.fetch_add(1, Ordering::SeqCst) + 1;
        let gate = Arc::clone(&gate);
        async move {
            drop(gate.acquire().await);
            Ok::<_, Error>(make(number))
        }
    };
    (provider, asked)
}

/// Some servers do not say how long a token is valid, which a response type may read as no time at all.
#[tokio::test]
async fn waiting_calls_share_credentials_that_expire_at_once() {
    let (builder, seen, _) = client(|_| true);
    let gate = Arc::new(Semaphore::new(0));
    let (provider, asked) = provider(&gate, |_| Credentials::bearer("token").expires_in(Duration::ZERO));
    let client = builder.auth_provider(provider).build().unwrap();
    let calls: Vec<_> = (0..20).map(|id| tokio::spawn(client.read().id(id).send())).collect();
    tokio::task::yield_now().await;
    gate.add_permits(1);
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!((asked.load(Ordering::SeqCst), tokens(&seen).len()), (1, 20));
    client.read().id(1).send().await.unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_provider_that_panics_is_asked_again() {
    let (builder, ..) = client(|_| true);
    let (provider, asked) = provider(&Arc::new(Semaphore::new(1)), |number| {
        assert!(number > 1, "a mistake in the provider");
        for_an_hour("token")
    });
    let client = builder.auth_provider(provider).build().unwrap();
    let error = client.read().id(1).send().await.unwrap_err();
    assert!(error.to_string().contains("the credentials provider panicked; nothing was sent"), "{error}");
    client.read().id(1).send().await.unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

/// A program may start a call and wait for another one before it polls the first one again, for example in the body of a
/// loop over `FuturesUnordered`.
#[tokio::test]
async fn a_call_that_is_not_polled_does_not_block_others() {
    let (builder, seen, _) = client(|_| true);
    let gate = Arc::new(Semaphore::new(0));
    let (provider, asked) = provider(&gate, |_| for_an_hour("token"));
    let client = builder.auth_provider(provider).build().unwrap();
    let mut stalled = Box::pin(client.read().id(1).send());
    assert!(std::future::poll_fn(|context| Poll::Ready(stalled.as_mut().poll(context).is_pending())).await);
    gate.add_permits(1);
    client.read().id(2).send().await.unwrap();
    stalled.await.unwrap();
    assert_eq!((asked.load(Ordering::SeqCst), tokens(&seen).len()), (1, 2));
}

#[tokio::test]
async fn the_token_of_a_slow_call_is_not_shown_after_two_renewals() {
    let gate = Arc::new(Semaphore::new(0));
    let released = Arc::clone(&gate);
    let transport = move |request: Request<Body>| {
        let gate = Arc::clone(&gate);
        async move {
            let token = request.headers()["authorization"].to_str().unwrap().to_owned();
            if request.uri().path() == "/things/9" {
                gate.acquire().await.unwrap().forget();
            }
            Ok::<_, TransportError>(response(false, &token))
        }
    };
    let (provider, asked) =
        provider(&Arc::new(Semaphore::new(1)), |number| for_an_hour(format!("token-{number}")));
    let client = Client::builder("https://api.example.com").transport(transport).auth_provider(provider);
    let client = client.retries(RetryPolicy::never()).build().unwrap();
    client.read().id(1).send().await.unwrap_err();
    let slow = tokio::spawn(client.read().id(9).send());
    tokio::task::yield_now().await;
    for _ in 0..2 {
        client.read().id(1).send().await.unwrap_err();
    }
    assert_eq!(asked.load(Ordering::SeqCst), 4);
    released.add_permits(1);
    let error = slow.await.unwrap().unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(shown.contains("<redacted>") && !shown.contains("token-"), "{shown}");
}
