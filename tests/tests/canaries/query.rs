//! Secrets in the query and in headers, which only endpoints of one's own have.

use declapi::endpoint;
use stytch_client_tests::canaries;

use super::{Act, Refusing, Server, answer, builder, log, nothing_in_debug, nothing_in_error};

/// An endpoint with secrets where none of Stytch's has them.
#[endpoint(get = "/v1/keys", response = Keys)]
struct GetKeys<'a> {
    #[endpoint(secret, query)]
    token: &'a str,
    #[endpoint(header = "x-key", secret)]
    key: &'a str,
}

#[derive(Debug, serde::Deserialize)]
struct Keys {
    #[expect(dead_code, reason = "it is never read, since no answer has it")]
    keys: Vec<String>,
}

#[tokio::test]
async fn are_not_shown_either() {
    log::listen();
    let request = GetKeys::builder().token(canaries::PASSWORD).key(canaries::SESSION_JWT).build();
    nothing_in_debug("the request", &request);
    nothing_in_debug("the plain request", &stytch_client::Endpoint::request(&request).unwrap());

    let echo: fn(&stytch_client_tests::server::Received) -> Vec<u8> = |request| {
        answer("404 Not Found", &["content-type: text/html"], &format!("<pre>{}</pre>", request.head))
    };
    for script in [
        vec![Act::Respond(echo)],
        vec![Act::Read],
        vec![Act::Read, Act::Write(b"garbage\r\n\r\n".into())],
        vec![Act::Read, Act::Write(answer("302 Found", &["location: /v2/keys?again"], ""))],
        vec![Act::Read, Act::Write(answer("200 OK", &[], "{}"))],
    ] {
        let server = Server::start(script.clone());
        let client = builder(&server.url()).build().unwrap();
        let error = client.send(&request).await.unwrap_err();
        nothing_in_error(&format!("{script:?}"), &error);
    }
    let error = builder(&Refusing::bind().url()).build().unwrap().send(&request).await.unwrap_err();
    nothing_in_error("no connection", &error);
    log::nothing_in_it();
}
