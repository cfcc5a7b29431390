//! The emulator as a client sees it: everything here is said over HTTP.

mod passwords;
mod support;
