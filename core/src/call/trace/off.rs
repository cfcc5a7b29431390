//! Stands where a span would.
#![expect(clippy::unused_self, reason = "it has the shape of the traced one")]

use std::future::Future;
use std::time::Duration;

use crate::client::Client;
use crate::exchange::Success;
use crate::request::Request;
use crate::{EndpointInfo, Error};

pub(crate) struct Trace;

impl Trace {
    pub(crate) fn start(_: &Client, _: &'static EndpointInfo) -> Self {
        Self
    }

    pub(crate) fn within<F: Future>(&self, call: F) -> F {
        call
    }

    #[cfg(feature = "rustls")]
    pub(crate) fn here<F: Future>(call: F) -> F {
        call
    }

    pub(crate) fn retry(_: u32, _: Duration, _: &Error) {}

    pub(crate) fn succeeded(&self, _: &Client, _: &Request, _: &Success, _: &[u8]) {}

    pub(crate) fn failed(&self, _: &Client, _: &Error) {}

    pub(crate) fn unreadable(&self, _: &Error) {}
}
