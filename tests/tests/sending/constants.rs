//! Constants of a client, and their order of precedence.

use declapi::{ClientBuilder, client, endpoint, resource};
use stytch_client_tests::noting::{Seen, noting};

/// An API with a constant in each location.
#[client(
    base_url = "https://api.example.com",
    header("x-version" = "1", "x-client" = "yes"),
    header("content-type" = "application/x+json"),
    query("key" = "public", "v" = 1),
    body("v" = 1, "client" = true)
)]
struct Api;

/// Things.
#[resource(on = &Api, header("x-version" = "2"), query("v" = 2), body("v" = 2))]
struct Things;

/// Makes a thing.
#[endpoint(post = "/things", response = (), on = Things)]
struct Make {
    size: u8,
    #[endpoint(query)]
    key: Option<String>,
}

/// Reads all things.
#[endpoint(get = "/things", response = (), on = &Api, header("x-version" = "3"), query("v" = 3))]
struct List;

fn api(seen: &Seen) -> ClientBuilder<Api> {
    Api::builder().transport(noting(seen, 200, ""))
}

#[tokio::test]
async fn the_nearest_declaration_wins() {
    let seen = Seen::default();
    let api = api(&seen).build().unwrap();
    api.things().make().size(1).send().await.unwrap();
    let made = seen.last();
    assert_eq!(made.line, "POST /things?v=2&key=public");
    assert_eq!(made.body, r#"{"size":1,"v":2,"client":true}"#);
    assert_eq!(made.headers(&["x-version", "x-client", "content-type"]), ["2", "yes", "application/x+json"]);

    api.things().make().size(1).key("mine").send().await.unwrap();
    assert_eq!(seen.last().line, "POST /things?key=mine&v=2");

    api.list().send().await.unwrap();
    let listed = seen.last();
    assert_eq!((&*listed.line, &*listed.body), ("GET /things?v=3&key=public", ""));
    assert_eq!(listed.headers(&["x-version", "x-client", "content-type"]), ["3", "yes"]);
}

/// A header that the program sets overrides the declaration of the client, and is overridden by the declaration of an
/// endpoint.
#[tokio::test]
async fn a_header_of_the_program_replaces_that_of_the_client() {
    let seen = Seen::default();
    let api = api(&seen).header("x-client", "no").header("x-version", "9").build().unwrap();
    api.list().send().await.unwrap();
    assert_eq!(seen.last().headers(&["x-version", "x-client"]), ["3", "no"]);
}

#[tokio::test]
async fn constants_are_not_redacted() {
    let seen = Seen::default();
    let message = r#"{"error":"3 and public and yes are not allowed, thing-1 neither"}"#;
    let api = Api::builder().transport(noting(&seen, 400, message)).build().unwrap();
    let error = api.list().send().await.unwrap_err();
    assert!(error.to_string().contains("3 and public and yes are not allowed"), "{error}");
}
