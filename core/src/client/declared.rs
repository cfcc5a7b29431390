//! The traits and metadata of client types that `#[client]` declares.

use bytes::Bytes;

use super::{Async, Client, ClientBuilder, Mode, outgoing};
use crate::call::{read, read_response};
use crate::error::{ErrorFormat, GenericError};
use crate::info::{ConstantInfo, Defaults};
use crate::{Endpoint, Error};

/// A client type that is declared with [`#[client]`](macro@crate::client).
///
/// A [`ClientBuilder`] builds it. Implement this trait by hand only for a type that the macro cannot declare.
pub trait ApiClient: Sized {
    /// The fields of the client type besides the runtime's client.
    type State;

    /// The same client type in another mode.
    type In<M: Mode>;

    /// The metadata from the declaration.
    const INFO: ClientInfo;

    /// Creates the client type from its parts.
    fn assemble<M: Mode>(client: Client<M>, state: Self::State) -> Self::In<M>;

    /// Builds a request that you send without a client, for example with the `fetch` of a browser or an edge worker. It
    /// has the URL, the headers and the constants of the declaration, and no credentials.
    ///
    /// Read the response with [`read`](Self::read).
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
    /// // The response of `fetch`, converted to a type of `http`.
    /// let response = declapi::http::Response::new(r#""milk""#.into());
    /// assert_eq!(Notes::read(&ReadNote { id: 7 }, response)?, "milk");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The request cannot be built, or it contains an upload, which only a client can send. Or the declaration has no
    /// base URL, or does not have the host that the endpoint chooses.
    fn http_request<E: Endpoint>(endpoint: &E) -> Result<http::Request<Bytes>, Error> {
        outgoing::build(endpoint, &Self::INFO)
    }

    /// Reads a response that was received without a client, for example by the `fetch` of a browser, by an edge worker,
    /// or by a test.
    ///
    /// Build the request with [`http_request`](Self::http_request).
    ///
    /// # Errors
    ///
    /// The response is an error of the API, or does not have the declared form; or the request cannot be built.
    fn read<E: Endpoint>(endpoint: &E, response: http::Response<Bytes>) -> Result<E::Response, Error> {
        read(endpoint, response, &Self::INFO.errors, Self::INFO.defaults)
    }
}

/// The metadata of a client type.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ClientInfo {
    /// The base URL, to which every path is appended, if the declaration has one.
    pub base_url: Option<&'static str>,
    /// The `User-Agent` of its calls.
    pub user_agent: &'static str,
    /// The headers of every call, with their values.
    pub headers: &'static [(&'static str, &'static str)],
    /// Additional hosts: name, URL, and whether they get the client's credentials.
    pub hosts: &'static [(&'static str, &'static str, bool)],
    /// The settings that every request inherits.
    pub(crate) defaults: Defaults,
    /// The format of error responses.
    pub errors: ErrorFormat,
}

impl ClientInfo {
    /// Creates metadata with a user agent in the form `name/version` and no other settings.
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

    /// Sets the base URL, to which every path is appended.
    pub const fn with_base_url(mut self, base_url: &'static str) -> Self {
        self.base_url = Some(base_url);
        self
    }

    /// Sets the headers of every call.
    pub const fn with_headers(mut self, headers: &'static [(&'static str, &'static str)]) -> Self {
        self.headers = headers;
        self
    }

    /// Sets additional hosts: name, URL, and whether they get the client's credentials.
    pub const fn with_hosts(mut self, hosts: &'static [(&'static str, &'static str, bool)]) -> Self {
        self.hosts = hosts;
        self
    }

    /// Sets the settings that every request inherits.
    #[doc(hidden)]
    pub const fn with(mut self, defaults: &'static Defaults) -> Self {
        // An endpoint inherits the declarations of its client.
        self.defaults = Defaults::NONE.within(defaults);
        self
    }

    /// Sets the format of error responses.
    pub const fn with_errors(mut self, errors: ErrorFormat) -> Self {
        self.errors = errors;
        self
    }

    /// Returns the path to the response inside of the body, with dots between names. An endpoint can declare another
    /// path.
    pub fn envelope(&self) -> Option<&'static str> {
        self.defaults.nearest_envelope()
    }

    /// Returns the constants of each request that no declaration below the client replaces. [`headers`](Self::headers)
    /// are not among them.
    pub fn constants(&self) -> impl Iterator<Item = ConstantInfo> + use<> {
        self.defaults.constants()
    }

    /// Reads a response like a client with this metadata, without the request. Use it in tests.
    ///
    /// Errors that quote the response cannot redact the secrets of the request, because the request is not known. If
    /// you have the request, call [`ApiClient::read`].
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
    /// The response is an error of the API, or does not have the declared form.
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
    /// - Credentials are empty or contain control characters.
    /// - A header or the user agent cannot be sent.
    /// - The base URL is missing, is not a URL, has another scheme than `https` (or `http` to loopback), or contains
    ///   credentials, a query or a fragment. The same holds for the URL of a host.
    /// - TLS cannot be set up.
    /// - There is no transport, and the feature `reqwest` is not enabled.
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
