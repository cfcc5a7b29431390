//! Requests that have no body.

use declapi::endpoint;
use stytch_client::Client;
use stytch_client_tests::canaries::{API_SECRET, PROJECT_ID};
use stytch_client_tests::server::{Act, Server, success};

/// What a body could stand in says that there is none; some front ends answer 411 otherwise.
#[tokio::test]
async fn a_post_without_a_body_says_so() {
    let server = Server::start(vec![Act::Serve(success("{}")), Act::Serve(success("{}"))]);
    let client = Client::builder(PROJECT_ID, API_SECRET).base_url(server.url()).build().unwrap();
    client.send(&Reindex { id: 1 }).await.unwrap();
    client.send(&Forget { id: 1 }).await.unwrap();
    let heads: Vec<String> =
        server.state().requests.iter().map(|request| request.head.to_ascii_lowercase()).collect();
    assert!(
        heads[0].contains("\r\ncontent-length: 0\r\n") && !heads[0].contains("content-type"),
        "{heads:?}"
    );
    assert!(!heads[1].contains("content-length"), "{heads:?}");
}

#[endpoint(post = "/indexes/{id}/rebuild", response = ())]
struct Reindex {
    id: u32,
}

#[endpoint(delete = "/indexes/{id}", response = ())]
struct Forget {
    id: u32,
}
