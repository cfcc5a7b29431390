//! `POST /v1/passwords/strength_check`

use std::borrow::Cow;

use super::Passwords;
use crate::status;
use declapi::open_enum;
use declapi::{endpoint, response};

/// Says how strong a password is, and how it could be stronger. Nothing is stored.
#[endpoint(post = "/v1/passwords/strength_check", response = StrengthCheckResponse, on = Passwords, idempotent)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct StrengthCheck<'a> {
    /// The password, in the clear.
    #[endpoint(secret)]
    pub password: Cow<'a, str>,
    /// The email address, so that breach detection can look at the pair.
    pub email: Option<Cow<'a, str>>,
}

/// The answer to [`StrengthCheck`].
#[response]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct StrengthCheckResponse {
    /// The id of the call, which Stytch's support asks for.
    pub request_id: String,
    /// The HTTP status: the one in the body, or that of the response where the body has none.
    #[serde(default = "status::of_response", deserialize_with = "status::or_of_response")]
    pub status_code: u16,
    /// Whether the password would be accepted.
    #[response(required)]
    pub valid_password: bool,
    /// zxcvbn's score from 0 to 4; 3 passes.
    pub score: u8,
    /// Whether the password is in a list of breached ones.
    pub breached_password: bool,
    /// The policy that the project measures by.
    pub strength_policy: StrengthPolicy,
    /// Whether breached passwords are refused when a user is created.
    pub breach_detection_on_create: bool,
    /// How the password could be stronger.
    pub feedback: Option<Feedback>,
}

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
    /// What the LUDS policy misses. Stytch also sends its members beside `warning`; see [`Feedback::luds`].
    pub luds_requirements: Option<LudsRequirements>,
    /// The LUDS members in the form in which they stand beside the others.
    #[serde(flatten)]
    beside: LudsRequirements,
}

impl Feedback {
    /// What the LUDS policy misses, in whichever of its two forms the answer has it.
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
