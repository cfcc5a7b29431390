//! The parts of a request that the client adds before the first attempt, and the options that the request has for its
//! call.

use http::HeaderName;

use super::core::{Core, Options};
use super::idempotency_key;
use crate::endpoint::Request;
use crate::{Error, Method};

impl Core {
    /// Adds the parts that the client declares, and returns the options of this call.
    pub(super) fn settle(&self, request: &mut Request, options: Options) -> Result<Options, Error> {
        // An absolute URL may lead to another server, which does not expect these parts. If the URL is signed, they
        // would also invalidate its signature.
        if !self.defaults.is_plain && !request.info.is_absolute() {
            request.add_constants(&self.defaults)?;
        }
        if !(self.defaults.is_plain && request.info.defaults.is_plain) {
            self.settle_idempotency_key(request)?;
        }
        if !self.hooks.is_empty() {
            // The secrets of the added parts are noted in the settings.
            request.settings.get_or_insert_default();
        }
        Ok(options.of(request))
    }

    /// Keeps a key that the caller has set. If a declaration requires a key, generates one, which all attempts use.
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
            // The caller set the key in the usual header, but this client declares another header for it.
            request.headers.retain(|(name, _)| Some(name) != given.as_ref());
            request.set_header(header.clone(), value);
            request.set_idempotency_key(header);
            return Ok(());
        }
        // A key that is declared for many endpoints is only for the methods that HTTP does not define as idempotent.
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
