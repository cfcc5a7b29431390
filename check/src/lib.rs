#![doc = include_str!("../README.md")]

mod allowance;
mod check;
mod compare;
pub mod document;
mod report;
mod template;

pub use self::allowance::Allowance;
pub use self::check::{Check, openapi};
pub use self::report::{Difference, Part, Report};
