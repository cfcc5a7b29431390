//! The passwords that are known to be breached.

use std::{collections::BTreeSet, fmt};

use crate::user::address_key;

/// Strong enough by their form to pass a policy, and breached all the same: the list of an emulator that was not told
/// another one.
const DEFAULT: [&str; 4] =
    ["Tr0ub4dour&3-breached", "breached correct horse", "Summer2024!Breached", "zxcvbnm-asdfgh-breached"];

/// Passwords that are breached for everybody, and pairs of an address and a password.
#[derive(Clone)]
pub(crate) struct Breaches {
    passwords: BTreeSet<String>,
    pairs: BTreeSet<(String, String)>,
}

impl Breaches {
    pub(crate) fn of(passwords: impl IntoIterator<Item = String>) -> Self {
        Self { passwords: passwords.into_iter().collect(), pairs: BTreeSet::new() }
    }

    pub(crate) fn add(&mut self, password: String) {
        self.passwords.insert(password);
    }

    pub(crate) fn add_pair(&mut self, email: &str, password: String) {
        self.pairs.insert((address_key(email), password));
    }

    pub(super) fn contains(&self, password: &str, email: Option<&str>) -> bool {
        self.passwords.contains(password)
            || email.is_some_and(|email| self.pairs.contains(&(address_key(email), password.to_owned())))
    }
}

impl Default for Breaches {
    fn default() -> Self {
        Self::of(DEFAULT.map(str::to_owned))
    }
}

impl fmt::Debug for Breaches {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Breaches({} passwords, {} pairs)", self.passwords.len(), self.pairs.len())
    }
}
