//! How strong a password is, and what to tell the person who chose it.

use serde_json::{Value, json};
use zxcvbn::{Score, feedback::Feedback};

/// The verdict on a password.
#[derive(Debug)]
pub(crate) struct Strength {
    /// 0 to 4.
    score: u8,
    warning: String,
    suggestions: Vec<String>,
}

/// The lowest score that passes.
const PASSING_SCORE: u8 = 3;

/// Scores a password with zxcvbn, which also looks for the email address in it.
pub(crate) fn assess(password: &str, email: Option<&str>) -> Strength {
    // zxcvbn's work grows faster than the password; the crate itself looks at the first hundred characters.
    let inputs: Vec<&str> = email.into_iter().collect();
    let entropy = zxcvbn::zxcvbn(password, &inputs);
    let feedback = entropy.feedback();
    Strength {
        score: points(entropy.score()),
        warning: feedback.and_then(Feedback::warning).map(|w| w.to_string()).unwrap_or_default(),
        suggestions: feedback
            .map(|f| f.suggestions().iter().map(ToString::to_string).collect())
            .unwrap_or_default(),
    }
}

impl Strength {
    pub(crate) fn passes(&self) -> bool {
        self.score >= PASSING_SCORE
    }

    /// The answer of a strength check, but for the breach.
    pub(crate) fn to_json(&self) -> Value {
        json!({
            "valid_password": self.passes(),
            "score": self.score,
            "breached_password": false,
            "strength_policy": "zxcvbn",
            "breach_detection_on_create": true,
            "feedback": { "warning": self.warning, "suggestions": self.suggestions },
        })
    }
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
