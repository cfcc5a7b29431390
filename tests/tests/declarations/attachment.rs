//! Where methods hang: on any client, on a handle, on a handle's handle, on a type of one's own.

use declapi::{Caller, Client, Endpoint, Error, endpoint, resource};
use serde::de::DeserializeOwned;

use crate::{sent, shown};

/// Something that sends by telling what it would send.
#[derive(Debug)]
struct Teller;

impl Caller for &Teller {
    type Output<T> = Result<String, Error>;

    fn call_as<E: Endpoint, T: DeserializeOwned>(self, endpoint: &E) -> Result<String, Error> {
        endpoint.request().map(|request| shown(&request))
    }
}

#[resource]
struct MagicLinks;

#[resource(on = MagicLinks)]
struct Email;

#[resource(on = Email, name = stored)]
struct Templates;

#[endpoint(post = "/magic_links/email/login_or_create", response = (), on = Email)]
struct LoginOrCreate<'a> {
    email: &'a str,
}

#[endpoint(get = "/magic_links/email/templates/{id}", response = (), on = Templates, name = fetch)]
struct GetTemplate<'a, T> {
    id: &'a str,
    language: Option<T>,
}

#[test]
fn handles_hang_on_handles() {
    let call = Teller.magic_links().email().login_or_create().email("a@b.c").send();
    assert_eq!(call.unwrap(), r#"POST /magic_links/email/login_or_create {"email":"a@b.c"}"#);
    let templates = Teller.magic_links().email().stored();
    let copied = templates;
    let calls = [templates, copied].map(|templates| templates.fetch().id("t").language("en").send().unwrap());
    assert_eq!(calls, ["GET /magic_links/email/templates/t?language=en"; 2]);
}

#[test]
fn every_client_has_them() {
    let client = Client::builder("https://api.example.com").build().unwrap();
    let request = client.magic_links().email().login_or_create().email("e").build();
    assert_eq!(sent(&request), r#"POST /magic_links/email/login_or_create {"email":"e"}"#);
}

#[resource(on = &Teller)]
struct Stories;

#[endpoint(get = "/stories/{id}", response = (), on = Stories)]
struct Tell<'a> {
    id: &'a str,
}

#[endpoint(post = "/hush", response = (), on = &Teller)]
struct Hush<'a, T = u8> {
    reason: &'a str,
    volume: Option<T>,
}

#[test]
fn a_type_of_ones_own_has_them_as_its_own() {
    assert_eq!(Teller.stories().tell().id("s").send().unwrap(), "GET /stories/s");
    assert_eq!(
        Teller.hush().reason("r").volume(1_i64).send_as::<String>().unwrap(),
        r#"POST /hush {"reason":"r","volume":1}"#
    );
}

#[endpoint(get = "/health", response = ())]
struct Health;

#[endpoint(post = "/check/{id}", response = (), name = verify)]
struct Check<T> {
    id: T,
}

#[test]
fn an_endpoint_hangs_on_the_client_itself() {
    assert_eq!(Teller.health().send().unwrap(), "GET /health");
    assert_eq!(Teller.verify().id(7).send().unwrap(), "POST /check/7");
}

#[test]
fn a_handle_shows_itself_without_secrets() {
    let client = Client::builder("https://api.example.com").build().unwrap();
    let shown = format!("{:?}", client.magic_links().email());
    assert!(shown.starts_with("Email") && !shown.contains("secret-test-1"), "{shown}");
}
