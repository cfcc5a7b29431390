//! Runs one operation many times for a counting allocator or for callgrind.

mod allocations;
mod bench;
pub mod inputs;

pub use crate::bench::Bench;

/// Base64 for `Authorization: Basic`, so that no contender needs a crate for it.
pub fn base64(text: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = |group: &[u8]| {
        let bits = group.iter().chain(&[0, 0]).take(3).fold(0, |bits, byte| bits << 8 | usize::from(*byte));
        let digit =
            |at: usize| if at <= group.len() { DIGITS[bits >> (18 - 6 * at) & 63] as char } else { '=' };
        [digit(0), digit(1), digit(2), digit(3)]
    };
    text.as_bytes().chunks(3).flat_map(digits).collect()
}
