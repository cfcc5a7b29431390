//! The verdict on a password, and its JSON.

use serde_json::{Map, Value, json};
use zxcvbn::{Score, feedback::Feedback};

use super::{
    luds::Luds,
    policy::{FeedbackForm, StrengthPolicy},
};

/// The lowest score that passes.
const PASSING_SCORE: u8 = 3;

/// The result of assessing a password.
#[derive(Debug)]
pub(crate) struct Verdict {
    /// 0 to 4.
    score: u8,
    warning: String,
    suggestions: Vec<String>,
    /// `None` if the policy is zxcvbn.
    luds: Option<Luds>,
    breached: bool,
}

impl Verdict {
    pub(super) fn reach(password: &str, email: Option<&str>, policy: StrengthPolicy, breached: bool) -> Self {
        // zxcvbn only reads the first hundred characters, which limits the cost of a long password.
        let inputs: Vec<&str> = email.into_iter().collect();
        let entropy = zxcvbn::zxcvbn(password, &inputs);
        let feedback = entropy.feedback();
        let luds = match policy {
            StrengthPolicy::Zxcvbn => None,
            StrengthPolicy::Luds { minimum_length, minimum_complexity } => {
                Some(Luds::measure(password, minimum_length, minimum_complexity))
            }
        };
        Self {
            score: points(entropy.score()),
            warning: feedback
                .and_then(Feedback::warning)
                .map(|warning| warning.to_string())
                .unwrap_or_default(),
            suggestions: feedback.map(suggestions).unwrap_or_default(),
            luds,
            breached,
        }
    }

    /// Whether the policy accepts the password. The list of breached passwords does not matter here.
    pub(crate) fn is_strong(&self) -> bool {
        self.luds.map_or(self.score >= PASSING_SCORE, Luds::is_met)
    }

    pub(crate) fn is_breached(&self) -> bool {
        self.breached
    }

    pub(super) fn describe(
        &self,
        policy: &str,
        detects_breaches: bool,
        form: FeedbackForm,
    ) -> Map<String, Value> {
        let fields = json!({
            "valid_password": self.is_strong() && !self.breached,
            "score": self.score,
            "breached_password": self.breached,
            "strength_policy": policy,
            "breach_detection_on_create": detects_breaches,
            "feedback": match form {
                FeedbackForm::Nested => self.nested(),
                FeedbackForm::Flat => self.flat(),
            },
        });
        fields.as_object().cloned().unwrap_or_default()
    }

    /// Returns the response of the B2B API, which has the feedback of the policy in a field of its own.
    pub(super) fn describe_for_member(&self, policy: &str, detects_breaches: bool) -> Map<String, Value> {
        let mut fields = self.describe(policy, detects_breaches, FeedbackForm::Nested);
        fields.remove("feedback");
        let zxcvbn = json!({ "warning": self.warning, "suggestions": self.suggestions });
        let (luds, zxcvbn) = match self.luds {
            Some(luds) => (Value::Object(luds.to_json()), Value::Null),
            None => (Value::Null, zxcvbn),
        };
        fields.insert("luds_feedback".to_owned(), luds);
        fields.insert("zxcvbn_feedback".to_owned(), zxcvbn);
        fields
    }

    fn nested(&self) -> Value {
        let luds = self.luds.map(|luds| Value::Object(luds.to_json()));
        json!({ "warning": self.warning, "suggestions": self.suggestions, "luds_requirements": luds })
    }

    fn flat(&self) -> Value {
        let mut feedback = self.luds.map(Luds::to_json).unwrap_or_default();
        let warning = if self.warning.is_empty() { Value::Null } else { self.warning.as_str().into() };
        let suggestions =
            if self.suggestions.is_empty() { Value::Null } else { self.suggestions.clone().into() };
        feedback.insert("warning".to_owned(), warning);
        feedback.insert("suggestions".to_owned(), suggestions);
        Value::Object(feedback)
    }
}

fn suggestions(feedback: &Feedback) -> Vec<String> {
    feedback.suggestions().iter().map(ToString::to_string).collect()
}

fn points(score: Score) -> u8 {
    match score {
        Score::Zero => 0,
        Score::One => 1,
        Score::Two => 2,
        Score::Three => 3,
        _ => 4,
    }
}
