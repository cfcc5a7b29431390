//! Tests declarations next to items with every name that generated code might use.

#![expect(non_camel_case_types, clippy::wrong_self_convention, reason = "the names are not for reading")]
#![expect(dead_code, unused_macros, reason = "the names are only in the way")]

mod hostile {
    macro_rules! taken {
        ($($name:ident)*) => { $(#[derive(::std::fmt::Debug)] pub(super) struct $name;)* };
    }
    taken! {
        Option Some None Result Ok Err String Vec Box Rc Cow ToString PhantomData Formatter Never
        Client Endpoint Caller Error Request Method Location Secret Parts Info FieldInfo Flag Hidden
        AsRef From TryFrom Iterator Extend Fn FnMut FnOnce Drop Eq Ord PartialOrd Hash ToOwned Unset Handle Read
        Defaults CallOptions CallerWithOptions WithOptions set collect hidden debug
        Bytes Text Form Multipart JsonLines Upload Json BodyFormat BodyFields Response Reader FromResponse
        Page Paged Paging Position Pages Items PageCaller Mode Async paging items usize
    }
    pub(super) trait Into {}
    pub(super) trait IntoIterator {}
    pub(super) trait Clone {}
    pub(super) trait Copy {}
    pub(super) trait Default {}
    pub(super) trait Send {}
    pub(super) trait Sync {}
    pub(super) trait Sized {}
    pub(super) trait Debug {}
    pub(super) trait Serialize {}
    pub(super) trait Serializer {}
    pub(super) trait Deserialize {}
    pub(super) trait Deserializer {}
    pub(super) trait DeserializeOwned {}
    pub(super) mod core {}
    pub(super) mod std {}
    pub(super) mod alloc {}
    pub(super) mod serde {}
    pub(super) mod serde_json {}
    pub(super) mod http {}
    pub(super) mod declapi {}
    pub(super) mod __private {}
    pub(super) mod fmt {}

    macro_rules! compile_error {
        () => {};
    }
    macro_rules! concat {
        () => {};
    }
    macro_rules! format {
        () => {};
    }
    macro_rules! format_args {
        () => {};
    }
    macro_rules! write {
        () => {};
    }
    macro_rules! panic {
        () => {};
    }
    macro_rules! unreachable {
        () => {};
    }
    macro_rules! vec {
        () => {};
    }
    macro_rules! stringify {
        () => {};
    }

    /// Methods for all types, with every name that generated code calls.
    pub(super) trait Nosy: ::std::marker::Sized {
        fn map(self) {}
        fn finish(self) {}
        fn build(self) {}
        fn send(self) {}
        fn into(self) {}
        fn path(self) {}
        fn path_opt(self) {}
        fn comma(self) {}
        fn brackets(self) {}
        fn deep(self) {}
        fn query(self) {}
        fn query_opt(self) {}
        fn header(self) {}
        fn header_opt(self) {}
        fn body(self) {}
        fn body_opt(self) {}
        fn is_none(self) {}
        fn call(self) {}
        fn into_client(self) {}
        fn clone(self) {}
        fn with_options(self) {}
        fn with(self) {}
        fn on(self) {}
        fn within(self) {}
        fn timeout(self) {}
        fn idempotency_key(self) {}
        fn fmt(self) {}
        fn deref(self) {}
        fn len(self) {}
        fn pages(self) {}
        fn items(self) {}
        fn into_items(self) {}
        fn and_then(self) {}
        fn as_ref(self) {}
        fn format(self) {}
        fn whole_body(self) {}
        fn none(self) {}
        fn secret(self) {}
        fn field(self) {}
        fn field_if(self) {}
        fn option(self) {}
        fn flat(self) {}
        fn end(self) {}
        fn write(self) {}
        fn write_str(self) {}
        fn kinds(self) {}
        fn responding(self) {}
        fn value(self) {}
    }
    impl<T> Nosy for T {}

    #[::declapi::client(base_url = "https://api.example.com", header("x-a" = "1"), query("a" = 1), body("a" = true), idempotency_key = "x-key", error = ::declapi::GenericError)]
    pub(super) struct Api;

    #[::declapi::client]
    pub(super) struct Holding {
        pub(super) name: ::std::string::String,
    }

    impl Holding {
        pub(super) fn named(name: &str) -> ::declapi::ClientBuilder<Self> {
            Self::builder_with(::std::string::String::from(name))
        }
    }

    #[::declapi::resource(on = &Api)]
    pub(super) struct Houses;

    #[::declapi::resource(header("x-b" = "1"), query("b" = 1), body("b" = true), idempotency_key = "x-key")]
    pub(super) struct Users;

    #[::declapi::resource(on = Users)]
    pub(super) struct Nested;

    #[::declapi::endpoint(post = "/nested", response = (), on = Nested, idempotency_key = "x-key", timeout = 9)]
    pub(super) struct Post;

    #[::declapi::endpoint(put = "/users/{user_id}", response = Reply<u8>, on = Users, header("x-c" = "1"), query("c" = 1), body("c" = "1"))]
    #[derive(::std::clone::Clone, ::std::cmp::PartialEq)]
    pub(super) struct Update<'a, T> {
        pub(super) user_id: &'a str,
        #[endpoint(query)]
        pub(super) limit: ::std::option::Option<u8>,
        #[endpoint(header = "x-trace", secret, idempotency_key)]
        pub(super) trace: ::std::option::Option<&'a str>,
        pub(super) name: ::std::string::String,
        pub(super) tags: ::std::vec::Vec<::std::string::String>,
        pub(super) note: ::std::option::Option<::std::option::Option<T>>,
        #[serde(rename = "object")]
        pub(super) inner: ::std::option::Option<Inner<'a>>,
    }

    #[::declapi::object]
    #[derive(::std::clone::Clone, ::std::cmp::PartialEq)]
    pub(super) struct Inner<'a> {
        #[object(secret)]
        pub(super) key: &'a str,
        pub(super) id: ::std::option::Option<u8>,
        pub(super) list: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    }

    #[::declapi::response]
    #[derive(::std::fmt::Debug)]
    pub(super) struct Reply<T> {
        #[response(required)]
        pub(super) id: ::std::string::String,
        pub(super) list: ::std::vec::Vec<T>,
        pub(super) one: T,
        #[response(lenient)]
        pub(super) kind: ::std::option::Option<::std::string::String>,
    }

    #[::declapi::object]
    #[serde(tag = "type")]
    pub(super) struct Labelled<'a> {
        #[serde(serialize_with = "length", skip_serializing_if = "str::is_empty")]
        pub(super) name: &'a str,
        #[serde(flatten)]
        pub(super) labels: ::std::collections::BTreeMap<::std::string::String, u8>,
    }

    fn length<S: ::declapi::__private::Serializer>(
        name: &str,
        to: S,
    ) -> ::std::result::Result<S::Ok, S::Error> {
        ::declapi::__private::Serialize::serialize(&str::len(name), to)
    }

    #[::declapi::response]
    #[derive(::std::fmt::Debug)]
    pub(super) struct Loose {
        pub(super) id: u8,
        #[serde(flatten)]
        pub(super) more: ::declapi::JsonObject,
    }

    #[::declapi::endpoint(get = "/health", response = ())]
    pub(super) struct Health;

    #[::declapi::endpoint(get = "/files/{path*?}", response = ())]
    pub(super) struct Files<'a> {
        pub(super) path: ::std::option::Option<&'a str>,
        #[endpoint(query(comma), secret)]
        pub(super) comma: ::std::vec::Vec<u8>,
        #[endpoint(query(brackets))]
        pub(super) brackets: ::std::option::Option<[u8; 2]>,
        #[endpoint(query(deep))]
        pub(super) deep: ::std::vec::Vec<::std::string::String>,
    }

    #[::declapi::endpoint(post = "/search", response = Found, body = ::declapi::Form, page(cursor = after), envelope = "data")]
    pub(super) struct Search<'a, T> {
        pub(super) text: &'a str,
        pub(super) after: ::std::option::Option<T>,
    }

    #[::declapi::response]
    #[derive(::std::fmt::Debug)]
    pub(super) struct Found {
        #[response(items)]
        pub(super) names: ::std::vec::Vec<::std::string::String>,
        #[response(next = next)]
        pub(super) links: ::std::option::Option<Links>,
    }

    #[::declapi::response]
    #[derive(::std::fmt::Debug, ::std::default::Default)]
    pub(super) struct Links {
        pub(super) next: ::std::option::Option<::std::string::String>,
    }

    #[::declapi::endpoint(get = "/names", response = ::std::vec::Vec<::std::string::String>, page(number = page, first = 0), on = &Api)]
    pub(super) struct Names {
        pub(super) page: ::std::option::Option<u8>,
    }

    #[::declapi::endpoint(put = "/whole", response = ::std::option::Option<::declapi::Bytes>, body = ::declapi::Bytes, none = 404)]
    pub(super) struct Whole<'a> {
        #[endpoint(whole_body)]
        pub(super) content: ::std::option::Option<&'a [u8]>,
    }
}

use self::hostile::{
    Api, FilesExt, Found, HealthExt, Holding, Inner, Labelled, Loose, Reply, SearchExt, Update, UsersExt,
    Whole,
};

#[test]
fn the_declarations_work() {
    use declapi::Endpoint;

    let inner = Inner::builder().key("k").list(["l"]).build();
    let update = Update::builder().user_id("u").name("n").tags(["t"]).null_note().inner(inner);
    let update: Update<'_, u8> = update.limit(3).trace("t").build();
    let request = update.request().unwrap();
    assert_eq!(request.path(), "/users/u?limit=3&c=1&b=1");
    assert_eq!(
        std::str::from_utf8(request.body().unwrap()).unwrap(),
        r#"{"name":"n","tags":["t"],"note":null,"object":{"key":"k","list":["l"]},"c":"1","b":true}"#
    );
    assert!(!format!("{update:?}").contains("\"k\""));
    let client = declapi::Client::builder("https://api.example.com").build().unwrap();
    let request = client.users().update::<u8>().user_id("u").name("n").tags(["t"]).build();
    assert_eq!(request.request().unwrap().path(), "/users/u?c=1&b=1");
    assert_eq!(client.health().build().request().unwrap().path(), "/health");
    let options = declapi::CallOptions::new().query("c", 2);
    drop(client.users().nested().post().with_options(options).send());
    let files =
        client.files().path("a/b").comma([1, 2]).brackets([3, 4]).deep(["d"]).build().request().unwrap();
    assert_eq!(files.path(), "/files/a/b?comma=1,2&brackets%5B%5D=3&brackets%5B%5D=4&deep%5B0%5D=d");
    drop(client.users().update::<u8>().user_id("u").name("n").tags(["t"]).send());
    let api = Api::builder().build().unwrap().with_timeout(std::time::Duration::from_secs(1));
    assert!(format!("{:?}", api.houses()).contains("api.example.com"));
    let holding = Holding::named("n").base_url("https://api.example.com").build().unwrap();
    assert_eq!(holding.clone().to_async().name, "n");
    let labels = std::collections::BTreeMap::from([("a".to_owned(), 1)]);
    let labelled = Labelled::builder().name("four").labels(labels).build();
    let request = client.request(declapi::Method::Post, "/").json(&labelled).build().unwrap();
    assert_eq!(request.body().unwrap(), br#"{"type":"Labelled","name":4,"a":1}"#);
    let loose: Loose = declapi::from_json(r#"{"id":1,"other":2}"#).unwrap();
    assert_eq!((loose.id, loose.more.len()), (1, 1));
    let response = |_: Option<Reply<u8>>| ();
    response(None);
    let search = client.search::<u8>().text("a b").after(1).build().request().unwrap();
    assert_eq!(search.body().unwrap(), b"text=a+b&after=1");
    assert!(format!("{:?}", client.search::<u8>().text("t").items()).contains("position"));
    assert!(format!("{:?}", api.names().pages()).contains("position"));
    assert_eq!(Whole::builder().content(&[1, 2]).build().request().unwrap().body().unwrap(), [1, 2]);
    let found: Found = declapi::from_json(r#"{"names":["a"],"links":{"next":"b"}}"#).unwrap();
    assert_eq!(declapi::Page::next_position(&found), declapi::Position::of("b"));
    assert_eq!(declapi::Page::item_count(&found), 1);
}
