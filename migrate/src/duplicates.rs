//! Finds duplicates of values that only one user can have. The memory for this does not grow with the input.

use std::hash::{BuildHasher, RandomState};
use std::io;

use stytch_client::error_type;
use stytch_client::passwords::Migrate;

use crate::sorter::{Pair, Sorter};

/// A parameter whose value only one user can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unique {
    Email,
    ExternalId,
    PhoneNumber,
}

const UNIQUE: [Unique; 3] = [Unique::Email, Unique::ExternalId, Unique::PhoneNumber];
/// The number of bits that identify the parameter.
const BITS: u32 = 2;

impl Unique {
    /// Its `error_type`.
    pub(crate) fn kind(self) -> &'static str {
        match self {
            Self::Email => error_type::DUPLICATE_EMAIL,
            Self::ExternalId => "duplicate_user_external_id",
            Self::PhoneNumber => error_type::DUPLICATE_PHONE_NUMBER,
        }
    }

    pub(crate) fn parameter(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::ExternalId => "external_id",
            Self::PhoneNumber => "phone_number",
        }
    }

    /// Returns the value of a request, normalized so that equal values are the same string.
    fn value(self, request: &Migrate<'_>) -> Option<String> {
        match self {
            Self::Email => Some(request.email.to_lowercase()),
            Self::ExternalId => request.external_id.as_deref().map(str::to_owned),
            Self::PhoneNumber => request.phone_number.as_deref().map(str::to_owned),
        }
    }
}

/// Remembers values by 62-bit hashes with a random key. The probability of a collision among ten million values is
/// one in 80,000 runs.
///
/// The hashes are sorted with their lines. For large inputs, they are sorted in a temporary file.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    key: RandomState,
    lines_of_values: Sorter,
}

/// A line with a value of an earlier line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Duplicate {
    pub(crate) unique: Unique,
    /// The first line with this value.
    pub(crate) first: u64,
}

impl Seen {
    /// Remembers the values of a line.
    ///
    /// # Errors
    ///
    /// The input is large, and the temporary file cannot be written.
    pub(crate) fn add(&mut self, request: &Migrate<'_>, line: u64) -> io::Result<()> {
        for (tag, unique) in (0..).zip(UNIQUE) {
            if let Some(value) = unique.value(request) {
                self.lines_of_values.add((self.key.hash_one(value) << BITS | tag, line))?;
            }
        }
        Ok(())
    }

    /// Calls `found` with every line that has a value of an earlier line, in the order of the lines, with all such values.
    ///
    /// # Errors
    ///
    /// The input is large, and the temporary file cannot be written or read.
    pub(crate) fn duplicates(self, mut found: impl FnMut(u64, &[Duplicate])) -> io::Result<()> {
        let (mut firsts_of_lines, mut first) = (Sorter::default(), None::<Pair>);
        self.lines_of_values.sorted(|(value, line)| match first {
            Some((known, first)) if known == value => {
                let tag = value & ((1 << BITS) - 1);
                firsts_of_lines.add((line << BITS | tag, first))
            }
            _ => {
                first = Some((value, line));
                Ok(())
            }
        })?;
        let mut line_of = (0, Vec::new());
        firsts_of_lines.sorted(|(line_and_tag, first)| {
            let line = line_and_tag >> BITS;
            if line != line_of.0 && !line_of.1.is_empty() {
                found(line_of.0, &line_of.1);
                line_of.1.clear();
            }
            line_of.0 = line;
            let tag = usize::try_from(line_and_tag & ((1 << BITS) - 1)).unwrap_or_default();
            line_of.1.extend(UNIQUE.get(tag).map(|unique| Duplicate { unique: *unique, first }));
            Ok(())
        })?;
        if !line_of.1.is_empty() {
            found(line_of.0, &line_of.1);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use stytch_client::passwords::HashType;

    use super::*;

    fn request(email: String, external_id: Option<&str>) -> Migrate<'static> {
        let external_id = external_id.map(str::to_owned);
        Migrate::builder()
            .email(email)
            .hash("")
            .hash_type(HashType::Md5)
            .maybe_external_id(external_id)
            .build()
    }

    fn duplicates(requests: impl IntoIterator<Item = (Migrate<'static>, u64)>) -> Vec<(u64, Vec<Duplicate>)> {
        let mut seen = Seen::default();
        for (request, line) in requests {
            seen.add(&request, line).unwrap();
        }
        let mut found = Vec::new();
        seen.duplicates(|line, duplicates| found.push((line, duplicates.to_vec()))).unwrap();
        found
    }

    #[test]
    fn all_but_the_first_of_a_value_are_found() {
        let lines = ["grace@a.b", "ada@a.b", "Ada@A.B", "alan@a.b", "GRACE@a.b", "ada@a.b"];
        let requests = lines.map(|email| request(email.to_owned(), (email != "alan@a.b").then_some("same")));
        let email = |first| Duplicate { unique: Unique::Email, first };
        let id = Duplicate { unique: Unique::ExternalId, first: 2 };
        let expected =
            [(3, vec![id]), (4, vec![email(3), id]), (6, vec![email(2), id]), (7, vec![email(3), id])];
        assert_eq!(duplicates(requests.into_iter().zip(2..)), expected);
    }

    /// An email address and an id that are the same string are not duplicates.
    #[test]
    fn values_of_different_parameters_are_different() {
        let requests = [request("a@b.c".to_owned(), None), request("b@b.c".to_owned(), Some("a@b.c"))];
        assert_eq!(duplicates(requests.into_iter().zip(1..)), []);
    }

    #[test]
    fn none_is_missed_where_there_are_many() {
        let many = 3 * crate::sorter::MOST_IN_MEMORY as u64;
        let requests =
            (0..many).map(|line| (request(format!("user{}@example.com", line % (many - 3)), None), line));
        let duplicate = |line| (line, vec![Duplicate { unique: Unique::Email, first: line + 3 - many }]);
        assert_eq!(duplicates(requests), [many - 3, many - 2, many - 1].map(duplicate));
    }
}
