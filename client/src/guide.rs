//! Additional documentation pages.

#[doc = include_str!("guide/from_another_sdk.md")]
pub mod from_another_sdk {}

#[doc = include_str!("guide/operations.md")]
pub mod operations {}
