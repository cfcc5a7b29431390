//! Declarations in the edition before.

#![expect(missing_docs, reason = "the fields are made up")]

use declapi::{client, endpoint, object, resource, response, Client, Endpoint};

#[client(base_url = "https://api.example.com")]
pub struct Api {
    pub gen: u8,
}

#[resource]
pub struct Users;

#[endpoint(patch = "/users/{user_id}", response = User, on = Users)]
pub struct Update<'a, T> {
    pub user_id: &'a str,
    /// A keyword since the edition after this one.
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
#[derive(Debug)]
pub struct User {
    pub gen: String,
}

#[endpoint(get = "/gen", response = ())]
pub struct Gen;

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
}
