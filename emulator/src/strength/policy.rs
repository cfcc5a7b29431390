//! The settings of a project for passwords.

/// The requirements for new passwords.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum StrengthPolicy {
    /// A zxcvbn score of 3 or 4: the default of every Stytch project.
    #[default]
    Zxcvbn,
    /// Lower case, upper case, digits, symbols.
    Luds {
        /// The minimum number of characters, 8 to 32.
        minimum_length: u8,
        /// The minimum number of the four kinds, 1 to 4.
        minimum_complexity: u8,
    },
}

impl StrengthPolicy {
    /// Returns the problem with a policy that no project can have.
    pub(crate) fn mistake(self) -> Option<String> {
        match self {
            Self::Luds { minimum_length, .. } if !(8..=32).contains(&minimum_length) => {
                Some(format!("the minimum length is {minimum_length}; it must be from 8 to 32"))
            }
            Self::Luds { minimum_complexity, .. } if !(1..=4).contains(&minimum_complexity) => {
                Some(format!("the minimum complexity is {minimum_complexity}; it must be from 1 to 4"))
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

/// The two forms in which Stytch documents the feedback of a strength check. A client has to accept both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum FeedbackForm {
    /// As in the types: `luds_requirements` is a separate object, `warning` a string and `suggestions` a list.
    #[default]
    Nested,
    /// As in the examples: the LUDS fields are in `feedback` itself, and an empty `warning` or `suggestions` is null.
    Flat,
}
