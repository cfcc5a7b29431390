//! What a client adds to a request before its first attempt, and what the request says of its call.

use http::HeaderName;

use super::core::{Core, Options};
use super::idempotency_key;
use crate::endpoint::Request;
use crate::{Error, Method};

impl Core {
    /// Adds what the client declares, and returns the options of this call.
    pub(super) fn settle(&self, request: &mut Request, options: Options) -> Result<Options, Error> {
        // Another server than the API's did not ask for them, and what signed a URL signed its query.
        if !self.defaults.is_plain && !request.info.is_absolute() {
            request.add_constants(&self.defaults)?;
        }
        if !(self.defaults.is_plain && request.info.defaults.is_plain) {
            self.settle_idempotency_key(request)?;
        }
        if !self.hooks.is_empty() {
            // What they add is noted there.
            request.settings.get_or_insert_default();
        }
        Ok(options.of(request))
    }

    /// A key that the caller set stays; one that a declaration asks for is generated, once for all attempts.
    fn settle_idempotency_key(&self, request: &mut Request) -> Result<(), Error> {
        let by_endpoint = request.info.defaults.nearest_idempotency_key();
        let Some(key) = by_endpoint.or_else(|| self.defaults.nearest_idempotency_key()) else {
            return Ok(());
        };
        let header = HeaderName::from_static(key.header);
        if request.header(&header).is_some() {
            request.set_idempotency_key(header);
            return Ok(());
        }
        let given = request.settings.as_ref().and_then(|settings| settings.idempotency_key.clone());
        if let Some(value) = given.as_ref().and_then(|given| request.header(given)).cloned() {
            // Set by an option of the call, in the usual header, and this client has another one for it.
            request.headers.retain(|(name, _)| Some(name) != given.as_ref());
            request.set_header(header.clone(), value);
            request.set_idempotency_key(header);
            return Ok(());
        }
        // What is declared for many endpoints is for those that HTTP does not allow to be repeated.
        let is_wanted = by_endpoint.is_some_and(|key| key.is_own)
            || matches!(request.info.method, Method::Post | Method::Patch);
        if key.is_generated && is_wanted {
            let mut value = idempotency_key::generate(self.timer.timestamp())?;
            value.set_sensitive(true);
            request.set_header(header.clone(), value);
            request.set_idempotency_key(header);
        }
        Ok(())
    }
}
