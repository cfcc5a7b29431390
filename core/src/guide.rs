//! The guide for authors of API clients. Each chapter has a program that you can copy and run. Programs that need
//! development dependencies belong into `examples/`, the others into `src/main.rs`.
//!
//! 1. [Your first client in ten minutes](first_client)
//! 2. [Every kind of body and response](bodies_and_responses)
//! 3. [Errors](errors)
//! 4. [Pagination](pagination)
//! 5. [Retries and timeouts](retries_and_timeouts)
//! 6. [Tests](testing): with a transport, [stubs], an emulator and [recorded exchanges](recordings), and a test that
//!    reports the [drift] of an API
//! 7. [Starting from an OpenAPI document](from_a_document), and
//!    [declarations that stay correct](declarations_that_stay_correct)
//! 8. [Publishing a client crate](publishing)
//! 9. [Extending the client crate of another author](extending)
//! 10. Migrating [from rustify](from_rustify), [from the output of progenitor](from_progenitor), and
//!     [from code that is written by hand](from_handwritten), in the style of octocrab
//! 11. [The limits of the macro](limits), and the code to write instead
//!
//! The [reference](crate::reference) has one page for each key of each macro. [`builder`](crate::builder) explains what
//! the users of your client see in its documentation.

#[doc = include_str!("guide/first_client.md")]
pub mod first_client {}

#[doc = include_str!("guide/bodies_and_responses.md")]
pub mod bodies_and_responses {}

#[doc = include_str!("guide/errors.md")]
pub mod errors {}

#[doc = include_str!("guide/pagination.md")]
pub mod pagination {}

#[doc = include_str!("guide/retries_and_timeouts.md")]
pub mod retries_and_timeouts {}

// `declapi-test` and `declapi-check` depend on this crate. So the chapters about them run in the doctests of the examples.
#[cfg_attr(not(doctest), doc = include_str!("guide/testing.md"))]
pub mod testing {}

#[cfg_attr(not(doctest), doc = include_str!("guide/stubs.md"))]
pub mod stubs {}

#[cfg_attr(not(doctest), doc = include_str!("guide/recordings.md"))]
pub mod recordings {}

#[cfg_attr(not(doctest), doc = include_str!("guide/drift.md"))]
pub mod drift {}

#[doc = include_str!("guide/from_a_document.md")]
pub mod from_a_document {}

#[cfg_attr(not(doctest), doc = include_str!("guide/declarations_that_stay_correct.md"))]
pub mod declarations_that_stay_correct {}

#[doc = include_str!("guide/publishing.md")]
pub mod publishing {}

#[doc = include_str!("guide/extending.md")]
pub mod extending {}

#[doc = include_str!("guide/from_rustify.md")]
pub mod from_rustify {}

#[doc = include_str!("guide/from_progenitor.md")]
pub mod from_progenitor {}

#[doc = include_str!("guide/from_handwritten.md")]
pub mod from_handwritten {}

#[doc = include_str!("guide/limits.md")]
pub mod limits {}
