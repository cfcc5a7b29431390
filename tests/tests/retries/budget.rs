//! The retry budget: an outage does not multiply the requests.

use super::{Act, RetryPolicy, Server, builder, calls, response, skipping, status, success};

/// A hundred calls on clones with different policies, against a server that is down.
#[tokio::test]
async fn stops_a_storm() {
    let server = Server::start(status("429 Too Many Requests", &[]));
    let client = builder(&server.url(), &skipping()).build().unwrap();
    let create = calls::named("passwords.create");
    for _ in 0..50 {
        create.send(&client.clone()).await.unwrap_err();
        create.send(&client.with_retries(RetryPolicy::default().with_max_attempts(100))).await.unwrap_err();
    }
    assert_eq!(server.state().requests.len(), 100 + 10, "ten retries, whatever is asked for");
}

#[tokio::test]
async fn comes_back_with_success() {
    let create = calls::named("passwords.create");
    let server = Server::start(status("429 Too Many Requests", &[]));
    let client = builder(&server.url(), &skipping()).build().unwrap();
    for _ in 0..20 {
        create.send(&client).await.unwrap_err();
    }
    let spent = server.state().requests.len();
    assert_eq!(spent, 20 + 10);

    for _ in 0..20 {
        server.next(success(&create));
        create.send(&client).await.unwrap();
    }
    for _ in 0..20 {
        create.send(&client).await.unwrap_err();
    }
    assert_eq!(server.state().requests.len(), spent + 20 + 20 + 2, "a tenth of a retry for each success");
}

/// A request that the API rejects with good reason does not cost budget.
#[tokio::test]
async fn rejections_do_not_spend_it() {
    let create = calls::named("passwords.create");
    let server = Server::start(status("429 Too Many Requests", &[]));
    let client = builder(&server.url(), &skipping()).build().unwrap();
    for _ in 0..50 {
        server.next([Act::Read, Act::Write(response("400 Bad Request", &["connection: close"], "{}"))]);
        create.send(&client).await.unwrap_err();
    }
    let error = create.send(&client).await.unwrap_err();
    assert_eq!(error.attempts(), 3);
}
