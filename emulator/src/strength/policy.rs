//! What a project asks of a password.

/// What a password must have to be accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum StrengthPolicy {
    /// A score of 3 or 4 by zxcvbn: the default of every Stytch project.
    #[default]
    Zxcvbn,
    /// Lower case, upper case, digits, symbols.
    Luds {
        /// How many characters it needs, 8 to 32.
        minimum_length: u8,
        /// How many of the four kinds it needs, 1 to 4.
        minimum_complexity: u8,
    },
}

impl StrengthPolicy {
    /// What is wrong with a policy that no project can have.
    pub(crate) fn complaint(self) -> Option<String> {
        match self {
            Self::Luds { minimum_length, .. } if !(8..=32).contains(&minimum_length) => {
                Some(format!("the minimum length is {minimum_length}, and must be from 8 to 32"))
            }
            Self::Luds { minimum_complexity, .. } if !(1..=4).contains(&minimum_complexity) => {
                Some(format!("the minimum complexity is {minimum_complexity}, and must be from 1 to 4"))
            }
            _ => None,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Zxcvbn => "zxcvbn",
            Self::Luds { .. } => "luds",
        }
    }
}

/// The two forms in which Stytch documents the feedback of a strength check: a client has to stand both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum FeedbackForm {
    /// As in the types: `luds_requirements` is an object of its own, `warning` a string and `suggestions` a list.
    #[default]
    Nested,
    /// As in the examples: the LUDS fields stand in `feedback` itself, and what there is none of is null.
    Flat,
}
