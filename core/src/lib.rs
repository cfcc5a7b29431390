#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
#[cfg(feature = "arguments")]
mod arguments;
mod auth;
pub mod builder;
mod call;
mod client;
mod endpoint;
mod error;
#[cfg(doc)]
pub mod guide;
mod info;
mod mend;
mod page;
#[cfg(doc)]
pub mod reference;
mod response;
mod retry;
mod secret;
mod transport;

#[doc = include_str!("docs/catalogue.md")]
pub use declapi_macros::catalogue;
#[doc = include_str!("docs/client.md")]
pub use declapi_macros::client;
#[doc = include_str!("docs/endpoint.md")]
pub use declapi_macros::endpoint;
#[doc = include_str!("docs/object.md")]
pub use declapi_macros::object;
#[doc = include_str!("docs/resource.md")]
pub use declapi_macros::resource;
#[doc = include_str!("docs/response.md")]
pub use declapi_macros::response;
pub use http;
pub use jiff::Timestamp;

#[cfg(feature = "arguments")]
pub use crate::arguments::{ArgumentsError, FromArguments};
pub use crate::auth::{AuthProvider, Credentials, CredentialsFuture};
pub use crate::client::{
    ApiClient, Async, Caller, CallerWithOptions, Client, ClientBuilder, ClientInfo, Items, Mode, PageCaller,
    Pages, RequestBuilder, ResponseFuture,
};
#[cfg(feature = "blocking")]
pub use crate::client::{Blocking, Iterate};
pub use crate::endpoint::{
    BodyError, BodyFormat, BodyWriter, CallOptions, Endpoint, Form, Multipart, MultipartRelated, NestedForm,
    Parts, Request, Upload, WithOptions,
};
pub use crate::error::{
    ApiError, Error, ErrorFormat, ErrorKind, GenericError, Phase, RateLimit, ResponseParts,
};
pub use crate::info::json::{Describe, JsonKind, ObjectInfo};
pub use crate::info::{Auth, ConstantInfo, EndpointInfo, FieldInfo, Location, Method, QueryStyle};
pub use crate::page::{Page, Paged, Paging, Position};
pub use crate::response::lenient::if_readable;
pub use crate::response::{
    Arrival, ByteStream, Bytes, Event, Events, FromResponse, JsonLines, Reader, Received, Response, Text,
    from_json, received_status,
};
pub use crate::retry::RetryPolicy;
pub use crate::secret::Secret;
#[cfg(feature = "reqwest")]
pub use crate::transport::reqwest::built_in_transport;
pub use crate::transport::timer::{Sleep, Timer, TokioTimer};
#[cfg(feature = "rustls")]
pub use crate::transport::tls::crypto_provider;
pub use crate::transport::{
    Body, Hook, HookFuture, Next, PreparedRequest, Progress, Stage, Transport, TransportError,
    TransportErrorKind, TransportFuture,
};

/// A JSON object with any content, for example metadata.
pub type JsonObject = serde_json::Map<String, serde_json::Value>;
