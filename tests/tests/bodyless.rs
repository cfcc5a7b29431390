//! Requests without a body.

use declapi::endpoint;
use stytch_client::Client;
use stytch_client_tests::canaries::{API_SECRET, PROJECT_ID};
use stytch_client_tests::server::{Act, Server, success};

/// A method that may have a body sends a length of zero. Otherwise some front ends respond with 411.
#[tokio::test]
async fn a_post_without_a_body_says_so() {
    let server = Server::start(vec![Act::Serve(success("{}")), Act::Serve(success("{}"))]);
    let client = Client::builder(PROJECT_ID, API_SECRET).base_url(server.url()).build().unwrap();
    client.send(&Reindex { id: 1 }).await.unwrap();
    client.send(&Forget { id: 1 }).await.unwrap();
    let requests: Vec<String> =
        server.state().requests.iter().map(|request| request.headers.to_ascii_lowercase()).collect();
    assert!(
        requests[0].contains("\r\ncontent-length: 0\r\n") && !requests[0].contains("content-type"),
        "{requests:?}"
    );
    assert!(!requests[1].contains("content-length"), "{requests:?}");
}

#[endpoint(post = "/indexes/{id}/rebuild", response = ())]
struct Reindex {
    id: u32,
}

#[endpoint(delete = "/indexes/{id}", response = ())]
struct Forget {
    id: u32,
}
