//! One line of the journal.

use std::fmt;
use std::str::FromStr;

use crate::fingerprint::Fingerprint;
use crate::input::Place;
use crate::tally::Outcome;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    /// Records up to this one may be sent from now on. The fingerprint is that of the input up to it.
    Through { number: u64, fingerprint: Fingerprint },
    /// The outcome of a record.
    Settled { place: Place, outcome: Outcome },
    /// The length of the file of rejected lines, and its fingerprint.
    Copied { bytes: u64, fingerprint: Fingerprint },
    /// A run has ended, and no record after this one was sent.
    Sent { number: u64 },
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Through { number, fingerprint } => write!(f, "through {number} {fingerprint}"),
            Self::Settled { place: Place { number, line }, outcome } => match outcome {
                Outcome::Migrated { user_id } => {
                    write!(f, "migrated {number} {line} {}", user_id.as_deref().unwrap_or("-"))
                }
                Outcome::AlreadyThere => write!(f, "there {number} {line}"),
                Outcome::Rejected { kind } => write!(f, "rejected {number} {line} {kind}"),
            },
            Self::Copied { bytes, fingerprint } => write!(f, "copied {bytes} {fingerprint}"),
            Self::Sent { number } => write!(f, "sent {number}"),
        }
    }
}

impl FromStr for Entry {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let words: Vec<&str> = text.split(' ').collect();
        let settled = |number: &str, line: &str, outcome| {
            let place = Place { number: parse(number)?, line: parse(line)? };
            Ok(Self::Settled { place, outcome })
        };
        match words[..] {
            ["through", number, fingerprint] => {
                Ok(Self::Through { number: parse(number)?, fingerprint: parse(fingerprint)? })
            }
            ["migrated", number, line, user_id] => {
                let user_id = (user_id != "-").then(|| user_id.to_owned());
                settled(number, line, Outcome::Migrated { user_id })
            }
            ["there", number, line] => settled(number, line, Outcome::AlreadyThere),
            ["rejected", number, line, kind] => {
                settled(number, line, Outcome::Rejected { kind: kind.to_owned() })
            }
            ["copied", bytes, fingerprint] => {
                Ok(Self::Copied { bytes: parse(bytes)?, fingerprint: parse(fingerprint)? })
            }
            ["sent", number] => Ok(Self::Sent { number: parse(number)? }),
            _ => Err(()),
        }
    }
}

fn parse<T: FromStr>(text: &str) -> Result<T, ()> {
    text.parse().map_err(|_| ())
}

/// Returns an id from a response, if it can be in the journal: one word, and not a dash.
pub(crate) fn word(text: String) -> Option<String> {
    let plain = (1..=128).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
    (plain && text != "-").then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn are_read_as_they_are_written() {
        let place = Place { number: 17, line: 19 };
        let fingerprint = "00112233445566778899aabbccddeeff".parse().unwrap();
        for entry in [
            Entry::Through { number: 64, fingerprint },
            Entry::Settled { place, outcome: Outcome::Migrated { user_id: Some("user-test-1".to_owned()) } },
            Entry::Settled { place, outcome: Outcome::Migrated { user_id: None } },
            Entry::Settled { place, outcome: Outcome::AlreadyThere },
            Entry::Settled { place, outcome: Outcome::Rejected { kind: "invalid_email".to_owned() } },
            Entry::Copied { bytes: 0, fingerprint },
            Entry::Sent { number: 3 },
        ] {
            assert_eq!(entry.to_string().parse(), Ok(entry.clone()));
        }
        for odd in ["", "sent", "sent x", "sent 1 2", "migrated 1 2", "through 1 xyz", "done 1"] {
            assert_eq!(odd.parse::<Entry>(), Err(()), "{odd}");
        }
    }

    #[test]
    fn ids_are_one_word() {
        assert_eq!(word("user-live-1".to_owned()).as_deref(), Some("user-live-1"));
        for odd in ["", "-", "a b", "a\nmigrated 1 1 x"] {
            assert_eq!(word(odd.to_owned()), None);
        }
    }
}
