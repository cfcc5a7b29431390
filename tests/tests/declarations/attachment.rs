//! Where methods are added: any client, a resource, a resource of a resource, and a client type that is written by
//! hand.

use std::marker::PhantomData;

use declapi::{Async, Caller, Client, Endpoint, Error, Reader, endpoint, resource};

use crate::{sent, shown};

/// A client that returns the request that it would send.
#[derive(Debug)]
struct Teller<Mode = Async>(PhantomData<Mode>);

const TELLER: Teller = Teller(PhantomData);

impl<Mode> Caller for &Teller<Mode> {
    type Output<T> = Result<String, Error>;

    fn call_with<E: Endpoint, T>(self, endpoint: &E, _: Reader<T>) -> Result<String, Error> {
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
fn a_resource_is_put_on_a_resource() {
    let call = TELLER.magic_links().email().login_or_create().email("a@b.c").send();
    assert_eq!(call.unwrap(), r#"POST /magic_links/email/login_or_create {"email":"a@b.c"}"#);
    let templates = TELLER.magic_links().email().stored();
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
fn a_custom_client_type_has_them_as_its_own() {
    assert_eq!(TELLER.stories().tell().id("s").send().unwrap(), "GET /stories/s");
    assert_eq!(
        TELLER.hush().reason("r").volume(1_i64).send_as::<String>().unwrap(),
        r#"POST /hush {"reason":"r","volume":1}"#
    );
}

/// A client that returns a constant.
struct Apprentice;

impl Caller for &Apprentice {
    type Output<T> = &'static str;

    fn call_with<E: Endpoint, T>(self, _: &E, _: Reader<T>) -> &'static str {
        "a constant"
    }
}

#[endpoint(post = "/stories", response = (), on = Stories<&Teller>)]
struct Invent<'a> {
    title: &'a str,
}

#[resource(on = Stories<&Teller>)]
struct Drafts;

#[endpoint(get = "/stories/drafts", response = (), on = Drafts)]
struct List;

/// A method for one client does not exist for another: `tests/ui/fail/on_another_client.rs`.
#[test]
fn a_resource_over_one_client_has_more() {
    assert_eq!(TELLER.stories().invent().title("t").send().unwrap(), r#"POST /stories {"title":"t"}"#);
    assert_eq!(TELLER.stories().drafts().list().send().unwrap(), "GET /stories/drafts");
    assert_eq!(Stories::new(&Apprentice).tell().id("s").send(), "a constant");
}

#[endpoint(get = "/health", response = ())]
struct Health;

#[endpoint(post = "/check/{id}", response = (), name = verify)]
struct Check<T> {
    id: T,
}

#[test]
fn an_endpoint_is_put_on_the_client_itself() {
    assert_eq!(TELLER.health().send().unwrap(), "GET /health");
    assert_eq!(TELLER.verify().id(7).send().unwrap(), "POST /check/7");
}

#[test]
fn a_resource_shows_itself_without_secrets() {
    let client = Client::builder("https://api.example.com").build().unwrap();
    let shown = format!("{:?}", client.magic_links().email());
    assert!(shown.starts_with("Email") && !shown.contains("secret-test-1"), "{shown}");
}
