//! What can send a request: a client, or a blocking one.

use std::borrow::Cow;

use serde::de::DeserializeOwned;

use crate::client::Client;
use crate::exchange::{self, Answer};
use crate::mend;
use crate::pending::Pending;
use crate::{Endpoint, Error, status};

/// What the `send` of a builder needs: `&Client` and `&blocking::Client` have it.
///
/// It is what lets one declaration serve both: with the one, `send` returns a future, with the other the answer.
#[diagnostic::on_unimplemented(
    message = "a builder without a client cannot send",
    label = "there is no client to send with",
    note = "finish with `.build()` and pass the request to `client.send(&request)`"
)]
pub trait Caller: Sized {
    /// What a call gives: a future of the answer, or the answer.
    type Output<T>;

    /// Sends a request and reads the answer as the endpoint declares it.
    fn call<E: Endpoint>(self, endpoint: &E) -> Self::Output<E::Response> {
        self.call_as::<E, E::Response>(endpoint)
    }

    /// Sends a request and reads the answer as a `T`.
    fn call_as<E: Endpoint, T: DeserializeOwned>(self, endpoint: &E) -> Self::Output<T>;
}

impl Caller for &Client {
    type Output<T> = Pending<T>;

    fn call_as<E: Endpoint, T: DeserializeOwned>(self, endpoint: &E) -> Pending<T> {
        Pending::new(exchange::run(self.clone(), endpoint.request()), decode)
    }
}

/// Reads an answer. The one function that is compiled anew for each answer type.
pub(crate) fn decode<T: DeserializeOwned>(answer: &Answer) -> Result<T, Error> {
    // What has no size, such as `()`, says that nothing of the body matters.
    if let Some(Ok(nothing)) = (size_of::<T>() == 0).then(|| serde_json::from_slice(b"null")) {
        return Ok(nothing);
    }
    let body = if answer.body.is_empty() { b"null" } else { &*answer.body };
    // Checking the whole text once is much cheaper than checking string after string.
    let text = std::str::from_utf8(body).map_or_else(|_| String::from_utf8_lossy(body), Cow::Borrowed);
    let read = status::while_reading(answer.success.status, || mend::read(&text));
    read.map_err(|error| answer.unreadable(&text, &error))
}
