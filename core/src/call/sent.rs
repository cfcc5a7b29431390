//! A call whose response has arrived, with the data that is needed to read the response.

use std::sync::Arc;

use url::Url;

use super::core::{Core, Options};
use super::of;
use super::route::Route;
use super::trace::Trace;
use crate::endpoint::Request;
use crate::error::Redactor;
use crate::info::Defaults;
use crate::response::{Bounds, Origin};
use crate::{EndpointInfo, Error};

/// A call whose response has arrived.
#[derive(Clone)]
pub(crate) struct Sent {
    pub(super) core: Arc<Core>,
    pub(super) options: Options,
    pub(super) request: Request,
    pub(super) trace: Trace,
    pub(super) attempts: u32,
}

impl Origin for Sent {
    fn info(&self) -> &'static EndpointInfo {
        self.request.info
    }

    fn url(&self) -> Option<Url> {
        Some(Route::of(&self.core, &self.request).ok()?.bare_url(&self.request))
    }

    fn idempotency_key(&self) -> Option<&str> {
        self.request.idempotency_key()
    }

    fn redactor(&self) -> Redactor {
        self.core.redactor(&self.request)
    }

    fn failed(&self, error: Error) -> Error {
        let error = of(&self.request, error).with_attempts(self.attempts);
        self.trace.unreadable(&error);
        error
    }

    fn envelope(&self) -> &'static str {
        envelope(self.request.info, &self.core.defaults)
    }

    fn bounds(&self) -> Bounds {
        let idle = self.options.idle_timeout.map(|idle| (idle, Arc::clone(&self.core.timer)));
        Bounds { max_bytes: self.options.max_response_bytes, idle }
    }

    fn share(&self) -> Arc<dyn Origin> {
        Arc::new(self.clone())
    }
}

/// Returns the path to the response inside of the body. The endpoint's declaration overrides the resource's, which
/// overrides the client's.
pub(super) fn envelope(info: &EndpointInfo, client: &Defaults) -> &'static str {
    info.envelope().or_else(|| client.nearest_envelope()).unwrap_or_default()
}
