//! Adds the constants of the endpoint, its resources and the client to a request.

use http::HeaderName;
use http::header::CONTENT_TYPE;

use super::extras::Extras;
use super::request::Request;
use crate::info::{ConstantInfo, Defaults};
use crate::{Error, Location, Method};

impl Request {
    /// Returns the request with the constants of the endpoint and its resources.
    #[inline(never)]
    pub(super) fn with_declared(mut self) -> Result<Self, Error> {
        let defaults = &self.info.defaults;
        if let Some(key) = defaults.nearest_idempotency_key() {
            // If the field for this header has a value, the value is the caller's own key.
            let header = HeaderName::from_static(key.header);
            if self.header(&header).is_some() {
                self.set_idempotency_key(header);
            }
        }
        self.add_constants(defaults)?;
        Ok(self)
    }

    /// Adds each constant unless the request already has a header, query pair or body field with the same name.
    pub(crate) fn add_constants(&mut self, defaults: &Defaults) -> Result<(), Error> {
        if defaults.is_empty() {
            return Ok(());
        }
        let added: Vec<ConstantInfo> = defaults.constants().filter(|constant| self.takes(constant)).collect();
        let has_fields = added.iter().any(|added| added.location == Location::Body);
        let takes_type = self.format.is_none() && (self.has_body() || has_fields);
        let mut extras = Extras::of_constants();
        for ConstantInfo { location, name, value, is_own } in added {
            match location {
                // The content type is declared for requests with a body. This endpoint has no body, or a body of
                // another type.
                Location::Header if !is_own && !takes_type && name == CONTENT_TYPE.as_str() => {}
                Location::Header => extras.header(name, value),
                Location::Query => extras.query(name, value),
                Location::Body => extras.body_json(name, value),
                Location::Path | Location::WholeBody => {}
            }
        }
        extras.merge(self)
    }

    /// Returns whether a constant belongs in the request, which has no value with its name.
    fn takes(&self, constant: &ConstantInfo) -> bool {
        let name = constant.name;
        match constant.location {
            Location::Header => !self.headers.iter().any(|(given, _)| given.as_str() == name),
            Location::Query => !self.has_pair(name) && !self.is_removed(name),
            Location::Body if self.is_form() => !self.has_form_pair(name),
            // The constants of the endpoint are already in the body, and this format cannot add others.
            Location::Body if self.format.is_some() => false,
            // A constant of a client or a resource is not for endpoints without a body, or without the field that is
            // the whole body.
            Location::Body if self.body.is_empty() => {
                let is_whole = || self.info.has_field(|field| field.location == Location::WholeBody);
                constant.is_own || self.may_have_body() && !is_whole()
            }
            Location::Body => {
                self.body_fields().is_none_or(|fields| !fields.iter().any(|(given, _)| given == name))
            }
            Location::Path | Location::WholeBody => false,
        }
    }

    fn is_removed(&self, pair: &str) -> bool {
        self.settings.as_ref().is_some_and(|settings| settings.removed.iter().any(|name| name == pair))
    }

    fn may_have_body(&self) -> bool {
        matches!(self.info.method, Method::Post | Method::Put | Method::Patch)
    }
}
