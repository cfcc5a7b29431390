//! Options of a single call.

use std::fmt;
use std::time::Duration;

use http::header::HeaderName;
use serde::Serialize;

use super::Endpoint;
use super::extras::Extras;
use super::parts::Parts;
use super::request::Request;
use crate::{EndpointInfo, Error, Reader, RetryPolicy};

/// The header for the caller's idempotency key if no declaration names a header.
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Options of a single call. They override the settings of the client and of the declaration.
///
/// Pass them to a builder before `send`, or to a request that was built as a value:
///
/// ```
/// use std::time::Duration;
///
/// use declapi::{CallOptions, Client, Endpoint, endpoint};
///
/// /// Starts a report.
/// #[endpoint(post = "/reports", response = String)]
/// pub struct StartReport<'a> {
///     /// The subject of the report.
///     pub subject: &'a str,
/// }
///
/// # async fn example(client: Client) -> Result<(), declapi::Error> {
/// let patient = CallOptions::new().timeout(Duration::from_secs(300)).query("format", "pdf");
/// client.start_report().subject("sales").with_options(patient.clone()).send().await?;
///
/// let request = StartReport::builder().subject("sales").build();
/// client.send(&request.with_options(patient)).await?;
/// # Ok(())
/// # }
/// ```
///
/// Headers, query pairs and body fields replace those with the same name. Their values may be secret, so errors do not
/// quote them, and `Debug` shows only their names. If a value cannot be sent, for example because a header contains a
/// line break, the call returns an error.
#[derive(Clone, Default)]
#[must_use = "options do nothing until they are passed to a call"]
pub struct CallOptions {
    timeout: Option<Duration>,
    retries: Option<RetryPolicy>,
    idempotency_key: Option<String>,
    extras: Extras,
}

impl CallOptions {
    /// Creates options that do not change a call.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the timeout of the call, including all attempts and the delays between them.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sets when the call is retried.
    pub fn retries(mut self, retries: RetryPolicy) -> Self {
        self.retries = Some(retries);
        self
    }

    /// Sets a header.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.extras.header(name.as_ref(), value.as_ref());
        self
    }

    /// Sets a query pair. The value is a scalar, or a list, which becomes several pairs with the same name. `None` and
    /// an empty list remove the pair.
    pub fn query(mut self, name: impl AsRef<str>, value: impl Serialize) -> Self {
        self.extras.query(name.as_ref(), &value);
        self
    }

    /// Sets a field of the body, which must be a JSON object or a form. A form accepts strings, numbers and booleans.
    /// `None` sets null in a JSON object and removes the field from a form.
    pub fn body(mut self, name: impl AsRef<str>, value: impl Serialize) -> Self {
        self.extras.body(name.as_ref(), &value);
        self
    }

    /// Sets the idempotency key. The call can then be retried. The key is sent in the header that the declaration
    /// names, or in `Idempotency-Key`.
    ///
    /// Set it if you store the key to make the same call again later, for example after a restart.
    pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
        self.idempotency_key = Some(key.into());
        self
    }

    /// Adds other options. They override these.
    pub(crate) fn and(mut self, later: Self) -> Self {
        self.timeout = later.timeout.or(self.timeout);
        self.retries = later.retries.or(self.retries);
        self.idempotency_key = later.idempotency_key.or(self.idempotency_key);
        self.extras.extend(later.extras);
        self
    }

    /// Adds the options to a request that is built already. They replace its values with the same names.
    ///
    /// # Errors
    ///
    /// A name or value cannot be sent, or the body is neither a JSON object nor a form and cannot get fields.
    pub fn apply(&self, request: &mut Request) -> Result<(), Error> {
        self.extras.merge(request)?;
        if let Some(key) = &self.idempotency_key {
            let declared = request.info.defaults.nearest_idempotency_key();
            let header =
                declared.map_or(IDEMPOTENCY_KEY, |declared| HeaderName::from_static(declared.header));
            let mut extra = Extras::default();
            extra.header(header.as_str(), key);
            extra.merge(request)?;
            request.set_idempotency_key(header);
        }
        if self.timeout.is_some() || self.retries.is_some() {
            let settings = request.settings.get_or_insert_default();
            settings.timeout = self.timeout.or(settings.timeout);
            settings.retries = self.retries.or(settings.retries);
        }
        Ok(())
    }
}

impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallOptions")
            .field("timeout", &self.timeout)
            .field("retries", &self.retries)
            .field("has_idempotency_key", &self.idempotency_key.is_some())
            .field("extras", &self.extras)
            .finish()
    }
}

/// A request with options. [`Endpoint::with_options`] returns it.
#[derive(Debug)]
pub struct WithOptions<'e, E> {
    endpoint: &'e E,
    options: CallOptions,
}

impl<'e, E: Endpoint> WithOptions<'e, E> {
    pub(crate) fn new(endpoint: &'e E, options: CallOptions) -> Self {
        Self { endpoint, options }
    }
}

impl<E: Endpoint> Endpoint for WithOptions<'_, E> {
    type Response = E::Response;

    const READER: Reader<E::Response> = E::READER;
    const INFO: &'static EndpointInfo = E::INFO;

    fn write(&self, to: &mut Parts) {
        self.endpoint.write(to);
    }

    fn request(&self) -> Result<Request, Error> {
        let mut request = self.endpoint.request()?;
        self.options.apply(&mut request)?;
        Ok(request)
    }
}
