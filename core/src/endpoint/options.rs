//! What one call has in place of what the client and the declaration say.

use std::fmt;
use std::time::Duration;

use http::header::HeaderName;
use serde::Serialize;

use super::Endpoint;
use super::extras::Extras;
use super::parts::Parts;
use super::request::Request;
use crate::{EndpointInfo, Error, Reader, RetryPolicy};

/// The header for a key of the caller's where no declaration names one.
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Options of a single call: they count more than what the client and the declaration say.
///
/// A builder takes them before it sends, and so does a request that was built as a value:
///
/// ```
/// use std::time::Duration;
///
/// use declapi::{CallOptions, Client, Endpoint, endpoint};
///
/// /// Starts a report.
/// #[endpoint(post = "/reports", response = String)]
/// pub struct StartReport<'a> {
///     /// What it is about.
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
/// Headers, query pairs and body fields replace those of the same name, and may be secret: no error quotes their
/// values, and `Debug` shows their names only. What cannot be sent, such as a line break in a header, is an error of the
/// call.
#[derive(Clone, Default)]
#[must_use = "options do nothing until a call gets them"]
pub struct CallOptions {
    timeout: Option<Duration>,
    retries: Option<RetryPolicy>,
    idempotency_key: Option<String>,
    extras: Extras,
}

impl CallOptions {
    /// Creates options that change nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets how long the call may take, with all its attempts and the waits between them.
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

    /// Sets a query pair: a value that is one string, or a list, which repeats the name. `None` and an empty list remove
    /// the pair.
    pub fn query(mut self, name: impl AsRef<str>, value: impl Serialize) -> Self {
        self.extras.query(name.as_ref(), &value);
        self
    }

    /// Sets a field of the body, which has to be a JSON object or a form. A form takes texts, numbers and booleans, and
    /// `None` removes a field of it.
    pub fn body(mut self, name: impl AsRef<str>, value: impl Serialize) -> Self {
        self.extras.body(name.as_ref(), &value);
        self
    }

    /// Sets the idempotency key, which makes the call retryable. It is sent in the header that the declaration names,
    /// or in `Idempotency-Key`.
    ///
    /// Set it if you keep the key in order to repeat the call later, for example after a restart.
    pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
        self.idempotency_key = Some(key.into());
        self
    }

    /// Adds options that were set later and count more.
    pub(crate) fn and(mut self, later: Self) -> Self {
        self.timeout = later.timeout.or(self.timeout);
        self.retries = later.retries.or(self.retries);
        self.idempotency_key = later.idempotency_key.or(self.idempotency_key);
        self.extras.extend(later.extras);
        self
    }

    /// Changes a request as the options say.
    pub(super) fn apply(&self, request: &mut Request) -> Result<(), Error> {
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

/// A request with options of its own, as [`Endpoint::with_options`] returns it.
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
