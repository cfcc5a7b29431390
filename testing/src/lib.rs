#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![warn(clippy::unwrap_used, clippy::expect_used)]

mod call;
mod drift;
mod fields;
mod multipart;
mod recorder;
mod redact;
mod reply;
mod stub;
mod template;

pub use crate::call::Call;
pub use crate::drift::{Drift, Finding};
pub use crate::recorder::Recorder;
pub use crate::reply::Reply;
pub use crate::stub::{On, Stub};

/// A condition that is true for every call of an endpoint.
pub fn any<E>(_: &Call<E>) -> bool {
    true
}
