//! Additional documentation pages.

#[cfg(feature = "b2b")]
#[doc = include_str!("guide/b2b_operations.md")]
pub mod b2b_operations {}

#[doc = include_str!("guide/from_another_sdk.md")]
pub mod from_another_sdk {}

#[doc = include_str!("guide/operations.md")]
pub mod operations {}
