//! Declarations with every lint that a careful crate might enable. Generated code must not cause a warning.
//!
//! Over 350 lines: it has each form of a declaration once.

#![deny(warnings)]
#![deny(
    missing_docs,
    missing_debug_implementations,
    missing_copy_implementations,
    non_ascii_idents,
    uncommon_codepoints,
    confusable_idents,
    mixed_script_confusables,
    unreachable_pub,
    unnameable_types,
    unused,
    unused_lifetimes,
    unused_qualifications,
    single_use_lifetimes,
    redundant_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    let_underscore_drop,
    nonstandard_style,
    future_incompatible,
    rust_2018_idioms,
    rust_2024_compatibility,
    variant_size_differences,
    private_bounds,
    private_interfaces
)]
#![deny(
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::absolute_paths,
    clippy::allow_attributes,
    clippy::allow_attributes_without_reason,
    clippy::clone_on_ref_ptr,
    clippy::missing_trait_methods,
    clippy::same_name_method,
    clippy::std_instead_of_core,
    clippy::wildcard_imports
)]
#![expect(clippy::redundant_pub_crate, reason = "rustc's `unreachable_pub` wants the opposite")]
#![forbid(unsafe_code)]

use std::borrow::Cow;

use declapi::{client, endpoint, object, open_enum, resource, response};

/// The API of a town.
#[client(
    base_url = "https://town.example.com",
    header("x-version" = "1"),
    host("archive" = "https://archive.example.com", auth),
    user_agent = "town/1"
)]
pub struct Town;

/// The API of a town, for a citizen.
#[client(error = declapi::GenericError)]
pub struct Citizen {
    name: String,
    ages: Vec<u8>,
}

impl Citizen {
    /// Returns a builder for the client of a citizen.
    pub fn builder(name: String) -> declapi::ClientBuilder<Self> {
        Self::builder_with(name, Vec::new()).base_url("https://town.example.com")
    }
}

impl<Mode> Citizen<Mode> {
    /// Returns the name of the citizen.
    #[must_use]
    pub fn name(&self) -> &str {
        if self.ages.is_empty() { &self.name } else { "" }
    }
}

/// The parts of a town's API that never change.
#[client(
    base_url = "https://town.example.com",
    header("x-version" = "1"),
    query("lang" = "en"),
    body("source" = "town"),
    idempotency_key = "X-Key"
)]
pub struct Village;

/// Its offices.
#[resource(on = &Village, header("x-office" = "1"), query("open" = true), body("rate" = 1.5), idempotency_key = "Key")]
pub struct Offices;

/// Its desks.
#[resource(on = Offices, header("x-desk" = "1"))]
pub struct Desks;

/// Sends a question to a desk.
#[endpoint(
    post = "/desks/{desk_id}",
    response = (),
    on = Desks,
    timeout = 120,
    header("accept" = "text/plain"),
    query("v" = 2),
    body("stream" = false)
)]
#[derive(Clone, Copy)]
pub struct Ask<'a> {
    /// The desk.
    pub desk_id: u64,
    /// The idempotency key.
    #[endpoint(header = "x-key", idempotency_key)]
    pub key: Option<&'a str>,
}

/// Pays at a desk.
#[endpoint(post = "/payments", response = (), on = Desks, idempotency_key = "x-key")]
#[derive(Clone, Copy)]
pub struct Pay {
    /// The amount.
    pub amount: u64,
}

/// Streets.
#[resource(on = &Town, auth = "mayor")]
pub struct Streets;

/// Counts streets.
#[endpoint(get = "/count", response = u64, on = &Citizen)]
#[derive(Clone, Copy)]
pub struct Count;

/// Reads an old map of the streets.
#[endpoint(get = "/map", response = (), on = Streets, host = "archive", auth = none)]
#[derive(Clone, Copy)]
pub struct ReadMap;

/// Reads a map from another server.
#[endpoint(get = "{url}", response = (), on = Streets)]
#[derive(Clone, Copy)]
pub struct ReadForeignMap<'a> {
    /// The URL of the map.
    pub url: &'a str,
}

/// Shops.
#[resource]
pub struct Shops;

/// Shelves in a shop.
#[resource(on = Shops, name = shelf)]
pub struct Shelves;

/// Opens a shop.
#[endpoint(post = "/shops/{shop_id}", response = Shop, on = Shops, idempotent)]
#[derive(Clone, PartialEq, Eq)]
pub struct Open<'a> {
    /// The id of the shop.
    pub shop_id: &'a str,
    /// The location of the shop.
    pub place: Location<'a>,
    /// When it closes; null for never.
    pub closes: Option<Option<Cow<'a, str>>>,
    /// A name that clippy's conventions for methods would reject.
    pub is_open: bool,
    /// The same.
    pub to_go: Option<bool>,
    /// The same.
    pub into_town: Option<u8>,
    /// The same.
    pub as_of: Option<u8>,
    /// The same.
    pub from: Option<Vec<String>>,
    /// The name of an operator trait's method.
    pub add: u8,
    /// The same.
    pub not: Option<u8>,
    /// The same.
    pub default: Option<u8>,
    /// The same.
    pub next: Option<u8>,
    /// A secret.
    #[endpoint(secret, header = "x-key")]
    pub key: Option<&'a str>,
    /// No longer used.
    #[deprecated]
    pub open_old: Option<u8>,
    undocumented: Option<u8>,
}

/// A location.
#[object]
#[derive(Clone, PartialEq, Eq)]
pub struct Location<'a> {
    /// The city.
    pub city: Option<&'a str>,
    /// The house number; null for none.
    pub house: Option<Option<u16>>,
}

/// A shop.
#[response]
#[derive(Debug)]
#[non_exhaustive]
pub struct Shop {
    /// Its id.
    #[response(required)]
    pub id: String,
    /// Its name.
    pub name: String,
    /// The goods.
    pub goods: Option<Vec<String>>,
}

/// A shelf, with all kinds of generic parameters.
#[endpoint(get = "/shelves", response = Vec<Shop>, on = Shelves)]
pub struct Find<'a, T, const N: u8 = 1>
where
    T: goods::Item,
{
    /// The text to search for.
    pub text: &'a str,
    /// The value to compare with.
    pub like: Option<T>,
}

/// Reads the state of the service.
#[endpoint(get = "/health", response = ())]
#[derive(Clone, Copy)]
pub struct Health;

/// Searches the goods of all shops.
#[endpoint(post = "/goods", response = Goods, on = Shops, body = declapi::Form, page(cursor = after), envelope = "data")]
#[derive(Clone, Copy)]
pub struct Browse<'a> {
    /// The text to search for.
    pub text: &'a str,
    /// The start of the page.
    pub after: Option<&'a str>,
}

/// A page of goods.
#[response]
#[derive(Debug)]
pub struct Goods {
    /// Their names.
    #[response(items)]
    pub names: Vec<String>,
    /// The position of the page.
    #[response(next = next)]
    pub cursor: Option<Cursor>,
}

/// The position of the next page.
#[response]
#[derive(Debug)]
pub struct Cursor {
    /// The position.
    pub next: Option<String>,
}

/// Lists the names of shops.
#[endpoint(get = "/names", response = Vec<String>, on = &Town, page(number = page, first = 0))]
#[derive(Clone, Copy)]
pub struct Names {
    /// The number of the page.
    pub page: Option<u8>,
}

/// Replaces the picture of a shop.
#[endpoint(
    put = "/shops/{shop_id}/picture",
    response = Option<declapi::Bytes>,
    on = Shops,
    body = declapi::Bytes,
    none = 404
)]
#[derive(Clone, Copy)]
pub struct Paint<'a> {
    /// The id of the shop.
    pub shop_id: u8,
    /// The picture.
    #[endpoint(whole_body, secret)]
    pub picture: Option<&'a [u8]>,
}

open_enum! {
    /// The goods of a shop.
    pub enum Trade {
        /// Bread.
        Bread = "bread",
        /// Books.
        Books = "books",
    }
}

/// An API that wraps every response.
#[client(base_url = "https://town.example.com", envelope = "result")]
pub struct Wrapped;

/// A resource with two envelopes.
#[resource(on = &Wrapped, envelope = "result.data")]
pub struct Twice;

/// A module with a custom bound.
pub mod goods {
    /// The content of a shelf.
    pub trait Item {}
    impl Item for String {}
}

/// Items that are visible only in the crate.
pub(crate) mod inside {
    use declapi::{client, endpoint, object, open_enum, resource, response};

    #[client]
    pub(crate) struct Inside;

    open_enum! {
        pub(crate) enum Kind { Gone = "gone" }
    }

    #[resource]
    pub(crate) struct Hidden;

    #[endpoint(delete = "/hidden/{id}", response = Reply, on = Hidden)]
    pub(crate) struct Remove {
        pub(crate) id: u8,
        reason: Option<Reason>,
        kind: Option<Kind>,
    }

    #[object]
    struct Reason {
        text: Option<String>,
    }

    #[response]
    #[derive(Debug)]
    pub(crate) struct Reply {
        pub(crate) removed: bool,
    }
}

/// Uses all declarations.
#[must_use]
pub fn used() -> usize {
    use inside::HiddenExt;
    let client = declapi::Client::builder("https://api.example.com").build().ok();
    let place = Location::builder().city("London").null_house().build();
    let open = Open::builder().shop_id("s").place(place).is_open(true).add(1).undocumented(1).build();
    let find = Find::<String>::builder().text("t").build();
    let calls = client.map(|client| {
        let removed = client.hidden().remove().id(1).send();
        let shelf = client.shops().shelf().find::<String, 1>().text("t").build();
        let health = client.health().build();
        let paint = client.shops().paint().shop_id(1).picture(&[1]).build();
        let browsed = (client.shops().browse().text("t").items(), client.shops().browse().text("t").pages());
        format!("{removed:?}{shelf:?}{health:?}{paint:?}{browsed:?}")
    });
    let towns = (Town::builder().build().ok(), Citizen::builder(String::new()).build().ok());
    let shown = format!("{:?}{:?}", towns.0.as_ref().map(Town::streets), towns.1.as_ref().map(Citizen::name));
    let inside = inside::Inside::builder().base_url("https://inside.example.com").build().ok();
    format!("{open:?}{find:?}{calls:?}{towns:?}{shown}{inside:?}").len()
}
