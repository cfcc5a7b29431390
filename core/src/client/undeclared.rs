//! Requests that no struct declares.

use std::fmt;

use bytes::Bytes;
use serde::Serialize;

use super::{Client, Mode, ResponseFuture};
use crate::endpoint::{BodyFormat, Undeclared};
use crate::{CallOptions, Error, FromResponse, Method, Reader, Request};

/// A request that no struct declares. [`Client::request`] creates it.
///
/// It is sent like a declared request, with the client's headers, constants, credentials, timeouts, retries and hooks,
/// and has the same errors. None of its values is marked as secret. To be safe, errors do not quote any of them.
#[must_use = "a request does nothing until `.send()`"]
pub struct RequestBuilder<'c, M> {
    client: &'c Client<M>,
    request: Undeclared,
}

impl<M: Mode> Client<M> {
    /// Creates a request to an endpoint that is not declared.
    ///
    /// The path is a path of the API with placeholders for values, for example `/users/{id}`. The path `{url}` stands
    /// for a whole URL, and such a request is sent without credentials. Set values with [`path`](RequestBuilder::path)
    /// instead of writing them into the path. They are then percent-encoded, and errors and logs show only the
    /// placeholders.
    ///
    /// ```
    /// use declapi::{Client, Method};
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Created {
    ///     id: u64,
    /// }
    ///
    /// # async fn example(client: Client) -> Result<(), declapi::Error> {
    /// let request = client.request(Method::Post, "/v1/projects/{project}/labels").path("project", "a/b");
    /// let label: Created = request.query("dry_run", true).json(&serde_json::json!({"name": "new"})).send().await?;
    /// println!("{}", label.id);
    /// # Ok(())
    /// # }
    /// ```
    pub fn request(&self, method: Method, path: impl Into<String>) -> RequestBuilder<'_, M> {
        RequestBuilder { client: self, request: Undeclared::new(method, path.into()) }
    }
}

impl<M: Mode> RequestBuilder<'_, M> {
    /// Sets the value of a placeholder in the path: one string, number or boolean.
    pub fn path(mut self, name: impl AsRef<str>, value: impl Serialize) -> Self {
        self.request.path(name.as_ref(), &value);
        self
    }

    /// Sets a query pair. A list becomes several pairs with the same name. `None` and an empty list are left out.
    pub fn query(mut self, name: impl AsRef<str>, value: impl Serialize) -> Self {
        self.request.query(name.as_ref(), &value);
        self
    }

    /// Sets a header.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.request.header(name.as_ref(), value.as_ref());
        self
    }

    /// Sends a value as JSON.
    pub fn json(mut self, value: &(impl Serialize + ?Sized)) -> Self {
        self.request.json(value);
        self
    }

    /// Sends bytes without changes, for example text or a file, with their media type.
    pub fn body(mut self, media_type: impl AsRef<str>, bytes: impl Into<Bytes>) -> Self {
        self.request.body(media_type.as_ref(), bytes.into());
        self
    }

    /// Sends a value in another format: `.body_as::<JsonLines>(&rows)`, or `.body_as::<Bytes>(&upload)` for an
    /// [`Upload`](crate::Upload).
    pub fn body_as<F: BodyFormat>(mut self, value: &impl Serialize) -> Self {
        self.request.body_as::<F>(value);
        self
    }

    /// Declares that the request may be retried even if the server may have received it.
    pub fn idempotent(mut self) -> Self {
        self.request.idempotent();
        self
    }

    /// Sets options for this call, for example a timeout. They override those of the client.
    pub fn with_options(mut self, options: CallOptions) -> Self {
        self.request.options(options);
        self
    }

    /// Returns the request without sending it.
    ///
    /// # Errors
    ///
    /// A value cannot be sent, or a placeholder has no value.
    pub fn build(&self) -> Result<Request, Error> {
        self.request.request()
    }

    /// Sends the request and reads the response as a `T`. Use `()` to ignore the body.
    ///
    /// # Errors
    ///
    /// An error response, no response, a response that cannot be read, or an invalid request.
    pub fn send<T: FromResponse>(self) -> M::Output<T> {
        let Client { core, options, mode } = self.client;
        mode.wait(ResponseFuture::new(core, *options, Reader::new(), self.request.request()))
    }
}

impl<M> fmt::Debug for RequestBuilder<'_, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestBuilder").finish_non_exhaustive()
    }
}
