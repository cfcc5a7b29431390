//! Tests declarations without a prelude.

#![no_implicit_prelude]
#![expect(missing_docs, reason = "the fields are made up")]

use ::declapi::Endpoint;
use ::std::convert::Into;

::declapi::catalogue! {
    root = "tests/no_prelude.rs";
    pub const ENDPOINTS;
    macro_rules! for_each_endpoint;
}

#[::declapi::client(base_url = "https://api.example.com", header("x-a" = "1"), query("a" = 1), body("a" = true), error = ::declapi::GenericError)]
pub struct Api;

#[::declapi::client]
pub struct Holding {
    pub name: ::std::string::String,
}

#[::declapi::resource(on = &Api)]
pub struct Houses;

#[::declapi::resource(header("x-b" = "1"), query("b" = 1), body("b" = true), idempotency_key = "x-key")]
pub struct Users;

#[::declapi::resource(on = Users)]
pub struct Emails;

#[::declapi::endpoint(put = "/users/{user_id}/emails", response = Email<'static>, on = Emails, idempotent, timeout = 9, header("x-c" = "1"))]
#[derive(::std::clone::Clone)]
pub struct Update<'a, T> {
    pub user_id: &'a str,
    #[endpoint(query)]
    pub limit: ::std::option::Option<u8>,
    #[endpoint(header = "x-trace", secret)]
    pub trace: ::std::option::Option<&'a str>,
    pub email: ::std::borrow::Cow<'a, str>,
    pub tags: ::std::vec::Vec<::std::string::String>,
    pub note: ::core::option::Option<::core::option::Option<T>>,
    #[serde(rename = "object")]
    pub inner: ::std::option::Option<Inner<'a>>,
}

#[::declapi::object]
#[derive(::std::cmp::PartialEq, ::std::clone::Clone)]
pub struct Inner<'a> {
    #[object(secret)]
    pub key: &'a str,
    pub id: ::std::option::Option<u8>,
}

#[::declapi::response]
#[derive(::std::fmt::Debug)]
pub struct Email<'a> {
    #[response(required)]
    pub id: ::std::string::String,
    pub text: ::std::borrow::Cow<'a, str>,
    pub list: ::std::vec::Vec<u8>,
    #[response(lenient)]
    pub kind: ::std::option::Option<::std::string::String>,
}

#[::declapi::endpoint(get = "/health", response = ())]
pub struct Health;

#[::declapi::endpoint(get = "/files/{path*?}", response = ())]
pub struct Files<'a> {
    pub path: ::std::option::Option<&'a str>,
    #[endpoint(query(comma), secret)]
    pub comma: ::std::vec::Vec<u8>,
    #[endpoint(query(brackets))]
    pub brackets: ::std::option::Option<[u8; 2]>,
    #[endpoint(query(deep))]
    pub deep: ::std::vec::Vec<::std::string::String>,
}

#[::declapi::endpoint(post = "/search", response = Found, body = ::declapi::Form, page(cursor = after), envelope = "data")]
pub struct Search<'a, T> {
    pub text: &'a str,
    pub after: ::std::option::Option<T>,
}

#[::declapi::response]
#[derive(::std::fmt::Debug)]
pub struct Found {
    #[response(items)]
    pub names: ::std::vec::Vec<::std::string::String>,
    #[response(next = next)]
    pub links: ::std::option::Option<Links>,
}

#[::declapi::response]
#[derive(::std::fmt::Debug, ::std::default::Default)]
pub struct Links {
    pub next: ::std::option::Option<::std::string::String>,
}

#[::declapi::endpoint(get = "/names", response = ::std::vec::Vec<::std::string::String>, page(number = page, first = 0), on = &Api)]
pub struct Names {
    pub page: ::std::option::Option<u8>,
}

#[::declapi::endpoint(put = "/whole", response = ::std::option::Option<::declapi::Bytes>, body = ::declapi::Bytes, none = 404)]
pub struct Whole<'a> {
    #[endpoint(whole_body)]
    pub content: ::std::option::Option<&'a [u8]>,
}

#[::declapi::client(base_url = "https://api.example.com", envelope = "result")]
pub struct Wrapped;

#[::declapi::resource(on = &Wrapped, envelope = "data.user")]
pub struct Deeper;

#[::core::prelude::v1::test]
fn the_declarations_work() {
    let inner = Inner::builder().key("k").build();
    let update = Update::builder()
        .user_id("u")
        .email("e")
        .tags(["t"])
        .note(1.5)
        .inner(inner)
        .trace("t")
        .limit(3)
        .build();
    let request = update.request().unwrap();
    ::std::assert_eq!(request.path(), "/users/u/emails?limit=3&b=1");
    ::std::assert_eq!(
        ::std::str::from_utf8(request.body().unwrap()).unwrap(),
        r#"{"email":"e","tags":["t"],"note":1.5,"object":{"key":"k"},"b":true}"#
    );
    ::std::assert!(!::std::format!("{update:?}").contains("\"k\""));
    let client = ::declapi::Client::builder("https://api.example.com").build().unwrap();
    let request = client.users().emails().update::<u8>().user_id("u").email("e").tags(["t"]).build();
    ::std::assert_eq!(request.request().unwrap().path(), "/users/u/emails?b=1");
    let api = Api::builder().build().unwrap();
    ::std::assert!(::std::format!("{:?}", api.houses()).contains("api.example.com"));
    let holding = Holding::builder_with("n".into()).base_url("https://api.example.com").build().unwrap();
    ::std::assert_eq!(::std::clone::Clone::clone(&holding).name, "n");
    ::std::assert_eq!(client.health().build().request().unwrap().path(), "/health");
    let files =
        client.files().path("a/b").comma([1, 2]).brackets([3, 4]).deep(["d"]).build().request().unwrap();
    ::std::assert_eq!(files.path(), "/files/a/b?comma=1,2&brackets%5B%5D=3&brackets%5B%5D=4&deep%5B0%5D=d");
    let search = client.search::<u8>().text("a b").after(1).build().request().unwrap();
    ::std::assert_eq!(search.body().unwrap(), b"text=a+b&after=1");
    ::std::assert!(::std::format!("{:?}", client.search::<u8>().text("t").items()).contains("position"));
    ::std::assert!(::std::format!("{:?}", api.names().pages()).contains("position"));
    let whole = Whole::builder().content(&[1, 2]).build().request().unwrap();
    ::std::assert_eq!(whole.body().unwrap(), [1, 2]);
    let wrapped = Wrapped::builder().build().unwrap();
    ::std::assert!(::std::format!("{:?}", wrapped.deeper()).contains("api.example.com"));
}
