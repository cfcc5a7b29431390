//! Names and shapes that are difficult for expansions.

use declapi::{Client, Endpoint, endpoint, object, resource};

use crate::sent;

/// Names that the expansion uses, and some that it might use.
#[expect(non_snake_case)]
#[endpoint(post = "/names/{path}", response = ())]
struct Names {
    path: u8,
    client: u8,
    values: u8,
    value: u8,
    request: u8,
    builder: u8,
    fields: u8,
    f: u8,
    to: u8,
    name: u8,
    query: u8,
    header: u8,
    secret: u8,
    body: u8,
    new: u8,
    clone: u8,
    fmt: u8,
    into: u8,
    from: u8,
    finish: u8,
    write: u8,
    call: u8,
    default: u8,
    drop: u8,
    eq: u8,
    __f: u8,
    __p: u8,
    __to: u8,
    __value: u8,
    __C: u8,
    r#type: u8,
    r#fn: u8,
    r#async: u8,
    maybe: Option<u8>,
    null: Option<Option<u8>>,
    option: Option<u8>,
    some: Option<u8>,
    none: Option<u8>,
    null_option: Option<u8>,
}

#[test]
fn names_of_the_expansion_are_free() {
    let half = Names::builder().path(0).client(1).values(1).value(1).request(1).builder(1).fields(1).f(1);
    let half = half.to(1).name(1).query(1).header(1).secret(1).body(1).new(1).clone(1).fmt(1).into(1);
    let half = half.from(1).finish(1).write(1).call(1).default(1).drop(1).eq(1).__f(1).__p(1).__to(1);
    let half = half.__value(1).__C(1).r#type(1).r#fn(1).r#async(1);
    let names = half.maybe(1).null_null().null_option(1).maybe_option(None).build();
    let request = names.request().unwrap();
    assert_eq!(request.path(), "/names/0");
    let body: serde_json::Value = serde_json::from_slice(request.body().unwrap()).unwrap();
    let members = body.as_object().unwrap();
    assert_eq!(members.len(), 35);
    assert!(members.iter().all(|(name, value)| if name == "null" { value.is_null() } else { value == 1 }));
}

#[expect(non_snake_case, reason = "two names that differ in case alone")]
#[endpoint(post = "/case", response = ())]
struct Case {
    a: u8,
    A: u8,
    b: Option<u8>,
    B: u8,
}

#[test]
fn names_may_differ_in_case_alone() {
    let case = Case::builder().A(1).B(2).a(3).b(4).build();
    assert_eq!(sent(&case), r#"POST /case {"a":3,"A":1,"b":4,"B":2}"#);
}

/// Names whose flags are as long as the type parameters of the expansion.
#[endpoint(post = "/short", response = (), on = Move)]
struct Short {
    c: u8,
    t: u8,
    p: u8,
    client: u8,
    response: u8,
}

#[object]
struct InnerShort {
    c: u8,
    t: u8,
}

#[test]
fn the_parameters_of_the_expansion_are_free() {
    let short = Short::builder().c(1).t(2).p(3).client(4).response(5).build();
    assert_eq!(sent(&short), r#"POST /short {"c":1,"t":2,"p":3,"client":4,"response":5}"#);
    let inner = InnerShort::builder().t(1).c(2).build();
    assert_eq!((inner.c, inner.t), (2, 1));
}

#[allow(non_camel_case_types)]
#[endpoint(get = "/raw", response = ())]
struct r#async {
    r#await: u8,
}

#[allow(non_camel_case_types)]
#[object]
struct r#match {
    r#ref: Option<u8>,
}

#[resource]
struct Move;

#[endpoint(get = "/gen", response = (), on = Move)]
struct Gen;

#[endpoint(get = "/super", response = (), on = Move)]
struct Super;

#[endpoint(get = "/fn", response = (), on = Move, name = r#fn)]
struct Function;

#[test]
fn keywords_are_names() {
    assert_eq!(sent(&r#async::builder().r#await(1).build()), "GET /raw?await=1");
    assert_eq!(r#async::INFO.name, "async");
    let object = r#match::builder().r#ref(1).build();
    assert_eq!(serde_json::to_string(&object).unwrap(), r#"{"ref":1}"#);
    assert_eq!(format!("{object:?}"), "match { ref: Some(1) }");
    let client = Client::builder("https://api.example.com").build().unwrap();
    assert_eq!(sent(&client.r#async().r#await(1).build()), "GET /raw?await=1");
    assert_eq!(sent(&client.r#move().r#gen().build()), "GET /gen");
    assert_eq!(sent(&client.r#move().super_().build()), "GET /super");
    assert_eq!(sent(&client.r#move().r#fn().build()), "GET /fn");
}

#[endpoint(get = r"/raw/{id}", response = ())]
struct RawText {
    id: u8,
}

#[endpoint(get = r#"/raw/{id}"#, response = (),)]
struct RawTextWithHash {
    id: u8,
}

#[endpoint(get = "/\u{72}aw/{\u{69}d}", response = ())]
struct Escaped {
    id: u8,
}

#[test]
fn a_path_may_be_any_string_literal() {
    for sent in [sent(&RawText { id: 1 }), sent(&RawTextWithHash { id: 1 }), sent(&Escaped { id: 1 })] {
        assert_eq!(sent, "GET /raw/1");
    }
}

#[endpoint(get = "/", response = ())]
struct Root {}

#[endpoint(get = "/über-{größe}", response = ())]
#[cfg(not(test))]
struct NotAscii {
    größe: u8,
}

#[endpoint(get = "/sizes/{größe}", response = ())]
struct Unicode {
    größe: u8,
    名前: Option<String>,
}

#[test]
fn names_may_be_unicode() {
    assert_eq!(
        sent(&Unicode::builder().größe(1).名前("é").build()),
        "GET /sizes/1?%E5%90%8D%E5%89%8D=%C3%A9"
    );
    assert_eq!(sent(&Root {}), "GET /");
}

const SIZE: usize = 7;

#[object]
struct Masked {
    bytes: [u8; SIZE & 3],
}

#[endpoint(put = "/me", response = Self)]
#[derive(serde::Deserialize)]
struct Me {
    a: u8,
}

#[endpoint(post = "/compared", response = ())]
struct Compared<T: PartialEq<Self> + serde::Serialize> {
    to: T,
}

#[derive(Debug, serde::Serialize)]
struct Anything;

impl PartialEq<Compared<Self>> for Anything {
    fn eq(&self, _: &Compared<Self>) -> bool {
        true
    }
}

#[test]
fn self_and_the_length_of_an_array_keep_their_meaning() {
    assert_eq!(Masked::builder().bytes([1, 2, 3]).build().bytes.len(), 3);
    let response: <Me as Endpoint>::Response =
        serde_json::from_str(&body_of(&Me::builder().a(5).build())).unwrap();
    assert_eq!(response.a, 5);
    let compared = Compared::builder().to(Anything).build();
    assert!(Anything == compared && compared.to == compared);
}

fn body_of(request: &impl Endpoint) -> String {
    String::from_utf8(request.request().unwrap().body().unwrap().to_vec()).unwrap()
}

/// Constants and statics in scope with the names of fields, setters and parameters.
mod constants {
    #![expect(non_upper_case_globals, dead_code)]

    use declapi::{endpoint, object, resource};

    const limit: u8 = 1;
    static email: u8 = 2;
    const value: u8 = 3;
    static client: u8 = 4;
    const maybe_email: u8 = 5;
    static name: u8 = 6;
    const values: u8 = 7;
    const this: u8 = 8;

    #[resource]
    pub(super) struct Constants;

    #[endpoint(post = "/constants/{name}", response = (), on = Constants)]
    pub(super) struct Send {
        pub(super) name: String,
        pub(super) limit: u8,
        pub(super) email: Option<String>,
        pub(super) value: Option<Option<String>>,
        pub(super) values: Vec<String>,
        pub(super) client: Option<Vec<String>>,
    }

    #[object]
    pub(super) struct Inner {
        pub(super) limit: u8,
        pub(super) email: Option<Option<Vec<String>>>,
    }
}

#[test]
fn constants_in_scope_are_not_in_the_way() {
    let send =
        constants::Send::builder().name("n").limit(1).maybe_email(Some("e")).null_value().values(["v"]);
    let request = r#"POST /constants/n {"limit":1,"email":"e","value":null,"values":["v"],"client":["c"]}"#;
    assert_eq!(sent(&send.client(["c"]).build()), request);
    let inner = constants::Inner::builder().limit(1).email(["e"]).build();
    assert_eq!(serde_json::to_string(&inner).unwrap(), r#"{"limit":1,"email":["e"]}"#);
}
