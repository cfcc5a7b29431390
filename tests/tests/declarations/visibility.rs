//! Generated items have the visibility of their struct.

mod inner {
    use declapi::{endpoint, object, open_enum, resource, response};

    #[resource]
    pub(crate) struct Shops;

    #[endpoint(get = "/shops", response = Shop, on = Shops)]
    pub(crate) struct Get {
        /// A private field, whose setter is public.
        limit: Option<u8>,
        pub(super) name: Option<String>,
    }

    #[endpoint(get = "/shops/open", response = Shop, on = Shops)]
    pub(in crate::visibility) struct GetOpen {
        pub limit: Option<u8>,
    }

    #[endpoint(get = "/shops/super", response = Shop)]
    pub(super) struct GetSuper {
        limit: u8,
    }

    #[endpoint(get = "/shops/private", response = Shop)]
    struct GetPrivate {
        limit: u8,
    }

    #[object]
    pub(super) struct Location {
        city: Option<String>,
    }

    open_enum! {
        pub(crate) enum Kind { Bakery = "bakery" }
    }

    open_enum! {
        enum Secret { Known = "known" }
    }

    #[response]
    pub(crate) struct Shop {
        pub(crate) name: String,
    }

    pub(super) fn private() -> String {
        crate::sent(&GetPrivate::builder().limit(1).build())
    }

    pub(super) fn text(kind: &Kind) -> String {
        format!("{} {}", kind.as_str(), Secret::Known.as_str())
    }

    pub(super) mod deeper {
        /// Visible in the module that declares it and below.
        pub(in crate::visibility) fn private() -> String {
            crate::sent(&super::GetPrivate::builder().limit(2).build())
        }
    }
}

use declapi::Client;

use self::inner::{Get, GetOpen, GetSuperExt, Location, ShopsExt};
use crate::sent;

#[test]
fn setters_are_visible_where_fields_are_not() {
    let get = Get::builder().limit(1).name("n").build();
    assert_eq!(get.name.as_deref(), Some("n"));
    assert_eq!(sent(&get), "GET /shops?limit=1&name=n");
    assert_eq!(sent(&GetOpen::builder().limit(2).build()), "GET /shops/open?limit=2");
    assert_eq!(serde_json::to_string(&Location::builder().city("c").build()).unwrap(), r#"{"city":"c"}"#);
    assert_eq!((inner::private(), inner::deeper::private()), pair("GET /shops/private?limit=", ["1", "2"]));
}

fn pair(start: &str, ends: [&str; 2]) -> (String, String) {
    let [first, second] = ends.map(|end| format!("{start}{end}"));
    (first, second)
}

#[test]
fn methods_are_visible_like_their_struct() {
    let client = Client::builder("https://api.example.com").build().unwrap();
    assert_eq!(sent(&client.shops().get().build()), "GET /shops");
    assert_eq!(sent(&client.shops().get_open().build()), "GET /shops/open");
    assert_eq!(sent(&client.get_super().limit(3).build()), "GET /shops/super?limit=3");
    let shop: inner::Shop = serde_json::from_str("{}").unwrap();
    assert_eq!(shop.name, "");
}

#[test]
fn open_enums_can_be_private() {
    assert_eq!(inner::text(&inner::Kind::Bakery), "bakery known");
}

#[test]
fn a_function_may_declare_its_own() {
    use declapi::{endpoint, object, resource};

    #[resource]
    struct Local;

    #[object]
    struct Inner {
        a: Option<u8>,
    }

    #[endpoint(post = "/local", response = (), on = Local)]
    struct Create {
        inner: Inner,
    }

    #[endpoint(post = "/local/{id}", response = (), name = touch)]
    struct Update<'a> {
        id: &'a str,
    }

    let client = Client::builder("https://api.example.com").build().unwrap();
    let create = client.local().create().inner(Inner::builder().a(1).build()).build();
    assert_eq!(sent(&create), r#"POST /local {"inner":{"a":1}}"#);
    assert_eq!(sent(&client.touch().id("x").build()), "POST /local/x");
}
