//! The list of breached passwords.

use std::{collections::BTreeSet, fmt};

use crate::{error::ControlError, user::address_key};

const MAX_ENTRIES: usize = 10_000;
const MAX_BYTES: usize = 4 << 20;

/// The default list: passwords that every strength policy accepts.
const DEFAULT: [&str; 4] =
    ["Tr0ub4dour&3-breached", "breached correct horse", "Summer2024!Breached", "zxcvbnm-asdfgh-breached"];

/// Passwords that are breached for every user, and pairs of an address and a password.
#[derive(Clone, Default)]
pub(crate) struct Breaches {
    passwords: BTreeSet<String>,
    pairs: BTreeSet<(String, String)>,
    bytes: usize,
}

impl Breaches {
    /// Returns the list of an emulator that was started without one.
    pub(crate) fn of_the_emulator() -> Self {
        Self::of(DEFAULT.map(str::to_owned))
    }

    /// Returns a list of any length, from the program that embeds the emulator.
    pub(crate) fn of(passwords: impl IntoIterator<Item = String>) -> Self {
        let passwords: BTreeSet<String> = passwords.into_iter().collect();
        Self { bytes: passwords.iter().map(String::len).sum(), passwords, pairs: BTreeSet::new() }
    }

    /// # Errors
    ///
    /// If the list is full.
    pub(crate) fn add(&mut self, password: String) -> Result<(), ControlError> {
        if !self.passwords.contains(&password) {
            self.reserve(password.len())?;
            self.passwords.insert(password);
        }
        Ok(())
    }

    /// # Errors
    ///
    /// If the list is full.
    pub(crate) fn add_pair(&mut self, email: &str, password: String) -> Result<(), ControlError> {
        let pair = (address_key(email), password);
        if !self.pairs.contains(&pair) {
            self.reserve(pair.0.len() + pair.1.len())?;
            self.pairs.insert(pair);
        }
        Ok(())
    }

    fn reserve(&mut self, bytes: usize) -> Result<(), ControlError> {
        let entries = self.passwords.len() + self.pairs.len();
        if entries >= MAX_ENTRIES || self.bytes + bytes > MAX_BYTES {
            return Err(ControlError::TooManyBreaches);
        }
        self.bytes += bytes;
        Ok(())
    }

    /// Returns how many passwords, and how many pairs, are on the list.
    pub(crate) fn count(&self) -> (usize, usize) {
        (self.passwords.len(), self.pairs.len())
    }

    pub(super) fn contains(&self, password: &str, email: Option<&str>) -> bool {
        self.passwords.contains(password)
            || email.is_some_and(|email| self.pairs.contains(&(address_key(email), password.to_owned())))
    }
}

impl fmt::Debug for Breaches {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Breaches({} passwords, {} pairs)", self.passwords.len(), self.pairs.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_limited_in_number_and_size() {
        let full = Err(ControlError::TooManyBreaches);
        let mut breaches = Breaches::default();
        for number in 0..MAX_ENTRIES / 2 {
            breaches.add(number.to_string()).expect("room");
            breaches.add_pair("ada@example.com", number.to_string()).expect("room");
        }
        assert_eq!(breaches.add("one more".to_owned()), full);
        assert_eq!(breaches.add_pair("bob@example.com", "1".to_owned()), full);
        assert_eq!(breaches.add("1".to_owned()), Ok(()), "it is on the list already");
        assert_eq!(breaches.add_pair("ADA@example.com", "1".to_owned()), Ok(()));

        let mut breaches = Breaches::default();
        breaches.add("x".repeat(MAX_BYTES - 1)).expect("room");
        assert_eq!(breaches.add("yy".to_owned()), full);
        assert_eq!(breaches.add_pair("y", "y".to_owned()), full);
        breaches.add("y".to_owned()).expect("room");
    }
}
