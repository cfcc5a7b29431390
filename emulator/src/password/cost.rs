//! The maximum cost to check one password. A migration chooses the cost of its hashes, and every login pays it.
//! Without these limits, one request could use all memory, or keep a processor busy for hours.

use std::ops::RangeInclusive;

/// For Argon2 and scrypt.
pub(super) const MAX_MEMORY_BYTES: u64 = 256 << 20;

/// Passes times memory in KiB.
pub(super) const MAX_ARGON_2_WORK: u64 = 1 << 22;

/// bcrypt itself defines 4 to 31. Every step doubles the time of a login.
pub(super) const BCRYPT_COSTS: RangeInclusive<u32> = 4..=16;

/// 128 · N · r · p.
pub(super) const MAX_SCRYPT_WORK_BYTES: u64 = 1 << 30;

/// Iterations, times the blocks of the hash.
pub(super) const MAX_PBKDF_2_WORK: u64 = 5_000_000;

/// The format allows 7 to 30, as powers of two. The highest take minutes.
pub(super) const PHPASS_COSTS: RangeInclusive<usize> = 7..=22;
