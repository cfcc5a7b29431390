//! The strength of passwords.

use declapi::{open_enum, response};

open_enum! {
    /// The strength policy of a project.
    pub enum StrengthPolicy {
        /// An estimate of the time that is needed to guess the password.
        Zxcvbn = "zxcvbn",
        /// Requirements for lower case, upper case, digits, symbols, and length.
        Luds = "luds",
    }
}

/// Suggestions for a stronger password.
#[response]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Feedback {
    /// The problem of the password; empty if there is none.
    pub warning: String,
    /// Suggestions for a stronger password.
    pub suggestions: Vec<String>,
    /// The missing requirements of the LUDS policy. Stytch also sends them in another form; see [`Feedback::luds`].
    pub luds_requirements: Option<LudsRequirements>,
    /// The fields of the LUDS policy in the form without an own object.
    #[serde(flatten)]
    beside: LudsRequirements,
}

impl Feedback {
    /// Returns the missing requirements of the LUDS policy, in either of the two forms of the response.
    pub fn luds(&self) -> Option<&LudsRequirements> {
        let beside = (self.beside != LudsRequirements::default()).then_some(&self.beside);
        self.luds_requirements.as_ref().or(beside)
    }
}

/// The requirements of the LUDS policy, and whether a password meets them.
#[response]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct LudsRequirements {
    /// Whether there is a lower-case letter.
    pub has_lower_case: Option<bool>,
    /// Whether there is an upper-case letter.
    pub has_upper_case: Option<bool>,
    /// Whether there is a digit.
    pub has_digit: Option<bool>,
    /// Whether there is a symbol.
    pub has_symbol: Option<bool>,
    /// The number of missing kinds of characters.
    pub missing_complexity: Option<u32>,
    /// The number of missing characters.
    pub missing_characters: Option<u32>,
}
