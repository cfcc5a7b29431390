//! Tests declarations in the edition 2021.

#![expect(missing_docs, reason = "the fields are made up")]

use declapi::{client, endpoint, object, resource, response, Bytes, Client, Endpoint, Form, Page, Position};

#[client(base_url = "https://api.example.com")]
pub struct Api {
    pub gen: u8,
}

#[resource]
pub struct Users;

#[endpoint(patch = "/users/{user_id}", response = User, on = Users)]
pub struct Update<'a, T> {
    pub user_id: &'a str,
    /// A keyword since the edition 2024.
    pub gen: Option<Option<T>>,
    pub dyn_: Vec<Name<'a>>,
    #[endpoint(query)]
    pub r#async: Option<bool>,
}

#[object]
pub struct Name<'a> {
    pub first: Option<&'a str>,
}

#[response]
#[derive(Debug, Default)]
pub struct User {
    pub gen: String,
}

#[endpoint(get = "/gen", response = ())]
pub struct Gen;

#[endpoint(post = "/gen", response = Found, body = Form, page(cursor = gen))]
pub struct Search {
    pub gen: Option<String>,
}

#[response]
#[derive(Debug)]
pub struct Found {
    #[response(items)]
    pub items: Vec<String>,
    #[response(next = gen)]
    pub r#try: User,
}

#[endpoint(put = "/gen", response = Bytes, body = Bytes)]
pub struct Put {
    #[endpoint(whole_body)]
    pub gen: Vec<u8>,
}

#[test]
fn the_declarations_work() {
    let client = Client::builder("https://api.example.com").build().unwrap();
    assert_eq!(Api::builder_with(1).build().unwrap().gen, 1);
    let names = [Name::builder().first("Ada").build()];
    let update = client.users().update().user_id("u").gen(1_u8).dyn_(names).r#async(true).build();
    let request = update.request().unwrap();
    assert_eq!(request.path(), "/users/u?async=true");
    assert_eq!(request.body().unwrap(), br#"{"gen":1,"dyn_":[{"first":"Ada"}]}"#);
    assert_eq!(client.gen().build().request().unwrap().path(), "/gen");
    assert_eq!(client.search().gen("a").build().request().unwrap().body().unwrap(), b"gen=a");
    assert!(format!("{:?}", client.search().items()).contains("position"));
    assert_eq!(client.put().gen([1]).build().request().unwrap().body().unwrap(), [1]);
    let found: Found = declapi::from_json(r#"{"try":{"gen":"b"}}"#).unwrap();
    assert_eq!(found.next_position(), Position::of("b"));
}
