//! How strong a password is, and how it could be stronger.

use declapi::{open_enum, response};

open_enum! {
    /// What a project measures passwords by.
    pub enum StrengthPolicy {
        /// An estimate of how long guessing takes.
        Zxcvbn = "zxcvbn",
        /// Lower case, upper case, digits, symbols, and a length.
        Luds = "luds",
    }
}

/// How a password could be stronger.
#[response]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Feedback {
    /// What is wrong with the password; empty where nothing is.
    pub warning: String,
    /// What would make it stronger.
    pub suggestions: Vec<String>,
    /// What the LUDS policy misses. Stytch also sends its fields beside `warning`; see [`Feedback::luds`].
    pub luds_requirements: Option<LudsRequirements>,
    /// The fields of the LUDS policy, in the form that has them beside the others.
    #[serde(flatten)]
    beside: LudsRequirements,
}

impl Feedback {
    /// What the LUDS policy misses, in whichever of its two forms the response has it.
    pub fn luds(&self) -> Option<&LudsRequirements> {
        let beside = (self.beside != LudsRequirements::default()).then_some(&self.beside);
        self.luds_requirements.as_ref().or(beside)
    }
}

/// What a password has, and lacks, under the LUDS policy.
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
    /// How many kinds of characters are missing.
    pub missing_complexity: Option<u32>,
    /// How many characters are missing.
    pub missing_characters: Option<u32>,
}
