//! Replaces the span if the feature is off.
#![expect(clippy::unused_self, reason = "it has the same methods as the traced version")]

use std::future::Future;
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use url::Url;

use crate::call::Core;
use crate::endpoint::Request;
use crate::{EndpointInfo, Error};

#[derive(Clone)]
pub(crate) struct Trace;

impl Trace {
    pub(crate) fn start(_: &Core, _: &Url, _: &'static EndpointInfo) -> Self {
        Self
    }

    pub(crate) fn within<F: Future>(&self, call: F) -> F {
        call
    }

    pub(crate) fn retry(_: u32, _: Duration, _: &Error) {}

    pub(crate) fn succeeded(&self, _: &Core, _: &Request, _: StatusCode, _: &HeaderMap, _: &[u8], _: u32) {}

    pub(crate) fn failed(&self, _: &Core, _: &Error) {}

    pub(crate) fn unreadable(&self, _: &Error) {}
}
