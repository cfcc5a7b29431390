//! The names that generated code uses. They are not covered by semantic versioning.

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
pub use crate::info::{Auth, Defaults, Described, EndpointInfo as Info, Location, Method};
pub use crate::page::{Page, Paged, Paging, Position};
pub use crate::response::fields::UNKNOWN;
pub use crate::response::open_enum::TextVisitor;
pub use crate::response::{FromResponse, Reader};
pub use crate::response::{beside, reading, tolerant, writing};

/// Implemented by `#[resource]` for a resource.
pub trait Holds {
    /// The client of the resource.
    type Client;

    /// Returns the client of the resource.
    fn into_client(self) -> Self::Client;
}

/// The settings that a resource adds to each request. The default is empty, and the macro generates an inherent
/// constant of the same name to override it. Types that are not resources also have the default, so that only one error
/// is reported for them.
pub trait Around {
    /// The settings of the type and of its parent resources.
    const __DEFAULTS: &'static Defaults = &Defaults::NONE;
}

impl<T> Around for T {}

/// A resource that an endpoint names with `on`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a resource",
    label = "name a resource without `&`, and a client with `&`: `on = &Client`",
    note = "declare a resource with `#[resource] pub struct Users;`, and name it without its parameter: `on = Users`"
)]
pub trait Resource {
    /// The client of the resource.
    type Client;

    /// Returns the client of the resource.
    fn into_client(self) -> Self::Client;
}

#[diagnostic::do_not_recommend]
impl<H: Holds> Resource for H {
    type Client = H::Client;

    fn into_client(self) -> H::Client {
        Holds::into_client(self)
    }
}

/// Returns how the next page of an endpoint is requested. It is a function, because naming the constant itself would
/// cause a second compile error for a response that is not a page.
pub const fn paging<E: Paged>() -> Paging {
    E::PAGING
}

/// Returns the items of an endpoint's pages.
pub fn items<C: PageCaller, E: Paged>(caller: C, endpoint: &E) -> ItemsOf<C, E> {
    C::Mode::items::<E>(caller.pages(endpoint))
}

/// Returns a required value at the end of a builder.
pub fn set<T>(value: Option<T>) -> T {
    let Some(value) = value else {
        // A builder can only be finished by methods that require the flag of every required field, and only the setter
        // that stores the value sets the flag.
        unreachable!("a builder was finished without a required field");
    };
    value
}

/// Converts the value of a setter for storage in the builder.
pub fn some<T>(value: impl Into<T>) -> Option<T> {
    Some(value.into())
}

/// Converts the optional value of a setter for storage in the builder.
pub fn maybe<T>(value: Option<impl Into<T>>) -> Option<T> {
    value.map(Into::into)
}

/// Converts the list of a setter for storage in the builder.
pub fn some_list<T>(values: impl IntoIterator<Item = impl Into<T>>) -> Option<Vec<T>> {
    Some(values.into_iter().map(Into::into).collect())
}

/// Converts the optional list of a setter for storage in the builder.
pub fn maybe_list<T>(values: Option<impl IntoIterator<Item = impl Into<T>>>) -> Option<Vec<T>> {
    values.and_then(some_list)
}

/// Writes the `Debug` output of a request. The names of the fields are separated by spaces. The macro decides which
/// values are hidden.
pub fn debug(f: &mut Formatter<'_>, name: &str, fields: &str, values: &[&dyn Debug]) -> fmt::Result {
    let mut shown = f.debug_struct(name);
    for (name, value) in fields.split(' ').zip(values) {
        shown.field(name, value);
    }
    shown.finish()
}

/// Joins the names of fields for [`debug`].
pub fn joined(names: &[&str]) -> String {
    names.join(" ")
}

/// Writes the `Debug` output of a client, without credentials.
pub fn debug_client<M: Mode>(f: &mut Formatter<'_>, name: &str, client: &Client<M>) -> fmt::Result {
    f.debug_struct(name).field("base_url", &client.base_url()).finish_non_exhaustive()
}

/// Replaces a secret in `Debug` output.
#[derive(Clone, Copy)]
pub struct Hidden;

impl Debug for Hidden {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}

/// Shows only whether an optional secret is set.
pub fn hidden<T>(value: &Option<T>) -> Option<Hidden> {
    value.as_ref().map(|_| Hidden)
}
