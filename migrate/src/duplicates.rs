//! Addresses that come twice, found in memory that does not grow with the file.

mod sorter;

use std::hash::{BuildHasher, RandomState};
use std::io;

use self::sorter::{Pair, Sorter};

/// Remembers addresses by 64-bit hashes with a random key: two of ten million differing addresses fall together once
/// in 300,000 runs.
///
/// The hashes are sorted, with their lines, and where there are many, that happens in a temporary file.
#[derive(Debug, Default)]
pub(crate) struct Addresses {
    key: RandomState,
    lines_of_addresses: Sorter,
}

/// A line whose address an earlier line has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Duplicate {
    pub(crate) line: u64,
    /// The first line of all that have it.
    pub(crate) first: u64,
}

impl Addresses {
    /// Remembers the address of a line.
    ///
    /// # Errors
    ///
    /// There are many, and the temporary file cannot be written.
    pub(crate) fn add(&mut self, address: &str, line: u64) -> io::Result<()> {
        self.lines_of_addresses.add((self.key.hash_one(address.to_lowercase()), line))
    }

    /// Hands over every line but the first of each address, in the order of the lines.
    ///
    /// # Errors
    ///
    /// There are many, and the temporary file cannot be written or read.
    pub(crate) fn duplicates(self, mut found: impl FnMut(Duplicate)) -> io::Result<()> {
        let (mut firsts_of_lines, mut first) = (Sorter::default(), None::<Pair>);
        self.lines_of_addresses.sorted(|(address, line)| match first {
            Some((known, first)) if known == address => firsts_of_lines.add((line, first)),
            _ => {
                first = Some((address, line));
                Ok(())
            }
        })?;
        firsts_of_lines.sorted(|(line, first)| {
            found(Duplicate { line, first });
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn duplicates(addresses: impl IntoIterator<Item = (String, u64)>) -> Vec<Duplicate> {
        let mut known = Addresses::default();
        for (address, line) in addresses {
            known.add(&address, line).unwrap();
        }
        let mut found = Vec::new();
        known.duplicates(|duplicate| found.push(duplicate)).unwrap();
        found
    }

    #[test]
    fn all_but_the_first_of_an_address_are_found() {
        let lines = ["grace@a.b", "ada@a.b", "Ada@A.B", "alan@a.b", "GRACE@a.b", "ada@a.b"];
        let expected = [(4, 3), (6, 2), (7, 3)].map(|(line, first)| Duplicate { line, first });
        assert_eq!(duplicates(lines.map(str::to_owned).into_iter().zip(2..)), expected);
    }

    #[test]
    fn none_is_missed_where_there_are_many() {
        let many = 3 * sorter::MOST_IN_MEMORY as u64;
        let addresses = (0..many).map(|line| (format!("user{}@example.com", line % (many - 3)), line));
        let expected = [many - 3, many - 2, many - 1].map(|line| Duplicate { line, first: line + 3 - many });
        assert_eq!(duplicates(addresses), expected);
    }
}
