//! Idempotency keys.

use std::collections::HashSet;

use declapi::{
    CallOptions, ClientBuilder, Endpoint, Error, Response, RetryPolicy, client, endpoint, resource,
};
use stytch_client_tests::clock::Clock;
use stytch_client_tests::noting::{Seen, noting_each};

/// An API whose client generates keys.
#[client(base_url = "https://api.example.com", idempotency_key = "X-Client-Key")]
struct Api;

/// Payments, which have a separate header for it.
#[resource(on = &Api, idempotency_key = "Payment-Request-Id")]
struct Payments;

/// Refunds of payments.
#[resource(on = Payments)]
struct Refunds;

/// Creates an item.
#[endpoint(post = "/things", response = (), on = &Api)]
struct Make;

/// Changes an item.
#[endpoint(patch = "/things", response = (), on = &Api)]
struct Change;

/// Replaces an item.
#[endpoint(put = "/things", response = (), on = &Api)]
struct Put;

/// Reads an item.
#[endpoint(get = "/things", response = (), on = &Api)]
struct Read;

/// Pays back.
#[endpoint(post = "/refunds", response = (), on = Refunds)]
struct Refund;

/// Buys an item. Its header overrides that of the client.
#[endpoint(put = "/orders", response = (), on = Payments, idempotency_key = "Order-Key")]
struct Order<'a> {
    #[endpoint(header = "order-key")]
    key: Option<&'a str>,
}

/// Takes a key from its caller only.
#[endpoint(post = "/charges", response = (), on = Payments)]
struct Charge<'a> {
    #[endpoint(header = "Idempotency-Key", idempotency_key)]
    key: Option<&'a str>,
}

/// A client whose server returns an error for all requests except the third.
fn failing(seen: &Seen, status: u16) -> ClientBuilder<Api> {
    let transport = noting_each(seen, move |number| if number == 2 { (200, "") } else { (status, "{}") });
    Api::builder().transport(transport).timer(Clock::skipping(std::time::Duration::from_secs(20)))
}

/// Sends a call whose first two attempts fail. Returns the keys of its attempts in the header of this name.
async fn keys(call: &impl Endpoint, header: &str) -> Vec<String> {
    let seen = Seen::default();
    let outcome: Result<(), Error> = failing(&seen, 500).build().unwrap().send_as(call).await;
    let all = seen.all();
    let headers: Vec<_> = all
        .iter()
        .flat_map(|sent| &sent.headers)
        .filter(|(name, _)| name.contains("key") || name.contains("request-id"))
        .collect();
    assert!(headers.iter().all(|(name, _)| name == header), "{headers:?}");
    if headers.is_empty() {
        let error = outcome.unwrap_err();
        assert_eq!((error.attempts(), error.idempotency_key()), (1, None), "without a key, no retry");
    } else {
        outcome.unwrap();
        assert_eq!((all.len(), headers.len()), (3, 3), "a key with each of three attempts");
    }
    headers.into_iter().map(|(_, value)| value.clone()).collect()
}

fn is_uuid(key: &str) -> bool {
    let parts: Vec<_> = key.split('-').collect();
    let lengths: Vec<_> = parts.iter().map(|part| part.len()).collect();
    lengths == [8, 4, 4, 4, 12]
        && parts[2].starts_with('4')
        && parts.concat().bytes().all(|b| b.is_ascii_hexdigit())
}

#[tokio::test]
async fn a_generated_key_is_kept_over_retries_and_differs_between_calls() {
    let mut all = HashSet::new();
    for _ in 0..3 {
        for (keys, what) in [
            (keys(&Make, "x-client-key").await, "the client's"),
            (keys(&Change, "x-client-key").await, "the client's"),
            (keys(&Refund, "payment-request-id").await, "the resource's around its own"),
            (keys(&Order { key: None }, "order-key").await, "the endpoint's, for any method"),
        ] {
            assert!(is_uuid(&keys[0]) && keys.iter().all(|key| *key == keys[0]), "{what}: {keys:?}");
            assert!(all.insert(keys[0].clone()), "{what}: the key of another call");
        }
    }
}

/// A key of a client or a resource is for methods that HTTP does not allow to retry.
#[tokio::test]
async fn inherited_keys_are_for_post_and_patch() {
    assert!(keys(&Put, "-").await.is_empty());
    assert!(keys(&Read, "-").await.is_empty());
}

#[tokio::test]
async fn a_field_makes_a_call_retryable_if_and_only_if_it_is_set() {
    assert_eq!(keys(&Charge { key: Some("mine") }, "idempotency-key").await, ["mine"; 3]);
    assert!(keys(&Charge { key: None }, "-").await.is_empty(), "the declaration of the resource is replaced");
}

#[tokio::test]
async fn the_key_of_the_caller_wins() {
    let mine = || CallOptions::new().idempotency_key("mine");
    assert_eq!(keys(&Order { key: Some("mine") }, "order-key").await, ["mine"; 3]);
    assert_eq!(keys(&Order { key: Some("other") }.with_options(mine()), "order-key").await, ["mine"; 3]);
    assert_eq!(
        keys(&Charge { key: Some("other") }.with_options(mine()), "idempotency-key").await,
        ["mine"; 3]
    );
    assert_eq!(keys(&Charge { key: None }.with_options(mine()), "idempotency-key").await, ["mine"; 3]);
    assert_eq!(keys(&Refund.with_options(mine()), "payment-request-id").await, ["mine"; 3]);
    assert_eq!(keys(&Make.with_options(mine()), "x-client-key").await, ["mine"; 3]);
    assert_eq!(keys(&Put.with_options(mine()), "x-client-key").await, ["mine"; 3]);
    let as_header = CallOptions::new().header("X-Client-Key", "mine");
    assert_eq!(keys(&Make.with_options(as_header), "x-client-key").await, ["mine"; 3]);
}

/// Without a declaration, the key is sent in the usual header.
#[tokio::test]
async fn a_key_needs_no_declaration() {
    let seen = Seen::default();
    let transport = noting_each(&seen, |number| if number == 2 { (200, "") } else { (502, "") });
    let client = declapi::Client::builder("https://api.example.com").transport(transport);
    let client = client.timer(Clock::skipping(std::time::Duration::from_secs(20))).build().unwrap();
    client.send(&Make.with_options(CallOptions::new().idempotency_key("mine"))).await.unwrap();
    for sent in seen.all() {
        assert_eq!(sent.headers(&["idempotency-key"]), ["mine"]);
    }
}

#[tokio::test]
async fn the_error_has_the_key() {
    for status in [500, 400, 200] {
        let seen = Seen::default();
        let api = failing(&seen, status).retries(RetryPolicy::never()).build().unwrap();
        let error = api.send_as::<u8>(&Make).await.unwrap_err();
        let key = error.idempotency_key().unwrap();
        assert_eq!(seen.last().headers(&["x-client-key"]), [key], "{status}");
        assert!(is_uuid(key));
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains(key), "any header may be secret: {shown}");

        let again = CallOptions::new().idempotency_key(key);
        api.make().with_options(again).send().await.unwrap_or_default();
        assert_eq!(seen.last().headers(&["x-client-key"]), [key]);
    }
}

#[tokio::test]
async fn a_response_has_the_key() {
    let seen = Seen::default();
    let transport = noting_each(&seen, |_| (200, ""));
    let api = Api::builder().transport(transport).build().unwrap();
    let response = api.make().send_as::<Response<()>>().await.unwrap();
    assert_eq!(seen.last().headers(&["x-client-key"]), [response.idempotency_key().unwrap()]);
    let response = api.read().send_as::<Response<()>>().await.unwrap();
    assert_eq!(response.idempotency_key(), None);
}

/// The request itself is the same each time. The key is generated when it is sent.
#[test]
fn a_request_that_is_looked_at_has_the_callers_key_only() {
    let key = |endpoint: &dyn Fn() -> declapi::Request| endpoint().idempotency_key().map(str::to_owned);
    assert_eq!(key(&|| Make.request().unwrap()), None);
    assert_eq!(key(&|| Order { key: None }.request().unwrap()), None);
    assert_eq!(key(&|| Charge { key: Some("mine") }.request().unwrap()).as_deref(), Some("mine"));
    let options = CallOptions::new().idempotency_key("mine");
    assert_eq!(key(&|| Refund.with_options(options.clone()).request().unwrap()).as_deref(), Some("mine"));
}
