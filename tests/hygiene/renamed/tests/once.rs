//! Tests declarations that never name the runtime, because the root of the crate imports it with the usual name.

extern crate api as declapi;

use api::{Client, Endpoint};

mod deeper {
    use api::{client, endpoint, object, resource, response};

    #[client(base_url = "https://api.example.com")]
    pub(super) struct Api;

    #[resource]
    pub(super) struct Users;

    #[endpoint(post = "/users", response = User, on = Users)]
    #[serde(rename_all = "camelCase")]
    pub(super) struct Create<'a> {
        full_name: Name<'a>,
    }

    #[object]
    #[derive(Clone)]
    pub(super) struct Name<'a> {
        first: Option<&'a str>,
    }

    #[endpoint(post = "/search", response = Found, body = api::Form, page(cursor = after))]
    pub(super) struct Search<'a> {
        after: Option<&'a str>,
    }

    #[response]
    #[derive(Debug)]
    pub(super) struct Found {
        #[response(items)]
        names: Vec<String>,
        #[response(next)]
        next: Option<String>,
    }

    #[response]
    #[derive(Debug)]
    pub(super) struct User {
        nick: Option<String>,
    }
}

#[test]
fn the_declarations_work() {
    use deeper::{SearchExt, UsersExt};
    let client = Client::builder("https://api.example.com").build().unwrap();
    assert_eq!(deeper::Api::builder().build().unwrap().base_url(), "https://api.example.com/");
    let name = deeper::Name::builder().first("Ada").build();
    let request = client.users().create().full_name(name).build().request().unwrap();
    assert_eq!(request.body().unwrap(), br#"{"fullName":{"first":"Ada"}}"#);
    assert!(format!("{:?}", client.search().after("a").items()).contains("position"));
}
