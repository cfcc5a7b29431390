//! Connections that are used again, and servers that close them.

use std::time::Duration;

use stytch_client::{Client, ErrorKind};
use stytch_client_tests::calls::{self, Call};
use stytch_client_tests::clock::Clock;
use stytch_client_tests::server::{Act, Server, success};

fn client(server: &Server) -> Client {
    // The waits between attempts are skipped. The timeout is not.
    let clock = Clock::skipping(Duration::from_secs(20));
    let client = calls::client_of(server.url()).timer(clock);
    client.timeout(Duration::from_secs(600)).build().unwrap()
}

fn serving(call: &Call) -> Server {
    Server::start(vec![Act::Serve(success(call.response))])
}

#[tokio::test]
async fn one_connection_serves_call_after_call() {
    for call in calls::of_each_shape() {
        let server = serving(&call);
        let client = client(&server);
        for _ in 0..10 {
            call.send(&client).await.unwrap();
        }
        assert_eq!((server.state().accepted, server.state().requests.len()), (1, 10), "{call:?}");
        drop(client);
        server.until_all_closed().await;
    }
}

/// The server closes the connection after it has read the second request. The client cannot know whether it was
/// carried out.
#[tokio::test]
async fn closed_during_a_request() {
    for call in calls::of_each_shape() {
        for end in [vec![], vec![Act::Reset]] {
            let server = serving(&call);
            let client = client(&server);
            let mut script = vec![Act::Read, Act::Write(success(call.response)), Act::Read];
            script.extend(end);
            server.next(script);
            call.send(&client).await.unwrap();
            let second = call.send(&client).await;
            let requests = server.state().requests.len();
            if call.info.idempotent {
                assert!(second.is_ok(), "{call:?}: {second:?}");
                assert_eq!(requests, 3, "{call:?}");
            } else {
                let error = second.unwrap_err();
                assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connection, 1), "{call:?}: {error}");
                assert_eq!(requests, 2, "{call:?} was sent again");
            }
            call.send(&client).await.unwrap();
            drop(client);
            server.until_all_closed().await;
        }
    }
}

/// If the server closes an unused connection, no request is lost, and the call succeeds.
#[tokio::test]
async fn closed_while_idle() {
    for call in calls::of_each_shape() {
        let server = serving(&call);
        let client = client(&server);
        for accepted in 1..=5 {
            server.next([Act::Read, Act::Write(success(call.response))]);
            call.send(&client).await.unwrap();
            server.until_all_closed().await;
            assert_eq!(server.state().accepted, accepted, "{call:?}");
        }
        assert_eq!(server.state().requests.len(), 5, "{call:?}: each was sent once");
    }
}

const FORGED: &str =
    r#"{"user_id":"forged","valid_password":true,"session":{},"keys":[],"request_id":"forged"}"#;

/// A second, unrequested response is not used for the next request.
#[tokio::test]
async fn an_unrequested_response() {
    for call in calls::of_each_shape() {
        let server = serving(&call);
        let client = client(&server);
        for forged in [success(FORGED), success(FORGED).repeat(3)] {
            server.next([Act::Read, Act::Write([success(call.response), forged].concat()), Act::Stall]);
            call.send(&client).await.unwrap();
            let next = call.send(&client).await.unwrap_or_else(|error| panic!("{call:?}: {error:?}"));
            assert_ne!(next["request_id"], "forged", "{call:?}");
            drop_idle(&server, &client, &call).await;
        }
    }
}

/// A body that is longer than its stated length ends with another response.
#[tokio::test]
async fn a_body_with_another_response_at_its_end() {
    for call in calls::of_each_shape() {
        let server = serving(&call);
        let client = client(&server);
        let short = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}".to_vec();
        server.next([Act::Read, Act::Write([short, success(FORGED)].concat()), Act::Stall]);
        // An empty object is a valid response for endpoints without required fields.
        let _ = call.send(&client).await;
        let next = call.send(&client).await.unwrap();
        assert_ne!(next["request_id"], "forged", "{call:?}");
        drop_idle(&server, &client, &call).await;
    }
}

/// The connection with the second response is closed, and the other one is still used.
async fn drop_idle(server: &Server, client: &Client, call: &Call) {
    server.until(|state| state.open == 1).await;
    call.send(client).await.unwrap();
}
