//! Credentials of a provider.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use declapi::{AuthProvider, CredentialsFuture, ErrorKind, Phase, RetryPolicy, Timer, Timestamp};
use tokio::sync::Semaphore;

use super::{ChangeExt, Client, Credentials, Duration, ReadExt, SECOND, client, for_an_hour, tokens};

/// A provider of `token-1`, `token-2` and so on. The test releases each of them.
#[derive(Clone)]
struct Numbered(Arc<Numbers>);

struct Numbers {
    asked: AtomicUsize,
    released: Semaphore,
}

impl Numbered {
    fn new(released: usize) -> Self {
        Self(Arc::new(Numbers { asked: AtomicUsize::new(0), released: Semaphore::new(released) }))
    }

    fn asked(&self) -> usize {
        self.0.asked.load(Ordering::SeqCst)
    }

    fn release(&self) {
        self.0.released.add_permits(1);
    }
}

impl AuthProvider for Numbered {
    fn credentials(&self) -> CredentialsFuture {
        let number = self.0.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let numbers = Arc::clone(&self.0);
        Box::pin(async move {
            numbers.released.acquire().await?.forget();
            Ok(for_an_hour(format!("token-{number}")))
        })
    }
}

#[tokio::test]
async fn is_asked_once_and_again_before_they_expire() {
    let (builder, seen, clock) = client(|_| true);
    let provider = Numbered::new(9);
    let client = builder.auth_provider(provider.clone()).build().unwrap();
    assert_eq!(provider.asked(), 0, "not before the first call");
    for _ in 0..3 {
        client.read().id(1).send().await.unwrap();
    }
    assert_eq!(provider.asked(), 1);
    clock.advance(Duration::from_secs(3600 - 61));
    client.read().id(1).send().await.unwrap();
    assert_eq!(provider.asked(), 1, "they are valid for more than a minute");
    clock.advance(SECOND);
    client.read().id(1).send().await.unwrap();
    assert_eq!(provider.asked(), 2, "they will expire in a minute");
    assert_eq!(tokens(&seen), [&["Bearer token-1"; 4][..], &["Bearer token-2"]].concat());
}

/// Such credentials are valid for less than a minute.
#[tokio::test]
async fn short_lived_ones_are_used_for_most_of_their_life() {
    let (builder, _, clock) = client(|_| true);
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let expires = clock.clone();
    let client = builder.auth_provider(move || {
        count.fetch_add(1, Ordering::SeqCst);
        let expiry: Timestamp = expires.timestamp() + 50 * SECOND;
        async move { Ok::<_, declapi::Error>(Credentials::bearer("token").expires_at(expiry)) }
    });
    let client = client.build().unwrap();
    for (seconds, times) in [(0, 1), (39, 1), (1, 2), (39, 2), (1, 3)] {
        clock.advance(Duration::from_secs(seconds));
        client.read().id(1).send().await.unwrap();
        assert_eq!(asked.load(Ordering::SeqCst), times);
    }
}

#[tokio::test]
async fn many_calls_wait_for_one_request() {
    let (builder, seen, _) = client(|_| true);
    let provider = Numbered::new(0);
    let client = builder.auth_provider(provider.clone()).build().unwrap();
    let calls: Vec<_> = (0..50).map(|id| tokio::spawn(client.read().id(id).send())).collect();
    tokio::task::yield_now().await;
    assert_eq!((provider.asked(), tokens(&seen).len()), (1, 0));
    provider.release();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!((provider.asked(), tokens(&seen)), (1, vec!["Bearer token-1".to_owned(); 50]));
}

/// The call that started the request is dropped, and the request continues.
#[tokio::test]
async fn one_request_outlives_its_waiting_calls() {
    let (builder, seen, _) = client(|_| true);
    let provider = Numbered::new(0);
    let client = builder.auth_provider(provider.clone()).build().unwrap();
    let calls: Vec<_> = (0..5).map(|id| tokio::spawn(client.read().id(id).send())).collect();
    tokio::task::yield_now().await;
    for call in &calls[..3] {
        call.abort();
        tokio::task::yield_now().await;
    }
    provider.release();
    for call in calls.into_iter().skip(3) {
        call.await.unwrap().unwrap();
    }
    assert_eq!((provider.asked(), tokens(&seen).len()), (1, 2));
}

/// All waiting calls are dropped. The next call continues the same request.
#[tokio::test]
async fn an_abandoned_request_is_taken_up_again() {
    let (builder, _, clock) = client(|_| true);
    let provider = Numbered::new(0);
    let client = builder.auth_provider(provider.clone()).build().unwrap();
    let abandoned = tokio::spawn(client.read().id(1).send());
    tokio::task::yield_now().await;
    abandoned.abort();
    assert!(abandoned.await.unwrap_err().is_cancelled());
    provider.release();
    client.read().id(1).send().await.unwrap();
    assert_eq!(provider.asked(), 1);

    clock.advance(Duration::from_secs(3600));
    let abandoned = tokio::spawn(client.read().id(1).send());
    tokio::task::yield_now().await;
    abandoned.abort();
    // The result of its connection after such a long time would be undefined.
    clock.advance(Duration::from_secs(30));
    provider.release();
    client.read().id(1).send().await.unwrap();
    assert_eq!(provider.asked(), 3);
}

#[tokio::test]
async fn a_401_is_retried_once_with_other_credentials() {
    let (builder, seen, clock) = client(|token| token == "Bearer token-2");
    let provider = Numbered::new(9);
    let client = builder.auth_provider(provider.clone()).build().unwrap();
    // This holds for every endpoint, because a server that rejects the credentials has not carried out the call.
    assert_eq!(client.change().id(1).send().await.unwrap(), 7);
    assert_eq!(tokens(&seen), ["Bearer token-1", "Bearer token-2"]);
    client.read().id(1).send().await.unwrap();
    assert_eq!((provider.asked(), tokens(&seen).len()), (2, 3));
    assert_eq!(clock.waits(), [Duration::ZERO], "nothing is gained by waiting");
}

#[tokio::test]
async fn a_second_401_is_the_result() {
    let (builder, seen, _) = client(|_| false);
    let provider = Numbered::new(9);
    let client = builder.auth_provider(provider.clone()).build().unwrap();
    let error = client.read().id(1).send().await.unwrap_err();
    assert_eq!((error.status(), error.attempts(), provider.asked()), (Some(401), 2, 2));
    assert_eq!(tokens(&seen), ["Bearer token-1", "Bearer token-2"]);
    let shown = format!("{error} {error:?}");
    assert!(shown.contains("<redacted>") && !shown.contains("token-"), "{shown}");
}

#[tokio::test]
async fn the_same_credentials_are_not_sent_twice() {
    let (builder, seen, _) = client(|_| false);
    let client =
        builder.auth_provider(|| async { Ok::<_, declapi::Error>(for_an_hour("stale")) }).build().unwrap();
    let error = client.read().id(1).send().await.unwrap_err();
    assert_eq!((error.status(), error.attempts(), tokens(&seen).len()), (Some(401), 1, 1));
}

#[tokio::test]
async fn without_retries_the_next_call_has_the_new_credentials() {
    let (builder, seen, _) = client(|token| token == "Bearer token-2");
    let provider = Numbered::new(9);
    let client = builder.auth_provider(provider).retries(RetryPolicy::never()).build().unwrap();
    assert_eq!(client.read().id(1).send().await.unwrap_err().status(), Some(401));
    client.read().id(1).send().await.unwrap();
    assert_eq!(tokens(&seen), ["Bearer token-1", "Bearer token-2"]);
}

/// If several calls get a 401 for the same token, one request renews it.
#[tokio::test]
async fn many_401_cause_one_request() {
    let (builder, seen, _) = client(|token| token == "Bearer token-2");
    let provider = Numbered::new(9);
    let client = builder.auth_provider(provider.clone()).build().unwrap();
    let calls: Vec<_> = (0..8).map(|id| tokio::spawn(client.read().id(id).send())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(provider.asked(), 2, "{:?}", tokens(&seen));
}

/// A provider that fails once, and the count of its requests. It waits until the gate has a permit.
fn failing_once(gate: &Arc<Semaphore>) -> (impl AuthProvider, Arc<AtomicUsize>) {
    let (gate, asked) = (Arc::clone(gate), Arc::new(AtomicUsize::new(0)));
    let count = Arc::clone(&asked);
    let provider = move || {
        let number = count.fetch_add(1, Ordering::SeqCst);
        let gate = Arc::clone(&gate);
        async move {
            drop(gate.acquire().await);
            if number == 0 { Err("no token for secret-of-the-provider") } else { Ok(for_an_hour("token")) }
        }
    };
    (provider, asked)
}

#[tokio::test]
async fn a_failure_is_shared_by_the_waiting_calls_only() {
    let (builder, seen, _) = client(|_| true);
    let gate = Arc::new(Semaphore::new(0));
    let (provider, asked) = failing_once(&gate);
    let client = builder.auth_provider(provider).build().unwrap();
    let calls: Vec<_> = (0..20).map(|id| tokio::spawn(client.read().id(id).send())).collect();
    tokio::task::yield_now().await;
    gate.add_permits(1);
    for call in calls {
        let error = call.await.unwrap().unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Auth, 1));
        assert!(error.to_string().contains("the credentials provider failed; nothing was sent"), "{error}");
        let source = std::error::Error::source(&error).unwrap().to_string();
        assert!(source.contains("no token"), "{source}");
    }
    assert_eq!((asked.load(Ordering::SeqCst), tokens(&seen).len()), (1, 0));
    client.read().id(1).send().await.unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn old_credentials_are_used_until_they_expire_if_there_are_no_others() {
    let (builder, seen, clock) = client(|_| true);
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let client = builder.auth_provider(move || {
        let number = count.fetch_add(1, Ordering::SeqCst);
        async move { if number == 0 { Ok(for_an_hour("token")) } else { Err("the server is down") } }
    });
    let client = client.build().unwrap();
    client.read().id(1).send().await.unwrap();
    clock.advance(Duration::from_secs(3599));
    client.read().id(1).send().await.unwrap();
    assert_eq!((asked.load(Ordering::SeqCst), tokens(&seen).len()), (2, 2));
    clock.advance(SECOND);
    assert_eq!(client.read().id(1).send().await.unwrap_err().kind(), ErrorKind::Auth);
}

#[tokio::test]
async fn a_provider_that_hangs_is_given_up() {
    let (builder, _, clock) = client(|_| true);
    let provider = Numbered::new(0);
    let client = builder.auth_provider(provider.clone()).build().unwrap();
    let call = tokio::spawn(client.read().id(1).send());
    // The timeout of the call, and the timeout of the provider.
    clock.until_begun(2).await;
    clock.advance(Duration::from_secs(30));
    let error = call.await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    assert!(error.is_retryable() && error.to_string().contains("longer than 30 s"), "{error}");
    provider.release();
    client.read().id(1).send().await.unwrap();
    assert_eq!(provider.asked(), 2);
}

#[tokio::test]
async fn the_wait_counts_against_the_timeout_of_the_call() {
    let (builder, _, clock) = client(|_| true);
    let client = builder.auth_provider(Numbered::new(0)).timeout(5 * SECOND).build().unwrap();
    let call = tokio::spawn(client.read().id(1).send());
    clock.until_begun(2).await;
    clock.advance(5 * SECOND);
    let error = call.await.unwrap().unwrap_err();
    assert_eq!((error.kind(), error.phase()), (ErrorKind::Timeout, Some(Phase::Preparing)), "{error}");
}

#[tokio::test]
async fn credentials_that_cannot_be_sent_are_an_error() {
    let (builder, ..) = client(|_| true);
    let provider = || async { Ok::<_, declapi::Error>(Credentials::bearer("secret\n")) };
    let error = builder.auth_provider(provider).build().unwrap().read().id(1).send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    assert!(!format!("{error} {error:?}").contains("secret"), "{error:?}");
}

#[test]
fn a_blocking_client_has_providers_too() {
    let (builder, seen, _) = client(|token| token == "Bearer token-2");
    let client: Client<declapi::Blocking> = builder.auth_provider(Numbered::new(9)).build_blocking().unwrap();
    assert_eq!(client.read().id(1).send().unwrap(), 7);
    assert_eq!(tokens(&seen), ["Bearer token-1", "Bearer token-2"]);
}
