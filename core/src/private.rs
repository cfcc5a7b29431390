//! The names that expansions use. Nothing here is covered by semantic versioning.

use std::fmt::Formatter;

pub use std::clone::Clone;
pub use std::convert::{From, Into, TryFrom};
pub use std::default::Default;
pub use std::fmt;
pub use std::fmt::Debug;
pub use std::iter::IntoIterator;
pub use std::marker::PhantomData;
pub use std::option::Option;
pub use std::option::Option::{None, Some};
pub use std::primitive::{bool, usize};
pub use std::result::Result;
pub use std::result::Result::Ok;
pub use std::time::Duration;
pub use std::vec::Vec;

pub use declapi_macros::{__Object as Object, __Response as Response, Serialize as Read};
pub use serde;
pub use serde::de::Error as ReadError;
pub use serde::{Deserializer, Serialize, Serializer};

pub use crate::RetryPolicy;
#[cfg(feature = "arguments")]
pub use crate::arguments::{
    Arguments, ArgumentsError, FromArguments, Readable, UnreadableType, WrittenOnly, optional, unreadable,
};
pub use crate::builder::{Flag, IsSet, IsUnset, ItemsOf, PagesOf, Sent};
pub use crate::client::{
    ApiClient, Async, Caller, CallerWithOptions, Client, ClientBuilder, ClientInfo, Mode, PageCaller, Pages,
    RequestBuilder,
};
pub use crate::endpoint::{BodyFields, CallOptions, Endpoint, Json, Parts};
pub use crate::error::{ErrorFormat, GenericError};
pub use crate::info::json::{Describe, JsonKind, KindOf, NotDescribed, ObjectInfo, Opaque};
pub use crate::info::kind::*;
pub use crate::info::{Auth, Defaults, Described, EndpointInfo as Info, Location, Method};
pub use crate::page::{Page, Paged, Paging, Position};
pub use crate::response::fields::UNKNOWN;
pub use crate::response::open_enum::TextVisitor;
pub use crate::response::{FromResponse, Reader};
pub use crate::response::{beside, reading, tolerant, writing};

/// What `#[resource]` writes for a resource.
pub trait Holds {
    /// The client that it holds.
    type Client;

    /// Returns the client out of the resource.
    fn into_client(self) -> Self::Client;
}

/// What a resource adds to each request: nothing, unless the type has a constant of its own with the name. A type that is
/// no resource has it too, so that it is reported once.
pub trait Around {
    /// What it and the resources around it add.
    const __DEFAULTS: &'static Defaults = &Defaults::NONE;
}

impl<T> Around for T {}

/// A resource, as an endpoint asks for it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a resource",
    label = "a resource is named as it is, and a client with a `&` before it: `on = &Client`",
    note = "declare a resource with `#[resource] pub struct Users;`, and name it without its parameter: `on = Users`"
)]
pub trait Resource {
    /// The client that it holds.
    type Client;

    /// Returns the client out of the resource.
    fn into_client(self) -> Self::Client;
}

#[diagnostic::do_not_recommend]
impl<H: Holds> Resource for H {
    type Client = H::Client;

    fn into_client(self) -> H::Client {
        Holds::into_client(self)
    }
}

/// How the next page of an endpoint is requested. For a response that is no page, naming the constant itself would be a
/// second error.
pub const fn paging<E: Paged>() -> Paging {
    E::PAGING
}

/// Requests the pages of an endpoint, for their items.
pub fn items<C: PageCaller, E: Paged>(caller: C, endpoint: &E) -> ItemsOf<C, E> {
    C::Mode::items::<E>(caller.pages(endpoint))
}

/// A required value at the end of a builder.
pub fn set<T>(value: Option<T>) -> T {
    let Some(value) = value else {
        // A builder is finished only by methods that ask for the flag of every required field, and a flag is
        // raised only by the setter that stores the value.
        unreachable!("a builder was finished without a required field");
    };
    value
}

/// The value of a setter, as the builder holds it.
pub fn some<T>(value: impl Into<T>) -> Option<T> {
    Some(value.into())
}

/// The optional value of a setter, as the builder holds it.
pub fn maybe<T>(value: Option<impl Into<T>>) -> Option<T> {
    value.map(Into::into)
}

/// The list of a setter, as the builder holds it.
pub fn some_list<T>(values: impl IntoIterator<Item = impl Into<T>>) -> Option<Vec<T>> {
    Some(values.into_iter().map(Into::into).collect())
}

/// The optional list of a setter, as the builder holds it.
pub fn maybe_list<T>(values: Option<impl IntoIterator<Item = impl Into<T>>>) -> Option<Vec<T>> {
    values.and_then(some_list)
}

/// `Debug` for a request: its fields, shown or hidden as the expansion says.
pub fn debug(f: &mut Formatter<'_>, name: &str, fields: &[(&str, &dyn Debug)]) -> fmt::Result {
    let mut shown = f.debug_struct(name);
    for (name, value) in fields {
        shown.field(name, value);
    }
    shown.finish()
}

/// `Debug` for a builder, without its values.
pub fn debug_builder(f: &mut Formatter<'_>, name: &str) -> fmt::Result {
    f.debug_struct(name).finish_non_exhaustive()
}

/// `Debug` for a client, which shows no credentials.
pub fn debug_client<M: Mode>(f: &mut Formatter<'_>, name: &str, client: &Client<M>) -> fmt::Result {
    f.debug_struct(name).field("base_url", &client.base_url()).finish_non_exhaustive()
}

/// Stands for a secret in `Debug`.
#[derive(Clone, Copy)]
pub struct Hidden;

impl Debug for Hidden {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}

/// Shows whether an optional secret is set, and no more.
pub fn hidden<T>(value: &Option<T>) -> Option<Hidden> {
    value.as_ref().map(|_| Hidden)
}
