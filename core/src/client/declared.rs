//! What `#[client]` writes for a client type.

use bytes::Bytes;

use super::{Async, Client, ClientBuilder, Mode, outgoing};
use crate::call::{read, read_response};
use crate::error::{ErrorFormat, GenericError};
use crate::info::{ConstantInfo, Defaults};
use crate::{Endpoint, Error};

/// A client type, as [`#[client]`](macro@crate::client) declares it.
///
/// It is what a [`ClientBuilder`] builds. Implement it by hand only for a type that the macro cannot declare.
pub trait ApiClient: Sized {
    /// What the client holds besides the runtime's part.
    type State;

    /// The same client type in another mode.
    type In<M: Mode>;

    /// What the declaration says.
    const INFO: ClientInfo;

    /// Puts a client together.
    fn assemble<M: Mode>(client: Client<M>, state: Self::State) -> Self::In<M>;

    /// Builds a request for something else than a client of this type to send: the `fetch` of a browser or an edge
    /// worker. It goes to the URL of the declaration, with the headers and constants of the declaration, and without
    /// credentials.
    ///
    /// The other half is [`read`](Self::read).
    ///
    /// ```
    /// use declapi::{ApiClient, client, endpoint};
    ///
    /// /// Notes.
    /// #[client(base_url = "https://api.example.com/v1", header("x-api-version" = "3"))]
    /// pub struct Notes;
    ///
    /// /// Reads a note.
    /// #[endpoint(get = "/notes/{id}", response = String, on = &Notes)]
    /// pub struct ReadNote {
    ///     /// The id of the note.
    ///     pub id: u64,
    /// }
    ///
    /// let mut request = Notes::http_request(&ReadNote { id: 7 })?;
    /// request.headers_mut().insert("authorization", "Bearer secret".parse()?);
    /// assert_eq!(request.uri(), "https://api.example.com/v1/notes/7");
    /// assert_eq!(request.headers()["x-api-version"], "3");
    /// // What `fetch` returned, as `http` has it.
    /// let response = declapi::http::Response::new(r#""milk""#.into());
    /// assert_eq!(Notes::read(&ReadNote { id: 7 }, response)?, "milk");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The request cannot be built, or has an upload, which is read while it is sent; or the declaration has no base URL,
    /// or not the host that the endpoint chooses.
    fn http_request<E: Endpoint>(endpoint: &E) -> Result<http::Request<Bytes>, Error> {
        outgoing::build(endpoint, &Self::INFO)
    }

    /// Reads a response that something else than a client of this type received: the `fetch` of a browser, an edge worker,
    /// or a test.
    ///
    /// The other half is [`http_request`](Self::http_request).
    ///
    /// # Errors
    ///
    /// The response is an error of the API, or not what the endpoint declares; or the request cannot be built.
    fn read<E: Endpoint>(endpoint: &E, response: http::Response<Bytes>) -> Result<E::Response, Error> {
        read(endpoint, response, &Self::INFO.errors, Self::INFO.defaults)
    }
}

/// What the declaration of a client says.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ClientInfo {
    /// The URL that every path is appended to, if the declaration has one.
    pub base_url: Option<&'static str>,
    /// The `User-Agent` of its calls.
    pub user_agent: &'static str,
    /// Headers of every call, with their values.
    pub headers: &'static [(&'static str, &'static str)],
    /// Further hosts: their names, their URLs, and whether they get the client's credentials.
    pub hosts: &'static [(&'static str, &'static str, bool)],
    /// What else each request gets.
    pub(crate) defaults: Defaults,
    /// How error responses are read.
    pub errors: ErrorFormat,
}

impl ClientInfo {
    /// Creates a description with a user agent, of the form `name/version`, and no more.
    pub const fn new(user_agent: &'static str) -> Self {
        Self {
            base_url: None,
            user_agent,
            headers: &[],
            hosts: &[],
            defaults: Defaults::NONE,
            errors: ErrorFormat::of::<GenericError>(),
        }
    }

    /// Sets the URL that every path is appended to.
    pub const fn with_base_url(mut self, base_url: &'static str) -> Self {
        self.base_url = Some(base_url);
        self
    }

    /// Sets the headers of every call.
    pub const fn with_headers(mut self, headers: &'static [(&'static str, &'static str)]) -> Self {
        self.headers = headers;
        self
    }

    /// Sets further hosts: their names, their URLs, and whether they get the client's credentials.
    pub const fn with_hosts(mut self, hosts: &'static [(&'static str, &'static str, bool)]) -> Self {
        self.hosts = hosts;
        self
    }

    /// Sets what else each request gets.
    #[doc(hidden)]
    pub const fn with(mut self, defaults: &'static Defaults) -> Self {
        // For an endpoint, what its client declares is inherited.
        self.defaults = Defaults::NONE.within(defaults);
        self
    }

    /// Sets how error responses are read.
    pub const fn with_errors(mut self, errors: ErrorFormat) -> Self {
        self.errors = errors;
        self
    }

    /// Returns the path to what responses are inside of, with dots between names, unless an endpoint declares another one.
    pub fn envelope(&self) -> Option<&'static str> {
        self.defaults.nearest_envelope()
    }

    /// Returns the constants that each request has, unless a declaration below replaces them. [`headers`](Self::headers) are
    /// not among them.
    pub fn constants(&self) -> impl Iterator<Item = ConstantInfo> + use<> {
        self.defaults.constants()
    }

    /// Reads a response as a client of this description does, without the request that led to it: one that a test has
    /// written down.
    ///
    /// What was sent is not known here, and so not redacted in errors that quote the response: where there is a request,
    /// call [`ApiClient::read`].
    ///
    /// ```
    /// use declapi::{ApiClient, client, endpoint, http};
    ///
    /// /// Notes.
    /// #[client(base_url = "https://api.example.com", envelope = "result")]
    /// pub struct Notes;
    ///
    /// /// Reads a note.
    /// #[endpoint(get = "/notes/{id}", response = String, on = &Notes)]
    /// pub struct ReadNote {
    ///     /// The id of the note.
    ///     pub id: u64,
    /// }
    ///
    /// let response = http::Response::new(r#"{"result": "milk"}"#.into());
    /// assert_eq!(Notes::INFO.read::<ReadNote>(response)?, "milk");
    /// # Ok::<(), declapi::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The response is an error of the API, or not what the endpoint declares.
    pub fn read<E: Endpoint>(&self, response: http::Response<Bytes>) -> Result<E::Response, Error> {
        read_response::<E>(response, &self.errors, self.defaults)
    }
}

impl ApiClient for Client {
    type State = ();
    type In<M: Mode> = Client<M>;

    const INFO: ClientInfo = ClientInfo::new(concat!("declapi/", env!("CARGO_PKG_VERSION")));

    fn assemble<M: Mode>(client: Client<M>, (): ()) -> Client<M> {
        client
    }
}

impl<C: ApiClient> ClientBuilder<C> {
    /// Builds the client.
    ///
    /// # Errors
    ///
    /// Credentials are empty or contain control characters; the base URL is missing, is not a URL, has another scheme
    /// than `https` (or `http` to loopback), or contains credentials, a query or a fragment; TLS cannot be set up.
    pub fn build(self) -> Result<C::In<Async>, Error> {
        let (client, state) = self.build_client()?;
        Ok(C::assemble(client, state))
    }

    /// Builds the client for programs without async.
    ///
    /// # Errors
    ///
    /// The same as [`build`](Self::build), or the thread for the connections cannot be started.
    #[cfg(feature = "blocking")]
    pub fn build_blocking(self) -> Result<C::In<super::Blocking>, Error> {
        let (client, state) = self.build_client()?;
        Ok(C::assemble(client.to_blocking()?, state))
    }
}
