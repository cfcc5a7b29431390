//! Tests declarations that a `macro_rules` macro generates from fragments.

#![deny(warnings)]
#![expect(missing_docs, reason = "the fields are made up")]

use declapi::{Client, Endpoint, client, endpoint, object, resource, response};

macro_rules! resource {
    ($(#[$meta:meta])* $vis:vis $name:ident as $method:ident) => {
        $(#[$meta])*
        #[resource(name = $method)]
        $vis struct $name;
    };
}

resource! { /** Users. */ pub Users as people }

macro_rules! client {
    ($(#[$meta:meta])* $vis:vis $name:ident at $url:literal { $($field:ident: $ty:ty),* }) => {
        $(#[$meta])*
        #[client(base_url = $url, header("x-a" = "1"))]
        $vis struct $name { $(pub $field: $ty),* }
    };
}

client! { /** A client. */ pub Api at "https://api.example.com" { name: String, ages: Vec<u8> } }

macro_rules! declare {
    (
        $(#[$meta:meta])*
        $vis:vis $name:ident<$life:lifetime>: $method:ident $path:literal on $handle:path => $response:ty
        { $($(#[$field_meta:meta])* $field:ident: $ty:ty,)* }
    ) => {
        $(#[$meta])*
        #[endpoint($method = $path, response = $response, on = $handle)]
        $vis struct $name<$life> {
            $($(#[$field_meta])* pub $field: $ty,)*
            /// Added by the macro.
            #[endpoint(query)]
            pub added: Option<&$life str>,
        }
    };
}

declare! {
    /// Updates a user.
    #[derive(Clone)]
    pub Update<'u>: put "/users/{user_id}" on self::Users => Vec<User> {
        /// The id.
        user_id: &'u str,
        #[serde(rename = "n")]
        name: Option<String>,
        #[endpoint(secret)]
        note: Option<Option<u8>>,
        tags: Vec<std::borrow::Cow<'u, str>>,
        count: u32,
        r#type: Option<Box<Self>>,
    }
}

impl declapi::__private::Serialize for Update<'_> {
    fn serialize<S: declapi::__private::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.user_id)
    }
}

macro_rules! wrapped {
    ($name:ident { $($field:ident: $inner:ty),* }) => {
        #[object]
        pub struct $name { $(pub $field: Option<$inner>,)* }
        #[response]
        #[derive(Debug)]
        pub struct User { $(pub $field: $inner, pub list: Option<$inner>,)* }
    };
}

wrapped! { Name { first: String } }

macro_rules! restricted {
    ($endpoint:ident $resource:ident $object:ident $client:ident) => {
        #[client(base_url = "https://api.example.com")]
        pub(crate) struct $client;
        #[resource(on = &$client)]
        pub(crate) struct $resource;
        #[endpoint(post = "/", response = ())]
        pub(crate) struct $endpoint {
            note: Option<Option<u8>>,
            object: Option<$object>,
            count: u8,
        }
        #[object]
        pub(crate) struct $object {
            one: u8,
            other: Option<u8>,
        }
    };
}

restricted! { Restricted Resource Object Inside }

macro_rules! in_function {
    ($name:ident, $field:ident, $value:expr) => {{
        #[endpoint(post = "/", response = ())]
        struct $name {
            $field: u8,
            // The same name, but from the macro itself.
            value: u8,
        }
        $name::builder().$field($value).value(2).build().request().unwrap()
    }};
}

/// Lets a macro of another crate name the runtime with a path to that crate.
pub mod reexport {
    pub use declapi;
}

macro_rules! through_a_reexport {
    ($name:ident) => {
        #[$crate::reexport::declapi::endpoint(get = "/", response = (), crate = $crate::reexport::declapi)]
        #[serde(rename_all = "camelCase")]
        pub struct $name {
            pub page_size: Option<u8>,
        }
    };
}

through_a_reexport! { Through }

#[test]
fn fragments_are_seen_through() {
    let update = Update::builder().user_id("u").tags(["a"]).count(60).added("x").null_note().build();
    let request = update.request().unwrap();
    assert_eq!(request.path(), "/users/u?added=x");
    assert_eq!(request.body().unwrap(), br#"{"note":null,"tags":["a"],"count":60}"#);
    let client = Client::builder("https://api.example.com").build().unwrap();
    let update = client.people().update().user_id("u").tags(["a"]).count(1).name("n").r#type(update).build();
    assert_eq!(update.request().unwrap().body().unwrap(), br#"{"n":"n","tags":["a"],"count":1,"type":"u"}"#);
    let api =
        Api::builder_with("n".to_owned(), vec![1]).build().unwrap().with_timeout(std::time::Duration::MAX);
    assert_eq!((&*api.name, &*api.ages, api.base_url()), ("n", &[1][..], "https://api.example.com/"));
    assert_eq!(Update::INFO.fields().nth(1).unwrap().ty, "Option<String>");
}

#[test]
fn declarations_can_be_in_expressions() {
    let value = 1;
    let request = in_function!(Local, value_of_mine, value);
    assert_eq!(request.body().unwrap(), br#"{"value_of_mine":1,"value":2}"#);
}

#[test]
fn the_runtime_can_be_named_with_a_path_to_another_crate() {
    assert_eq!(Through::builder().page_size(1).build().request().unwrap().path(), "/?pageSize=1");
    let name = Name::builder().first("Ada").build();
    assert_eq!(format!("{name:?}"), r#"Name { first: Some("Ada") }"#);
}

/// Their visibility is from the macro. rustc must not warn about setters and methods that are not used.
#[test]
fn generated_items_need_not_be_used() {
    let object = Some(Object { one: 1, other: None });
    let request = Restricted { note: None, object, count: 2 }.request().unwrap();
    assert_eq!(request.body().unwrap(), br#"{"object":{"one":1},"count":2}"#);
    assert!(format!("{:?}", Inside::builder().build().unwrap().resource()).contains("api.example.com"));
}
