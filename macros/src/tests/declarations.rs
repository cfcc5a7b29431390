//! The declarations that tests expand. The first nine have snapshots.
//!
//! Over 350 lines: it is one list.

use super::Declaration;
use crate::expand;

pub(super) const SNAPSHOTS: usize = 9;

pub(super) const DECLARATIONS: [Declaration; 30] = [
    Declaration {
        name: "post",
        macro_name: "endpoint",
        expand: expand::endpoint,
        arguments: r#"post = "/v1/users", response = User, on = Users"#,
        item: r"
            /// Creates a user.
            ///
            /// The error can be `duplicate_email`.
            #[derive(Clone, PartialEq)]
            pub struct Create<'a> {
                /// The email address.
                pub email: Cow<'a, str>,
                /// The password in plain text.
                #[endpoint(secret)]
                pub password: &'a str,
                /// The name; null for none.
                pub nick: Option<Option<String>>,
                /// The roles of the user.
                pub roles: Option<Vec<Cow<'a, str>>>,
            }
        ",
    },
    Declaration {
        name: "get",
        macro_name: "endpoint",
        expand: expand::endpoint,
        arguments: r#"get = "/v1/users/{user_id}", response = User, name = fetch, idempotent, crate = api"#,
        item: r#"
            #[serde(rename_all = "camelCase")]
            pub(crate) struct GetUser<T = u32, const N: usize = 1>
            where
                T: Display,
            {
                user_id: T,
                page_size: Option<u8>,
                #[serde(with = "seconds")]
                #[deprecated]
                max_age: Option<Duration>,
                #[cfg(feature = "tracing")]
                #[endpoint(header = "X-Trace")]
                trace: String,
            }
        "#,
    },
    Declaration {
        name: "object",
        macro_name: "object",
        expand: expand::object,
        arguments: "",
        item: r#"
            /// A name.
            #[derive(Clone)]
            pub struct Name<'a> {
                /// The first name.
                pub first: &'a str,
                #[object(secret)]
                #[serde(rename = "last_name")]
                pub last: Option<&'a str>,
            }
        "#,
    },
    Declaration {
        name: "response",
        macro_name: "response",
        expand: expand::response,
        arguments: "",
        item: r#"
            /// A page of users.
            #[derive(Debug)]
            pub struct Page<T> {
                /// The users.
                pub results: Vec<T>,
                #[response(required)]
                pub total: u64,
                #[response(lenient)]
                pub created_at: Option<Timestamp>,
                #[serde(rename = "next")]
                pub cursor: String,
                #[serde(flatten)]
                pub more: JsonObject,
            }
        "#,
    },
    Declaration {
        name: "client",
        macro_name: "client",
        expand: expand::client,
        arguments: r#"base_url = "https://parcels.example.com/v2", header("x-api-version" = "3"), error = ParcelError"#,
        item: "/// A tracker of parcels.\npub struct Parcels;",
    },
    Declaration {
        name: "resource",
        macro_name: "resource",
        expand: expand::resource,
        arguments: "on = &Client",
        item: "/// Users.\npub struct Users;",
    },
    Declaration {
        name: "mistakes",
        macro_name: "endpoint",
        expand: expand::endpoint,
        arguments: r#"post = "/v1/users/{user_idd}", on = Users"#,
        item: r"
            #[derive(Debug)]
            struct Update {
                #[endpoint(secert)]
                user_id: u8,
            }
        ",
    },
    Declaration {
        name: "search",
        macro_name: "endpoint",
        expand: expand::endpoint,
        arguments: r#"post = "/v1/search", response = Users, on = Users, body = Form, page(cursor = after)"#,
        item: r#"
            /// Searches for users.
            pub struct Search<'a> {
                /// The text to search for.
                pub text: &'a str,
                /// The start of the page.
                #[serde(rename = "starting_after")]
                pub after: Option<&'a str>,
            }
        "#,
    },
    Declaration {
        name: "page",
        macro_name: "response",
        expand: expand::response,
        arguments: "",
        item: r"
            /// A page of users.
            pub struct Users {
                /// The users.
                #[response(items)]
                pub users: Vec<User>,
                /// The position of the page.
                #[response(next = cursors.after)]
                pub paging: Option<Cursors>,
            }
        ",
    },
    Declaration {
        name: "whole body",
        macro_name: "endpoint",
        expand: expand::endpoint,
        arguments: r#"put = "/a/{b}", response = Option<Bytes>, body = a::Bytes, none = 404, none = 410, envelope = """#,
        item: r#"
            struct Put<'x, T: Trait> {
                b: &'x str,
                #[cfg(x)]
                #[endpoint(whole_body, secret)]
                #[serde(serialize_with = "f", skip_serializing_if = "T::is_none")]
                c: Option<Option<T>>,
            }
        "#,
    },
    Declaration {
        name: "parts",
        macro_name: "endpoint",
        expand: expand::endpoint,
        arguments: r#"post = "/a", response = Response<Events<Vec<u8>>>, body = Multipart, body("d" = true), envelope = "a.b""#,
        item: r#"
            struct Post<T> {
                a: Upload,
                #[serde(flatten)] b: Option<T>,
                #[cfg(x)] #[serde(with = "f", rename = "g")] c: T,
                #[endpoint(query)] e: Option<u8>,
                #[endpoint(header = "x-f")] f: Option<u8>,
            }
        "#,
    },
    Declaration {
        name: "counted pages",
        macro_name: "endpoint",
        expand: expand::endpoint,
        arguments: r#"get = "/a", response = Vec<T>, page(number = r#page, first = 0)"#,
        item: r#"struct List<'x, T: Trait> { page: Option<u8>, #[endpoint(header = "x")] like: Option<&'x T> }"#,
    },
    Declaration {
        name: "linked pages",
        macro_name: "endpoint",
        expand: expand::endpoint,
        arguments: r#"get = "/a", response = Response<Page<u8>>, page(link), on = &Client"#,
        item: "struct List;",
    },
    Declaration {
        name: "conditional page",
        macro_name: "response",
        expand: expand::response,
        arguments: "crate = api",
        item: r"
            struct Page<T> {
                #[response(items, required)] items: Vec<T>,
                #[cfg(x)] #[response(next)] next: Option<String>,
            }
        ",
    },
    Declaration {
        name: "places",
        macro_name: "endpoint",
        expand: expand::endpoint,
        arguments: r#"delete = "/a/{b}-{c}.json", response = Vec<(u8, String)>, on = &Client"#,
        item: r#"
            struct Delete<'x, T: Trait<Item = [u8; 2]> + ?Sized + 'x> where T: Sized {
                b: u8,
                c: r#String,
                #[endpoint(body, secret)] d: Option<Option<Box<dyn Fn(u8) -> &'x T>>>,
                #[serde(flatten, skip_serializing_if = "Vec::is_empty")] e: Option<Vec<T>>,
                #[serde(rename(serialize = "f"))] #[endpoint(query)] r#fn: Self,
            }
        "#,
    },
    Declaration {
        name: "styles",
        macro_name: "endpoint",
        expand: expand::endpoint,
        arguments: r#"get = "/a/{b*}/{c}...{d}/{e}:f""#,
        item: r"
            struct Styles<'x, T> {
                b: &'x str, c: u8, d: u8, e: u8,
                #[endpoint(query(comma))] f: Vec<T>,
                #[endpoint(secret, query(brackets))] g: Option<[T; 2]>,
                #[endpoint(query(deep))] #[serde(flatten)] h: Option<T>,
            }
        ",
    },
    Declaration {
        name: "optional segment",
        macro_name: "endpoint",
        expand: expand::endpoint,
        arguments: r#"get = "/a/{b*?}/c", response = ()"#,
        item: r#"struct Optional { #[serde(serialize_with = "f")] b: Option<Option<String>> }"#,
    },
    Declaration {
        name: "hidden",
        macro_name: "endpoint",
        expand: expand::endpoint,
        arguments: r#"put = "/", response = (), on = a::b::Handle"#,
        item: r#"
            #[endpoint(get = "/")] #[object] #[cfg_attr(x, derive(Debug))] #[allow(dead_code, reason = "r")]
            pub(in crate::a) struct r#struct { #[cfg_attr(x, serde(rename = "y"), endpoint(secret))] a: u8 }
        "#,
    },
    Declaration {
        name: "unit",
        macro_name: "endpoint",
        expand: expand::endpoint,
        arguments: r#"head = r"/health", response = ()"#,
        item: "struct Health;",
    },
    Declaration {
        name: "cfg",
        macro_name: "object",
        expand: expand::object,
        arguments: "crate = crate::client",
        item: r"
            struct Object<T> where T: Copy {
                #[cfg(a)] #[cfg(b)] x: T,
                #[cfg(not(a))] #[object(secret)] x: Option<T>,
                pub build: bool,
                maybe_y: u8,
                y: Option<Option<u8>>,
            }
        ",
    },
    Declaration {
        name: "tuple",
        macro_name: "object",
        expand: expand::object,
        arguments: "",
        item: "struct Tuple(#[object(secret)] u8);",
    },
    Declaration {
        name: "readers",
        macro_name: "response",
        expand: expand::response,
        arguments: "crate = ::api",
        item: r#"
            #[serde(rename_all = "kebab-case", bound = "")]
            struct Readers<T, const N: usize> {
                #[serde(default)] a: [T; N],
                #[serde(default = "f", alias = "with")] b: Option<Vec<T>>,
                #[serde(deserialize_with = "g")] #[response(required)] c: (),
            }
        "#,
    },
    Declaration {
        name: "client with fields",
        macro_name: "client",
        expand: expand::client,
        arguments: r#"user_agent = "a/1", crate = api, host("a" = "https://a"), host("b" = "http://b", auth)"#,
        item: "#[derive(PartialEq)] pub(crate) struct Files { account: Arc<str>, r#type: Vec<u8> }",
    },
    Declaration {
        name: "nested",
        macro_name: "resource",
        expand: expand::resource,
        arguments: r#"on = a::Users, name = r#type, crate = x, host = "files", auth = "admin", envelope = "data""#,
        item: "#[derive(PartialEq)] pub(super) struct Nested;",
    },
    Declaration {
        name: "whole url",
        macro_name: "endpoint",
        expand: expand::endpoint,
        arguments: r#"get = "{url}", response = (), auth = none, on = a::Users"#,
        item: "struct Fetch<'a> { #[endpoint(secret)] url: &'a str, #[endpoint(query)] part: Option<u8> }",
    },
    Declaration {
        name: "constants",
        macro_name: "endpoint",
        expand: expand::endpoint,
        arguments: r#"patch = "/a/{b}", response = (), on = Users, timeout = 120, idempotency_key = "x-key",
            header("content-type" = "application/json", "A" = ""), query("c" = -1, "d" = true), body("e" = 1.5)"#,
        item: r#"
            struct Patch {
                b: u8,
                #[endpoint(query)] f: Option<bool>,
                #[endpoint(header = "idempotency-key", idempotency_key)] key: Option<String>,
            }
        "#,
    },
    Declaration {
        name: "resource with constants",
        macro_name: "resource",
        expand: expand::resource,
        arguments: r#"on = a::Users, header("a" = "b"), query("c" = 0x1f), body("d" = "\"\n"), idempotency_key = "k""#,
        item: "pub struct Things;",
    },
    Declaration {
        name: "client with constants",
        macro_name: "client",
        expand: expand::client,
        arguments: r#"header("a" = "b", "c" = "d"), query("c" = 1), body("d" = false), idempotency_key = "k", envelope = "e""#,
        item: "pub struct Api;",
    },
    Declaration {
        name: "function",
        macro_name: "endpoint",
        expand: expand::endpoint,
        arguments: r#"post = "/""#,
        item: "pub async fn call(a: u8) -> u8 { a }",
    },
    Declaration {
        name: "nameless parameter",
        macro_name: "object",
        expand: expand::object,
        arguments: "",
        item: "struct Nameless<_> where T: Copy { x: T }",
    },
];
