//! Secrets in the query and in headers, which only custom endpoints have.

use declapi::endpoint;
use stytch_client_tests::canaries;

use super::{Act, ClosedPort, Server, builder, log, nothing_in_debug, nothing_in_error, response};

/// An endpoint with secrets in locations where Stytch's endpoints have none.
#[endpoint(get = "/v1/keys", response = Keys)]
struct GetKeys<'a> {
    #[endpoint(secret, query)]
    token: &'a str,
    #[endpoint(header = "x-key", secret)]
    key: &'a str,
}

#[derive(Debug, serde::Deserialize)]
struct Keys {
    #[expect(dead_code, reason = "it is never read, since no response has it")]
    keys: Vec<String>,
}

#[tokio::test]
async fn are_not_shown_either() {
    log::listen();
    let request = GetKeys::builder().token(canaries::PASSWORD).key(canaries::SESSION_JWT).build();
    nothing_in_debug("the request", &request);
    nothing_in_debug("the plain request", &stytch_client::Endpoint::request(&request).unwrap());

    let echo: fn(&stytch_client_tests::server::Received) -> Vec<u8> = |request| {
        response("404 Not Found", &["content-type: text/html"], &format!("<pre>{}</pre>", request.headers))
    };
    for script in [
        vec![Act::Respond(echo)],
        vec![Act::Read],
        vec![Act::Read, Act::Write(b"garbage\r\n\r\n".into())],
        vec![Act::Read, Act::Write(response("302 Found", &["location: /v2/keys?again"], ""))],
        vec![Act::Read, Act::Write(response("200 OK", &[], "{}"))],
    ] {
        let server = Server::start(script.clone());
        let client = builder(&server.url()).build().unwrap();
        let error = client.send(&request).await.unwrap_err();
        nothing_in_error(&format!("{script:?}"), &error);
    }
    let error = builder(&ClosedPort::bind().url()).build().unwrap().send(&request).await.unwrap_err();
    nothing_in_error("no connection", &error);
    log::nothing_in_it();
}
